"""PDF files: text and tables with page and box."""

from __future__ import annotations

import io
from hashlib import sha256

import pdfplumber
from pdfplumber.table import Table
from pdfplumber.utils.exceptions import PdfminerException

from ingest.facts import Box
from ingest.reading.building import DocumentBuilder, NewCell, Run
from ingest.reading.document import Document, DocumentError


def read_pdf(name: str, content: bytes) -> Document:
    """The document in the bytes of a PDF file."""
    try:
        return read_pages(name, content)
    except PdfminerException as error:
        raise DocumentError("is a damaged PDF file") from error


def read_pages(name: str, content: bytes) -> Document:
    builder = DocumentBuilder()
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        for number, page in enumerate(pdf.pages, 1):
            tables = page.find_tables()
            items: list[tuple[float, object]] = [(table.bbox[1], table) for table in tables]
            outside = page
            for table in tables:
                outside = outside.outside_bbox(table.bbox)
            items += [(line["top"], line) for line in outside.extract_text_lines()]
            for _, item in sorted(items, key=lambda pair: pair[0]):
                if isinstance(item, dict):
                    box = Box(number, item["x0"], item["top"], item["x1"], item["bottom"])
                    builder.add_paragraph([Run(item["text"], box)])
                elif isinstance(item, Table):
                    rows = []
                    for row, words in zip(item.rows, item.extract(), strict=True):
                        rows.append(
                            [
                                NewCell(
                                    (Run("".join((text or "").split()), Box(number, *cell)),),
                                    column,
                                )
                                for column, (cell, text) in enumerate(
                                    zip(row.cells, words, strict=True)
                                )
                                if cell
                            ]
                        )
                    builder.add_table(rows)
        return builder.finish(
            name, "application/pdf", sha256(content).hexdigest(), pages=len(pdf.pages)
        )
