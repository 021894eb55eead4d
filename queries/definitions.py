"""What a library file says of its query: words, parameters, columns, steps, an example."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from queries.errors import FrontMatterError
from queries.front_matter import read_front_matter

FOLDER = Path(__file__).parent / "library"
PARAMETER = re.compile(
    r"(?P<kind>[a-z-]+)(?P<optional>\?)?(?: = (?P<default>\S+))? -> (?P<variables>[a-z_ ]+)"
)
STEP = re.compile(r"(?P<function>[a-z_]+) (?P<columns>[a-z_ ]+)")
KEEP = re.compile(r"highest (?P<column>[a-z_]+) per (?P<group>[a-z_ ]+)")
REMAINDER = re.compile(r"(?P<part>[a-z_]+) of (?P<total>[a-z_]+) per (?P<group>[a-z_ ]+)")
KEYS = frozenset(
    [
        "title",
        "description",
        "parameters",
        "columns",
        "hidden",
        "computed",
        "keep",
        "remainder",
        "example",
        "expected",
    ]
)


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
    the variables of the query that its value is bound to."""

    name: str
    kind: str
    meaning: Words
    variables: tuple[str, ...]
    is_optional: bool = False
    default: str | None = None


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
class Remainder:
    """Each group of rows gets one more: its total less its parts, unless that is 0."""

    part: str
    total: str
    group: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class QueryDefinition:
    """One query of the library.

    `text` is the file; relative IRIs in it are under the base IRI. `example` are parameters for the
    shipped samples; `expected_rows` is how many rows they give at least, `expected` what one of the
    rows holds.
    """

    name: str
    text: str
    title: Words
    description: Words
    parameters: Mapping[str, Parameter]
    columns: tuple[Column, ...]
    computed: tuple[ComputedColumn, ...]
    keep: Keep | None
    remainder: Remainder | None
    example: Mapping[str, str]
    expected_rows: int
    expected: Mapping[str, str]


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
    entries = read_front_matter(text, place)
    if unknown := sorted(entries.keys() - KEYS):
        raise FrontMatterError(f"{place}: the key {unknown[0]!r} is not known.")
    reader = EntryReader(place, entries)
    expected = reader.block("expected")
    return QueryDefinition(
        name=name,
        text=text,
        title=reader.words("title"),
        description=reader.words("description"),
        parameters={key: reader.parameter(key) for key in reader.block("parameters", {})},
        columns=(*reader.shown_columns(), *reader.hidden_columns()),
        computed=tuple(reader.computed()),
        keep=reader.keep(),
        remainder=reader.remainder(),
        example=reader.block("example", {}),
        expected_rows=int(expected["rows"]),
        expected={column: value for column, value in expected.items() if column != "rows"},
    )


@dataclass(frozen=True, slots=True)
class EntryReader:
    """Reads the entries of one file, and names file and entry where one is not as it should be."""

    place: str
    entries: Mapping[str, str | dict[str, str]]

    def block(self, key: str, default: dict[str, str] | None = None) -> dict[str, str]:
        entry = self.entries.get(key, default)
        if not isinstance(entry, dict):
            raise FrontMatterError(f"{self.place}: {key!r} is wanted, with indented keys below it.")
        return entry

    def line(self, key: str) -> str:
        entry = self.entries.get(key)
        if not isinstance(entry, str):
            raise FrontMatterError(f"{self.place}: {key!r} is wanted, with a value.")
        return entry

    def parsed(self, key: str, text: str, pattern: re.Pattern[str]) -> re.Match[str]:
        read = pattern.fullmatch(text)
        if read is None:
            raise FrontMatterError(f"{self.place}: {key!r} cannot be read: {text!r}.")
        return read

    def cells(self, key: str, text: str, *numbers: int) -> list[str]:
        """The cells between bars; as many as one of the numbers says, none of them empty."""
        cells = [cell.strip() for cell in text.split("|")]
        if len(cells) not in numbers or not all(cells):
            wanted = " or ".join(map(str, numbers))
            raise FrontMatterError(f"{self.place}: {key!r} has not {wanted} cells: {text!r}.")
        return cells

    def words(self, key: str) -> Words:
        return Words(*self.cells(key, self.line(key), 2))

    def parameter(self, key: str) -> Parameter:
        head, zh, en = self.cells(key, self.block("parameters")[key], 3)
        read = self.parsed(key, head, PARAMETER)
        return Parameter(
            name=key,
            kind=read["kind"],
            meaning=Words(zh, en),
            variables=tuple(read["variables"].split()),
            is_optional=read["optional"] is not None,
            default=read["default"],
        )

    def shown_columns(self) -> list[Column]:
        columns = []
        for key, text in self.block("columns").items():
            zh, en, *unit = self.cells(key, text, 2, 3)
            columns.append(Column(key, Words(zh, en), unit[0] if unit else None))
        return columns

    def hidden_columns(self) -> list[Column]:
        return [Column(name) for name in self.line("hidden").split()]

    def computed(self) -> list[ComputedColumn]:
        columns = []
        for key, text in self.block("computed", {}).items():
            read = self.parsed(key, text, STEP)
            columns.append(ComputedColumn(key, read["function"], tuple(read["columns"].split())))
        return columns

    def keep(self) -> Keep | None:
        if "keep" not in self.entries:
            return None
        read = self.parsed("keep", self.line("keep"), KEEP)
        return Keep(read["column"], tuple(read["group"].split()))

    def remainder(self) -> Remainder | None:
        if "remainder" not in self.entries:
            return None
        read = self.parsed("remainder", self.line("remainder"), REMAINDER)
        return Remainder(read["part"], read["total"], tuple(read["group"].split()))
