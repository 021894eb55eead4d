"""A graph inside this process: for tests, notebooks and the command line. It has no time limit."""

from __future__ import annotations

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

    def __init__(self, store: Store, *, keeps_merge: bool = False) -> None:
        """`keeps_merge`: the store is that of a release (see `store.evaluation.Question`)."""
        self.store = store
        self.keeps_merge = keeps_merge

    def query(self, text: str, **options: Unpack[QueryOptions]) -> Answer:
        """See `Graph.query`."""
        return answer_terms(self.store, Question(text, **options, keeps_merge=self.keeps_merge))

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
        question = Question(text, **options, keeps_merge=self.keeps_merge)
        return answer_bytes(self.store, question, media_types)
