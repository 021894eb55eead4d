"""Pictures of the pages of a PDF file, in which nothing shows that the masked text does not.

Only what was read can be held against the rules of privacy. So what reading passes over is not drawn
(pictures on the page, annotations, text that runs aslant) or is covered (characters that a font does not
name), and a page that is itself a picture gets none. Lines and areas are drawn, and so are letters that a program
has turned into such: nothing tells them from the rules of a table.
"""

from __future__ import annotations

import ctypes
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, Protocol

import pypdfium2
import pypdfium2.raw as pdfium

from ingest.facts import Box
from ingest.reading.document import Document, PagePicture, Place
from ingest.reading.pdf.characters import Character, Style, is_unnamed, style_of
from ingest.reading.pdf.frame import Frame, Rectangle
from ingest.reading.pdf.layout import PageLayout
from ingest.reading.pdf.lines import TextLine, find_lines
from ingest.reading.pdf.png import grey_png
from ingest.reading.privacy import MASK, find_personal

POINTS_AN_INCH = 72
DOTS_AN_INCH = 110
# A poster is drawn smaller: its longer side takes no more pixels than this.
MOST_PIXELS = 3000
PICTURES = (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_SHADING)
# Forms hold forms; deeper than this the engine itself draws nothing.
DEEPEST_FORMS = 100
# The engine tells this shade of grey for a filling by a pattern, which may be a picture.
PATTERNED = (0xBF, 0xBF, 0xBF)
# What covers masked words, and how far it reaches beyond them, in points.
COVER_SHADE = 0x88
COVER_RIM = 1.0
# Characters belong to a place when their centre is in its box, with this much to spare, in points.
NEAR = 0.6
# Places are looked up by bands of the page, in points.
BAND = 24.0


class DrawnPage(Protocol):
    """A page as read: its layout, its characters, the remark about what is amiss with it, and whether no text
    of it was passed over."""

    layout: PageLayout
    characters: list[Character]
    remark: str
    is_read_whole: bool


def draw_pages(
    pdf: pypdfium2.PdfDocument, pages: Iterable[DrawnPage], document: Document
) -> Iterator[PagePicture]:
    """A picture of every page, without content where it cannot be shown."""
    places: dict[int, list[Place]] = defaultdict(list)
    for place in document.places:
        places[place.box.page].append(place)
    for page in pages:
        number = page.layout.number
        yield picture_of(pdf, page, document.text, places[number])


def picture_of(
    pdf: pypdfium2.PdfDocument, page: DrawnPage, text: str, places: Sequence[Place]
) -> PagePicture:
    seen = page.layout.seen
    content = b""
    if not page.remark and places:
        covers = [*covers_of(page, text, places)]
        content = drawn(pdf, page, covers)
    return PagePicture(page.layout.number, round(seen.width, 2), round(seen.height, 2), content)


def drawn(pdf: pypdfium2.PdfDocument, read: DrawnPage, covers: Iterable[Rectangle]) -> bytes:
    """The page as a PNG with its covers; nothing when the engine cannot draw it as it was read."""
    seen = read.layout.seen
    page = pdf[read.layout.number - 1]
    try:
        if [round(length) for length in page.get_size()] != [round(seen.width), round(seen.height)]:
            return b""
        leave_out_pictures(page)
        unnamed = [] if read.is_read_whole else leave_out_unread(page, seen)
        longest = max(seen.width, seen.height)
        scale = min(DOTS_AN_INCH / POINTS_AN_INCH, MOST_PIXELS / longest)
        bitmap = page.render(scale=scale, grayscale=True, may_draw_forms=False, draw_annots=False)
        try:
            canvas = Canvas.of(bitmap, scale)
        finally:
            bitmap.close()
        for rectangle in (*covers, *unnamed):
            canvas.cover(rectangle)
        return grey_png(bytes(canvas.pixels), canvas.width, canvas.height)
    except pypdfium2.PdfiumError:
        return b""
    finally:
        page.close()


@dataclass(slots=True)
class Canvas:
    """The pixels of a page, one byte each, and how many of them a point takes."""

    pixels: bytearray
    width: int
    height: int
    scale: float

    @classmethod
    def of(cls, bitmap: pypdfium2.PdfBitmap, scale: float) -> Canvas:
        raw = memoryview(bitmap.buffer).cast("B")
        rows = (
            bytes(raw[start : start + bitmap.width])
            for start in range(0, bitmap.stride * bitmap.height, bitmap.stride)
        )
        return cls(bytearray(b"".join(rows)), bitmap.width, bitmap.height, scale)

    def cover(self, rectangle: Rectangle) -> None:
        """Paint over a rectangle, in points, and a little more."""
        left = max(0, int((rectangle.left - COVER_RIM) * self.scale))
        top = max(0, int((rectangle.top - COVER_RIM) * self.scale))
        right = min(self.width, int((rectangle.right + COVER_RIM) * self.scale) + 1)
        bottom = min(self.height, int((rectangle.bottom + COVER_RIM) * self.scale) + 1)
        if left >= right:
            return
        paint = bytes([COVER_SHADE]) * (right - left)
        for start in range(top * self.width, bottom * self.width, self.width):
            self.pixels[start + left : start + right] = paint


