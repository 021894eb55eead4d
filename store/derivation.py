"""Conclusions from several documents: the rules of the vocabulary, run over a release in the making.

A rule is an `sh:SPARQLRule` whose `sh:construct` is a CONSTRUCT query with its own base; the named graph
that is `prov:wasDerivedFrom` it takes what it concludes. Rules see what documents and vocabulary say, and
nothing that another rule concludes: so their order does not matter.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, QueryTriples, Store, Triple

from store.errors import QuerySyntaxError, RuleError
from store.syntax import refuse_service

SHACL = "http://www.w3.org/ns/shacl#"
TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
DERIVED_FROM = NamedNode("http://www.w3.org/ns/prov#wasDerivedFrom")
RULE, CONSTRUCT = NamedNode(f"{SHACL}SPARQLRule"), NamedNode(f"{SHACL}construct")


@dataclass(frozen=True, slots=True)
class DerivationRule:
    """A rule: its IRI, its CONSTRUCT query, and the graph that holds what it concludes."""

    iri: str
    construct: str
    graph: NamedNode


def rules_in(vocabulary: Iterable[Quad]) -> tuple[DerivationRule, ...]:
    """The rules that a vocabulary states, by IRI.

    Raises:
        RuleError: a rule has not exactly one query and one graph.
    """
    said: defaultdict[str, defaultdict[NamedNode, list[object]]]
    said = defaultdict(lambda: defaultdict(list))
    for quad in vocabulary:
        if quad.predicate in (TYPE, CONSTRUCT) and isinstance(quad.subject, NamedNode):
            said[quad.subject.value][quad.predicate].append(quad.object)
        elif quad.predicate == DERIVED_FROM and isinstance(quad.object, NamedNode):
            said[quad.object.value][DERIVED_FROM].append(quad.subject)
    return tuple(
        rule_of(iri, said[iri][CONSTRUCT], said[iri][DERIVED_FROM])
        for iri in sorted(said)
        if RULE in said[iri][TYPE]
    )


def rule_of(iri: str, constructs: list[object], graphs: list[object]) -> DerivationRule:
    match constructs, graphs:
        case [Literal() as construct], [NamedNode() as graph]:
            return DerivationRule(iri, construct.value, graph)
    raise RuleError(
        f"The rule {iri} should have one sh:construct and one graph that is prov:wasDerivedFrom it, "
        f"but has {len(constructs)} and {len(graphs)}."
    )


def conclusions(store: Store, rules: Iterable[DerivationRule]) -> list[Quad]:
    """What the rules conclude from the default graph of a store, each in its own graph.

    Raises:
        RuleError: a rule is no CONSTRUCT query, cannot be evaluated, or makes blank nodes.
    """
    return [
        Quad(triple.subject, triple.predicate, triple.object, rule.graph)
        for rule in rules
        for triple in concluded(store, rule)
    ]


def concluded(store: Store, rule: DerivationRule) -> set[Triple]:
    try:
        refuse_service(rule.construct)
        results = store.query(rule.construct)
        triples = set(results) if isinstance(results, QueryTriples) else None
    except (SyntaxError, RuntimeError, ValueError, OSError, QuerySyntaxError) as error:
        raise RuleError(f"The rule {rule.iri} cannot be run: {error}.") from error
    if triples is None:
        raise RuleError(f"The rule {rule.iri} should be a CONSTRUCT query.")
    if any(isinstance(node, BlankNode) for triple in triples for node in triple):
        # Their labels are chance: the same content would be another release at every run.
        raise RuleError(f"The rule {rule.iri} concludes something of a node without an IRI.")
    return triples
