"""The front matter of a library file: `#+` lines of YAML, kept to mappings of plain scalars.

Two levels are all that it has: keys, and indented keys below a key without a value.

    #+ title: 有哪些机构 | Which offices there are
    #+ columns:
    #+   office: 机构 | office
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TypeAlias

from queries.errors import FrontMatterError

Block: TypeAlias = Mapping[str, str]
MARK = "#+"
LINE = re.compile(r"#\+ (?P<indent>(?:  )?)(?P<key>[a-z][a-z0-9_]*):(?: (?P<value>\S.*))?")


def read_front_matter(text: str, place: str) -> dict[str, str | dict[str, str]]:
    """The keys of the front matter in their order, each with its value or its block.

    Args:
        text: the whole file.
        place: the name of the file, for messages.

    Raises:
        FrontMatterError: a line is not written so, or a key stands twice.
    """
    found: dict[str, str | dict[str, str]] = {}
    block: dict[str, str] | None = None
    for number, line in enumerate(text.splitlines(), start=1):
        if line.startswith(MARK):
            block = add_line(found, block, line, f"{place}, line {number}")
    return found


def add_line(
    found: dict[str, str | dict[str, str]], block: dict[str, str] | None, line: str, place: str
) -> dict[str, str] | None:
    """Note one line; the answer is the block that the following lines belong to."""
    read = LINE.fullmatch(line.rstrip())
    if read is None:
        raise FrontMatterError(f"{place}: `#+ key: value` is wanted, not {line!r}.")
    key, value = read["key"], read["value"]
    target: dict[str, str] | dict[str, str | dict[str, str]] = found
    if read["indent"]:
        if block is None or value is None:
            raise FrontMatterError(f"{place}: {key!r} stands below no key, or has no value.")
        target = block
    if key in target:
        raise FrontMatterError(f"{place}: {key!r} stands twice.")
    if read["indent"]:
        target[key] = value
        return block
    found[key] = value if value is not None else {}
    entry = found[key]
    return entry if isinstance(entry, dict) else None
