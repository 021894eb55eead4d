"""Limits of rows: an answer that they cut says so, one that cannot say so is not cut."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from store.evaluation import MediaTypes, Question, send_answer
from store.frames import AnswerHead, FrameBuffer

X = "http://x.test/"
WANTED = MediaTypes("text/csv", "application/n-triples")
ROWS, LIMIT = 5, 2


def asked(text: str) -> tuple[bool, int]:
    """Whether the answer says that it is cut, and how many lines it has."""
    store = Store()
    store.extend(
        Quad(NamedNode(f"{X}{number}"), NamedNode(f"{X}p"), Literal(number))
        for number in range(ROWS)
    )
    buffer = FrameBuffer()
    send_answer(store, Question(text, row_limit=LIMIT), WANTED, buffer.feed)
    message = buffer.next()
    assert message is not None
    head, body = AnswerHead.unpacked(message.payload)
    return head.truncated, len(body.splitlines())


@pytest.mark.parametrize(
    ("text", "is_cut", "lines"),
    [
        ("SELECT * { ?s ?p ?o }", True, LIMIT + 1),
        ("# CONSTRUCT\nSELECT * { ?s ?p ?o }", True, LIMIT + 1),
        ("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", False, ROWS),
        ("construct where { ?s ?p ?o }", False, ROWS),
        ("DESCRIBE ?s WHERE { ?s ?p ?o }", False, ROWS),
        ("CONSTRUCT WHERE { ?s ?p ?o } LIMIT 1", False, 1),
    ],
)
def test_answer_that_is_cut_says_so(text: str, is_cut: bool, lines: int) -> None:
    assert asked(text) == (is_cut, lines)
