"""What a library file says of its query: words, parameters, columns, steps, an example."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from queries.errors import FrontMatterError
from queries.front_matter import FrontMatter, WordsEntry, query_text, read_front_matter
from queries.subjects import Subject

FOLDER = Path(__file__).parent / "library"
PROLOGUE = re.compile(r"\A(?:\s*(?:#[^\n]*|PREFIX[^\n]*))*\s*")


@dataclass(frozen=True, slots=True)
class Words:
    """The same words in both languages."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the answer. Hidden columns hold IRIs and what steps need: `meaning` is None."""

    name: str
    meaning: Words | None = None
    unit: str | None = None

    @property
    def is_hidden(self) -> bool:
        return self.meaning is None


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter, of the kind `office`, `year`, `text`, `integer` or the name of a code list, and
    the variables of the query that its value is bound to. `values` is a query for the values that
    it may have in a graph (?value and, if need be, ?label), where those of its kind will not do."""

    name: str
    kind: str
    meaning: Words
    variables: tuple[str, ...]
    is_optional: bool = False
    default: str | None = None
    values: str | None = None


@dataclass(frozen=True, slots=True)
class ComputedColumn:
    """A column that SPARQL cannot give: a function (`queries.computed`) of other columns."""

    name: str
    function: str
    arguments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Keep:
    """Of each group of rows only the first one with the highest value of a column is kept."""

    column: str
    group: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Walk:
    """How an answer over everything is gathered: step by step in the order of some keys, each step
    with the keys bound. The rows are the same, in the same order, as those of the query asked once;
    but no step needs more than its own part of the graph, so that the first rows are there at once.
    `query` gives the keys of the steps, one step a solution, in order. Walks may be nested: an inner
    one is walked within each step of the outer one.
    """

    keys: tuple[str, ...]
    query: str


@dataclass(frozen=True, slots=True)
class QueryDefinition:
    """One query of the library.

    `front_matter` and `text` are the file: its `#+` lines and its SPARQL; relative IRIs in it are under
    the base IRI. `example` are parameters for the
    shipped samples; `expected_rows` is how many rows they give at least, `expected` what one of the
    rows holds.
    """

    name: str
    front_matter: str
    text: str
    title: Words
    subject: Subject
    description: Words
    parameters: Mapping[str, Parameter]
    columns: tuple[Column, ...]
    walks: tuple[Walk, ...]
    computed: tuple[ComputedColumn, ...]
    keep: Keep | None
    example: Mapping[str, str]
    expected_rows: int
    expected: Mapping[str, str]

    def column_names(self, *, hidden: bool = False) -> tuple[str, ...]:
        """The names of the columns; with the hidden ones when asked."""
        return tuple(column.name for column in self.columns if hidden or not column.is_hidden)


@cache
def definition_names() -> tuple[str, ...]:
    """The names of all queries of the library."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.rq")))


@cache
def load_definition(name: str) -> QueryDefinition:
    """The query of that name in the library; FrontMatterError if its file is not well written."""
    return read_definition(name, (FOLDER / f"{name}.rq").read_text(encoding="utf-8"))


def read_definition(name: str, text: str) -> QueryDefinition:
    """The definition in the text of a library file.

    Raises:
        FrontMatterError: its front matter is not written as it should be.
    """
    place = f"{name}.rq"
    written, sparql = read_front_matter(text, place), query_text(text)
    check_names(place, written)
    return QueryDefinition(
        name=name,
        front_matter=text.removesuffix(sparql),
        text=sparql,
        title=words(written.title),
        subject=written.subject,
        description=words(written.description),
        parameters={key: parameter(key, written, sparql) for key in written.parameters},
        columns=(*shown_columns(written), *(Column(key) for key in written.hidden)),
        walks=tuple(Walk(entry.keys, prologue(sparql) + entry.query) for entry in written.walk),
        computed=tuple(
            ComputedColumn(key, entry.function, entry.arguments)
            for key, entry in written.computed.items()
        ),
        keep=Keep(written.keep.highest, written.keep.per) if written.keep else None,
        example=written.example.parameters,
        expected_rows=written.example.rows,
        expected=written.example.row,
    )


def check_names(place: str, written: FrontMatter) -> None:
    """Raises FrontMatterError if an entry names a column or a parameter that the file has not."""
    columns = {*written.columns, *written.hidden}
    for key, names in named_columns(written):
        if missing := sorted(names - columns):
            raise FrontMatterError(f"{place}: the key {key!r}: there is no column {missing[0]!r}.")
    if missing := sorted(written.example.parameters.keys() - written.parameters.keys()):
        raise FrontMatterError(
            f"{place}: the key 'example.parameters': there is no parameter {missing[0]!r}."
        )


def named_columns(written: FrontMatter) -> Iterator[tuple[str, set[str]]]:
    """The entries that name columns, with the columns."""
    for key, entry in written.computed.items():
        yield f"computed.{key}", {key, *entry.arguments}
    if written.keep:
        yield "keep", {written.keep.highest, *written.keep.per}
    yield "example.row", {*written.example.row}


def words(entry: WordsEntry) -> Words:
    return Words(entry.zh, entry.en)


def parameter(key: str, written: FrontMatter, sparql: str) -> Parameter:
    entry = written.parameters[key]
    return Parameter(
        name=key,
        kind=entry.kind,
        meaning=words(entry),
        variables=entry.variables,
        is_optional=entry.optional,
        default=entry.default,
        values=prologue(sparql) + entry.values if entry.values else None,
    )


def shown_columns(written: FrontMatter) -> list[Column]:
    return [Column(key, words(entry), entry.unit) for key, entry in written.columns.items()]


def prologue(sparql: str) -> str:
    """The prefixes of a query, for the smaller queries of its front matter.

    >>> prologue("PREFIX gl: <ns#>\\nSELECT * {}")
    'PREFIX gl: <ns#>\\n'
    """
    found = PROLOGUE.match(sparql)
    return found[0] if found else ""
