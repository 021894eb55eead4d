"""Messages on a stream: whole again however the bytes are cut on the way."""

from __future__ import annotations

import pickle
import socket
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.embedded import checked
from store.errors import AnswerTooLargeError, QueryMemoryError, QuerySyntaxError, StoreError
from store.frames import (
    ABORTED,
    END,
    ERROR,
    PART,
    START,
    TERMS,
    WHOLE,
    AnswerHead,
    Frame,
    FrameBuffer,
    frame,
    receive,
)
from tests.streams import cut_into

KINDS = st.sampled_from([END, ERROR, PART, START, TERMS, WHOLE])
FRAMES = st.lists(st.builds(Frame, KINDS, st.binary(max_size=300)), max_size=12)


def taken(buffer: FrameBuffer) -> list[Frame]:
    found = []
    while (message := buffer.next()) is not None:
        found.append(message)
    return found


@given(FRAMES, st.lists(st.integers(0, 4000)))
def test_messages_come_out_as_they_went_in(frames: list[Frame], cuts: list[int]) -> None:
    stream = b"".join(frame(*message) for message in frames)
    buffer, found = FrameBuffer(), []
    for piece in cut_into(stream, cuts):
        buffer.feed(piece)
        found += taken(buffer)
    assert found == frames
    assert buffer.is_empty


@given(FRAMES, st.integers(1, 5))
def test_message_without_its_end_is_none_yet(frames: list[Frame], missing: int) -> None:
    buffer = FrameBuffer()
    buffer.feed(b"".join(frame(*message) for message in frames))
    buffer.feed(frame(WHOLE, b"12345")[:-missing])
    assert taken(buffer) == frames
    assert not buffer.is_empty


@given(FRAMES)
def test_last_words_of_an_aborted_process_are_understood(frames: list[Frame]) -> None:
    buffer = FrameBuffer()
    buffer.feed(b"".join(frame(*message) for message in frames))
    buffer.feed(b"Fatal Python error: Aborted\n\n")
    found = [buffer.next() for _ in range(len(frames) + 1)]
    assert found == [*frames, Frame(ABORTED, b"")]
    with pytest.raises(QueryMemoryError):
        checked(Frame(ABORTED, b""))


@given(st.text("abcdefghijklmnopqrstuvwxyz/+-", max_size=100), st.booleans(), st.binary())
def test_head_of_an_answer_travels_whole(media_type: str, truncated: bool, body: bytes) -> None:
    head = AnswerHead(media_type, truncated)
    assert AnswerHead.unpacked(head.packed() + body) == (head, body)


@pytest.mark.parametrize(
    "error",
    [
        QuerySyntaxError("Wrong.", 3, 4, "SELECT\n^", ("WHERE", "{")),
        AnswerTooLargeError("Too large."),
    ],
)
def test_error_of_a_worker_is_raised_here_as_it_was(error: StoreError) -> None:
    with pytest.raises(type(error)) as raised:
        checked(Frame(ERROR, pickle.dumps(error)))
    assert vars(raised.value) == vars(error) and str(raised.value) == str(error)


def test_message_is_waited_for_and_a_hung_up_line_is_none() -> None:
    ours, theirs = socket.socketpair()
    large = b"x" * 1_000_000

    def send() -> None:
        theirs.sendall(frame(WHOLE, large))
        theirs.sendall(frame(WHOLE, b"cut")[:-1])
        theirs.close()

    sending = threading.Thread(target=send)
    sending.start()
    with ours:
        buffer = FrameBuffer()
        assert receive(ours, buffer) == Frame(WHOLE, large)
        assert receive(ours, buffer) is None
    sending.join()
