"""A graph inside this process: for tests, notebooks and the command line. It has no time limit."""

from __future__ import annotations

from pathlib import Path
from typing import Unpack

from pyoxigraph import Store

from store.evaluation import MediaTypes, Question, answer_bytes, answer_terms
from store.graph import Answer, QueryOptions, Serialized


class InProcessGraph:
    """Any pyoxigraph store as a `Graph`, in memory or opened from a release.

    `timeout_seconds` is taken and not kept: pyoxigraph cannot cancel a query. Use
    `store.embedded.EmbeddedGraph` where strangers ask.

    >>> graph = InProcessGraph(Store())
    >>> bool(graph.query("ASK { ?s ?p ?o }"))
    False
    """

    def __init__(
        self, store: Store, *, keeps_merge: bool = False, release: Path | None = None
    ) -> None:
        """`keeps_merge`: the store is that of a release, `release`: the directory of that, for text search
        (see `store.evaluation.Question`)."""
        self.store = store
        self.keeps_merge = keeps_merge
        self.release = None if release is None else str(release)

    def query(self, text: str, **options: Unpack[QueryOptions]) -> Answer:
        """See `Graph.query`."""
        return answer_terms(self.store, self._question(text, **options))

    def serialize(
        self,
        text: str,
        *,
        solutions_as: str | None,
        triples_as: str | None,
        **options: Unpack[QueryOptions],
    ) -> Serialized:
        """See `Graph.serialize`."""
        media_types = MediaTypes(solutions_as, triples_as)
        return answer_bytes(self.store, self._question(text, **options), media_types)

    def _question(self, text: str, **options: Unpack[QueryOptions]) -> Question:
        return Question(text, **options, keeps_merge=self.keeps_merge, release=self.release)
