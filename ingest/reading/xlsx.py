"""XLSX and XLSM files: what their sheets show, by openpyxl."""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import sha256
from io import BytesIO
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from ingest.reading.building import DocumentBuilder
from ingest.reading.document import Document, DocumentError
from ingest.reading.limits import DEFAULT_LIMITS, ReadingLimits
from ingest.reading.number_formats import printed
from ingest.reading.package import Package, parse_xml
from ingest.reading.spreadsheet import Merge, Sheet, add_sheet

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHEET_PART = re.compile(r"xl/worksheets/[^/]+\.xml")
FORMULA = re.compile(rb"<f(?:\s[^>]*)?(?:/>|>[^<]*</f>)")
VALUED_FORMULA = re.compile(FORMULA.pattern + rb"\s*<v(?:\s[^>/]*)?>(?!</v>)")


def read_xlsx(name: str, content: bytes, limits: ReadingLimits = DEFAULT_LIMITS) -> Document:
    """The document in the bytes of an XLSX file; formulas by the value they had when it was saved.

    Raises:
        DocumentError: the file is damaged, encrypted, larger inside than the limits allow, or holds
            formulas that were never calculated.
    """
    lost = formulas_without_values(Package(content, limits))
    builder = DocumentBuilder()
    for sheet in read_sheets(content):
        add_sheet(builder, sheet)
    remarks = (f"{lost:,} cells hold formulas without their values, not read",) if lost else ()
    return builder.finish(name, MEDIA_TYPE, sha256(content).hexdigest(), remarks=remarks)


def formulas_without_values(package: Package) -> int:
    """How many formulas have no value. Refuses parts that are no plain XML, and files without any value
    of a formula: they come from a program that never calculated them."""
    formulas = values = 0
    for name in sorted(package.names):
        if name.endswith((".xml", ".rels")):
            content = package.read(name)
            if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
                parse_xml(content, name)
            if SHEET_PART.fullmatch(name):
                formulas += len(FORMULA.findall(content))
                values += len(VALUED_FORMULA.findall(content))
    if formulas and not values:
        raise DocumentError(
            "holds formulas without their values; open it in a spreadsheet program and save it once"
        )
    return formulas - values


def read_sheets(content: bytes) -> Iterator[Sheet]:
    try:
        book = openpyxl.load_workbook(BytesIO(content), data_only=True)
    except MemoryError:
        raise
    # openpyxl raises whatever a malformed part runs it into.
    except Exception as error:
        raise DocumentError(f"is a damaged XLSX file ({type(error).__name__}: {error})") from error
    for sheet in book.worksheets:
        if sheet.sheet_state == "visible":
            yield read_sheet(sheet)


def read_sheet(sheet: Worksheet) -> Sheet:
    return Sheet(
        sheet.title,
        {
            (cell.row - 1, cell.column - 1): printed(cell.value, cell.number_format)
            for cell in filled_cells(sheet)
        },
        [
            Merge(
                area.min_row - 1,
                area.min_col - 1,
                area.max_row - area.min_row + 1,
                area.max_col - area.min_col + 1,
            )
            for area in sheet.merged_cells.ranges
        ],
        frozenset(row - 1 for row, one in sheet.row_dimensions.items() if one.hidden),
        frozenset(hidden_columns(sheet)),
    )


def filled_cells(sheet: Worksheet) -> Iterator[Any]:
    """The cells that the file names. `Worksheet.rows` would make one for every place up to the last:
    a single stray cell in the far corner costs gigabytes there."""
    cells: dict[tuple[int, int], Any] = sheet._cells
    return (cell for cell in cells.values() if cell.value is not None)


def hidden_columns(sheet: Worksheet) -> Iterator[int]:
    for column in sheet.column_dimensions.values():
        if column.hidden and column.min is not None and column.max is not None:
            yield from range(column.min - 1, column.max)
