"""The names of an office, folded so that every way of writing them is found."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

OWN_UNIT = re.compile(r"\((?:本级|机关|本部)\)$")
LEVELS = "省市区县旗盟州"


def fold_name(name: str) -> str:
    """The name in NFKC without white space and （本级）.

    >>> fold_name(" 示例市 甲区财政局（本级）")
    '示例市甲区财政局'
    """
    return OWN_UNIT.sub("", "".join(unicodedata.normalize("NFKC", name).split()))


def regions(name: str, short_names: Iterable[str], division: str | None) -> tuple[str, ...]:
    """The ways to write the region of an office: what stands before the rest of its names, and the
    same without the words for its level and for the level above.

    >>> regions("示例市甲乙区财政局", ["甲乙区财政局", "区财政局"], "示例市甲乙区")
    ('示例市甲乙区', '甲乙区', '示例甲乙区', '示例市甲乙', '甲乙', '示例甲乙')
    """
    if not division or not name.startswith(division):
        return ()
    bare = name.removeprefix(division)
    heads = [short.removesuffix(bare) for short in short_names if short.endswith(bare)]
    written = [division, *(head for head in heads if len(head) > 1)]
    above = [(division.removesuffix(head), head) for head in written if head != division]
    written += [upper[:-1] + head for upper, head in above if has_stem(upper)]
    stems = [head[:-1] for head in written if has_stem(head)]
    return tuple(dict.fromkeys((*written, *stems)))


def has_stem(region: str) -> bool:
    """Whether two characters or more are left without the word for the level."""
    return len(region) > 2 and region[-1] in LEVELS


def bare_names(names: Iterable[str], places: Iterable[str]) -> Iterator[str]:
    """The names without a region in front, and with every other way to write it."""
    by_length = sorted(places, key=len, reverse=True)
    for name in names:
        head = next((place for place in by_length if name.startswith(place)), None)
        if head is not None and len(name) > len(head):
            rest = name.removeprefix(head)
            yield rest
            yield from (place + rest for place in by_length)
