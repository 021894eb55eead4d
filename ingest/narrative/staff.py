"""Staff: how many people are in post (在职) and how many posts are allowed (编制), where a text says so.

No facts of money: they serve the figures per head of an office profile. A number that came or went
(新增在职人员3人), is a part (行政编制20名) or is of people in other posts (离退休) is none of the two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ingest.facts import Count
from ingest.narrative.counting import AS_OF
from ingest.narrative.folding import squeeze_line
from ingest.reading.document import Document

CUE = re.compile("在职|在编|实有|编\\s*制")
JOINT = r"(?:人员|职工|干部|工作|总|人|编)*(?:人数|总数|数|总人数)?(?:共计|共有|共|合计|总计|为|是|有|:)*"
NUMBER = r"(?P<number>\d{1,3}(?:,\d{3})+|\d{1,6})(?P<measure>人|名|个)(?![次员])"
# In the order of trust: 在职 is said of those in post; 实有人员 may count the retired.
WORDINGS = (
    ("staff", re.compile(rf"(?<!离)在职(?:在编|在岗)?{JOINT}{NUMBER}")),
    ("staff", re.compile(rf"在编(?:在职|在岗)?{JOINT}{NUMBER}")),
    ("staff", re.compile(rf"(?:现有|实有|实际)(?:在岗)?{JOINT}{NUMBER}")),
    ("establishment", re.compile(rf"编制(?:人员|人数|总数|名额|数)?(?:共计|共|合计|总计|为|是|有|:)*{NUMBER}")),
)  # fmt: skip
CLAUSE_END = re.compile("[，。；()]")
# What came, went or was compared; a part of the posts; money of people; the retired.
OTHERWISE = re.compile(
    r"增|减|新进|新录|招录|调[入出整]|较|比上年|比年初|万元|主要原因|由于|因(?!公)|补助|"
    r"(?:行政|事业|工勤|参公|参照|政法|专项|财政|自收|差额|全额|机关|聘用|后勤|控制数|周转)[一-龥]{0,6}编制|"
    r"离退|退休|离休|遗属|编外|临聘|劳务|空编|超编"
)


class StaffNumber(NamedTuple):
    """A number of a line: trust (lower is better), item, value, measure word, the year that the line
    dates it in (if it does), place in the document."""

    trust: int
    item: str
    value: int
    measure: str
    dated: str | None
    start: int
    end: int


def read_staff(document: Document, year: str) -> tuple[Count, ...]:
    """The staff in post and the establishment, each once: by the wording that says it best, then the first.

    A number counts for the year of its date (截至2023年12月), else for that of the document.
    """
    best: dict[str, StaffNumber] = {}
    for start, end in document.lines():
        for found in numbers_of_line(document.text[start:end], start):
            known = best.setdefault(found.item, found)
            if found.trust < known.trust:
                best[found.item] = found
    return tuple(count_of(document, best[item], year) for item in sorted(best))


def numbers_of_line(line: str, offset: int) -> Iterator[StaffNumber]:
    if not CUE.search(line):
        return
    text, places = squeeze_line(line)
    for trust, (item, wording) in enumerate(WORDINGS):
        for match in wording.finditer(text):
            if not OTHERWISE.search(clause_up_to(text, match.end())):
                start, end = places[match.start()], places[match.end() - 1] + 1
                dates = AS_OF.findall(text, 0, match.start())
                yield StaffNumber(
                    trust,
                    item,
                    int(match["number"].replace(",", "")),
                    match["measure"],
                    dates[-1] if dates else None,
                    offset + start,
                    offset + end,
                )


def clause_up_to(text: str, end: int) -> str:
    """The clause that ends here."""
    begins = [match.end() for match in CLAUSE_END.finditer(text, 0, end)]
    return text[begins[-1] if begins else 0 : end]


def count_of(document: Document, found: StaffNumber, year: str) -> Count:
    span = document.span(found.start, found.end)
    return Count(found.item, found.value, found.measure, found.dated or year, span)
