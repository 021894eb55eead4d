"""One range of bytes of a large file (RFC 9110, section 14)."""

from __future__ import annotations

import re

from server.problems import Problem

#: Positions of more digits than any file has bytes are no ranges.
RANGE = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})")


def wanted_range(header: str | None, size: int) -> tuple[int, int] | None:
    """The first byte and the one after the last that a Range header asks for; None for the whole.

    A header that is malformed, of another unit, or asks for several ranges counts for nothing (14.2).

    >>> wanted_range("bytes=0-99", 1000), wanted_range("bytes=-100", 1000)
    ((0, 100), (900, 1000))
    >>> wanted_range("bytes=0-1,5-6", 1000) is None
    True

    Raises Problem 416 when no byte of the file is in the range.
    """
    found = RANGE.fullmatch(header.strip()) if header else None
    if found is None or found[0] == "bytes=-":
        return None
    first, last = found.groups()
    if not first:
        start, end = max(0, size - int(last)), size
    else:
        start, end = int(first), min(size, int(last) + 1) if last else size
    if last and first and int(last) < int(first):
        return None
    if start >= size or start >= end:
        raise Problem(
            416,
            "Range not satisfiable",
            f"The range {header} holds no byte of the {size} that there are.",
            headers={"Content-Range": f"bytes */{size}"},
        )
    return start, end
