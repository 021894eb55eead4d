"""The table of contents (目录): the lines behind that word that name the sections before they come."""

from __future__ import annotations

import re

from ingest.narrative.folding import Folded
from ingest.narrative.numbering import find_mark
from ingest.reading.document import Document

CONTENTS = re.compile(r"目[录次]")
LONGEST_ENTRY = 60
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
    begin, entries = None, list[str]()
    for start, end in document.lines():
        if begin is None:
            words = "".join(document.text[start : min(end, start + 40)].split())
            begin = start if CONTENTS.fullmatch(words) else None
            continue
        text = Folded.of(document, start, end).text
        if not text:
            continue
        words = words_of_entry(text)
        if ends_contents(text, words, entries):
            return begin, start
        if words:
            entries.append(words)
    return 0, 0


def ends_contents(text: str, words: str, entries: list[str]) -> bool:
    if len(text.rstrip(".…·0123456789")) > LONGEST_ENTRY or SENTENCE.search(text.rstrip(":")):
        return True
    return len(words) > 1 and (words in entries or words.endswith(tuple(entries[:1])))


def words_of_entry(text: str) -> str:
    """The words of a title by which an entry and the title itself are the same.

    >>> words_of_entry("一、部门主要职能……………3")
    '主要职能'
    """
    mark = find_mark(text)
    return BESIDE_WORDS.sub("", BESIDE_WORDS.sub("", text[mark.length if mark else 0 :]))
