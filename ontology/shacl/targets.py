"""Targets (SHACL section 2.1.3): which nodes of a data graph a shape is about."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode

from ontology.shacl.graph import DataGraph, Term
from ontology.shacl.vocabulary import ShapesError

Selection = Callable[[DataGraph, Term], Iterable[Term]]


def predicate(term: Term) -> NamedNode:
    if isinstance(term, NamedNode):
        return term
    raise ShapesError(f"the target {term} is no property")


#: The kinds of target by the property that states them.
SELECTIONS: Mapping[str, Selection] = {
    "targetNode": lambda graph, term: (term,),
    "targetClass": lambda graph, term: graph.instances(term),
    "targetSubjectsOf": lambda graph, term: graph.subjects_of(predicate(term)),
    "targetObjectsOf": lambda graph, term: graph.objects_of(predicate(term)),
}


@dataclass(frozen=True, slots=True)
class Target:
    """One target of a shape: its kind, a key of `SELECTIONS`, and the node, class or property."""

    kind: str
    term: Term

    def nodes(self, graph: DataGraph) -> Iterable[Term]:
        """The focus nodes in a data graph."""
        return SELECTIONS[self.kind](graph, self.term)
