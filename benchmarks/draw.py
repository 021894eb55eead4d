"""Draw facts at random and show each on its page, for a person to check against what the page says.

    uv run python -m benchmarks.draw FILE ... --out DIR [--facts 50] [--seed 1] [--of prose|tables]

Writes `sheet-01.png`, … to DIR: of every fact a crop of its page with its words framed, and beneath it what was
read (in codes, as of the facts format); and `tally.csv`, a row a fact, with an empty column `right` to fill in.
A fact of a file without pages (a text) is in the tally only, with its words. Most facts of a file with tables
are figures of tables; --of draws from the prose, or from the tables, alone.
"""

from __future__ import annotations

import argparse
import csv
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
from PIL import Image, ImageDraw, ImageFont

from guanlian.files import find_files
from ingest.facts import Box, DocumentFacts, Observation, Span
from ingest.pipeline import read_facts
from ingest.reading.document import DocumentError
from ingest.tables.fiscal_table import ROLES

# Pixels a point. A crop is as wide as its page and shows so many points around the words; the words of a
# table cell mean nothing without the head of the table, so its whole page is shown.
SCALE = 1.6
AROUND = 60
MARGIN = 2
CAPTION_HEIGHT, CAPTION_SIZE = 46, 18
CROPS_A_SHEET = 5
FRAME = "#d00000"
# Captions are drawn in a font without Chinese characters.
UNITS = {"万元": "wan yuan", "元": "yuan", "千元": "qian yuan", "亿元": "yi yuan"}
COLUMNS = ("number", "file", "page", "fact", "words", "right")


@dataclass(frozen=True, slots=True)
class DrawnFact:
    """One fact of a file: what was read, in one line, and where."""

    path: Path
    told: str
    span: Span
    in_table: bool = False


def main() -> None:
    """Draw, and say where the sheets are."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", metavar="FILE")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR")
    parser.add_argument("--facts", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--of", choices=("all", "prose", "tables"), default="all")
    arguments = parser.parse_args()
    wanted = {"all": (True, False), "prose": (False,), "tables": (True,)}[arguments.of]
    facts = [fact for fact in facts_of(find_files(arguments.files)) if fact.in_table in wanted]
    drawn = random.Random(arguments.seed).sample(facts, min(arguments.facts, len(facts)))
    arguments.out.mkdir(parents=True, exist_ok=True)
    write_tally(drawn, arguments.out / "tally.csv")
    sheets = write_sheets(drawn, arguments.out)
    print(f"{len(drawn)} of {len(facts)} facts on {sheets} sheets; {arguments.out / 'tally.csv'}")


def facts_of(paths: Sequence[Path]) -> Iterator[DrawnFact]:
    """Every fact of the files that can be read."""
    for path in paths:
        try:
            _, facts = read_facts(path)
        except DocumentError as error:
            print(f"{path}: {error}")
            continue
        for told, span, section in stated(facts):
            yield DrawnFact(path, told, span, section in ROLES)


def stated(facts: DocumentFacts) -> Iterator[tuple[str, Span, str]]:
    """The facts of a document that are drawn from: every place that states an amount, every comparison,
    share and completion, every count and indicator; each with its words and section."""
    for observation in facts.amounts:
        yield from stated_of(observation)
    for count in facts.counts:
        yield f"count {count.item} {count.year}: {count.value}", count.span, ""
    for project in facts.performance.projects:
        for indicator in project.indicators:
            told = (
                f"target {indicator.comparator or ''}{indicator.target}, actual {indicator.actual}"
            )
            yield f"indicator: {told}, score {indicator.score}", indicator.span, ""


def stated_of(observation: Observation) -> Iterator[tuple[str, Span, str]]:
    where, unit = " ".join(observation.key), unit_of(observation.unit)
    for mention in observation.mentions:
        printed = mention.unit or observation.unit
        yield f"{where}: {mention.value} {unit_of(printed)}", mention.span, mention.section
    for comparison in observation.comparisons:
        delta = "" if comparison.delta is None else f" {comparison.delta} {unit}"
        percent = "" if comparison.percent is None else f" {comparison.percent}%"
        told = f"{comparison.direction} against {comparison.baseline}{delta}{percent}"
        yield f"{where}: {told}", comparison.span, ""
    if observation.share is not None:
        yield f"{where}: {observation.share}% of {observation.share_of}", observation.span, ""
    if observation.completion is not None:
        yield f"{where}: {observation.completion}% of the budget", observation.span, ""


def unit_of(unit: str) -> str:
    return UNITS.get(unit, "?")


def write_tally(drawn: Sequence[DrawnFact], path: Path) -> None:
    """A row a fact, its number as on the sheets."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        for number, fact in enumerate(drawn, 1):
            page = fact.span.boxes[0].page if fact.span.boxes else ""
            words = " ".join(fact.span.quote.split())
            writer.writerow((number, fact.path.name, page, fact.told, words, ""))


