"""Tables in a text: rows of tab-parted cells, cells flattened to lines, and indents that are neither."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.reading.building import DocumentBuilder, NewCell, Run
from ingest.reading.document import Document
from ingest.reading.text import read_text, text_document


def words(document: Document) -> list[list[list[str]]]:
    return [
        [[document.text[cell.start : cell.end].strip() for cell in row] for row in table.rows]
        for table in document.tables
    ]


@pytest.mark.parametrize(
    ("text", "tables"),
    [
        ("项目\t预算\t决算\n收入\t1.00\t2.00\n支出\t\t2.00\n后文\n",
         [[["项目", "预算", "决算"], ["收入", "1.00", "2.00"], ["支出", "", "2.00"]]]),
        ("\t项目\t决算\n\t收入\t1.00\n\n\t项目\t数\n\t甲\t2\n",
         [[["项目", "决算"], ["收入", "1.00"]], [["项目", "数"], ["甲", "2"]]]),
        ("\t表头\n\t项目\t决算\n\t合计\n", [[["表头"], ["项目", "决算"], ["合计"]]]),
        ("\t项目\n名称\n\t系统运维\n\t100.00\t\n\n", [[["项目\n名称", "系统运维", "100.00"]]]),
        ("1.\t负责某事。\n2.\t负责某物。\n", []),
        ("第一部分 概况\t3\n第二部分 说明\t5\n", []),
        ("\t\t\t当前位置： 首页\n\t\t\t\t>\n\t\t\t正文\n", []),
    ],
)  # fmt: skip
def test_rows_are_told_from_cells_and_indents(text: str, tables: list[list[list[str]]]) -> None:
    assert words(read_text("a.txt", text.encode())) == tables


# Letters that no label of a person is made of, so that nothing is masked.
WORD = st.text("甲乙丙丁0123456789.", min_size=1, max_size=4)
CELL = st.one_of(WORD, st.just(""))
PARAGRAPH = st.text("甲乙丙丁。", min_size=1, max_size=6)


@st.composite
def rows(draw: st.DrawFn) -> list[list[str]]:
    """A table of at least two columns, each row with words, one with several: else its lines could be
    cells flattened to lines as well."""
    width = draw(st.integers(2, 4))
    row = st.lists(CELL, min_size=width, max_size=width).filter(any)
    full = draw(st.lists(WORD, min_size=max(2, width), max_size=max(2, width)))
    return [full, *draw(st.lists(row, max_size=4))]


@given(st.lists(st.one_of(PARAGRAPH, rows()), max_size=5))
def test_text_of_a_builder_is_read_back_as_the_same_tables(
    blocks: list[str | list[list[str]]],
) -> None:
    builder = DocumentBuilder()
    for block in blocks:
        if isinstance(block, str):
            builder.add_paragraph([Run(block)])
        else:
            builder.add_table(
                [[NewCell.of(word, column) for column, word in enumerate(row)] for row in block]
            )
    built = builder.finish("a", "text/plain", "")
    assert text_document("a", built.text).tables == tuple(
        type(table)(table.start, table.end, table.rows) for table in built.tables
    )
