"""Reading a PDF file: its pages one by one, then the paragraphs that go over them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256

import pypdfium2
import pypdfium2.raw as pdfium

from ingest.reading.building import DocumentBuilder
from ingest.reading.document import Document, DocumentError
from ingest.reading.pdf.characters import (
    Character,
    PageText,
    characters_in,
    find_text,
    main_turns,
)
from ingest.reading.pdf.frame import Frame
from ingest.reading.pdf.furniture import drop_furniture, find_watermarks, place_of
from ingest.reading.pdf.layout import PageLayout, lay_out
from ingest.reading.pdf.opening import open_pdf
from ingest.reading.pdf.paragraphs import find_paragraphs
from ingest.reading.pdf.pictures import draw_pages
from ingest.reading.pdf.recognition import SETTING, recognize
from ingest.reading.pdf.rulings import Rulings, find_rulings

#: A file with more pages is refused before any of them is read.
MOST_PAGES = 500
MEDIA_TYPE = "application/pdf"

# What may be amiss with a page, as told of it.
DAMAGED = "damaged, not read"
GARBLED = "not read, its fonts do not tell which characters they show"
PICTURE = "a picture without text, not read"
LAYER = "a picture, read from the text that is stored with it"
RECOGNIZED = "a picture, read by optical recognition"


@dataclass
class ReadPage:
    """A page as taken from the file; `remark` says what is amiss with it, `is_read_whole` whether no text of it
    was passed over."""

    layout: PageLayout
    characters: list[Character] = field(default_factory=list)
    rulings: Rulings = field(default_factory=Rulings)
    remark: str = ""
    is_read_whole: bool = True


def read_pdf(
    name: str,
    content: bytes,
    *,
    most_pages: int = MOST_PAGES,
    ocr: bool = False,
    pictures: bool = False,
) -> Document:
    """The document in the bytes of a PDF file; its remarks name the pages that were not read.

    Args:
        most_pages: a file with more pages is refused before any is read.
        ocr: whether pages that are pictures are read by optical recognition.
        pictures: whether pictures of the pages are wanted.

    Raises:
        DocumentError: the file is encrypted, damaged, too long or holds no text, or the engine for
            optical recognition is missing.
    """
    pdf = open_pdf(content, most_pages)
    try:
        pages = [read_page(pdf, index, ocr) for index in range(len(pdf))]
        if not any(page.characters for page in pages):
            raise DocumentError(reason_without_text(pages))
        document = document_of(name, sha256(content).hexdigest(), pages)
        if pictures:
            document = replace(document, pictures=tuple(draw_pages(pdf, pages, document)))
        return document
    finally:
        pdf.close()


def document_of(name: str, content_sha256: str, pages: Sequence[ReadPage]) -> Document:
    """The document that the pages make together."""
    builder = DocumentBuilder()
    build(builder, lay_out_pages(pages))
    return builder.finish(
        name,
        MEDIA_TYPE,
        content_sha256,
        pages=len(pages),
        remarks=tuple(remarks(pages)),
    )


def read_page(pdf: pypdfium2.PdfDocument, index: int, ocr: bool) -> ReadPage:
    """One page; what cannot be read of it is said in its remark."""
    try:
        page = pdf[index]
    except pypdfium2.PdfiumError:
        frame = Frame(0, 0, 0, 0)
        return ReadPage(PageLayout(index + 1, frame, frame), remark=DAMAGED)
    try:
        read = take_page(page, index + 1)
        if ocr and read.remark in (PICTURE, GARBLED):
            read.layout.frame = read.layout.seen
            read.characters = recognize(page)
            read.remark = RECOGNIZED
        return read
    finally:
        page.close()


def take_page(page: pypdfium2.PdfPage, number: int) -> ReadPage:
    """The characters and ruling lines of a page that has text."""
    left, bottom, right, top = page.get_bbox()
    seen = Frame(left, bottom, right, top, page.get_rotation() // 90)
    text = find_text(page)
    remark = remark_of(page, text)
    found = text.hidden if remark == LAYER else text.visible
    frame = seen.turned(main_turns(found, seen.turns))
    layout = PageLayout(number, frame, seen)
    read = ReadPage(layout, remark=remark, is_read_whole=text.is_read_whole)
    if remark in ("", LAYER):
        read.characters = [*characters_in(found, frame)]
        read.rulings = find_rulings(page, frame)
    return read


def remark_of(page: pypdfium2.PdfPage, text: PageText) -> str:
    """What is amiss with the text of a page."""
    if text.is_garbled:
        return GARBLED
    if text.visible or not any(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE])):
        return ""
    return LAYER if text.hidden else PICTURE


def remarks(pages: Sequence[ReadPage]) -> Iterator[str]:
    """What is amiss with the pages, those of one remark together."""
    numbers: dict[str, list[str]] = defaultdict(list)
    for page in pages:
        if page.remark:
            numbers[page.remark].append(str(page.layout.number))
    for remark, named in numbers.items():
        yield f"{'page' if len(named) == 1 else 'pages'} {', '.join(named)}: {remark}"


def reason_without_text(pages: Sequence[ReadPage]) -> str:
    """Why a file without any text cannot be read."""
    found = {page.remark for page in pages}
    if PICTURE in found:
        return f"is a scan without text; optical recognition is off ({SETTING}=1 turns it on)"
    if GARBLED in found:
        return "is a PDF file whose fonts do not tell which characters they show"
    if RECOGNIZED in found:
        return "is a scan in which optical recognition finds no text"
    return "is a damaged PDF file" if DAMAGED in found else "is a PDF file without text"


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
