"""The layout that a release keeps: sections and tables lie in the text, in order, and inside one another."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.layout import layout_to_json
from ingest.reading.files import read_file
from ingest.reading.text import text_document
from tests.conftest import SAMPLES

DOCUMENTS = sorted(path for path in SAMPLES.iterdir() if path.suffix in (".txt", ".pdf", ".docx"))


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_sections_and_tables_follow_one_another_in_the_text(path: Path) -> None:
    document = read_file(path)
    layout = layout_to_json(document)
    position = 0
    for section in layout["sections"]:
        assert position <= section["start"] < section["end"] <= len(document.text)
        position = section["end"]
    position = 0
    for table in layout["tables"]:
        assert position <= table["start"] < table["end"] <= len(document.text)
        position = table["start"]
        for row in table["rows"]:
            for start, end, *_ in row:
                assert position <= start <= end <= table["end"]
                position = end
        position = table["end"]


def test_the_numbering_tells_the_level_of_a_section() -> None:
    text = (
        "示例市甲局2022年度部门决算公开说明\n一、部门基本情况\n（一）职能职责\n负责政务服务。\n"
        "（二）机构设置\n内设办公室。\n二、收支情况\n本年收入合计12.00万元。\n"
    )
    sections = layout_to_json(text_document("made.txt", text))["sections"]
    told = [(one["level"], text[one["start"] : one["end"]]) for one in sections]
    assert told == [
        (1, "一、部门基本情况"),
        (2, "（一）职能职责"),
        (2, "（二）机构设置"),
        (1, "二、收支情况"),
    ]


def test_a_file_without_pages_has_no_pictures_of_pages() -> None:
    assert layout_to_json(text_document("made.txt", "一、职能\n负责。\n"))["pages"] == []
