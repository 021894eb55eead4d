"""Reading a PDF file: its pages one by one, then the paragraphs that go over them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256

import pypdfium2
import pypdfium2.raw as pdfium

from ingest.reading.building import DocumentBuilder
from ingest.reading.document import Document, DocumentError
from ingest.reading.pdf.characters import Character, characters_in, find_text, main_turns
from ingest.reading.pdf.frame import Frame
from ingest.reading.pdf.furniture import drop_furniture, find_watermarks, place_of
from ingest.reading.pdf.layout import PageLayout, lay_out
from ingest.reading.pdf.opening import open_pdf
from ingest.reading.pdf.paragraphs import find_paragraphs
from ingest.reading.pdf.rulings import Rulings, find_rulings

#: A file with more pages is refused before any of them is read.
MOST_PAGES = 500
MEDIA_TYPE = "application/pdf"


@dataclass
class ReadPage:
    """A page as taken from the file."""

    layout: PageLayout
    characters: list[Character] = field(default_factory=list)
    rulings: Rulings = field(default_factory=Rulings)
    has_pictures: bool = False
    remark: str = ""


def read_pdf(name: str, content: bytes, *, most_pages: int = MOST_PAGES) -> Document:
    """The document in the bytes of a PDF file.

    Raises:
        DocumentError: the file is encrypted, damaged, too long, or holds no text.
    """
    pdf = open_pdf(content, most_pages)
    try:
        pages = [read_page(pdf, index) for index in range(len(pdf))]
    finally:
        pdf.close()
    if not any(page.characters for page in pages):
        raise DocumentError(reason_without_text(pages))
    builder = DocumentBuilder()
    build(builder, lay_out_pages(pages))
    return builder.finish(name, MEDIA_TYPE, sha256(content).hexdigest(), pages=len(pages))


def read_page(pdf: pypdfium2.PdfDocument, index: int) -> ReadPage:
    """One page; what cannot be read of it is said in its remark."""
    try:
        page = pdf[index]
    except pypdfium2.PdfiumError:
        frame = Frame(0, 0, 0, 0)
        return ReadPage(PageLayout(index + 1, frame, frame), remark="is damaged")
    try:
        return take_page(page, index + 1)
    finally:
        page.close()


def take_page(page: pypdfium2.PdfPage, number: int) -> ReadPage:
    left, bottom, right, top = page.get_bbox()
    seen = Frame(left, bottom, right, top, page.get_rotation() // 90)
    text = find_text(page)
    frame = seen.turned(main_turns(text.visible, seen.turns))
    read = ReadPage(PageLayout(number, frame, seen))
    if text.is_garbled:
        read.remark = "has fonts that do not tell their characters"
    elif text.visible:
        read.characters = [*characters_in(text.visible, frame)]
        read.rulings = find_rulings(page, frame)
    if not read.characters and not read.remark:
        read.has_pictures = any(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE]))
        read.remark = "is a picture without text" if read.has_pictures else ""
    return read


def reason_without_text(pages: Sequence[ReadPage]) -> str:
    """Why a file without any text cannot be read."""
    if any(page.has_pictures for page in pages):
        return "is a scan without text"
    remarks = sorted({page.remark for page in pages if page.remark})
    return (
        f"is a PDF file whose every page {remarks[0]}" if remarks else "is a PDF file without text"
    )


def lay_out_pages(pages: Sequence[ReadPage]) -> list[PageLayout]:
    """The layouts of the pages, what is no part of the text taken off."""
    watermarks = find_watermarks([page.characters for page in pages])
    for page in pages:
        characters = page.characters
        if watermarks:
            characters = [one for one in characters if place_of(one) not in watermarks]
        lay_out(page.layout, characters, page.rulings)
    layouts = [page.layout for page in pages]
    drop_furniture(layouts)
    return layouts


def build(builder: DocumentBuilder, layouts: Sequence[PageLayout]) -> None:
    """Add the paragraphs and tables in reading order."""
    for found in find_paragraphs(layouts):
        if isinstance(found, tuple):
            builder.add_table(found[1].rows)
        else:
            builder.add_paragraph(
                [run for placed in found for run in placed.page.runs(placed.line)]
            )
