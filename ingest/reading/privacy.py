"""Personal data of contact persons: masked before anything else sees the text (FACTS rule 17).

A label (联系人：, 座机：) makes what follows it personal, up to the end of its sentence, line or cell;
some names and numbers are personal by their form; and a section of contacts is personal but for its
set words. Masking replaces character by character and keeps white space and punctuation, so every
offset and every line stays.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from ingest.reading.contact_cells import labelled_cells
from ingest.reading.contact_labels import BRACKETED, LABELS, NAME, NUMBERS, PEOPLE, spaced
from ingest.reading.rows import row_blocks

MASK = "＊"
LONGEST_STRETCH = 80
LONGEST_SECTION = 400
# What else a section of contacts says in every document.
SET_WORDS = (
    "本单位", "本部门", "单位", "部门", "决算", "预算", "公开", "信息", "反馈", "渠道", "和", "及",
    "与", "如有疑问", "疑问", "请", "拨打", "致电", "联系", "咨询", "监督", "地址", "网址", "时间",
)  # fmt: skip

HEADING_MARK = r"(?:[一二三四五六七八九十]{1,3}[、.．]|第[一二三四五六七八九十]+部分)"
# What stands between a label and what it labels: a colon, or the border of a cell without a figure.
COLON = rf"[ \u3000]*[:：][ \u3000]*(?:\n[ \t\u3000]*(?!{HEADING_MARK}))?"
CELL = r"[ \u3000]*\n+\t+(?!\d{1,5}[ ]*(?:\n|$)|\d[\d,]*\.\d)"
LABEL = re.compile(rf"{LABELS}{BRACKETED}(?:{COLON}|{CELL})")
KEPT = re.compile(LABELS)
KEPT_IN_SECTION = re.compile(rf"{LABELS}|{spaced(SET_WORDS)}")
STRETCH_END = re.compile(r"[。；;\n\t]")
# What the rows of fiscal tables are about.
MONEY_ROW = re.compile("收入|支出|合计|总计|拨款|经费|结转|结余|预算|决算|资产|补助")
LABEL_WORD = re.compile(LABELS)
PUNCTUATION = frozenset("，,、。；;：:/（）()|")

# A number that goes on, is a code or is an amount, is no number of a person.
CODES = "".join(rf"(?<!{word})(?<!{word}[:： ])" for word in ("编码", "代码", "编号", "账号"))
# All of them begin with one of these: looked at first, since it is cheap and most characters are none.
FREE = rf"(?=[\d+（(])(?<![0-9A-Za-z.,，\-]){CODES}"
END = r"(?![0-9A-Za-z]|[.,，]\d|\s*[%％万亿千元])"
BIRTHDAY = r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
FORMS = tuple(
    re.compile(pattern)
    for pattern in (
        # A name in brackets or after white space.
        rf"{spaced(PEOPLE)}[ \u3000]*[（(][ ]*(?P<personal>{NAME})(?=[ ]*[）)，,、/])",
        rf"{spaced(('联系人', '联络人', '经办人'))}[ \t\u3000]+(?P<personal>{NAME})(?=[\s，,。；;、/（(电手\d]|$)",
        # A number right after its label.
        rf"{spaced(NUMBERS)}{BRACKETED}[ \t\u3000]*[为是]?[ \u3000]*"
        rf"(?P<personal>[+（(]?\d[\d\-－—–() （）]{{4,}}\d){END}",
        # Mobile and landline numbers, service numbers, identity cards, mail.
        rf"{FREE}(?P<personal>(?:\+?86[\-\s]?)?1[3-9]\d[ \-]?\d{{4}}[ \-]?\d{{4}}){END}",
        rf"{FREE}(?P<personal>(?:\+?86[\-\s]?)?[（(]?0\d{{2,3}}[）)]?[ \-－—–]{{0,3}}\d{{7,8}}){END}",
        rf"{FREE}(?P<personal>\+86[ \-]?\d{{2,4}}[ \-]?\d{{7,8}}){END}",
        rf"{FREE}(?P<personal>[48]00[\- ]?\d{{3}}[\- ]?\d{{4}}){END}",
        rf"{FREE}(?P<personal>\d{{6}}{BIRTHDAY}\d{{3}}[\dXx]){END}",
        # Its words are sought from their beginning only: from each letter would take quadratic time.
        r"(?P<personal>(?:(?<![A-Za-z0-9_.+\-])[A-Za-z0-9_.+\-]+|[\u4e00-\u9fa5·]{2,4})"
        r"[ ]?[@＠][ ]?[A-Za-z0-9\-]+(?:[.．][A-Za-z0-9\-]+)+)",
    )
)
# A heading that says nothing but that contacts follow, so no duty such as 三、信息反馈处理.
CONTACT_HEADING = re.compile(
    rf"^[ \t\u3000]*{HEADING_MARK}[ \u3000]*(?=.*(?:联系方式|反馈渠道|咨询电话))"
    r"(?:本|部门|单位|预|决|算|公开|信息|反馈|渠道|联系方式|咨询|监督|电话|情况|和|及|与|、|[ \u3000])+[:：]?$",
    re.MULTILINE,
)
# A line of a contact section, but no plain sentence: one without labels, numbers and addresses.
CONTACT_LINE = re.compile(rf"^(?!(?:(?!{LABELS})[^\n\d@＠]){{10,}}。[ \u3000]*$).+", re.MULTILINE)
# A table or an attachment after the contacts is no part of them.
SECTION_END = re.compile(rf"^(?:[ \u3000]*(?:{HEADING_MARK}|附[件表录：:])|\t)", re.MULTILINE)


# Without one of these nothing in a text is personal: most texts, such as a literal of the graph, have none.
SIGN = re.compile(rf"{LABELS}|\d{{4}}|[@＠]|联系方式|反馈渠道")


def mask_personal_data(text: str) -> str:
    """The text with names and numbers of contact persons replaced, character by character.

    >>> mask_personal_data("联系人：张某某  电话：000-12345678。")
    '联系人：＊＊＊  电话：＊＊＊＊＊＊＊＊＊＊＊＊。'
    """
    # Until nothing is left to mask: masking what is masked changes nothing.
    while (masked := mask_once(text)) != text:
        text = masked
    return text


def mask_once(text: str) -> str:
    """The text with every stretch masked that is found in it as it stands."""
    characters = list(text)
    for start, end in find_personal(text):
        for place in range(start, end):
            if not text[place].isspace() and text[place] not in PUNCTUATION:
                characters[place] = MASK
    return "".join(characters)


def is_personal(text: str) -> bool:
    """Whether anything in a text would be masked."""
    return mask_once(text) != text


def find_personal(text: str) -> Iterator[tuple[int, int]]:
    """The stretches [start, end) of a text that are personal; they may overlap."""
    if SIGN.search(text) is None:
        return
    rows = [(block[0][0], block[-1][1]) for block in row_blocks(text)] if "\t" in text else []
    for label in LABEL.finditer(text):
        # Behind the last cell of a row stands the first of the next row, which it does not label.
        if not ("\n" in label[0] and is_within(rows, label.start())):
            yield from without(KEPT, text, label.end(), stretch_end(text, label.end()))
    yield from labelled_cells(text)
    for form in FORMS:
        for found in form.finditer(text):
            if not is_amount_in_row(text, *found.span("personal")):
                yield found.span("personal")
    yield from contact_section(text)


def is_amount_in_row(text: str, start: int, end: int) -> bool:
    """Whether a number that looks like a telephone's is a cell of a row about money: 15012345678元 of 收入合计."""
    left, right = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    row = text[left : right if right >= 0 else len(text)]
    is_cell = text[start - 1 : start] == "\t" and text[end : end + 1] in ("\t", "\n", "")
    return is_cell and bool(MONEY_ROW.search(row)) and not LABEL_WORD.search(row)


def is_within(places: list[tuple[int, int]], place: int) -> bool:
    index = bisect_right(places, (place, place)) - 1
    return (index >= 0 and place < places[index][1]) or (place, place) in places


def stretch_end(text: str, start: int) -> int:
    """Where a labelled stretch ends: with its sentence, line or cell."""
    found = STRETCH_END.search(text, start, start + LONGEST_STRETCH)
    return found.start() if found else min(len(text), start + LONGEST_STRETCH)


def without(kept: re.Pattern[str], text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretch without the words kept in it: 联系人：某某 电话：…"""
    for word in kept.finditer(text, start, end):
        yield start, word.start()
        start = word.end()
    yield start, end


def contact_section(text: str) -> Iterator[tuple[int, int]]:
    """What stands below the heading of the contacts; an earlier one is of the table of contents."""
    headings = list(CONTACT_HEADING.finditer(text))
    if headings:
        start = headings[-1].end()
        following = SECTION_END.search(text, start + 1)
        end = min(following.start() if following else len(text), start + LONGEST_SECTION)
        for line in CONTACT_LINE.finditer(text, start, end):
            yield from without(KEPT_IN_SECTION, text, *line.span())
