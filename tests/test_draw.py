"""Drawing facts for a person: every drawn fact is in the tally, and framed where it stands."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from PIL import Image

from benchmarks.draw import (
    COLUMNS,
    FRAME,
    DrawnFact,
    draw_fact,
    facts_of,
    write_sheets,
    write_tally,
)
from benchmarks.pdf_document import make_pdf
from tests.conftest import SAMPLES


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> list[DrawnFact]:
    """Facts of a file with pages: two figures of tables, two of sentences."""
    path = tmp_path_factory.mktemp("pdf") / "made.pdf"
    path.write_bytes(make_pdf())
    facts = [*facts_of([path])]
    in_tables = [fact for fact in facts if fact.in_table]
    return [*in_tables[:2], *[fact for fact in facts if not fact.in_table][:2]]


def test_words_are_framed_where_they_stand(drawn: list[DrawnFact]) -> None:
    for number, fact in enumerate(drawn, 1):
        colours = draw_fact(number, fact).getcolors(maxcolors=2**24) or []
        framed = sum(count for count, colour in colours if colour == hexadecimal(FRAME))
        assert framed > 100


def height_of(path: Path) -> int:
    with Image.open(path) as picture:
        return picture.height


def hexadecimal(colour: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(colour.removeprefix("#")))


def test_sentences_are_cropped_and_tables_shown_whole(drawn: list[DrawnFact]) -> None:
    heights = [draw_fact(1, fact).height for fact in drawn]
    assert min(heights[:2]) > 2 * max(heights[2:])


def test_sheets_and_tally_hold_every_fact(drawn: list[DrawnFact], tmp_path: Path) -> None:
    assert write_sheets(drawn, tmp_path) == len([*tmp_path.glob("sheet-*.png")]) > 0
    heights = [height_of(path) for path in tmp_path.glob("sheet-*.png")]
    assert sum(heights) == sum(draw_fact(1, fact).height for fact in drawn)
    write_tally(drawn, tmp_path / "tally.csv")
    rows = [*csv.DictReader((tmp_path / "tally.csv").read_text("utf-8").splitlines())]
    assert [row["number"] for row in rows] == ["1", "2", "3", "4"]
    assert all(row["page"] and row["words"] and not row["right"] for row in rows)
    assert tuple(rows[0]) == COLUMNS


def test_facts_of_a_text_are_in_the_tally_alone(tmp_path: Path) -> None:
    facts = [*facts_of(sorted(SAMPLES.glob("*.txt"))[:1])][:3]
    assert len(facts) == 3
    assert write_sheets(facts, tmp_path) == 0
