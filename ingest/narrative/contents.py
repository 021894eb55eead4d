"""The table of contents (目录): the lines behind that word that name the sections before they come."""

from __future__ import annotations

import re

from ingest.narrative.folding import Folded
from ingest.narrative.numbering import find_mark
from ingest.reading.document import Document

# 目录 by itself, or at the end of a title (某局2020年预算公开目录), which stays one.
CONTENTS = re.compile(r"(?P<title>[^，。；]{0,50}(?:[决预]算|公开))?目[录次][:：]?")
LONGEST_ENTRY = 60
LONGEST_TITLE = 120
# 部门预算公开目录 is a heading, 某县某局2020年预算公开目录 a title.
LONGEST_PREFIX = 8
LOWEST_LEVEL = 9
# 2021年度某局部门决算, its year or its end on a line of its own.
TITLE = re.compile(r"^[^第表].*20\d\d年.*[决预]算|^20\d\d年.*[决预]算")
LINES_OF_TITLE = 2
SENTENCE = re.compile(r"[。；]|:.")
# What an entry leaves out or puts before its words: the leader dots, its page, whose section it is.
BESIDE_WORDS = re.compile(r"[\W\d_]|^(?:部门|单位)")


def find_contents(document: Document) -> tuple[int, int]:
    """The stretch [start, end) of the table of contents, its title included; an empty one at 0 where there
    is none."""
    return document.once(search_contents)


def search_contents(document: Document) -> tuple[int, int]:
    """The stretch of the table of contents, its title included; an empty one at 0 where there is none.

    It ends where a line repeats one of its entries, or where sentences begin.
    """
    begin, entries, lines = None, list[str](), list[tuple[int, str]]()
    for start, end in document.lines():
        if begin is None:
            begin = begin_of_contents(document, start, end)
            continue
        text = Folded.of(document, start, end).text
        if not text:
            continue
        words = words_of_entry(text)
        if begins_text(text):
            return begin, first_of_text(lines, start)
        if repeats_entry(words, entries):
            return begin, title_behind(lines, start)
        if words:
            entries.append(words)
            lines.append((start, text))
    return 0, 0


def entries_of_contents(document: Document) -> set[tuple[int, str]]:
    """The level and the words of each numbered entry."""
    begin, end = find_contents(document)
    entries = set()
    for start, stop in document.lines_in(begin, end):
        text = Folded.of(document, start, stop).text
        mark = find_mark(text)
        if mark:
            entries.add((mark.level, words_of_entry(text)))
    return entries


def begin_of_contents(document: Document, start: int, end: int) -> int | None:
    """Where the contents begin, if this line heads them: with it, or behind it where it is a title too."""
    if end - start > LONGEST_TITLE:
        return None
    found = CONTENTS.fullmatch("".join(document.text[start:end].split()))
    if found is None:
        return None
    return end if len(found.group("title") or "") > LONGEST_PREFIX else start


def begins_text(text: str) -> bool:
    """Whether a line is no entry: longer than one, or a sentence."""
    longer = len(text.rstrip(".…·0123456789")) > LONGEST_ENTRY
    return longer or SENTENCE.search(text.rstrip(":")) is not None


def first_of_text(lines: list[tuple[int, str]], start: int) -> int:
    """Where the text begins whose first sentence starts here: with the titles right above it, each of a
    higher level than the next (第一部分 above 一、), which are no entries."""
    first, level = start, LOWEST_LEVEL
    for place, text in reversed(lines):
        mark = find_mark(text)
        if mark is None or mark.level >= level:
            break
        first, level = place, mark.level
    return first if level <= 1 else start


def title_behind(lines: list[tuple[int, str]], start: int) -> int:
    """Where the title begins that stands between the contents and the text; the text where there is none."""
    for place, text in lines[-LINES_OF_TITLE:]:
        if find_mark(text) is None and TITLE.search(text) and not text.endswith("表"):
            return place
    return start


def repeats_entry(words: str, entries: list[str]) -> bool:
    return len(words) > 1 and (words in entries or words.endswith(tuple(entries[:1])))


def words_of_entry(text: str) -> str:
    """The words of a title by which an entry and the title itself are the same.

    >>> words_of_entry("一、部门主要职能……………3")
    '主要职能'
    """
    mark = find_mark(text)
    return BESIDE_WORDS.sub("", BESIDE_WORDS.sub("", text[mark.length if mark else 0 :]))
