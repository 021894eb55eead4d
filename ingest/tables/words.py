"""The words of cells: how they are compared, whatever their width, line breaks, quotes and brackets."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from ingest.narrative.folding import fold_characters
from ingest.narrative.numbering import find_mark

BRACKETED = re.compile(r"\([^()]*\)")
QUOTES = re.compile("[\"'“”‘’]")
OPENING = re.compile(r"^(?:其中|减|加)[:：]?")


# Header words, blanks and zeros come again and again; a cell is looked at by several readers.
REMEMBERED = 4096


@lru_cache(REMEMBERED)
def squeeze(text: str) -> str:
    """The words folded (width, brackets, quotes), without any white space.

    >>> squeeze("公务用车 购置费\\n（万元）")
    '公务用车购置费(万元)'
    """
    return "".join(fold_characters(unicodedata.normalize("NFKC", text)).split())


@lru_cache(REMEMBERED)
def plain(text: str) -> str:
    """The squeezed words without quotes, brackets with what they hold, and a colon at the end.

    >>> plain("使用非财政拨款结余（含专用结余）"), plain("“三公”经费：")
    ('使用非财政拨款结余', '三公经费')
    """
    words = QUOTES.sub("", squeeze(text))
    return (BRACKETED.sub("", words) or words).rstrip(":：*")


@lru_cache(REMEMBERED)
def unnumbered(text: str) -> str:
    """The squeezed words without the numbering and the 其中： that they open with.

    >>> unnumbered("一、一般公共服务支出"), unnumbered("其中：1.政府性基金")
    ('一般公共服务支出', '政府性基金')
    """
    words = squeeze(text)
    for _ in range(3):
        bare = OPENING.sub("", words)
        mark = find_mark(bare)
        bare = bare[mark.length :] if mark else bare
        if bare == words:
            break
        words = bare
    return words
