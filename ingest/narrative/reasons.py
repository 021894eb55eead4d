"""Stated reasons: how far one reaches, and into which causes its author divides it (FACTS rules 10, 11)."""

from __future__ import annotations

import re
from itertools import pairwise

ENUMERATOR = re.compile(
    r"(?:(?<=^)|(?<=[，。；:、是]))(?:第?[一二三四五六七八九十]{1,2}是|\(?[1-9]\)|[1-9][.、](?!\d)|[①-⑩])(?:因|由于)?"
)
SEPARATOR = re.compile(r"[；，。]")
# A segment that these open is a whole with what follows it, up to the semicolon.
OPENS_WHOLE = re.compile(r"^(?:受.{1,16}(?:影响|冲击)|因(?!公)|由于|为(?!了解)|随着)")
# A segment that these open stands by the segment behind it: the circumstance of what is told next.
OPENS_CIRCUMSTANCE = re.compile(
    r"^(?:相较|相比|与.{1,12}相比|较.{1,12}相比|比.{1,12}相比|\d{4}年(?:度)?$|对比)"
)
# A segment that these open is the consequence of the segment before it.
OPENS_CONSEQUENCE = re.compile(
    r"^(?:导致|致使|使得|使(?!用)|从而|因此|因而|所以|故|相应|造成|进而|故而|以致)"
    # 年初预算按标准测算, 实际支出…: what came of the plan.
    r"|^实际(?:执行|支出|发生|使用|开支)"
    # 减少会议开支, 增加人员经费: the money that follows from what was told.
    r"|^(?:减少|增加)[^，；]{0,12}(?:经费|开支|支出|费用?)$"
)
# An amount behind a member of a 、 list: every member has one, or the list is one cause.
MEMBER_WITH_AMOUNT = re.compile(r"\d+(?:\.\d+)?(?:万|亿|千)?元$")
LEADING_WORDS = re.compile(
    r"^(?:且|同时|另外|此外|另|以及|及|并且|还有|再|其次|最后|又)(?![一-龥]?政)"
)
RIM = "，。；:、. "


def split_reason(text: str) -> list[tuple[int, int]]:
    """The stretches [start, end) of a folded reason, one a cause.

    An enumeration (一是…二是…) is the split. Otherwise a semicolon divides, then a comma.

    >>> reason = "一是人员增加，工资上调；二是受疫情影响，培训减少"
    >>> [reason[start:end] for start, end in split_reason(reason)]
    ['人员增加，工资上调', '受疫情影响，培训减少']
    """
    enumerated = [found.span() for found in ENUMERATOR.finditer(text)]
    if len(enumerated) > 1 or (enumerated and enumerated[0][0] == 0):
        starts = [end for _, end in enumerated]
        ends = [start for start, _ in enumerated[1:]] + [len(text)]
        head = [(0, enumerated[0][0])] if enumerated[0][0] > 1 else []
        return trimmed(text, head + list(zip(starts, ends, strict=True)))
    parts: list[tuple[int, int]] = []
    for start, end in divide(text, 0, len(text), "；。"):
        parts.extend(split_segments(text, start, end))
    return trimmed(text, parts)


def split_segments(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The causes in a stretch without semicolon: its comma segments, bound where they belong together."""
    segments = divide(text, start, end, "，")
    if OPENS_WHOLE.match(text[start:end]):
        return [(start, end)]
    causes: list[tuple[int, int]] = []
    binds_forward = False
    for number, (left, right) in enumerate(segments):
        segment = text[left:right]
        if causes and (binds_forward or OPENS_CONSEQUENCE.match(segment)):
            causes[-1] = (causes[-1][0], right)
        elif OPENS_WHOLE.match(segment):
            return [*causes, (left, end)]
        else:
            causes.extend(split_list(text, left, right))
        binds_forward = bool(OPENS_CIRCUMSTANCE.match(segment)) and number + 1 < len(segments)
    return causes


def split_list(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The members of a 、 list when each of them has an amount of its own, else the stretch as it is."""
    members = divide(text, start, end, "、")
    if len(members) > 1 and all(MEMBER_WITH_AMOUNT.search(text[a:b]) for a, b in members):
        return members
    return [(start, end)]


def divide(text: str, start: int, end: int, marks: str) -> list[tuple[int, int]]:
    """[start, end) cut at every mark outside brackets and quotation marks."""
    cuts = [start - 1]
    depth = 0
    quoted = False
    for place in range(start, end):
        character = text[place]
        quoted ^= character == '"'
        depth += (character == "(") - (character == ")")
        if character in marks and depth <= 0 and not quoted:
            cuts.append(place)
    cuts.append(end)
    return [(left + 1, right) for left, right in pairwise(cuts) if right > left + 1]


def trimmed(text: str, parts: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The parts without joining words and punctuation at their rims; empty ones are dropped."""
    kept = []
    for start, end in parts:
        while start < end and text[start] in RIM:
            start += 1
        while end > start and text[end - 1] in RIM:
            end -= 1
        joined = LEADING_WORDS.match(text[start:end])
        if joined and end - start > joined.end() + 1:
            start += joined.end()
        if end > start:
            kept.append((start, end))
    return kept
