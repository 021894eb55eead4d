"""Headings: the numbered titles of a document, those without a number, and those glued to their text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.facts import Span
from ingest.narrative.contents import find_contents
from ingest.narrative.folding import Folded
from ingest.narrative.numbering import CHINESE_NUMBER, Mark, find_mark
from ingest.narrative.roles import UNKNOWN, UNKNOWN_TITLE, Role, find_role
from ingest.reading.document import Document, Table

LONGEST_TITLE = 34
LONGEST_CELL = 2000
# With the name of the office in it, a title may be longer.
LONGEST_NAMED_TITLE = 60
NAMED_TITLE = re.compile(r"(?:情况|说明|概况|职能|职责|设置|构成|[决预]算(?:公开)?表)$")
SENTENCE_END = re.compile(r"[。；:]")
# A title that runs into its text: （一）机关运行经费支出情况2022年度… | …情况说明本部门…
GLUED = re.compile(r"(?<=情况|说明)(?=20\d\d年|截至|截止|本(?:部门|单位|年)|我)")
FIGURE = re.compile(r"\d+(?:\.\d+)?(?:万元|%|辆|人)")
# A numbered title behind the full stop of the paragraph before it.
INSIDE_LINE = re.compile(
    rf"(?<=。)(?=(?:{CHINESE_NUMBER}、|\({CHINESE_NUMBER}\))(?!负责|组织|承担|拟订|指导|参与|贯彻|研究|推进|协调|管理|监督|完成)"
    r"[^，。；:]{2,30}(?:情况|说明|经费)(?:[。:]|$))"
)
# 第三部分 on a line of its own: the next line is its title.
LONE_PART = re.compile(rf"\s*第\s*{CHINESE_NUMBER}\s*部\s*分[\s:：]*")
# What a template says of a title behind it: （仅有一个单位的部门，本部分内容为“机构设置”）
NOTE = re.compile(r"\([^()]*，[^()]*\)?$")
UNNUMBERED = Mark(0, 0, 0)
# What a title without a number ends with; the words before it are the office, the year and the subject.
PLAIN_TITLE = re.compile(
    r"(?P<title>(?:关于)?[^，。；:]{0,50}?(?:主要职[能责]|职能职责|部门职责|单位职责|工作职责|机构设置(?:情况)?|内设机构(?:情况)?"
    r"|(?:单位|部门)构成(?:情况)?|名词解释|名词说明|概况|基本情况|编制说明|(?:预算|决算)说明|情况的?(?:总体)?说明|事项(?:的)?说明|联系方式)|附件[0-9一二三四五六七八九十]{0,2}):?"
)
# Titles of tables stand without numbers; 表1 and 图1 are captions inside of a text.
TABLE_TITLE = re.compile(
    r"(?![表图附])[^，。；:]{2,50}(?:[决预]算|收入|支出|收支|经费)[^，。；:]{0,16}表(?:\([^)]{1,12}\))?"
)
# A title that its own text follows at once, which names the same office again.
RUNS_INTO_NAME = re.compile(
    r"(?P<title>(?P<name>[一-龥]{4,30})(?:\((?:部门|单位|本级|本部|机关)\))?(?:主要职[能责]|机构设置|概况))(?=(?P=name))"
)
# A short title with a colon, which its text follows: 机构设置：我局内设…
BEFORE_COLON = re.compile(
    r"(?P<title>(?:部门|单位)?(?:主要职[能责]|职能职责|部门职责|单位职责|机构设置(?:情况)?))(?=:.)"
)


# A line of a budget that says of which fund the amounts below are; it ends with the next title of any level.
LEADS_TO_AMOUNTS = re.compile(
    r"(?P<title>(?:一般公共预算|政府性基金预算|国有资本经营预算)?(?:财政)?拨款支出(?:预算)?(?:的)?(?:主要|具体)?(?:内容|项目|情况|用途|安排)(?:具体)?(?:如下|包括)):"
)
LEADING = Mark(9, 0, 0)


@dataclass(frozen=True, slots=True)
class Heading:
    """A title; `body` is where its own text begins: behind the title, on the same line or the next.
    The mark of a title without a number has level, value and length 0."""

    mark: Mark
    role: Role
    span: Span
    body: int

    @property
    def title(self) -> str:
        """The words of the title, without white space."""
        return "".join(self.span.quote.split())


def find_headings(document: Document) -> Sequence[Heading]:
    """Every title whose role is known, in document order, outside the contents and the tables."""
    return document.once(search_headings)


def search_headings(document: Document) -> tuple[Heading, ...]:
    return tuple(read_headings(document))


def read_headings(document: Document) -> Iterator[Heading]:
    """Every title whose role is known, in document order, outside the contents and the tables.

    A list item of the text (（1）一般公共服务支出422.47万元, 8.负责全区政府系统…) is no title: it is longer,
    or it goes on with a number. A line that names the accounts of a year is the title of the document
    until the first heading has come.
    """
    _, behind_contents = contents = find_contents(document)
    opened = False
    part: int | None = None
    for start, end in lines_outside_tables(document):
        if contents[0] <= start < behind_contents or not document.text[start:end].strip():
            continue
        opened = opened or 0 < behind_contents <= start
        if LONE_PART.fullmatch(document.text, start, end):
            part = start
            continue
        for heading in headings_of_line(document, start if part is None else part, end):
            if heading.mark is UNNUMBERED and not opened and belongs_to_cover(heading.title):
                continue
            opened = True
            yield heading
        part = None


def belongs_to_cover(title: str) -> bool:
    """Whether a title without a number before any other is that of the document: it names the accounts,
    or says that the document is an attachment (附件1)."""
    return names_accounts(title) or title.startswith("附件")


def names_accounts(title: str) -> bool:
    return bool(re.search(r"[决预]算|三公|绩效", title))


def lines_outside_tables(document: Document) -> Sequence[tuple[int, int]]:
    """The lines of the document that are no rows of a table."""
    return document.once(search_lines_outside_tables)


def search_lines_outside_tables(document: Document) -> tuple[tuple[int, int], ...]:
    lines = []
    tables = [table for table in document.tables if has_cells(table)]
    starts = [table.start for table in tables]
    for start, end in document.lines():
        place = bisect_right(starts, start) - 1
        if place < 0 or start >= tables[place].end:
            lines.append((start, end))
    return tuple(lines)


def has_cells(table: Table) -> bool:
    """Whether a table is one: a web page copied with its indents looks like a cell that holds all of it."""
    return all(cell.end - cell.start <= LONGEST_CELL for row in table.rows for cell in row)


def headings_of_line(document: Document, start: int, end: int) -> Iterator[Heading]:
    folded = Folded.of(document, start, end)
    cuts = [0, *(found.start() for found in INSIDE_LINE.finditer(folded.text))]
    for cut in cuts:
        rest = folded.behind(cut)
        mark = find_mark(rest.text)
        heading = heading_of(rest, mark) if mark else plain_heading(rest)
        if heading is not None:
            yield heading


def heading_of(folded: Folded, mark: Mark) -> Heading | None:
    """The numbered title that the folded line begins with, or None."""
    rest = folded.text[mark.length :]
    stop = SENTENCE_END.search(rest)
    title = rest[: stop.start()] if stop else rest
    glued = GLUED.search(title)
    title = title[: glued.start()] if glued else title
    note = NOTE.search(title)
    if note and find_role(title[: note.start()]):
        title = title[: note.start()]
    if not is_title(title):
        return None
    known = find_role(title)
    if known is None and (stop or glued or not UNKNOWN_TITLE.search(title)):
        return None
    return make_heading(folded, mark, known or UNKNOWN, mark.length + len(title))


def is_title(title: str) -> bool:
    longest = LONGEST_NAMED_TITLE if NAMED_TITLE.search(title) else LONGEST_TITLE
    return bool(title) and len(title) <= longest and "，" not in title and not FIGURE.search(title)


def plain_heading(folded: Folded) -> Heading | None:
    """The title without a number that the folded line is, or begins with, or None."""
    leads = LEADS_TO_AMOUNTS.fullmatch(folded.text)
    if leads is not None:
        known = find_role(leads.group("title"))
        return make_heading(folded, LEADING, known, len(leads.group("title"))) if known else None
    found = (
        PLAIN_TITLE.fullmatch(folded.text)
        or RUNS_INTO_NAME.match(folded.text)
        or BEFORE_COLON.match(folded.text)
    )
    if found is None:
        found_table = TABLE_TITLE.fullmatch(folded.text)
        known = find_role(folded.text) if found_table else None
        table = known if known and known.name == "tables" else None
        return make_heading(folded, UNNUMBERED, table, len(folded.text)) if table else None
    title = found.group("title")
    known = find_role(title)
    if known is None or not is_title(title):
        return None
    return make_heading(folded, UNNUMBERED, known, len(title))


def make_heading(folded: Folded, mark: Mark, role: Role, last: int) -> Heading:
    if last == len(folded.text):
        body = folded.places[-1] + 1
    else:
        body = folded.places[last] + bool(SENTENCE_END.match(folded.text[last]))
    return Heading(mark, role, folded.span(0, last), body)
