"""Spreadsheets: figures as they are printed, sheets as titles, captions, tables and notes."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from ingest.blank_templates import refuse_blank_template
from ingest.reading.document import Document, DocumentError
from ingest.reading.files import read_file
from ingest.reading.limits import ReadingLimits
from ingest.reading.number_formats import is_date_format, printed
from ingest.reading.package import Package
from ingest.reading.xlsx import formulas_without_values, read_xlsx

PRINTED = (
    (1234.5, "#,##0.00", "1,234.50"),
    (1234.5, "0", "1235"),
    (0.1 + 0.2, "General", "0.3"),
    (0.1 + 0.2, "0.00", "0.30"),
    (2.675, "0.00", "2.68"),
    (1463.32, "General", "1463.32"),
    (100.0, "General", "100"),
    (0, "#,##0.00", "0.00"),
    (0, '#,##0.00;-#,##0.00;""', ""),
    (0, '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "-"),
    (1234.5, '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "1,234.50"),
    (-1234.5, '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "-1,234.50"),
    (-3, "0.0;[Red](0.0)", "(3.0)"),
    (-0.001, "0.00", "0.00"),
    (0.0295, "0.0%", "3.0%"),
    (0.0295, "0.00%", "2.95%"),
    (1234567, "#,##0.00,", "1,234.57"),
    (12.5, '0.0"万元"', "12.5万元"),
    (5, "000", "005"),
    (0.5, "#.00", ".50"),
    (12.5, "0.0##", "12.5"),
    (99, '[$¥-804]#,##0.00', "¥99.00"),
    (3, "G/通用格式", "3"),
    (1e13, "General", "10000000000000"),
    (True, "General", "TRUE"),
    ("文字", "0.00", "文字"),
    (None, "0.00", ""),
    (Decimal("7.10"), "0.00", "7.10"),
    (1e39, "0." + "0" * 30, "1" + "0" * 39 + "." + "0" * 30),
    (datetime(2023, 12, 31), "yyyy-mm-dd", "2023-12-31"),
    (date(2023, 12, 31), 'yyyy"年"m"月"d"日"', "2023年12月31日"),
    (datetime(2023, 12, 1), 'yyyy"年"m"月"', "2023年12月"),
    (time(9, 30), "h:mm", "09:30:00"),
)  # fmt: skip


@pytest.mark.parametrize(("value", "number_format", "shown"), PRINTED)
def test_cell_shows_what_its_format_prints(value: object, number_format: str, shown: str) -> None:
    assert printed(value, number_format) == shown


@pytest.mark.parametrize(
    ("number_format", "is_date"),
    [
        ("yyyy-mm-dd", True), ('yyyy"年"m"月"', True), ("h:mm", True), ("General", False), ("0.00", False),
        ('#,##0.00"元/day"', False), ("[Red]0.00", False), ("@", False),
    ],
)  # fmt: skip
def test_formats_of_days_are_told_from_those_of_figures(number_format: str, is_date: bool) -> None:
    assert is_date_format(number_format) is is_date


@given(st.decimals(-(10**9), 10**9, places=2))
def test_money_is_printed_as_python_prints_it(value: Decimal) -> None:
    shown = f"{value:,.2f}"
    assert printed(float(value), "#,##0.00") == ("0.00" if value == 0 else shown)


def sheet_of(rows: list[list[object]]) -> tuple[openpyxl.Workbook, Worksheet]:
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for row in rows:
        sheet.append(row)
    return book, sheet


def read(book: openpyxl.Workbook) -> Document:
    stream = io.BytesIO()
    book.save(stream)
    return read_xlsx("a.xlsx", stream.getvalue())


def test_sheet_is_title_caption_table_and_note() -> None:
    book, sheet = sheet_of(
        [
            ["收入支出决算总表"],
            ["编制单位：示例局", None, None, "单位：万元"],
            ["收入", None, "支出", None],
            ["项目", "决算数", "项目", "决算数"],
            ["一、拨款", 1, "一、教育支出", 1],
            ["总计", 1, "总计", 1],
            ["注：本表反映本年收支情况。"],
        ]
    )
    sheet.merge_cells("A1:D1")
    sheet.merge_cells("A3:B3")
    sheet.merge_cells("C3:D3")
    document = read(book)
    assert document.text.split("\n") == [
        "收入支出决算总表", "编制单位：示例局 单位：万元", "\t收入\t支出", "\t项目\t决算数\t项目\t决算数",
        "\t一、拨款\t1\t一、教育支出\t1", "\t总计\t1\t总计\t1", "", "注：本表反映本年收支情况。", "",
    ]  # fmt: skip
    (table,) = document.tables
    assert [(cell.column, cell.columns) for cell in table.rows[0]] == [(0, 2), (2, 2)]


def test_hidden_sheets_rows_and_columns_are_not_read() -> None:
    book, sheet = sheet_of(
        [["项目", "密", "数"], ["甲", "密", 1], ["密", "密", "密"], ["乙", "密", 2]]
    )
    sheet.column_dimensions["B"].hidden = True
    sheet.row_dimensions[3].hidden = True
    book.create_sheet("密").append(["密"])
    book["密"].sheet_state = "hidden"
    document = read(book)
    assert "密" not in document.text
    assert [[cell.column for cell in row] for row in document.tables[0].rows] == [[0, 1]] * 3


def test_two_tables_of_a_sheet_are_two_tables() -> None:
    book, sheet = sheet_of(
        [["表一"], ["项目", "数"], ["甲", 1], [], ["表二"], ["项目", "数"], ["乙", 2]]
    )
    sheet.merge_cells("A1:B1")
    sheet.merge_cells("A5:B5")
    assert read(book).text == "表一\n\t项目\t数\n\t甲\t1\n\n表二\n\t项目\t数\n\t乙\t2\n\n"


def test_sheet_without_a_title_is_called_by_its_name() -> None:
    book, sheet = sheet_of([["项目", "数"], ["甲", 1]])
    sheet.title = "支出决算表"
    assert read(book).text.startswith("支出决算表\n\t项目")


def test_stray_cell_in_the_far_corner_costs_nothing() -> None:
    book, sheet = sheet_of([["项目", "数"], ["甲", 1]])
    sheet.cell(1_048_576, 16_384, "远")
    assert read(book).text.endswith("远\n")


def test_formulas_are_read_by_their_values_or_refused() -> None:
    book, _ = sheet_of([["项目", "数"], ["甲", "=1+1"]])
    with pytest.raises(DocumentError, match="holds formulas without their values"):
        read(book)


@pytest.mark.parametrize("name", ["budget-template.xls", "department-budget-template.xlsx"])
def test_blank_template_is_read_and_called_one(name: str, corpus: Path) -> None:
    document = read_file(corpus / "unlabelled" / name)
    assert len(document.tables) == 9
    with pytest.raises(DocumentError, match="is a blank template"):
        refuse_blank_template(document)


@pytest.mark.parametrize(
    "text",
    [
        "XX局收入预算XX万元，XX支出XX万元，其中财政拨款100.00万元。",
        "示例局主要职能是管理某事。",
    ],
)
def test_filled_document_is_no_blank_template(text: str) -> None:
    refuse_blank_template(Document("a", text))


def test_some_formulas_without_values_are_remarked_on() -> None:
    sheet = (
        b'<worksheet><c><f>A1</f><v>1</v></c><c><f t="shared" si="0"/><v>2</v></c>'
        b"<c><f>A2</f></c><c><f/></c><c><f>A3</f><v/></c></worksheet>"
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("xl/worksheets/sheet1.xml", sheet)
    assert formulas_without_values(Package(stream.getvalue(), ReadingLimits())) == 3
