"""Anomalies as quality annotations (DQV): the sentence, the facts, the arithmetic, the severity.

Who erred is for a person to decide: the origin is unknown and the review open (ONTOLOGY section 8).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode, Triple

from ingest.facts import Anomaly
from ingest.identity import short_hash
from ingest.quads.calculations import calculation_triples
from ingest.quads.changes import change_node, stated_changes
from ingest.quads.counts import count_node, stated_counts
from ingest.quads.disclosure import Disclosure
from ingest.quads.observations import observation_node, stated_points
from ingest.quads.performance import assessed_projects
from ingest.quads.spans import describe_span, span_node
from ingest.quads.vocabulary import DQV, LDQD, OA, RDF, A, describe


def anomaly_triples(disclosure: Disclosure) -> Iterator[Triple]:
    """One annotation an anomaly, aimed at its sentence and at every fact that it names."""
    facts = fact_nodes(disclosure)
    for node, anomaly in named_anomalies(disclosure):
        yield from annotation(disclosure, node, anomaly, named_facts(facts, anomaly))
        yield from explanation(node, anomaly)
        if anomaly.calculation:
            yield from calculation_triples(disclosure, node, anomaly.calculation)
        yield from describe_span(disclosure, anomaly.span, sentence=True)


def annotation(
    disclosure: Disclosure, node: NamedNode, anomaly: Anomaly, facts: Iterable[NamedNode]
) -> Iterator[Triple]:
    gl, code = disclosure.gl, disclosure.code
    targets = (span_node(disclosure, anomaly.span), *facts)
    properties = (
        (A, gl["Anomaly"]),
        (OA["motivatedBy"], DQV["qualityAssessment"]),
        *((OA["hasTarget"], target) for target in targets),
        (gl["anomalyType"], code("anomaly", anomaly.kind)),
        (gl["severity"], code("severity", anomaly.severity)),
        (gl["origin"], code("origin", "unknown")),
        (gl["review"], code("review", "unreviewed")),
        (DQV["inDimension"], LDQD["consistency"]),
    )
    yield from describe(node, properties)


def explanation(node: NamedNode, anomaly: Anomaly) -> Iterator[Triple]:
    """A body a language: Web Annotation gives a textual body exactly one value."""
    for language, words in (("en", anomaly.why), ("zh", anomaly.why_zh)):
        if words:
            body = NamedNode(f"{node.value}#why-{language}")
            yield Triple(node, OA["hasBody"], body)
            value = Literal(words, language=language)
            yield from describe(body, ((A, OA["TextualBody"]), (RDF["value"], value)))


def named_anomalies(disclosure: Disclosure) -> Iterator[tuple[NamedNode, Anomaly]]:
    """The anomalies with an IRI from what is wrong with which facts and words: neither the wording of
    the explanation nor the place counts, so that it outlives a new program and a corrected document.
    What is alike in all of that is numbered in the order of the text."""
    known: Counter[str] = Counter()
    for anomaly in disclosure.facts.anomalies:
        quote = "".join(anomaly.span.quote.split())
        key = short_hash("\n".join((anomaly.kind, quote, *sorted(anomaly.about))))
        known[key] += 1
        parts = (key, str(known[key])) if known[key] > 1 else (key,)
        yield disclosure.own("ano", *parts), anomaly


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
