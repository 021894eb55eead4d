"""Blank templates: the form that offices are to fill in, published beside what they filled in."""

from __future__ import annotations

import re

from ingest.reading.document import BlankTemplateError, Document

PLACEHOLDER = re.compile(r"[XxＸｘ×*＊]{2,}|[xX],[xX]{3}|(?<=[^.。…])…{1,2}(?=[。，；])")
FEWEST_PLACEHOLDERS = 3
# An amount or a share, but no threshold such as 单价100万元（含）以上.
FIGURE = re.compile(r"\d[\d,，]*(?:[.．]\d+)?\s*(?:[万亿千]?元|[%％])(?!\s*[（(]含|\s*以上)")
FIGURE_IN_CELL = re.compile(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?|-?\d+\.\d+|\d{8,}")


def refuse_blank_template(document: Document) -> None:
    """Raises BlankTemplateError when the document is a form that nobody filled in: it has places to fill in
    and states no figure."""
    if (
        len(PLACEHOLDER.findall(document.text)) >= FEWEST_PLACEHOLDERS
        and FIGURE.search(document.text) is None
        and not any(
            FIGURE_IN_CELL.fullmatch(document.text[cell.start : cell.end].strip())
            for table in document.tables
            for row in table.rows
            for cell in row
        )
    ):
        raise BlankTemplateError("is a blank template: no office and no figure is filled in")