def write_sheets(drawn: Sequence[DrawnFact], folder: Path) -> int:
    """Contact sheets of the facts that stand on pages; how many there are."""
    crops = [
        (number, crop)
        for number, fact in enumerate(drawn, 1)
        if fact.span.boxes
        for crop in [draw_fact(number, fact)]
    ]
    # Whole pages are tall: one goes on a sheet of its own.
    sheets: list[list[Image.Image]] = []
    room = 0
    for _, crop in crops:
        if not sheets or room + crop.height > tallest_sheet():
            sheets.append([])
            room = 0
        sheets[-1].append(crop)
        room += crop.height
    for number, images in enumerate(sheets, 1):
        stack(images).save(folder / f"sheet-{number:02}.png")
    return len(sheets)


def tallest_sheet() -> int:
    """Pixels: so many crops of a few lines of text, or a page and a little."""
    return int(CROPS_A_SHEET * (4 * AROUND * SCALE + CAPTION_HEIGHT))


def stack(images: Sequence[Image.Image]) -> Image.Image:
    sheet = Image.new(
        "RGB", (max(one.width for one in images), sum(one.height for one in images)), "white"
    )
    top = 0
    for image in images:
        sheet.paste(image, (0, top))
        top += image.height
    return sheet


def draw_fact(number: int, fact: DrawnFact) -> Image.Image:
    """The page around the words of a fact, framed, with what was read beneath."""
    page_number = fact.span.boxes[0].page
    picture = render_page(fact.path, page_number)
    boxes = [box for box in fact.span.boxes if box.page == page_number]
    frame = ImageDraw.Draw(picture)
    for box in boxes:
        frame.rectangle(pixels(box), outline=FRAME, width=2)
    if not fact.in_table:
        top = max(0, int((min(box.top for box in boxes) - AROUND) * SCALE))
        bottom = min(picture.height, int((max(box.bottom for box in boxes) + AROUND) * SCALE))
        picture = picture.crop((0, top, picture.width, bottom))
    told = fact.told.encode("ascii", "replace").decode("ascii")  # the words are in the tally
    return with_caption(picture, f"{number}. p.{page_number}  {told}")


def pixels(box: Box) -> tuple[float, float, float, float]:
    return (
        (box.left - MARGIN) * SCALE,
        (box.top - MARGIN) * SCALE,
        (box.right + MARGIN) * SCALE,
        (box.bottom + MARGIN) * SCALE,
    )


def render_page(path: Path, page_number: int) -> Image.Image:
    """The picture of a page, counted from 1."""
    document = pypdfium2.PdfDocument(path)
    try:
        picture: Image.Image = document[page_number - 1].render(scale=SCALE).to_pil()
        return picture.convert("RGB")
    finally:
        document.close()


def with_caption(picture: Image.Image, caption: str) -> Image.Image:
    """The picture with a line of text beneath it, and a rule under that."""
    whole = Image.new("RGB", (picture.width, picture.height + CAPTION_HEIGHT), "white")
    whole.paste(picture, (0, 0))
    pen = ImageDraw.Draw(whole)
    font = ImageFont.load_default(CAPTION_SIZE)
    pen.text((8, picture.height + 8), caption, fill=FRAME, font=font)
    pen.line((0, whole.height - 2, whole.width, whole.height - 2), fill="black", width=2)
    return whole


if __name__ == "__main__":
    main()
