"""Which questions the columns of a release answer, and what the engine is asked instead."""

from __future__ import annotations

import re
from collections import OrderedDict
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from store.columns.errors import NotForColumns
from store.columns.grammar import (
    MADE_VARIABLE,
    Reader,
    Selection,
    read_bracketed,
    read_function_name,
    read_prologue,
    read_selection,
)
from store.columns.joining import Triples
from store.columns.rewriting import FEWEST_TRIPLES, Setting, solved_selection
from store.columns.tokens import read_tokens
from store.evaluation import Question
from store.syntax import parse_query

#: Only a query with one of these words gains by columns.
WORTH_READING = re.compile(
    r"\b(?:group|count|sum|avg|min|max|distinct|order|filter)\b", re.IGNORECASE
)
#: Where these stand, a part may be asked of another graph, or once for each solution of the rest.
ELSEWHERE = frozenset({"GRAPH", "FROM", "SERVICE", "EXISTS"})
VARIABLE = re.compile(r"[?$](\w+)")
REMEMBERED = 1_000
#: Longer queries, in characters, are not read here.
LONGEST = 8_000


@dataclass(frozen=True)
class Reading:
    """A query that columns may answer: what it declares before SELECT, the selection that they are to
    solve, and what stands before and behind that."""

    prologue: str
    before: str
    selection: Selection
    selected: str
    behind: str
    base_iri: str | None

    @cached_property
    def is_query(self) -> bool:
        """Whether the engine's own parser takes it: what is read here is a little wider. Few queries
        are worth the time of asking that, so only those are that columns have solved."""
        try:
            parse_query(f"{self.before}{self.selected}{self.behind}", self.base_iri)
        except SyntaxError:
            return False
        return True


class Columns:
    """The columns of one release's default graph. One thread at a time; processes share the files.

    >>> columns = Columns.open(directory)  # doctest: +SKIP
    >>> columns.rewritten("SELECT (COUNT(?s) AS ?n) { ?s a ?c }")  # doctest: +SKIP
    'SELECT (?columns_0 AS ?n) { VALUES (?columns_0) { ("1186842"^^<…#integer>) } }  '
    """

    def __init__(self, triples: Triples, *, fewest_triples: int = FEWEST_TRIPLES) -> None:
        """`fewest_triples`: a query is left to the store if its rarest pattern has fewer."""
        self.triples = triples
        self.fewest_triples = fewest_triples
        self._readings: OrderedDict[tuple[str, str | None], Reading | None] = OrderedDict()

    @classmethod
    def open(cls, directory: Path) -> Columns:
        """The columns that `build_columns` wrote to a directory. Raises ColumnsError."""
        return cls(Triples.open(directory))

    def instead_of(self, question: Question) -> Question:
        """The question that the engine is to be asked: the same, or one that it answers sooner."""
        if not question.keeps_merge or question.dataset is not None:
            return question
        given = frozenset(question.substitutions or ())
        try:
            text = self.rewritten(question.text, question.base_iri, given)
        except MemoryError:
            return question  # the engine may need less
        return question if text is None else replace(question, text=text)

    def rewritten(
        self, text: str, base_iri: str | None = None, substituted: frozenset[str] = frozenset()
    ) -> str | None:
        """A query that the engine answers as it would answer `text`, only sooner: its graph pattern
        stands there solved, as VALUES. None if columns cannot solve it, or would not be quicker.

        It must be a query about the default graph as it stands. `substituted` are the variables that
        values are given for from outside.
        """
        if len(text) > LONGEST or not WORTH_READING.search(text):
            return None
        key = (text, base_iri)
        reading = self._readings[key] if key in self._readings else read_query(text, base_iri)
        self._remember(key, reading)
        if reading is None or (substituted and mentions(reading, substituted)):
            return None
        solved = self._solved(reading, base_iri)
        if solved is None or not reading.is_query:
            # The graph never changes, so neither will what was found of this query.
            self._remember(key, None)
            return None
        return solved

    def _solved(self, reading: Reading, base_iri: str | None) -> str | None:
        setting = Setting(reading.prologue, base_iri, self.fewest_triples)
        try:
            solved = solved_selection(reading.selection, self.triples, setting)
        except NotForColumns:
            return None
        return f"{reading.before}{solved}{reading.behind}"

    def _remember(self, key: tuple[str, str | None], reading: Reading | None) -> None:
        self._readings[key] = reading
        self._readings.move_to_end(key)
        if len(self._readings) > REMEMBERED:
            self._readings.popitem(last=False)


def mentions(reading: Reading, variables: frozenset[str]) -> bool:
    """Whether the part of a query that columns solve mentions one of some variables; the whole of a
    query does, as what it selects is given."""
    return not reading.behind or any(
        name in variables for name in VARIABLE.findall(reading.selected)
    )


def read_query(text: str, base_iri: str | None) -> Reading | None:
    """What columns need to know of a query; None if it is not one for them, or none at all."""
    if MADE_VARIABLE in text:
        return None
    try:
        reader = Reader(text, read_tokens(text), base_iri)
        read_prologue(reader)
        prologue = text[: reader.next_start()]
        return read_whole(reader, prologue, base_iri) or read_inner(reader, prologue, base_iri)
    except NotForColumns:
        return None


def read_whole(reader: Reader, prologue: str, base_iri: str | None) -> Reading | None:
    """A query that is a selection for columns."""
    start = reader.place
    with suppress(NotForColumns):
        selection = read_selection(reader)
        if reader.at_end():
            return Reading(
                prologue, prologue, selection, reader.text[len(prologue) :], "", base_iri
            )
    reader.place = start
    return None


def read_inner(reader: Reader, prologue: str, base_iri: str | None) -> Reading:
    """A query about one selection for columns. Where more stands in its group than expressions, the
    engine would join, and in another order than it would without VALUES. Raises NotForColumns."""
    first = reader.place
    reader.take("SELECT")
    while reader.take().text != "{":
        pass
    reader.take("{")
    start = reader.next_start()
    selection = read_selection(reader)
    end = reader.tokens[reader.place - 1].end
    reader.take("}")
    read_rest(reader, first)
    return Reading(
        prologue,
        reader.text[:start],
        selection,
        reader.text[start:end],
        reader.text[end:],
        base_iri,
    )


def read_rest(reader: Reader, first: int) -> None:
    """The rest of the query, which has no further pattern. Raises NotForColumns if it has."""
    behind = reader.tokens[reader.place :]
    words = {token.text for token in [*reader.tokens[first : reader.place], *behind]}
    if words & ELSEWHERE or "{" in {token.text for token in behind}:
        raise NotForColumns("the rest of the query asks a graph")
    while not reader.take_if("}"):
        reader.take("FILTER", "BIND")
        read_function_name(reader)
        read_bracketed(reader, Selection())
        reader.take_if(".")
