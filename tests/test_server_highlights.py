"""Marked text: spans that nest, cross or touch give well-formed marks over the very text."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from server.highlights import MarkedSpan, Piece, marked_text, to_html
from server.links import Links

LINKS = Links("https://w3id.org/guanlian/")
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
    assert (
        '<mark class="reason" id="char=2,5"><a href="/doc/doc/d/text/t?fragment=char%3D2,5">'
        in (page)
    )
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
