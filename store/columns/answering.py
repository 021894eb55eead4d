"""Which questions the columns of a release answer, and what the engine is asked instead."""

from __future__ import annotations

import re
from collections import OrderedDict
from dataclasses import dataclass, replace
from pathlib import Path

from store.columns.errors import NotForColumns
from store.columns.grammar import MADE_VARIABLE, Reader, Selection, read_prologue, read_selection
from store.columns.joining import Triples
from store.columns.rewriting import FEWEST_TRIPLES, Setting, solved_selection
from store.columns.tokens import read_tokens
from store.evaluation import Question
from store.syntax import parse

#: Only a query with one of these words gains by columns.
WORTH_READING = re.compile(
    r"\b(?:group|count|sum|avg|min|max|distinct|order|filter)\b", re.IGNORECASE
)
REMEMBERED = 1_000


@dataclass(frozen=True, slots=True)
class Reading:
    """A query that columns may answer: what stands before SELECT, and what was read from there on."""

    prologue: str
    selection: Selection


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
        if not question.keeps_merge or question.dataset is not None or question.substitutions:
            return question
        text = self.rewritten(question.text, question.base_iri)
        return question if text is None else replace(question, text=text)

    def rewritten(self, text: str, base_iri: str | None = None) -> str | None:
        """A query that the engine answers as it would answer `text`, only sooner: its graph pattern
        stands there solved, as VALUES. None if columns cannot solve it, or would not be quicker.

        It must be a query about the default graph as it stands, with no values from outside.
        """
        if not WORTH_READING.search(text):
            return None
        key = (text, base_iri)
        reading = self._readings[key] if key in self._readings else read_query(text, base_iri)
        solved = None if reading is None else self._solved(reading, base_iri)
        # The graph never changes, so neither does what was found of a query that is left to the store.
        self._remember(key, reading if solved else None)
        return solved

    def _solved(self, reading: Reading, base_iri: str | None) -> str | None:
        setting = Setting(reading.prologue, base_iri, self.fewest_triples)
        try:
            return reading.prologue + solved_selection(reading.selection, self.triples, setting)
        except NotForColumns:
            return None

    def _remember(self, key: tuple[str, str | None], reading: Reading | None) -> None:
        self._readings[key] = reading
        self._readings.move_to_end(key)
        if len(self._readings) > REMEMBERED:
            self._readings.popitem(last=False)


def read_query(text: str, base_iri: str | None) -> Reading | None:
    """What columns need to know of a query; None if it is not one for them, or none at all."""
    if MADE_VARIABLE in text:
        return None
    try:
        reader = Reader(text, read_tokens(text), base_iri)
        read_prologue(reader)
        prologue = text[: reader.next_start()]
        selection = read_selection(reader)
        parse(text, base_iri)
    except (NotForColumns, SyntaxError):
        return None
    return Reading(prologue, selection)
