"""XLS files: what their sheets show, by xlrd, with the number formats that their figures are printed in."""

from __future__ import annotations

import io
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

import xlrd

from ingest.reading.building import DocumentBuilder
from ingest.reading.document import Document, DocumentError
from ingest.reading.number_formats import is_date_format, printed
from ingest.reading.spreadsheet import Merge, Sheet, add_sheet

MEDIA_TYPE = "application/vnd.ms-excel"


def read_xls(name: str, content: bytes) -> Document:
    """The document in the bytes of an XLS file.

    Raises:
        DocumentError: the file is damaged or encrypted.
    """
    builder = DocumentBuilder()
    for sheet in read_sheets(content):
        add_sheet(builder, sheet)
    return builder.finish(name, MEDIA_TYPE, sha256(content).hexdigest())


def read_sheets(content: bytes) -> Iterator[Sheet]:
    try:
        book = xlrd.open_workbook(
            file_contents=content, formatting_info=True, logfile=io.StringIO()
        )
        sheets = [sheet for sheet in book.sheets() if sheet.visibility == 0]
    except MemoryError:
        raise
    # xlrd raises whatever a malformed record runs it into.
    except Exception as error:
        if "encrypt" in str(error).lower():
            raise DocumentError("is encrypted; a copy without a password is needed") from error
        raise DocumentError(f"is a damaged XLS file ({type(error).__name__}: {error})") from error
    for sheet in sheets:
        yield read_sheet(book, sheet)


def read_sheet(book: Any, sheet: Any) -> Sheet:
    return Sheet(
        sheet.name,
        dict(filled_cells(book, sheet)),
        [
            Merge(row, column, row_end - row, column_end - column)
            for row, row_end, column, column_end in sheet.merged_cells
        ],
        frozenset(row for row, one in sheet.rowinfo_map.items() if one.hidden),
        frozenset(column for column, one in sheet.colinfo_map.items() if one.hidden),
    )


def filled_cells(book: Any, sheet: Any) -> Iterator[tuple[tuple[int, int], str]]:
    for row in range(sheet.nrows):
        for column, cell in enumerate(sheet.row(row)):
            if words := shown(book, cell):
                yield (row, column), words


def shown(book: Any, cell: Any) -> str:
    """What a cell shows."""
    if cell.ctype == xlrd.XL_CELL_TEXT:
        return str(cell.value)
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return printed(bool(cell.value), "")
    if cell.ctype not in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
        return ""
    number_format = book.format_map[book.xf_list[cell.xf_index].format_key].format_str
    if cell.ctype == xlrd.XL_CELL_DATE and is_date_format(number_format):
        try:
            return printed(xlrd.xldate_as_datetime(cell.value, book.datemode), number_format)
        except (ValueError, OverflowError):
            return printed(cell.value, "General")
    return printed(cell.value, number_format)
