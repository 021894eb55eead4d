"""Quads: the facts of a document as RDF, in three named graphs of its own.

`graph/doc/…` holds what the document says, each fact with its span; `graph/derived/…` what we
conclude; `graph/quality/…` what does not add up. Ingesting a document again replaces exactly these.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pyoxigraph import NamedNode, Quad, Triple

from ingest.facts import DocumentFacts
from ingest.identifiers import document_graphs
from ingest.quads.baselines import baseline_triples
from ingest.quads.changes import change_triples, counteracting_triples
from ingest.quads.counts import count_triples
from ingest.quads.coverage import coverage_triples
from ingest.quads.disclosure import Disclosure
from ingest.quads.documents import data_set_triples, document_triples
from ingest.quads.explained import explained_triples
from ingest.quads.functions import function_triples, purpose_triples, theme_triples
from ingest.quads.funding_flows import funding_flow_triples
from ingest.quads.glossary import glossary_triples
from ingest.quads.observations import observation_triples
from ingest.quads.organizations import organization_triples
from ingest.quads.performance import judgement_triples, project_triples, summary_triples
from ingest.quads.privacy import check_literal
from ingest.quads.profile import profile_triples
from ingest.quads.project_money import project_money_triples
from ingest.quads.provenance import extraction_triples, graph_triples
from ingest.quads.quality import anomaly_triples
from ingest.quads.reasons import cause_triples, reason_triples
from ingest.quads.suggestions import wording_triples
from ingest.quads.unlisted import unlisted_class_triples
from ontology.namespaces import DEFAULT_BASE

Writer = Callable[[Disclosure], Iterator[Triple]]
ASSERTED: tuple[Writer, ...] = (
    extraction_triples,
    document_triples,
    data_set_triples,
    organization_triples,
    function_triples,
    observation_triples,
    unlisted_class_triples,
    change_triples,
    reason_triples,
    count_triples,
    summary_triples,
    project_triples,
    project_money_triples,
    glossary_triples,
)
DERIVED: tuple[Writer, ...] = (
    baseline_triples,
    theme_triples,
    wording_triples,
    purpose_triples,
    funding_flow_triples,
    profile_triples,
    cause_triples,
    counteracting_triples,
    explained_triples,
    judgement_triples,
)
QUALITY: tuple[Writer, ...] = (anomaly_triples, coverage_triples)


def make_quads(
    facts: DocumentFacts, text: str, *, base: str = DEFAULT_BASE, program_version: str
) -> Iterator[Quad]:
    """The quads of one document: the same facts give the same set, in any order of the facts.

    A triple stands in the first of the three graphs that needs it (a sentence that an anomaly is
    about is described with the facts that it states), so the three are to be read together.

    Args:
        facts: what was read in the document.
        text: the document text that the spans of the facts count in.
        base: the base IRI, with its final slash.
        program_version: the version of the pipeline, for the provenance.

    Raises:
        SpanError: a fact does not quote the text at its offsets.
        NamespaceError: the base is no absolute IRI that ends with a slash.
        UnitError: an amount is in an unknown unit of money.
        PersonalDataError: contact data would enter the graph.
    """
    disclosure = Disclosure(facts, text, base, program_version)
    names = document_graphs(base, disclosure.identifier)
    seen: set[Triple] = set()
    for name, writers in zip(names, (ASSERTED, DERIVED, QUALITY), strict=True):
        graph = NamedNode(name)
        for triple in graph_content(disclosure, graph, writers):
            if triple not in seen:
                seen.add(triple)
                check_literal(triple)
                yield Quad(triple.subject, triple.predicate, triple.object, graph)


def graph_content(
    disclosure: Disclosure, graph: NamedNode, writers: tuple[Writer, ...]
) -> Iterator[Triple]:
    """All triples of one graph, its provenance first."""
    yield from graph_triples(disclosure, graph)
    for write in writers:
        yield from write(disclosure)
