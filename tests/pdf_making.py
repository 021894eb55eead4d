"""Making PDF files in the tests, with every trap that published ones have."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

SONG = "STSong-Light"
LATIN = "Helvetica"
A4 = (595.0, 842.0)

pdfmetrics.registerFont(UnicodeCIDFont(SONG))


class Sheets:
    """Pages to write on; places are in points from the top left corner."""

    def __init__(self, size: tuple[float, float] = A4, password: str = "") -> None:
        self.file = BytesIO()
        encryption = StandardEncryption(password, strength=128) if password else None
        self.canvas = Canvas(self.file, pagesize=size, encrypt=encryption)
        self.size = size

    def write(
        self, left: float, baseline: float, words: str, size: float = 12, font: str = SONG
    ) -> float:
        """Write words and return where they end."""
        self.canvas.setFont(font, size)
        self.canvas.drawString(left, self.size[1] - baseline, words)
        return left + float(pdfmetrics.stringWidth(words, font, size))

    def write_mixed(self, left: float, baseline: float, words: str, size: float = 12) -> None:
        """Write words with their figures in another font, and the figures first."""
        pieces: list[tuple[float, str, str]] = []
        for character in words:
            font = LATIN if character.isascii() else SONG
            pieces.append((left, character, font))
            left += float(pdfmetrics.stringWidth(character, font, size))
        for start, character, font in sorted(pieces, key=lambda piece: piece[2]):
            self.write(start, baseline, character, size, font)

    def paragraph(
        self, words: str, left: float, right: float, top: float, size: float = 12, indent: float = 2
    ) -> float:
        """Write a paragraph, broken at the right edge; returns the baseline below it."""
        for line, start in self.broken(words, left, right, size, indent):
            self.write(start, top, line, size)
            top += 1.5 * size
        return top

    @staticmethod
    def broken(
        words: str, left: float, right: float, size: float, indent: float
    ) -> list[tuple[str, float]]:
        """The lines of a paragraph and where each begins; no mark begins a line, no number is broken."""
        lines: list[tuple[str, float]] = []
        start, line = left + indent * size, ""
        for unit in units(words):
            if line and start + pdfmetrics.stringWidth(line + unit, SONG, size) > right:
                lines.append((line, start))
                start, line = left, ""
            line += unit
        return [*lines, (line, start)]

    def grid(self, across: Sequence[float], down: Sequence[float]) -> None:
        """Rule every line of a grid."""
        for x in across:
            self.rule(x, down[0], x, down[-1])
        for y in down:
            self.rule(across[0], y, across[-1], y)

    def rule(self, left: float, top: float, right: float, bottom: float) -> None:
        self.canvas.line(left, self.size[1] - top, right, self.size[1] - bottom)

    def picture(self, content: bytes) -> None:
        """A picture over the whole page."""
        self.canvas.drawImage(ImageReader(BytesIO(content)), 0, 0, *self.size)

    def next_page(self) -> None:
        self.canvas.showPage()

    def content(self) -> bytes:
        self.canvas.save()
        return self.file.getvalue()


def units(words: str) -> list[str]:
    """What cannot be broken: a number, and a character with the marks behind it."""
    found: list[str] = []
    for character in words:
        is_joined = found and (
            character in "，。；："
            or (character in "0123456789." and found[-1][-1] in "0123456789.")
        )
        if is_joined:
            found[-1] += character
        else:
            found.append(character)
    return found


#: A black picture, as an object of `written_out`.
BLACK_PICTURE = (
    "/Type/XObject/Subtype/Image/Width 2/Height 2/BitsPerComponent 8/ColorSpace/DeviceGray",
    "\x01\x01\x01\x01",
)


def written_out(content: str, resources: str, *objects: tuple[str, str]) -> bytes:
    """A file of one page from its content, and more streams (dictionary and data) as objects from 5 on. It
    has no table of places, which readers make anew."""
    streams = [("", content), *objects]
    parts = [
        "%PDF-1.7",
        "1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj",
        "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj",
        "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<<"
        f"/Font<</F<</Type/Font/Subtype/Type1/BaseFont/{LATIN}>>>>{resources}>>>>endobj",
        *(
            f"{number} 0 obj<<{told}/Length {len(data)}>>stream\n{data}\nendstream endobj"
            for number, (told, data) in enumerate(streams, start=4)
        ),
        "trailer<</Root 1 0 R>>",
        "%%EOF",
    ]
    return "\n".join(parts).encode("latin-1")
