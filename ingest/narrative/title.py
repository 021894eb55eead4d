"""The title of a document, and what it says: the fiscal year and the kind of disclosure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from ingest.facts import Kind, Name
from ingest.narrative.bodies import BODY, ends_as_body
from ingest.narrative.contents import find_contents
from ingest.narrative.folding import Folded
from ingest.narrative.headings import find_headings
from ingest.narrative.named_with_place import find_name_with_place
from ingest.reading.document import Document, DocumentError

LONGEST_TITLE = 90
# Lines that a cover is printed on: the office, the year, what is disclosed.
MOST_LINES_OF_TITLE = 5
CHINESE_YEAR = re.compile(r"二[〇○零Oo0]([〇○零Oo0一二三四五六七八九]{2})年")
CHINESE_DIGITS = dict.fromkeys("〇○零Oo0", "0") | {
    character: str(digit) for digit, character in enumerate("一二三四五六七八九", 1)
}
YEAR = re.compile(r"(20\d{2})年度?")
YEAR_OF_ACCOUNTS = re.compile(r"(20\d{2})年(?:度)?[^，。；\d]{0,24}?[决预]算")
SUBJECT = re.compile(r"[决预]算|三公|绩效")
# The day of the publication, which tells no fiscal year.
DATE = re.compile(
    r"\(?(?:20\d\d|二[〇○零Oo0一二三四五六七八九]{3})年[\d一二三四五六七八九十]{1,2}月(?:[\d一二三四五六七八九十]{1,3}日)?\)?"
)
# What a web page prints around its text.
PAGE_FURNITURE = re.compile(
    r"(?:当前|您的|所在|现在的)位置|您(?:现在)?所在|首页|[>»]|(?:更新|发布|发文)(?:时间|日期)|来源:|浏览次数|索引号|文号|字号|打印"
    # Who answers for it: personal data, never a title.
    r"|(?:负责|联系|编制|填报|审核|经办)人[:：]|(?:报送|填报)(?:日期|时间)|电话|\|"
)
# What a list of metadata puts before the title: • 标题：…
LABEL_OF_TITLE = re.compile(r"\W*(?:标题|名称|信息名称|文件名称):(?=.)")
# 部门决算及“三公”经费公开 is about the accounts, 预算绩效… and “三公”经费预算 are not.
ACCOUNTS_FIRST = re.compile(r"([决预])算(?:公开|情况|信息|报告|说明)*(?:及|和|与|、|暨)")
KINDS: tuple[tuple[str, Kind], ...] = (
    ("三公", "three-public"),
    ("绩效", "performance"),
    ("决算", "final-accounts"),
    ("预算", "budget"),
)
KINDS_OF_TEXT: tuple[tuple[str, Kind], ...] = (
    ("决算", "final-accounts"),
    ("预算", "budget"),
    ("三公", "three-public"),
    ("绩效", "performance"),
)


def cover_lines(document: Document, end: int) -> Iterator[tuple[int, int, str]]:
    """The lines before the first section with their words folded, without the table of contents and what
    a web page prints around its text."""
    begin_contents, end_contents = find_contents(document)
    for start, stop in document.lines():
        if stop > end:
            return
        text = Folded.of(document, start, stop).text
        label = LABEL_OF_TITLE.match(text)
        if label:
            start, text = Folded.of(document, start, stop).places[label.end()], text[label.end() :]
        if text and not begin_contents <= start < end_contents and not PAGE_FURNITURE.search(text):
            yield start, stop, text


def read_title(document: Document, end: int) -> Name:
    """The title: the lines of the cover, up to `end`, that name the year and the accounts, with the office
    above them where it stands on a line of its own; else the first line. Without a cover it is the first
    heading that does, else what first names the office.

    Raises:
        DocumentError: there is no line before the first section, and no such line behind it.
    """
    lines = [*cover_lines(document, end)] or [*lines_without_cover(document)][:1]
    if not lines:
        raise DocumentError("holds no disclosure: it has no title before its first section")
    lines = [line for line in lines if not DATE.fullmatch(line[2])] or lines
    found = find_title([text for _, _, text in lines])
    if found is None:
        lines, found = [second_choice(document, lines)], (0, 0)
    first, last = found
    span = document.span(lines[first][0], min(lines[last][1], lines[first][0] + LONGEST_TITLE))
    return Name("".join(span.quote.split()), span)


def lines_of_title(document: Document) -> Iterator[tuple[int, int, str]]:
    """The headings that name a body, a year and the accounts: 第三部分 某局2023年度部门决算情况说明."""
    for heading in find_headings(document):
        folded = Folded.of(document, heading.span.start, heading.span.end).behind(
            heading.mark.length
        )
        if is_title(folded.text) and re.match(rf"[一-龥]{{2,30}}{BODY}20\d\d年", folded.text):
            yield folded.places[0], folded.places[-1] + 1, folded.text


def lines_without_cover(document: Document) -> Iterator[tuple[int, int, str]]:
    """What names the office of a document without a cover: a heading with the year and the accounts, the
    title of a part (第一部分 某局概况), or the first sentence about an office that its place tells."""
    yield from lines_of_title(document)
    for heading in find_headings(document):
        words = heading.title[heading.mark.length :]
        if heading.mark.level == 0 and re.match(
            rf"[一-龥]{{2,30}}{BODY}(?:部门|单位)?概况$", words
        ):
            yield heading.span.start, heading.span.end, words
    placed = find_name_with_place(document)
    if placed is not None:
        yield placed.start, placed.end, placed.quote


def second_choice(document: Document, lines: list[tuple[int, int, str]]) -> tuple[int, int, str]:
    """The title of a document whose cover names no accounts: the line that names a year and a body, else
    what below the cover names the office, else the first line."""
    dated = [line for line in lines if re.search(rf"{BODY}.*20\d\d年|20\d\d年.*{BODY}", line[2])]
    return [*dated, *lines_of_title(document), *lines[:1]][0]


def find_title(lines: list[str]) -> tuple[int, int] | None:
    """The first and the last line of the title: the fewest lines that name year and accounts."""
    for count in range(1, MOST_LINES_OF_TITLE + 1):
        for first in range(len(lines) - count + 1):
            if is_title("".join(lines[first : first + count])):
                office_above = first > 0 and starts_with_year(lines[first])
                if office_above and ends_as_body(lines[first - 1]):
                    first, count = first - 1, count + 1
                return first, first + count - 1
    return None


def is_title(line: str) -> bool:
    return (
        len(line) < LONGEST_TITLE
        and "年" in line
        and "。" not in line
        and SUBJECT.search(line) is not None
    )


def starts_with_year(line: str) -> bool:
    return line[:1].isdigit() or bool(re.match(r"\(?(?:20\d\d|二[〇○零Oo0])", line))


def with_digits(text: str) -> str:
    """The text with years in Chinese digits as Arabic ones.

    >>> with_digits("二〇二四年度部门决算")
    '2024年度部门决算'
    """
    return CHINESE_YEAR.sub(
        lambda year: "20" + "".join(CHINESE_DIGITS[digit] for digit in year.group(1)) + "年", text
    )


def read_year(document: Document, title: str) -> str:
    """The fiscal year that the folded title names, else the one that the text most often names its accounts by.

    Raises:
        DocumentError: no year is named.
    """
    found = YEAR.search(with_digits(title))
    if found:
        return found.group(1)
    text = with_digits(Folded.of(document, 0, len(document.text)).text)
    for pattern in (YEAR_OF_ACCOUNTS, YEAR):
        years: Counter[str] = Counter(pattern.findall(text))
        if years:
            return str(years.most_common(1)[0][0])
    raise DocumentError("holds no disclosure: no fiscal year (…年度) is named")


def read_kind(document: Document, title: str) -> Kind:
    """What is disclosed, by the folded title; by the text where the title does not say."""
    first = ACCOUNTS_FIRST.search(title)
    if first:
        return "final-accounts" if first.group(1) == "决" else "budget"
    for kinds, text in ((KINDS, title), (KINDS_OF_TEXT, document.text)):
        for word, kind in kinds:
            if word in text:
                return kind
    return "final-accounts"
