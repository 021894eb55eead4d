"""Marked text: spans that nest, cross or touch give well-formed marks over the very text."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.document_blocks import Heading, Paragraph, blocks_of, regions_of
from server.document_layout import Cell, Layout, Section, Table
from server.document_text import text_parts
from server.highlights import MarkedSpan, Piece, SpanLinks, marked_regions, marked_text, to_html

LINKS = SpanLinks("/documents/d?")
SIZE = 30


def marked(start: int, end: int, family: str = "amount") -> MarkedSpan:
    iri = f"https://w3id.org/guanlian/id/doc/d/text/t#char={start},{end}"
    return MarkedSpan(start, end, iri, frozenset({family}))


SPANS = st.lists(
    st.tuples(st.integers(0, SIZE), st.integers(0, SIZE)).map(
        lambda pair: marked(min(pair), max(pair))
    ),
    max_size=8,
    unique_by=lambda span: span.iri,
)
TEXTS = st.text(alphabet="政务12<>&\"' \n", min_size=SIZE, max_size=SIZE)


def leaves(
    pieces: Iterable[Piece | str], around: frozenset[MarkedSpan] = frozenset()
) -> Iterator[tuple[str, frozenset[MarkedSpan]]]:
    for piece in pieces:
        if isinstance(piece, Piece):
            yield from leaves(piece.children, around | {piece.span})
        else:
            yield piece, around


@given(TEXTS, SPANS)
def test_every_character_lies_in_the_marks_of_the_spans_that_cover_it(
    text: str, spans: list[MarkedSpan]
) -> None:
    position = 0
    for string, around in leaves(marked_text(text, spans)):
        for character in string:
            assert character == text[position]
            covering = {span for span in spans if span.start <= position < span.end}
            assert around == covering
            position += 1
    assert position == len(text)


class Reader(HTMLParser):
    """Reads the text back and checks that tags close in order and links never nest."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.text = ""
        self.anchors: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert not (tag == "a" and "a" in self.open)
        self.open.append(tag)
        self.anchors += [value for name, value in attrs if name == "id" and value]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


@given(TEXTS, SPANS)
def test_html_is_well_formed_and_gives_the_text_back(text: str, spans: list[MarkedSpan]) -> None:
    reader = Reader()
    reader.feed(str(to_html(marked_text(text, spans), LINKS)))
    reader.close()
    assert reader.text == text
    assert reader.open == []
    filled = [span.fragment for span in spans if span.start < span.end]
    assert sorted(reader.anchors) == sorted(filled)


def test_crossing_span_is_cut_and_bears_its_anchor_once() -> None:
    page = str(to_html(marked_text("0123456789", [marked(0, 6), marked(4, 8)]), LINKS))
    assert page.count('id="char=4,8"') == 1
    assert re.sub(r"<[^>]+>", "", page) == "0123456789"
    assert page.count("<mark") == 3


def test_innermost_span_is_linked_and_decides_the_look() -> None:
    spans = [marked(0, 9), marked(2, 5, "reason")]
    page = str(to_html(marked_text("0123456789", spans), LINKS))
    assert '<mark class="reason" id="char=2,5"><a href="/documents/d?at=2,5#char=2,5">' in page
    assert page.endswith("9")


def test_anomaly_decides_the_look_of_a_span_of_several_facts() -> None:
    span = MarkedSpan(0, 1, "iri", frozenset({"amount", "anomaly"}))
    assert span.family == "anomaly"


def test_markup_in_the_text_stays_text() -> None:
    text = "<script>alert('1')</script>"
    page = str(to_html(marked_text(text, [marked(0, 8)]), LINKS))
    assert "<script" not in page
    assert html.unescape(re.sub(r"</?(mark|a)[^>]*>", "", page)) == text


def test_span_beyond_the_text_is_left_out() -> None:
    assert marked_text("abc", [marked(1, 9), marked(2, 2)]) == ("abc",)


@given(TEXTS, SPANS, st.lists(st.integers(0, SIZE), max_size=6))
def test_regions_share_the_marks_of_spans_that_reach_over_them(
    text: str, spans: list[MarkedSpan], cuts: list[int]
) -> None:
    places = sorted({0, SIZE, *cuts})
    regions = [*pairwise(places)]
    anchors: list[str] = []
    for (start, end), pieces in zip(regions, marked_regions(text, regions, spans), strict=True):
        position = start
        for string, around in leaves(pieces):
            for character in string:
                assert character == text[position]
                assert around == {one for one in spans if one.start <= position < one.end}
                position += 1
        assert position == end
        reader = Reader()
        reader.feed(str(to_html(pieces, LINKS)))
        anchors += reader.anchors
    assert sorted(anchors) == sorted(one.fragment for one in spans if one.start < one.end)


