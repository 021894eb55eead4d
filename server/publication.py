"""What is being served: the current release, with its graph and its labels."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import Annotated, Any, TypeVar

from fastapi import Depends, Request
from pyoxigraph import Literal, NamedNode

from server.labels import Labels, read_labels
from server.links import Links
from server.named_queries import Value, bound, window
from store.embedded import EmbeddedGraph
from store.errors import GraphBusyError, QueryTimeoutError
from store.graph import Graph, Solution, Solutions, Term, Triples
from store.lookups import Lookups
from store.pool import WorkerPool
from store.releases import CurrentId, DataFolder, Release

Row = dict[str, str]
#: Who waits longer for what another request is finding is sent away: a waiting request holds a thread.
WAIT_SECONDS = 30.0
Found = TypeVar("Found")


@dataclass(frozen=True)
class Publication:
    """One release and all that a page takes from it; a request sees one release from end to end."""

    release: Release
    embedded: EmbeddedGraph
    links: Links
    wait_seconds: float = WAIT_SECONDS
    _found: dict[tuple[str, str, str], Any] = field(default_factory=dict)
    _finding: dict[tuple[str, str, str], threading.Lock] = field(default_factory=dict)

    @cached_property
    def lookups(self) -> Lookups:
        """What is answered without a worker. Raises DamagedReleaseError."""
        return Lookups(self.release.store_directory)

    @property
    def graph(self) -> Graph:
        """What pages and questions ask."""
        return self.embedded

    @cached_property
    def labels(self) -> Labels:
        """Labels of the vocabulary, read at first use."""
        graphs = tuple(self.release.manifest.vocabulary)
        return read_labels(self.graph, graphs, self.links)

    def ask(self, name: str, **parameters: Value | Iterable[Value]) -> list[Row]:
        """The solutions of a named query, with the values of their terms."""
        return [values(solution) for solution in self.solutions(bound(name, **parameters))]

    def ask_page(
        self, name: str, first: int, size: int, **parameters: Value | Iterable[Value]
    ) -> tuple[list[Row], bool]:
        """`size` solutions from the `first` (counted from 0) on, and whether more follow."""
        text = window(bound(name, **parameters), first, size)
        found = self.solutions(text, maximum=size)
        return [values(solution) for solution in found], found.truncated

    def solutions(self, text: str, maximum: int | None = None) -> Solutions:
        """The solutions of a SELECT query as terms, at most `maximum`."""
        answer = self.graph.query(text, base_iri=self.links.base_iri, maximum=maximum)
        assert isinstance(answer, Solutions)
        return answer

    def triples(self, text: str) -> Triples:
        """The triples of a CONSTRUCT query as terms."""
        answer = self.graph.query(text, base_iri=self.links.base_iri)
        assert isinstance(answer, Triples)
        return answer

    def once(self, name: str, find: Callable[[Publication], Found]) -> Found | None:
        """As `kept`; None when it took too long this time, which is not kept: the machine may have been
        busy."""
        try:
            return self.kept(name, find)
        except (QueryTimeoutError, GraphBusyError):
            return None

    def kept(self, name: str, find: Callable[[Publication], Found]) -> Found:
        """An answer over the whole graph, found once a release; by its name and by what finds it, so that
        two rooms may call theirs the same. Who asks while it is being found waits for the same one.

        Raises GraphBusyError when that takes too long.
        """
        key = name, find.__module__, find.__qualname__
        if key not in self._found:
            with self._alone(key):
                if key not in self._found:
                    self._found[key] = find(self)
        found: Found = self._found[key]
        return found

    @contextmanager
    def _alone(self, key: tuple[str, str, str]) -> Iterator[None]:
        """With no other request finding the same."""
        lock = self._finding.setdefault(key, threading.Lock())
        if not lock.acquire(timeout=self.wait_seconds):
            raise GraphBusyError(f"The server is still finding the {key[0]} of this release.")
        try:
            yield
        finally:
            lock.release()

    def names(self, iris: Iterable[NamedNode]) -> dict[str, str]:
        """What things of the release are called in Chinese, as far as they are called anything."""
        return {
            row["thing"]: row["label"]
            for row in self.ask("names", thing=sorted(set(iris), key=str))
        }


class Publications:
    """The publication of the release that is current, kept until another release is."""

    def __init__(
        self,
        folder: DataFolder,
        pool: WorkerPool,
        links: Links,
        allowed_services: Iterable[str] = (),
    ) -> None:
        """`allowed_services`: the servers that queries may call."""
        self.folder, self.pool, self.links = folder, pool, links
        self.allowed_services = tuple(allowed_services)
        self.current_id = CurrentId(folder)
        self._lock = threading.Lock()
        self._latest: Publication | None = None

    def current(self) -> Publication:
        """Raises NoReleaseError, NewerFormatError, DamagedReleaseError."""
        with self._lock:
            latest = self._latest
            if latest is None or latest.release.release_id != self.current_id():
                release = self.folder.current()
                graph = EmbeddedGraph(
                    release.store_directory,
                    self.pool,
                    keeps_merge=True,
                    allowed_services=self.allowed_services,
                )
                latest = self._latest = Publication(release, graph, self.links)
                self.pool.hold(release.store_directory, release.manifest.quads)
            return latest


def values(solution: Solution) -> Row:
    return {name: term_value(term) for name, term in solution.items()}


def term_value(term: Term) -> str:
    """An IRI, a lexical form or a blank node label."""
    return term.value if isinstance(term, NamedNode | Literal) else str(term)


def current_publication(request: Request) -> Publication:
    publications: Publications = request.app.state.publications
    return publications.current()


CurrentPublication = Annotated[Publication, Depends(current_publication)]
