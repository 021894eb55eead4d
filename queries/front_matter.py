"""The front matter of a library file: YAML in `#+` lines, so that the file stays plain SPARQL.

    #+ title: {zh: 有哪些机构, en: Which offices there are}
    #+ subject: offices
    #+ columns:
    #+   office: {zh: 机构, en: office}

The `#+` lines are the convention of grlc (github.com/CLARIAH/grlc); the keys are ours. What is written
is checked against the models below; a message names the file, the key and what is wanted.
"""

from __future__ import annotations

from collections.abc import Hashable
from itertools import takewhile
from typing import Annotated, Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from queries.errors import FrontMatterError
from queries.subjects import Subject

MARK = "#+"
Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
Kind = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z-]*$")]
Told = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Names = Annotated[tuple[Name, ...], Field(min_length=1)]


class Model(BaseModel):
    """An entry; keys that it does not know are refused, numbers are taken as they are written."""

    model_config = ConfigDict(extra="forbid", frozen=True, coerce_numbers_to_str=True)


class WordsEntry(Model):
    zh: Told
    en: Told


class ParameterEntry(WordsEntry):
    kind: Kind
    variables: Names
    optional: bool = False
    default: str | None = None
    values: Told | None = None


class ColumnEntry(WordsEntry):
    unit: Told | None = None


class ComputedEntry(Model):
    function: Name
    arguments: Names


class KeepEntry(Model):
    highest: Name
    per: Names


class WalkEntry(Model):
    keys: Names
    query: Told


class ExampleEntry(Model):
    parameters: dict[Name, str] = {}
    rows: Annotated[int, Field(ge=0)]
    row: dict[Name, str] = {}


class FrontMatter(Model):
    """All that a library file says of its query; see `queries.definitions` for the meaning."""

    title: WordsEntry
    subject: Subject
    description: WordsEntry
    parameters: dict[Name, ParameterEntry] = {}
    columns: Annotated[dict[Name, ColumnEntry], Field(min_length=1)]
    hidden: tuple[Name, ...] = ()
    walk: tuple[WalkEntry, ...] = ()
    computed: dict[Name, ComputedEntry] = {}
    keep: KeepEntry | None = None
    example: ExampleEntry


class UniqueKeys(yaml.SafeLoader):
    """Plain values only, and no key twice."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if key in seen:
                raise yaml.MarkedYAMLError(
                    problem=f"{key!r} stands twice", problem_mark=key_node.start_mark
                )
            seen.add(key)
        return super().construct_mapping(node, deep)


def read_front_matter(text: str, place: str) -> FrontMatter:
    """What the `#+` lines at the beginning of a file say.

    Args:
        text: the whole file.
        place: the name of the file, for messages.

    Raises:
        FrontMatterError: they are no YAML, or a key is unknown, missing or has a wrong value.
    """
    try:
        entries = yaml.load(front_matter_text(text), Loader=UniqueKeys)
    except yaml.YAMLError as error:
        raise FrontMatterError(f"{place}: {told_in_a_line(error)}.") from error
    if not isinstance(entries, dict):
        raise FrontMatterError(f"{place}: it should begin with `#+ key: value` lines of YAML.")
    try:
        return FrontMatter.model_validate(entries)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"] if part != "[key]")
        raise FrontMatterError(f"{place}: the key {key!r}: {first['msg']}.") from error


def front_matter_text(text: str) -> str:
    """The YAML of a file; as many lines as the file has `#+` lines, so that line numbers hold."""
    lines = takewhile(lambda line: line.startswith(MARK), text.splitlines())
    return "\n".join(line.removeprefix(MARK).removeprefix(" ") for line in lines)


def told_in_a_line(error: yaml.YAMLError) -> str:
    """What is wrong with the YAML, and in which line."""
    if not isinstance(error, yaml.MarkedYAMLError) or error.problem_mark is None:
        return f"its front matter is no YAML: {error}"
    return f"line {error.problem_mark.line + 1} is no YAML that is wanted here: {error.problem}"


def query_text(text: str) -> str:
    """The SPARQL of a file, without its front matter."""
    return "".join(line for line in text.splitlines(keepends=True) if not line.startswith(MARK))
