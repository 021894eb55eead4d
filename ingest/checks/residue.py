"""Template left-overs (模板残留): blanks, alternatives and instructions that should have been filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.bilingual import Phrase
from ingest.checks import phrases
from ingest.checks.findings import finding
from ingest.facts import Anomaly, Severity, Span
from ingest.reading.document import Document


@dataclass(frozen=True, slots=True)
class Residue:
    """A pattern on the document text, what it is, and an example that a test finds."""

    pattern: re.Pattern[str]
    severity: Severity
    what: Phrase
    example: str


def residue(pattern: str, severity: Severity, what: Phrase, example: str) -> Residue:
    return Residue(re.compile(pattern), severity, what, example)


SPACE = r"[ \u3000]*"
# A run of crosses, circles or lines is a blank where an amount, a year or a name should stand.
BLANK = r"(?:[XxＸｘ×✕╳*＊○〇◯□]{2,}|[_＿]{2,}|(?<![0-9A-Za-z.])[XxＸｘ×])"
MEASURES = "万元|亿元|元|%|％|年|辆|人次|批次|个|台|项"
BODIES = "局|委|部门|单位|街道|镇|乡|中心|学校|项目|工作|支出|经费"
RISES, FALLS = "(?:增加|增长|上升|大于|高于)", "(?:减少|下降|降低|小于|低于)"
TO_FILL = "填写|填列|说明|删除|修改|列示|调整|增减|选择"
ADDRESSED = "请|如|若|注意|此处|各部门|各单位|填写|填列|按实际|根据实际"


def alternative(one: str, other: str) -> str:
    """增长（下降）, 增加/减少: two words of which the office should have struck out one."""
    return rf"{one}{SPACE}(?:[（(]{SPACE}{other}{SPACE}[）)]|[/／]{other})"


RESIDUES = (
    residue(rf"{BLANK}{SPACE}(?={MEASURES})", "error", phrases.BLANK, "增加XX万元"),
    residue(rf"(?<=[\u4e00-\u9fff]){BLANK}(?={BODIES})", "error", phrases.BLANK, "甲区XX局"),
    residue(r"[（(](?:单位|部门)名称[）)]", "error", phrases.BLANK, "（部门名称）"),
    residue(alternative(RISES, FALLS), "error", phrases.ALTERNATIVE, "增长（下降）"),
    residue(alternative(FALLS, RISES), "error", phrases.ALTERNATIVE, "减少/增加"),
    residue(
        rf"[（(【\[](?:{ADDRESSED})[^（()）\n]{{0,60}}(?:{TO_FILL})[^（()）\n]{{0,20}}[）)】\]]",
        "error",
        phrases.INSTRUCTION,
        "（如无此项，请填写说明）",
    ),
    residue(
        r"(?:部门|单位)(?:应|可|须|需)(?:根据|结合)(?:本部门|本单位)?实际(?:情况)?[^，。；\n]{0,16}",
        "error",
        phrases.INSTRUCTION,
        "部门应根据实际情况进行增减",
    ),
    residue(
        rf"原因(?:是|为|[:：]|是[:：]){SPACE}[。；;，,]",
        "minor",
        phrases.EMPTY_REASON,
        "主要原因是。",
    ),
    residue(
        r"[（(](?:增加|新增|补充|修改|删除)(?:内容|部分|事项)[）)]",
        "minor",
        phrases.EDITORS_NOTE,
        "（增加内容）",
    ),
)
# Masked contact data are not what the office left open.
MASKED = re.compile(r"＊")


def check_residue(document: Document) -> Iterator[Anomaly]:
    """`template-residue` wherever the form shows through."""
    taken: list[tuple[int, int]] = []
    for one in RESIDUES:
        for found in one.pattern.finditer(document.text):
            if MASKED.search(found.group()) or any(
                start < found.end() and found.start() < end for start, end in taken
            ):
                continue
            taken.append(found.span())
            place = clause_around(document, found)
            yield finding("template-residue", one.severity, one.what(), place)


def clause_around(document: Document, found: re.Match[str]) -> Span:
    """The clause that holds a left-over, so that it can be found and told."""
    text = document.text
    start = max(text.rfind(mark, 0, found.start()) for mark in "。；，\n\t") + 1
    ends = [end for mark in "。；，\n\t" if (end := text.find(mark, found.end())) >= 0]
    return document.span(start, min([*ends, len(text)]))
