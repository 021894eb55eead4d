"""The characters of a page as pdfium finds them: which, where, how large, in which font and direction."""

from __future__ import annotations

import ctypes
import math
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from ingest.reading.pdf.frame import Frame

# Text render modes that leave no mark on the page: neither filled nor stroked.
INVISIBLE_MODES = (pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP)
# Text is upright when it leans by less than this from a quarter turn; a watermark runs aslant.
MOST_LEAN_RADIANS = 0.05
# How far a character reaches above and below its baseline, in its size.
ASCENT = 0.86
DESCENT = 0.14
# Codes that stand for no character: a font that does not say what its glyphs mean.
UNMAPPED = frozenset({0, 0xFFFD, 0xFFFE, 0xFFFF})
HYPHEN = "\x02"
# Radicals that some fonts give for the character of the same shape, and that Unicode maps to none.
RADICALS = str.maketrans(
    "⺠⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰",
    "民虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟麦黄齐齿龙",
)


@dataclass(frozen=True, slots=True)
class Character:
    """A printed character; `left` to `right` is its advance, `baseline` its foot, in a frame.

    `after_space` tells that a space was drawn before it, however narrow it came out.
    """

    text: str
    left: float
    right: float
    baseline: float
    size: float
    font: str
    after_space: bool = False

    @property
    def top(self) -> float:
        return self.baseline - ASCENT * self.size

    @property
    def bottom(self) -> float:
        return self.baseline + DESCENT * self.size

    @property
    def center(self) -> tuple[float, float]:
        return (self.left + self.right) / 2, self.baseline - 0.35 * self.size


@dataclass(frozen=True, slots=True)
class Style:
    """What the characters of one text object share; `turns` is None for text that runs aslant."""

    font: str
    size: float
    turns: int | None
    is_visible: bool


@dataclass(frozen=True, slots=True)
class FoundCharacter:
    """A character in the coordinates of the file."""

    text: str
    style: Style
    left: float
    bottom: float
    right: float
    top: float
    x: float
    y: float
    after_space: bool


@dataclass
class PageText:
    """What pdfium finds on one page: `visible` and `hidden` characters, how many of the codes stand for no
    character, and whether any text runs aslant, which is not read."""

    visible: list[FoundCharacter] = field(default_factory=list)
    hidden: list[FoundCharacter] = field(default_factory=list)
    unmapped: int = 0
    has_aslant: bool = False
    after_space: bool = False

    @property
    def is_read_whole(self) -> bool:
        """Whether nothing that is drawn as text was passed over."""
        return not (self.unmapped or self.has_aslant)

    @property
    def is_garbled(self) -> bool:
        """Whether most of the visible text cannot be told from its codes."""
        return self.unmapped > len(self.visible)


def find_text(page: pypdfium2.PdfPage) -> PageText:
    """The characters of a page, spaces left out."""
    text = PageText()
    textpage = page.get_textpage()
    try:
        styles: dict[int, Style] = {}
        for index in range(textpage.count_chars()):
            add_character(text, textpage, index, styles)
    finally:
        textpage.close()
    return text


def add_character(text: PageText, textpage: Any, index: int, styles: dict[int, Style]) -> None:
    if pdfium.FPDFText_IsGenerated(textpage, index) == 1:
        # A space that was drawn belongs to a text object; others are guesses about the gaps.
        text.after_space |= bool(pdfium.FPDFText_GetTextObject(textpage, index))
        return
    code = pdfium.FPDFText_GetUnicode(textpage, index)
    if is_unnamed(code):
        text.unmapped += 1
        return
    character = printed(chr(code))
    if not character:
        text.after_space = True
        return
    style = style_of(textpage, index, styles)
    if style.turns is None:
        text.has_aslant = True
        return
    rectangle, x, y = pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    pdfium.FPDFText_GetLooseCharBox(textpage, index, rectangle)
    pdfium.FPDFText_GetCharOrigin(textpage, index, x, y)
    found = FoundCharacter(
        character,
        style,
        rectangle.left,
        rectangle.bottom,
        rectangle.right,
        rectangle.top,
        x.value,
        y.value,
        text.after_space,
    )
    text.after_space = False
    (text.visible if style.is_visible else text.hidden).append(found)


