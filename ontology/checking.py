"""Checks and partitions: what the arithmetic of a document is held against."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from pyoxigraph import Literal, NamedNode, Triple

from ontology.classes import economic_classes, function_classes
from ontology.codes import code_list, item_notation
from ontology.concept_schemes import concept_statements
from ontology.namespaces import Namespaces
from ontology.partitions import Partition, partitions
from ontology.tables import read_table
from ontology.writing import Statement, describe, expand, labelled

#: Relations whose parts stand in other flows or funds: they have no list of member items.
_ACROSS = frozenset({"equal", "funds"})


@dataclass(frozen=True, slots=True)
class Check:
    """A rule of arithmetic, and the kind of anomaly that it raises."""

    notation: str
    label_zh: str
    label_en: str
    formula: str
    anomaly: str


@cache
def checks() -> Mapping[str, Check]:
    """The checks by notation."""
    return MappingProxyType({row["notation"]: Check(**row) for row in read_table("checks")})


def check_triples(namespaces: Namespaces) -> Iterator[Triple]:
    """The checks, each with its formula and the anomaly that it raises."""
    for check in checks().values():
        concept = code_list("check")[check.notation]
        statements: tuple[Statement, ...] = (
            *concept_statements("check", concept, namespaces, "gl:Check"),
            ("gl:formula", Literal(check.formula)),
            ("gl:raises", NamedNode(namespaces.concept("anomaly", check.anomaly))),
            ("dqv:inDimension", expand("ldqd:consistency", namespaces)),
            ("dqv:expectedDataType", expand("xsd:boolean", namespaces)),
        )
        yield from describe(namespaces.concept("check", check.notation), statements, namespaces)


def metric_triples(namespaces: Namespaces) -> Iterator[Triple]:
    """What is measured of the reading of a document: the metrics, as DQV calls them."""
    for notation in code_list("reading-metric"):
        statements: tuple[Statement, ...] = (
            ("rdf:type", expand("dqv:Metric", namespaces)),
            ("dqv:inDimension", expand("ldqd:completeness", namespaces)),
            ("dqv:expectedDataType", expand("xsd:integer", namespaces)),
        )
        yield from describe(namespaces.concept("reading-metric", notation), statements, namespaces)


def partition_triples(namespaces: Namespaces) -> Iterator[Triple]:
    """The partitions whose parts are items of one list."""
    for partition in partitions().values():
        subject = namespaces.concept("partition", partition.notation)
        statements: tuple[Statement, ...] = (
            ("rdf:type", expand("gl:Partition", namespaces)),
            ("gl:partRelation", Literal(partition.relation)),
            *labelled("skos:prefLabel", partition.label_zh, partition.label_en),
            *_members(partition, namespaces),
        )
        yield from describe(subject, statements, namespaces)


def _members(partition: Partition, namespaces: Namespaces) -> Iterator[Statement]:
    across = any("." in part for part in partition.parts)
    if partition.relation in _ACROSS or across or "/" in partition.whole:
        return
    name = "count-item" if partition.fund == "count" else "item"
    yield "gl:whole", NamedNode(namespaces.concept(name, item_notation(partition.whole)))
    for part in partition.parts:
        for notation in _notations(part):
            yield "skos:member", NamedNode(namespaces.concept(name, notation))


def _notations(part: str) -> Iterator[str]:
    prefix, _, level = part.partition("/")
    if not level:
        yield item_notation(part)
        return
    classes = function_classes() if prefix == "func" else economic_classes()
    yield from (f"{prefix}-{known.code}" for known in classes.values() if known.level == level)
