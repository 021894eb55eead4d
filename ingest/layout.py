"""The layout of a document: where its sections, tables and pages are in its text, for those who show it."""

from __future__ import annotations

from typing import Any

from ingest.narrative.headings import LEADING
from ingest.narrative.outline import find_sections
from ingest.reading.document import Document, PagePicture, Table

Json = dict[str, Any]


def layout_to_json(document: Document) -> Json:
    """The layout as a JSON object. Offsets count code points of the text, half open.

    `sections`: the titles in order, `level` as their numbering tells (0 for a part or a title without a
    number, 1 for 一、, 2 for （一）…). `tables`: their rows, each cell [start, end, column, columns, rows].
    `pages`: number and size in points of each page that a picture was asked of, and whether there is one.
    """
    return {
        "sections": [
            {
                "level": section.heading.mark.level,
                "role": section.role,
                "start": section.heading.span.start,
                "end": section.heading.span.end,
            }
            for section in find_sections(document)
            if section.heading is not None and section.heading.mark is not LEADING
        ],
        "tables": [table_to_json(table) for table in document.tables],
        "pages": [page_to_json(picture) for picture in document.pictures],
    }


def table_to_json(table: Table) -> Json:
    return {
        "start": table.start,
        "end": table.end,
        "rows": [
            [[cell.start, cell.end, cell.column, cell.columns, cell.rows] for cell in row]
            for row in table.rows
        ],
    }


def page_to_json(picture: PagePicture) -> Json:
    return {
        "number": picture.number,
        "width": picture.width,
        "height": picture.height,
        "has_picture": bool(picture.png),
    }