def is_unnamed(code: int) -> bool:
    """Whether a code tells of no character which one it is: also those of private use."""
    return code in UNMAPPED or 0xD800 <= code < 0xF900


def printed(character: str) -> str:
    """The character as it is meant, empty where none is printed.

    >>> printed("\\u2f64"), printed("\\x02"), printed(" ")
    ('用', '-', '')
    """
    if character == HYPHEN:
        return "-"
    if character.isspace() or unicodedata.category(character) in ("Cc", "Cf", "Zs"):
        return ""
    if "\u2e80" <= character <= "\u2fdf" or "\uf900" <= character <= "\ufaff":
        return unicodedata.normalize("NFKC", character).translate(RADICALS)
    return character


def style_of(textpage: Any, index: int, styles: dict[int, Style]) -> Style:
    """The style of a character, looked up once for each text object."""
    found = pdfium.FPDFText_GetTextObject(textpage, index)
    key = ctypes.addressof(found.contents) if found else -1
    style = styles.get(key)
    if style is None:
        style = styles[key] = make_style(textpage, index, found)
    return style


def make_style(textpage: Any, index: int, found: Any) -> Style:
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(textpage, index, matrix)
    size = pdfium.FPDFText_GetFontSize(textpage, index) * math.hypot(matrix.c, matrix.d)
    angle = math.atan2(matrix.b, matrix.a) / (math.pi / 2)
    turns = round(angle)
    is_upright = abs(angle - turns) * (math.pi / 2) < MOST_LEAN_RADIANS
    if not found:
        return Style("", size, turns % 4 if is_upright else None, True)
    mode = pdfium.FPDFTextObj_GetTextRenderMode(found)
    is_visible = mode not in INVISIBLE_MODES and opacity(found, mode) > 0
    return Style(font_name(found), size, turns % 4 if is_upright else None, is_visible)


def opacity(found: Any, mode: int) -> int:
    """How opaque the text is, 0 to 255."""
    color = [ctypes.c_uint() for _ in range(4)]
    is_stroked = mode == pdfium.FPDF_TEXTRENDERMODE_STROKE
    ask = pdfium.FPDFPageObj_GetStrokeColor if is_stroked else pdfium.FPDFPageObj_GetFillColor
    return color[3].value if ask(found, *color) else 255


def font_name(found: Any) -> str:
    font = pdfium.FPDFTextObj_GetFont(found)
    buffer = ctypes.create_string_buffer(128)
    length = pdfium.FPDFFont_GetBaseFontName(font, buffer, len(buffer))
    return buffer.value.decode("utf-8", errors="replace") if 0 < length <= len(buffer) else ""


def main_turns(found: list[FoundCharacter], page_turns: int) -> int:
    """The direction in which most of the text runs, in quarters; that of the page without text."""
    counted = Counter(character.style.turns for character in found)
    if not counted:
        return page_turns
    turns = counted.most_common(1)[0][0]
    assert turns is not None
    return turns


def characters_in(found: list[FoundCharacter], frame: Frame) -> Iterator[Character]:
    """The characters that stand inside a frame, in its coordinates."""
    for one in found:
        rectangle = frame.seen_rectangle(one.left, one.bottom, one.right, one.top)
        if one.style.turns == frame.turns:
            baseline, size = frame.seen(one.x, one.y)[1], one.style.size
        else:
            # Text that runs across the page's direction takes the room of its box.
            baseline = rectangle.bottom - DESCENT * rectangle.height
            size = rectangle.height
        character = Character(
            one.text,
            rectangle.left,
            rectangle.right,
            baseline,
            size,
            one.style.font,
            one.after_space,
        )
        if size > 0 and is_inside(character, frame):
            yield character


def is_inside(character: Character, frame: Frame) -> bool:
    x, y = character.center
    return 0 <= x <= frame.width and 0 <= y <= frame.height
