"""Anomalies as quality annotations (DQV): the sentence, the facts, the arithmetic, the severity.

Who erred is for a person to decide: the origin is unknown and the review open (ONTOLOGY section 8).
"""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Triple

from ingest.facts import Anomaly
from ingest.identity import short_hash
from ingest.quads.changes import change_node, stated_changes
from ingest.quads.counts import count_node, stated_counts
from ingest.quads.disclosure import Disclosure
from ingest.quads.observations import observation_node, stated_points
from ingest.quads.performance import assessed_projects
from ingest.quads.spans import describe_span, span_node
from ingest.quads.vocabulary import DQV, LDQD, OA, RDF, A, describe


def anomaly_triples(disclosure: Disclosure) -> Iterator[Triple]:
    """One annotation an anomaly, aimed at its sentence and at every fact that it names."""
    gl, code, facts = disclosure.gl, disclosure.code, fact_nodes(disclosure)
    for anomaly in disclosure.facts.anomalies:
        node = anomaly_node(disclosure, anomaly)
        body = NamedNode(f"{node.value}#why")
        targets = (span_node(disclosure, anomaly.span), *named_facts(facts, anomaly))
        yield from describe(
            node,
            (
                (A, gl["Anomaly"]),
                (OA["motivatedBy"], DQV["qualityAssessment"]),
                *((OA["hasTarget"], target) for target in targets),
                (OA["hasBody"], body),
                (gl["anomalyType"], code("anomaly", anomaly.kind)),
                (gl["severity"], code("severity", anomaly.severity)),
                (gl["origin"], code("origin", "unknown")),
                (gl["review"], code("review", "unreviewed")),
                (DQV["inDimension"], LDQD["consistency"]),
            ),
        )
        yield from describe(body, ((A, OA["TextualBody"]), (RDF["value"], Literal(anomaly.why))))
        yield from describe_span(disclosure, anomaly.span, sentence=True)


def anomaly_node(disclosure: Disclosure, anomaly: Anomaly) -> NamedNode:
    """An IRI from what is wrong and where, so that it outlives other findings that come and go."""
    content = "\n".join((anomaly.kind, anomaly.span.quote, anomaly.why, *sorted(anomaly.about)))
    place = f"{anomaly.span.start}-{anomaly.span.end}"
    return disclosure.own("ano", place, short_hash(content))


def named_facts(facts: dict[str, NamedNode], anomaly: Anomaly) -> Iterator[NamedNode]:
    """The facts that an anomaly names, as far as the document states them; of a change that is
    only implied, the observation."""
    for name in anomaly.about:
        node = facts.get(name) or facts.get(name.partition("~")[0])
        if node is not None:
            yield node


def fact_nodes(disclosure: Disclosure) -> dict[str, NamedNode]:
    """The facts of the document by the names that anomalies call them: `fund.flow.item.year.phase`,
    the same with `~baseline`, `count.item`, `project.name`, `performance` and `organization`."""
    nodes = {"organization": disclosure.office}
    if disclosure.facts.performance.span:
        nodes["performance"] = disclosure.own("perf")
    for key, project in assessed_projects(disclosure):
        nodes.setdefault(f"project.{project.name}", disclosure.own("asm", key))
    for item, year in stated_counts(disclosure):
        nodes.setdefault(f"count.{item}", count_node(disclosure, item, year))
    return nodes | fiscal_nodes(disclosure)


def fiscal_nodes(disclosure: Disclosure) -> dict[str, NamedNode]:
    """The stated observations and changes by name."""
    nodes: dict[str, NamedNode] = {}
    for point, observation in stated_points(disclosure).items():
        nodes[".".join(observation.key)] = observation_node(disclosure, point)
    for point, observation, comparisons in stated_changes(disclosure):
        baseline = comparisons[0].baseline
        nodes[f"{'.'.join(observation.key)}~{baseline}"] = change_node(disclosure, point, baseline)
    return nodes