def leave_out_pictures(page: pypdfium2.PdfPage) -> None:
    """Let the pictures, shadings and patterns of a page be undrawn, in its forms too."""
    kinds = (*PICTURES, pdfium.FPDF_PAGEOBJ_PATH)
    for found in page.get_objects(filter=kinds, max_depth=DEEPEST_FORMS):
        if found.type in PICTURES or is_patterned(found.raw):
            pdfium.FPDFPageObj_SetIsActive(found.raw, False)


def is_patterned(path: Any) -> bool:
    """Whether a pattern may fill or line a path; a plain grey of its shade goes with it."""
    for colour_of in (pdfium.FPDFPageObj_GetFillColor, pdfium.FPDFPageObj_GetStrokeColor):
        told = [ctypes.c_uint() for _ in range(4)]
        if colour_of(path, *told) and tuple(part.value for part in told[:3]) == PATTERNED:
            return True
    return False


def leave_out_unread(page: pypdfium2.PdfPage, seen: Frame) -> list[Rectangle]:
    """Let the text that runs aslant be undrawn; the places of the characters that the fonts do not name, which
    have to be covered."""
    textpage = page.get_textpage()
    try:
        aslant, unnamed = unread_text(textpage, seen)
        for text in aslant:
            pdfium.FPDFPageObj_SetIsActive(text, False)
    finally:
        textpage.close()
    return unnamed


def unread_text(textpage: Any, seen: Frame) -> tuple[list[Any], list[Rectangle]]:
    """The text objects of a page that run aslant, and the places of characters without a name."""
    styles: dict[int, Style] = {}
    aslant: dict[int, Any] = {}
    unnamed: list[Rectangle] = []
    for index in range(textpage.count_chars()):
        if pdfium.FPDFText_IsGenerated(textpage, index) == 1:
            continue
        if is_unnamed(pdfium.FPDFText_GetUnicode(textpage, index)):
            unnamed.append(place_of(textpage, index, seen))
        elif style_of(textpage, index, styles).turns is None:
            found = pdfium.FPDFText_GetTextObject(textpage, index)
            if found:
                aslant[ctypes.addressof(found.contents)] = found
    return [*aslant.values()], unnamed


def place_of(textpage: Any, index: int, seen: Frame) -> Rectangle:
    box = pdfium.FS_RECTF()
    pdfium.FPDFText_GetLooseCharBox(textpage, index, box)
    return seen.seen_rectangle(box.left, box.bottom, box.right, box.top)


def covers_of(page: DrawnPage, text: str, places: Sequence[Place]) -> Iterator[Rectangle]:
    """What is to be covered: masked words, and personal data in lines that are no part of the text."""
    shelf = PlaceShelf(places)
    within: dict[Place, list[Character]] = defaultdict(list)
    without: list[Character] = []
    for character in page.characters:
        place = shelf.place_at(*center_on_page(page.layout, character))
        (without if place is None else within[place]).append(character)
    for place in places:
        if MASK in text[place.start : place.end]:
            yield from masked_parts(page.layout, text, place, within[place])
    for line in personal_lines(find_lines(without)):
        yield rectangle_of_box(page.layout.box(line.rectangle))


def personal_lines(lines: Sequence[TextLine]) -> Iterator[TextLine]:
    """Those of the lines that hold something personal, read one after the other as a text is."""
    ends = [*accumulate(len(line.text) + 1 for line in lines)]
    stretches = [*find_personal("\n".join(line.text for line in lines))]
    for line, end in zip(lines, ends, strict=True):
        start = end - len(line.text) - 1
        if any(left < end - 1 and start < right for left, right in stretches):
            yield line


def masked_parts(
    layout: PageLayout, text: str, place: Place, characters: Iterable[Character]
) -> Iterator[Rectangle]:
    """The rectangles of the masked characters of a place; all of it where its characters are not found one
    by one, as where some are drawn twice."""
    words = "".join(text[place.start : place.end].split())
    ordered = sorted(characters, key=lambda character: character.left)
    if len(words) != len(ordered) or any(
        word not in (one.text, MASK) for word, one in zip(words, ordered, strict=True)
    ):
        yield rectangle_of_box(place.box)
        return
    for word, one in zip(words, ordered, strict=True):
        if word == MASK:
            yield rectangle_of_box(layout.box(Rectangle(one.left, one.top, one.right, one.bottom)))


class PlaceShelf:
    """The places of a page by the bands that they reach into: a character is looked up among few."""

    def __init__(self, places: Iterable[Place]) -> None:
        self.bands: dict[int, list[Place]] = defaultdict(list)
        for place in places:
            for band in range(int(place.box.top // BAND), int(place.box.bottom // BAND) + 1):
                self.bands[band].append(place)

    def place_at(self, x: float, y: float) -> Place | None:
        """The place at a point of the page, in points; None where no text stands."""
        for place in self.bands.get(int(y // BAND), ()):
            box = place.box
            if (
                box.left - NEAR <= x <= box.right + NEAR
                and box.top - NEAR <= y <= box.bottom + NEAR
            ):
                return place
        return None


def center_on_page(layout: PageLayout, character: Character) -> tuple[float, float]:
    """The centre of a character on the page as a reader sees it."""
    x, y = character.center
    seen = layout.frame.moved(Rectangle(x, y, x, y), layout.seen)
    return seen.left, seen.top


def rectangle_of_box(box: Box) -> Rectangle:
    return Rectangle(box.left, box.top, box.right, box.bottom)