LAID_OUT = st.lists(
    st.tuples(st.sampled_from(["heading", "run-on", "line", "table", "blank"]), st.integers(0, 4)),
    max_size=8,
)


def laid_out(kinds: list[tuple[str, int]]) -> tuple[str, Layout]:
    """A text of titles, lines and tables, with its layout."""
    text, sections, tables = "", [], []
    for kind, number in kinds:
        if kind in ("heading", "run-on"):
            title = f"{number}、<题>&目"
            sections.append(Section(number, len(text), len(text) + len(title)))
            text += title + ("\n" if kind == "heading" else f"。本年收入{number}万元。\n")
        elif kind == "line":
            text += f"　本年“收入”{number}万元。支出<b>{number}</b>万元。\n"
        elif kind == "table":
            start, rows = len(text), []
            for row in range(number + 1):
                cells = []
                for column in range(3):
                    text += "\t"
                    words = f"{row}.{column}" if (row + column) % 3 else ""
                    cells.append(Cell(len(text), len(text) + len(words), column))
                    text += words
                rows.append(tuple(cells))
                text += "\n"
            tables.append(Table(start, len(text), tuple(rows)))
            text += "\n"
        else:
            text += "\n" * number
    return text, Layout(tuple(sections), tuple(tables))


@given(LAID_OUT, st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), max_size=8))
def test_words_of_a_page_with_titles_and_tables_are_the_text(
    kinds: list[tuple[str, int]], ends: list[tuple[float, float]]
) -> None:
    text, layout = laid_out(kinds)
    places = {tuple(sorted((int(one * len(text)), int(other * len(text))))) for one, other in ends}
    spans = [marked(start, end) for start, end in places]
    blocks = blocks_of(text, layout)
    parts = text_parts(text, blocks, spans, LINKS)
    reader = Reader()
    reader.feed("".join(str(part.html) for part in parts))
    reader.close()
    assert reader.open == []
    assert reader.text == text[: parts[-1].block.end if parts else 0]
    assert not text[len(reader.text) :].strip()
    assert len({*reader.anchors}) == len(reader.anchors)
    words = "".join(text[start:end] for start, end in regions_of(blocks))
    assert "".join(words.split()) == "".join(text.split())
    assert sum(isinstance(block, Table) for block in blocks) == len(layout.tables)
    assert not any(text[block.start] == "。" for block in blocks if isinstance(block, Paragraph))
    depths = [block.depth for block in blocks if isinstance(block, Heading)]
    for before, after in pairwise([0, *depths]):
        assert after <= before + 1


def test_a_table_whose_cells_leave_words_out_is_shown_as_lines() -> None:
    text = "\t甲\t乙\n"
    layout = Layout(tables=(Table(0, len(text), ((Cell(1, 2, 0),),)),))
    (block,) = blocks_of(text, layout)
    assert not isinstance(block, Table)


def test_merged_cells_keep_their_columns() -> None:
    text = "\t项目\t金额\n\t甲\t1.00\n\t2.00\n"
    rows = (
        (Cell(1, 3, 0), Cell(4, 6, 1)),
        (Cell(8, 9, 0, rows=2), Cell(10, 14, 1)),
        (Cell(16, 20, 1),),
    )
    layout = Layout(tables=(Table(0, len(text), rows),))
    (part,) = text_parts(text, blocks_of(text, layout), [], LINKS)
    assert '<td rowspan="2">甲</td>' in part.html
    assert part.html.count("<td") == 5
    assert '<td class="figure">2.00</td>' in part.html


def test_a_cell_that_stands_further_right_keeps_its_column() -> None:
    text = "\t甲\t乙\n\t1.00\n"
    rows = ((Cell(1, 2, 0), Cell(3, 4, 1)), (Cell(6, 10, 1),))
    (part,) = text_parts(
        text, blocks_of(text, Layout(tables=(Table(0, len(text), rows),))), [], LINKS
    )
    assert '<tr><td colspan="1"></td>' in part.html


@pytest.mark.parametrize(
    ("text", "title", "kept"),
    [
        ("3.支出情况。2023年支出5万元。\n", "3.支出情况", "3.支出情况。"),
        ("3.支出情况：2023年支出5万元。\n", "3.支出情况", "3.支出情况："),
        ("3.支出情况 。\n2023年支出5万元。\n", "3.支出情况", "3.支出情况 。"),
        ("第1.5节\n本年支出5万元。\n", "第1", "第1"),
        ("支出情况2023年支出5万元。\n", "支出情况", "支出情况"),
    ],
)
def test_mark_behind_a_title_stays_with_it(text: str, title: str, kept: str) -> None:
    heading = blocks_of(text, Layout((Section(1, 0, len(title)),), ()))[0]
    assert text[heading.start : heading.end] == kept
