"""The same document in every format gives the same facts."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from ingest.facts_json import to_json
from ingest.pipeline import facts_of
from ingest.reading.document import Document
from ingest.reading.files import kind_of, read_content
from tests.conftest import SAMPLES
from tests.making import Block, Words, docx_of, html_of, pdf_of, text_of, xlsx_of

# Where a fact stands differs from format to format; what it says does not.
PLACES = frozenset(
    {
        "source", "sha256", "content_sha256", "media_type", "characters", "start", "end", "boxes", "page",
        "pages",
    }
)  # fmt: skip

TITLE = ("示例市丙区林业局", "2023年度部门决算公开说明")
NARRATIVE = (
    "一、单位基本情况",
    "（一）职能职责",
    "1.拟订全区林业发展规划并组织实施。",
    "2.负责森林防火工作。",
    "二、部门决算情况说明",
    "（一）收入支出决算总体情况说明",
    "1.总体情况。2023年度收入总计1,234.50万元，支出总计1,234.50万元。收支较上年决算数增加34.50万元，"
    "增长2.9%，主要原因是造林任务增加。",
    "2.收入情况。2023年度收入合计1,200.00万元，较上年决算数减少20.00万元，下降1.6%，主要原因是一次性项目完成。"
    "其中：财政拨款收入1,150.00万元，占95.8%；其他收入50.00万元，占4.2%。",
    "（二）财政拨款收入支出决算总体情况说明",
    "2023年度财政拨款收、支总计1,184.50万元。",
)
T1 = Words(
    (
        ("项目", "决算数", "项目", "决算数"),
        ("一、一般公共预算财政拨款收入", "1,150.00", "一、农林水支出", "1,100.00"),
        ("二、其他收入", "50.00", "二、住房保障支出", "100.00"),
        ("本年收入合计", "1,200.00", "本年支出合计", "1,200.00"),
        ("年初结转和结余", "34.50", "年末结转和结余", "34.50"),
        ("总计", "1,234.50", "总计", "1,234.50"),
    )
)
T3 = Words(
    (
        ("科目编码", "科目名称", "本年支出合计", "基本支出", "项目支出"),
        ("213", "农林水支出", "1,100.00", "700.00", "400.00"),
        ("21302", "林业和草原", "1,100.00", "700.00", "400.00"),
        ("221", "住房保障支出", "100.00", "100.00", "0.00"),
        ("合计", "", "1,200.00", "800.00", "400.00"),
    )
)
T7 = Words(
    (
        ("合计", "因公出国（境）费", "公务用车运行维护费", "公务接待费"),
        ("12.30", "0.00", "8.30", "4.00"),
    )
)
TABLES: tuple[Block, ...] = (
    "收入支出决算总表", "单位：万元", T1,
    "支出决算表", "单位：万元", T3,
    "一般公共预算财政拨款“三公”经费支出决算表", "单位：万元", T7,
)  # fmt: skip
DOCUMENT: tuple[Block, ...] = (*TITLE, *NARRATIVE, *TABLES)
MAKERS: dict[str, Callable[[Sequence[Block]], bytes]] = {
    "text": text_of,
    "docx": docx_of,
    "html": html_of,
    "pdf": pdf_of,
    "xlsx": xlsx_of,
}


def facts_in(document: Document) -> Any:
    """The facts of a document as JSON, without the places that they stand at."""
    return without_places(to_json(facts_of(document)))


def without_places(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: without_places(one) for key, one in value.items() if key not in PLACES}
    if isinstance(value, list):
        return [without_places(one) for one in value]
    return value


def words_of_tables(document: Document) -> list[list[list[str]]]:
    return [
        [[document.text[cell.start : cell.end] for cell in row] for row in table.rows]
        for table in document.tables
    ]


@pytest.fixture(scope="module")
def expected() -> Any:
    return facts_in(read_content("document.txt", text_of(DOCUMENT)))


@pytest.mark.parametrize("kind", MAKERS)
def test_same_document_gives_the_same_facts(kind: str, expected: Any) -> None:
    content = MAKERS[kind](DOCUMENT)
    assert kind_of(content) == kind
    assert facts_in(read_content("document", content)) == expected


def test_facts_of_the_document_are_not_few(expected: Any) -> None:
    assert len(expected["functions"]) == 2
    assert len(expected["amounts"]) >= 7


@pytest.mark.parametrize("kind", MAKERS)
def test_tables_are_the_same_in_every_format(kind: str) -> None:
    document = read_content("document", MAKERS[kind](DOCUMENT))
    assert words_of_tables(document) == [
        [list(row) for row in table.rows] for table in (T1, T3, T7)
    ]


# T1 as XLS, saved once by LibreOffice from `xlsx_of([T1])`: no library that is kept up writes that format.
XLS = Path(__file__).parent / "data" / "table.xls"


def test_figures_of_a_spreadsheet_are_read_as_printed() -> None:
    (table,) = words_of_tables(read_content("a.xls", XLS.read_bytes()))
    assert table == [list(row) for row in T1.rows]


SAMPLES_IN_FORMATS = [
    *(
        (kind, sample)
        for sample in ("kaizhou-zhengwu-2020", "shili-yiqu-minzheng-2020")
        for kind in ("docx", "html")
    ),
    ("pdf", "kaizhou-zhengwu-2020"),
    ("pdf", "shili-yiqu-minzheng-2020"),
]


@pytest.mark.parametrize(("kind", "sample"), SAMPLES_IN_FORMATS)
def test_sample_gives_its_facts_in_every_format(kind: str, sample: str) -> None:
    text = read_content("a.txt", (SAMPLES / f"{sample}.txt").read_bytes())
    blocks = blocks_of(text)
    assert facts_in(read_content("a", MAKERS[kind](blocks))) == facts_in(
        read_content("a.txt", text_of(blocks))
    )


def blocks_of(document: Document) -> list[Block]:
    """The lines of a text before its tables, as paragraphs."""
    end = document.tables[0].start if document.tables else len(document.text)
    return [" ".join(line.split()) for line in document.text[:end].split("\n") if line.strip()]


def test_facts_compare_as_json(expected: Any) -> None:
    assert "start" not in json.dumps(expected)
