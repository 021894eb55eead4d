"""What is found once a release, while several readers ask for it at the same time."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from server.publication import Publication
from server.settings import Settings
from store.errors import GraphBusyError
from tests.serving import build_release, running


@pytest.fixture(scope="module")
def publication(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Publication]:
    folder = tmp_path_factory.mktemp("publication")
    build_release(folder)
    with running(Settings(data=folder)) as service:
        yield service.app.state.publications.current()


class SlowSearch:
    """A search over the whole graph that ends when it is let."""

    def __init__(self) -> None:
        self.begun, self.may_end = threading.Event(), threading.Event()
        self.times = 0

    def find(self, publication: Publication) -> int:
        self.times += 1
        self.begun.set()
        assert self.may_end.wait(30)
        return self.times


def test_who_asks_meanwhile_waits_for_the_same_answer(publication: Publication) -> None:
    slow = SlowSearch()
    with ThreadPoolExecutor(4) as readers:
        asked = [readers.submit(publication.kept, "slow", slow.find) for _ in range(4)]
        assert slow.begun.wait(30)
        slow.may_end.set()
        assert [answer.result() for answer in asked] == [1, 1, 1, 1]
    assert publication.kept("slow", slow.find) == slow.times == 1


def test_who_waits_too_long_is_sent_away_and_may_come_again(publication: Publication) -> None:
    slow = SlowSearch()
    own = Publication(
        publication.release, publication.embedded, publication.links, wait_seconds=0.1
    )
    with ThreadPoolExecutor(1) as readers:
        first = readers.submit(own.kept, "slow", slow.find)
        assert slow.begun.wait(30)
        with pytest.raises(GraphBusyError, match="still finding the slow"):
            own.kept("slow", slow.find)
        assert own.once("slow", slow.find) is None
        slow.may_end.set()
        assert first.result() == own.kept("slow", slow.find) == 1


def test_what_failed_is_tried_again(publication: Publication) -> None:
    def fail(_: Publication) -> int:
        raise ValueError("not yet")

    for _ in range(2):
        with pytest.raises(ValueError, match="not yet"):
            publication.kept("failing", fail)
