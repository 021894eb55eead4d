"""Makes files of every kind from one document: paragraphs and tables of words."""

from __future__ import annotations

import html
import io
from collections.abc import Sequence
from dataclasses import dataclass

import docx
import openpyxl
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Table, TableStyle

Rows = Sequence[Sequence[str]]
FONT = "STSong-Light"


@dataclass(frozen=True)
class Words:
    """A table to make: its rows, all of the same number of cells."""

    rows: Rows


Block = str | Words


def text_of(blocks: Sequence[Block]) -> bytes:
    """A text file; each cell of a table behind a tab, a blank line behind the table."""
    lines = []
    for block in blocks:
        if isinstance(block, str):
            lines.append(block)
        else:
            lines += ["\t" + "\t".join(row) for row in block.rows] + [""]
    return ("\n".join(lines) + "\n").encode()


def docx_of(blocks: Sequence[Block]) -> bytes:
    """A DOCX file."""
    document = docx.Document()
    for block in blocks:
        if isinstance(block, str):
            document.add_paragraph(block)
        else:
            table = document.add_table(len(block.rows), len(block.rows[0]))
            for row, words in zip(table.rows, block.rows, strict=True):
                for cell, word in zip(row.cells, words, strict=True):
                    cell.text = word
    return saved(document.save)


def html_of(blocks: Sequence[Block]) -> bytes:
    """An HTML page that says its encoding."""
    parts = ['<!DOCTYPE html><html><head><meta charset="gb2312"><title>页</title></head><body>']
    for block in blocks:
        if isinstance(block, str):
            parts.append(f"<p>{html.escape(block)}</p>")
        else:
            rows = (
                "<tr>" + "".join(f"<td>{html.escape(word)}</td>" for word in row) + "</tr>"
                for row in block.rows
            )
            parts.append("<table border=1>" + "\n".join(rows) + "</table>")
    return ("\n".join(parts) + "</body></html>").encode("gb18030")


def xlsx_of(blocks: Sequence[Block]) -> bytes:
    """An XLSX file: paragraphs in merged cells across the sheet, figures as numbers with their format."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    width = max(len(block.rows[0]) for block in blocks if isinstance(block, Words))
    row = 1
    for block in blocks:
        if isinstance(block, str):
            sheet.cell(row, 1, block)
            sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=width)
            row += 1
            continue
        for words in block.rows:
            for column, word in enumerate(words, 1):
                value, number_format = figure(word)
                cell = sheet.cell(row, column, value)
                cell.number_format = number_format
            row += 1
    return saved(book.save)


def figure(word: str) -> tuple[str | float | None, str]:
    """What a spreadsheet holds for a word: a number with its format, or the word."""
    bare = word.replace(",", "").removeprefix("-")
    whole, point, decimals = bare.partition(".")
    if not point or not whole.isdecimal() or not decimals.isdecimal():
        return word or None, "General"
    return float(word.replace(",", "")), ("#,##0." if "," in word else "0.") + "0" * len(decimals)


def pdf_of(blocks: Sequence[Block]) -> bytes:
    """A PDF file with ruled tables, by a font that every reader has."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    style = ParagraphStyle("text", fontName=FONT, fontSize=11, leading=17, wordWrap="CJK")
    rules = TableStyle(
        [("GRID", (0, 0), (-1, -1), 0.5, "black"), ("FONT", (0, 0), (-1, -1), FONT, 9)]
    )
    flow: list[Flowable] = []
    for block in blocks:
        if isinstance(block, str):
            flow.append(Paragraph(html.escape(block), style))
        else:
            flow.append(Table([list(row) for row in block.rows], style=rules))
    stream = io.BytesIO()
    SimpleDocTemplate(stream, pagesize=A4).build(flow)
    return stream.getvalue()


def saved(save: object) -> bytes:
    """What a document writes to a file."""
    stream = io.BytesIO()
    assert callable(save)
    save(stream)
    return stream.getvalue()
