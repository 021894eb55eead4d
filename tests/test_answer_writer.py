"""Answers on their way to a server: all bytes, in their order, cut and counted as the engine wrote them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, Store

from store import answer_writer
from store.answer_writer import PART_BYTES, ROW_MARKS, AnswerWriter, RowCounter
from store.errors import AnswerTooLargeError
from store.evaluation import MediaTypes, Question, answer_bytes, send_answer
from store.frames import END, PART, START, WHOLE, AnswerHead, Frame, FrameBuffer
from store.media_types import CSV, N_TRIPLES, SPARQL_JSON, SPARQL_XML, TSV, TURTLE
from tests.streams import cut_into

PREDICATE = NamedNode("http://x.test/p")
#: Strings with what stands between rows, or looks like it, in one form or another.
AWKWARD = (
    '"', "\\", "\\\\", "\n", "\r", "\t", ",", "{", "}", "}},{", '}},{"', '"}},{"', "[{", "<result>",
    "</result>", "&lt;result>", "示例", "😀", "\u2028", "\x85",
)  # fmt: skip
VALUES = st.lists(st.sampled_from(AWKWARD), max_size=4).map("".join)
ROWS = "SELECT ?o ?n ?none { ?s <http://x.test/p> ?o OPTIONAL { ?s <http://x.test/n> ?n } } ORDER BY ?s"
EMPTY_ROWS = (
    "SELECT ?n ?none { ?s <http://x.test/p> ?o OPTIONAL { ?s <http://x.test/n> ?n } } ORDER BY ?s"
)


class Line:
    """The other side: takes frames, and puts the answer together."""

    def __init__(self) -> None:
        self.buffer = FrameBuffer()
        self.frames: list[Frame] = []

    def send(self, message: bytes) -> None:
        self.buffer.feed(message)
        while (found := self.buffer.next()) is not None:
            self.frames.append(found)

    @property
    def answer(self) -> tuple[str, bytes, bool]:
        """Media type, body, whether it was cut."""
        first, *others = self.frames
        head, body = AnswerHead.unpacked(first.payload)
        if first.kind == WHOLE:
            assert not others
            return head.media_type, body, head.truncated
        assert first.kind == START and not body and not head.truncated
        *parts, last = others
        assert {part.kind for part in parts} == {PART} and last.kind == END
        assert len(last.payload) > 1  # the end is never empty
        body = b"".join(part.payload for part in parts) + last.payload[1:]
        return head.media_type, body, bool(last.payload[0])


def store_of(values: list[str]) -> Store:
    """A thing for each value; every third has a number too, so that some rows have nothing else."""
    store = Store()
    for number, value in enumerate(values):
        subject = NamedNode(f"http://x.test/{number:05}")
        store.add(Quad(subject, PREDICATE, Literal(value)))
        if number % 3 == 1:
            store.add(Quad(subject, NamedNode("http://x.test/n"), Literal(number)))
    return store


@given(st.binary(max_size=5000), st.lists(st.integers(0, 5000)), st.integers(1, 600))
def test_answer_arrives_as_it_was_written(body: bytes, cuts: list[int], part_bytes: int) -> None:
    line = Line()
    writer = AnswerWriter(line.send, "a/b", None, None)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(answer_writer, "PART_BYTES", part_bytes)
        for piece in cut_into(body, cuts):
            assert writer.write(piece) == len(piece)
        writer.finish()
    assert line.answer == ("a/b", body, False)


@given(st.lists(VALUES, max_size=12), st.sampled_from([SPARQL_JSON, SPARQL_XML, TSV]),
       st.sampled_from([ROWS, EMPTY_ROWS]), st.lists(st.integers(0, 3000)))  # fmt: skip
def test_rows_are_counted_whatever_they_hold(
    values: list[str], media_type: str, query: str, cuts: list[int]
) -> None:
    store = store_of(values)
    body = answer_bytes(store, Question(query), MediaTypes(media_type, None)).body
    counter = RowCounter(ROW_MARKS[media_type])
    for piece in cut_into(body, cuts):
        counter.count(piece)
    if media_type == SPARQL_JSON:  # a mark may stand in a string, or begin at its end
        mistaken = sum(
            value.count("{},") + value.count("}},{}") + value.endswith("}},{") for value in values
        )
        assert len(values) <= counter.rows <= len(values) + mistaken
    else:
        assert counter.rows == len(values)


@given(st.lists(VALUES, max_size=12))
def test_rows_of_csv_are_never_missed(values: list[str]) -> None:
    store = store_of(values)
    counter = RowCounter(ROW_MARKS[CSV])
    counter.count(answer_bytes(store, Question(ROWS), MediaTypes(CSV, None)).body)
    line_ends = sum(value.count("\r\n") for value in values)
    assert len(values) <= counter.rows <= len(values) + line_ends


@pytest.mark.parametrize("media_type", [SPARQL_JSON, SPARQL_XML, TSV, CSV])
@pytest.mark.parametrize(("rows", "limit", "is_cut"), [(0, 1, False), (1, 1, True), (4, 5, False),
                                                       (5, 5, True), (6, 5, True)])  # fmt: skip
def test_answer_is_cut_exactly_at_the_limit(
    media_type: str, rows: int, limit: int, is_cut: bool
) -> None:
    line, store = Line(), store_of(["x"] * rows)
    send_answer(store, Question(ROWS, row_limit=limit), MediaTypes(media_type, None), line.send)
    _, body, truncated = line.answer
    assert truncated == is_cut
    within = Question(f"{ROWS} LIMIT {limit}")
    assert body == answer_bytes(store, within, MediaTypes(media_type, None)).body


@pytest.mark.parametrize(
    "query",
    [
        f"{ROWS} LIMIT 9",
        f"{ROWS} LIMIT 5",
        f"{ROWS} VALUES ?extra {{ 1 }}",
        "ASK { ?s ?p ?o }",
        "CONSTRUCT { ?s <http://x.test/p> ?o } WHERE { ?s <http://x.test/p> ?o }",
        "DESCRIBE ?s { ?s <http://x.test/p> ?o }",
    ],
)
@pytest.mark.parametrize("limit", [1, 5])
def test_what_the_limit_does_not_cut_is_whole_and_not_told_to_be_cut(
    query: str, limit: int
) -> None:
    line, store = Line(), store_of(list("abcdefg"))
    media_types = MediaTypes(SPARQL_JSON, N_TRIPLES)
    send_answer(store, Question(query, row_limit=limit), media_types, line.send)
    _, body, truncated = line.answer
    assert not truncated
    assert body == answer_bytes(store, Question(query), media_types).body


def test_answer_beyond_the_bytes_is_an_error_that_names_the_limit() -> None:
    store = store_of([str(number) for number in range(2000)])
    media_types = MediaTypes(SPARQL_JSON, TURTLE)
    size = len(answer_bytes(store, Question(ROWS), media_types).body)
    line = Line()
    send_answer(store, Question(ROWS, byte_limit=size), media_types, line.send)
    assert len(line.answer[1]) == size
    for query in (ROWS, "CONSTRUCT WHERE { ?s ?p ?o }"):
        line = Line()
        with pytest.raises(AnswerTooLargeError, match="larger than the 30000 bytes"):
            send_answer(store, Question(query, byte_limit=30_000), media_types, line.send)
        assert all(message.kind in (START, PART) for message in line.frames)


def test_large_answer_comes_in_parts_and_a_kind_not_asked_for_without_body() -> None:
    line, store = Line(), store_of(["x" * 100] * 3000)
    send_answer(store, Question(ROWS), MediaTypes(CSV, None), line.send)
    assert len(line.frames) > 4
    assert max(len(message.payload) for message in line.frames) < 2 * PART_BYTES
    line = Line()
    send_answer(store, Question("CONSTRUCT WHERE { ?s ?p ?o }"), MediaTypes(CSV, None), line.send)
    assert line.answer == ("", b"", False)
