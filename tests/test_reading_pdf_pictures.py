"""Pictures of pages: boxes lie on their words, and nothing shows that the text masks."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from ingest.reading.document import Document, PagePicture
from ingest.reading.pdf import read_pdf
from ingest.reading.pdf.pictures import COVER_SHADE, DOTS_AN_INCH, POINTS_AN_INCH
from ingest.reading.pdf.png import grey_png
from tests.pdf_making import BLACK_PICTURE, LATIN, SONG, Sheets, written_out

LEFT = 72.0
SCALE = DOTS_AN_INCH / POINTS_AN_INCH
WHITE, BLACK = 255, 0
COVER = round(COVER_SHADE / 17) * 17
# Made up for the tests; nobody has it.
TELEPHONE = "000-12345678"


def pictured(content: bytes) -> Document:
    return read_pdf("made.pdf", content, pictures=True)


def image_of(picture: PagePicture) -> Image.Image:
    return Image.open(BytesIO(picture.png)).convert("L")


def shades(
    picture: PagePicture, left: float, top: float, right: float, bottom: float
) -> dict[int, int]:
    """How many pixels of each shade a rectangle of the page has, given in points."""
    box = tuple(round(length * SCALE) for length in (left, top, right, bottom))
    colors = image_of(picture).crop(box).getcolors() or []  # type: ignore[arg-type]
    return {shade: count for count, shade in colors if isinstance(shade, int)}


def test_every_page_has_a_picture_of_its_size() -> None:
    sheets = Sheets()
    for number in (1, 2):
        sheets.write(LEFT, 100, f"第{number}部分收入总计100.00万元。")
        sheets.next_page()
    document = pictured(sheets.content())
    assert [picture.number for picture in document.pictures] == [1, 2]
    for picture in document.pictures:
        assert (picture.width, picture.height) == (595, 842)
        assert image_of(picture).size == pytest.approx((595 * SCALE, 842 * SCALE), abs=1.5)
        assert BLACK in shades(picture, LEFT, 85, 300, 105)


def test_no_picture_is_made_unasked() -> None:
    sheets = Sheets()
    sheets.write(LEFT, 100, "收入总计100.00万元。")
    assert read_pdf("made.pdf", sheets.content()).pictures == ()


def test_masked_words_are_covered_and_the_words_beside_them_are_not() -> None:
    sheets = Sheets()
    end = sheets.write(LEFT, 100, "联系电话：")
    last = sheets.write(end, 100, TELEPHONE, font=LATIN)
    document = pictured(sheets.content())
    assert TELEPHONE not in document.text
    (picture,) = document.pictures
    assert shades(picture, end, 91, last, 101).keys() == {COVER}
    beside = shades(picture, LEFT, 91, end - 14, 101)
    assert beside[WHITE] > beside[COVER] * 10


def test_a_masked_line_whose_characters_are_drawn_twice_is_covered_whole() -> None:
    sheets = Sheets()
    for shift in (0, 0.2):
        end = sheets.write(LEFT + shift, 100, f"联系人：示某某 电话：{TELEPHONE}")
    (picture,) = pictured(sheets.content()).pictures
    assert BLACK not in shades(picture, LEFT + 4 * 12 + 2, 91, LEFT + 7 * 12, 101)
    assert BLACK not in shades(picture, end - 60, 91, end, 101)


def test_a_telephone_in_the_foot_of_the_pages_is_covered_though_it_is_no_text() -> None:
    sheets = Sheets()
    for number in range(1, 5):
        sheets.write(LEFT, 100, f"{number}．收入总计{number}00.00万元。")
        sheets.write(LEFT, 820, f"咨询电话：{TELEPHONE}", font=SONG)
        sheets.next_page()
    document = pictured(sheets.content())
    assert "咨询电话" not in document.text
    for picture in document.pictures:
        assert shades(picture, LEFT + 2, 811, LEFT + 120, 820).keys() == {COVER}


def test_what_was_not_read_is_not_drawn() -> None:
    sheets = Sheets()
    sheets.write(LEFT, 100, "收入总计100.00万元。")
    sheets.canvas.drawInlineImage(Image.new("RGB", (4, 4)), LEFT, 400, 100, 100)
    sheets.canvas.saveState()
    sheets.canvas.translate(300, 300)
    sheets.canvas.rotate(30)
    sheets.canvas.setFont(SONG, 30)
    sheets.canvas.drawString(0, 0, "内部资料")
    sheets.canvas.restoreState()
    (picture,) = pictured(sheets.content()).pictures
    assert shades(picture, 0, 120, 595, 842).keys() == {WHITE}


def in_forms(depth: int) -> bytes:
    """A page with a picture in a form in a form…"""
    forms = [
        (
            f"/Type/XObject/Subtype/Form/BBox[0 0 600 900]/Resources<</XObject<</X {number} 0 R>>>>",
            "/X Do" if number > 5 else "q 200 0 0 200 100 300 cm /X Do Q",
        )
        for number in range(5, 5 + depth)
    ]
    outermost = f"/XObject<</X {5 + depth} 0 R>>"
    return written_out(f"{TYPED} /X Do", outermost, BLACK_PICTURE, *forms)


def as_a_pattern(colour: str) -> bytes:
    """A page with a rectangle that a picture fills as a pattern."""
    pattern = (
        "/Type/Pattern/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 200 200]/XStep 200/YStep 200"
        "/Resources<</XObject<</X 5 0 R>>>>",
        "q 200 0 0 200 0 0 cm /X Do Q",
    )
    content = f"{TYPED} /Pattern {colour}"
    return written_out(content, "/Pattern<</P 6 0 R>>", BLACK_PICTURE, pattern)


TYPED = "BT /F 12 Tf 72 720 Td (Total income of the year 2023) Tj ET"


@pytest.mark.parametrize(
    "content",
    [
        in_forms(3),
        in_forms(25),
        as_a_pattern("cs /P scn 100 300 200 200 re f"),
        as_a_pattern("CS /P SCN 90 w 100 300 200 200 re S"),
    ],
    ids=["form", "deep-form", "filling", "lining"],
)
def test_no_picture_is_drawn_wherever_it_hides(content: bytes) -> None:
    document = pictured(content)
    (picture,) = document.pictures
    assert "Total income" in document.text
    assert BLACK in shades(picture, 72, 105, 300, 125)
    assert shades(picture, 0, 130, 595, 842).keys() == {WHITE}


def test_a_page_that_is_a_picture_gets_none() -> None:
    sheets = Sheets()
    sheets.write(LEFT, 100, "收入总计100.00万元。")
    sheets.next_page()
    scan = BytesIO()
    Image.new("L", (60, 80), 255).save(scan, "PNG")
    sheets.picture(scan.getvalue())
    first, second = pictured(sheets.content()).pictures
    assert first.png and not second.png
    assert (second.number, second.width) == (2, 595)


def test_a_turned_page_is_drawn_as_it_is_read() -> None:
    sheets = Sheets()
    sheets.canvas.setPageRotation(90)
    sheets.canvas.saveState()
    sheets.canvas.translate(100, LEFT)
    sheets.canvas.rotate(90)
    sheets.canvas.setFont(SONG, 12)
    sheets.canvas.drawString(0, 0, f"支出总计20.00万元，联系电话：{TELEPHONE}")
    sheets.canvas.restoreState()
    document = pictured(sheets.content())
    (picture,) = document.pictures
    start = document.text.index("支出")
    (box,) = document.boxes(start, start + 4)
    assert BLACK in shades(picture, box.left, box.top, box.right, box.bottom)
    start = document.text.index("＊")
    (box,) = document.boxes(start, start + len(TELEPHONE))
    assert COVER in shades(picture, box.left, box.top, box.right, box.bottom)


def test_the_same_file_gives_the_same_pictures(samples: Path) -> None:
    content = (samples / "shili-beijing-wenlv-2020.pdf").read_bytes()
    assert pictured(content).pictures == pictured(content).pictures


def test_boxes_lie_on_their_words(samples: Path) -> None:
    content = (samples / "shili-beijing-wenlv-2020.pdf").read_bytes()
    document = pictured(content)
    pdf = pypdfium2.PdfDocument(content)
    for place in document.places[::7]:
        box, page = place.box, pdf[place.box.page - 1]
        height = page.get_height()
        words = page.get_textpage().get_text_bounded(
            box.left - 1, height - box.bottom - 1, box.right + 1, height - box.top + 1
        )
        assert document.text[place.start : place.end].replace(" ", "") in "".join(words.split())


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 9), st.integers(1, 6), st.data())
def test_a_png_gives_its_pixels_back(width: int, height: int, data: st.DataObject) -> None:
    size = width * height
    pixels = data.draw(st.binary(min_size=size, max_size=size))
    picture = Image.open(BytesIO(grey_png(pixels, width, height)))
    assert picture.size == (width, height)
    read = picture.convert("L").tobytes()
    assert list(read) == [round(pixel / 17) * 17 for pixel in pixels]
