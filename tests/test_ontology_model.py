"""The model: every term has its words in both languages, and every IRI it uses resolves."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import CanonicalizationAlgorithm, Dataset, NamedNode, RdfFormat, parse
from rdflib import OWL, RDF, RDFS, SKOS, Graph, Literal, Namespace, URIRef
from rdflib.compare import isomorphic
from rdflib.term import Node

from ontology.codes import code_list_names
from ontology.generate import TERMS_FILE, main, term_names, terms_source, vocabulary_turtle
from ontology.namespaces import DEFAULT_BASE, REUSED_PREFIXES, NamespaceError, Namespaces
from ontology.terms import GL
from ontology.turtle import model_files, model_triples
from ontology.vocabulary import vocabulary_quads

QB = Namespace(REUSED_PREFIXES["qb"])
NS = Namespaces()
CUBES = {"fiscal": 8, "count": 4, "project": 5}


@pytest.fixture(scope="module")
def model() -> Graph:
    graph = Graph()
    for file in model_files():
        graph.parse(data=file.read_text(encoding="utf-8"), format="turtle")
    return graph


def terms(model: Graph) -> list[URIRef]:
    return [URIRef(NS.term(name)) for name in term_names()]


def languages(model: Graph, term: Node, predicate: URIRef) -> list[str]:
    values = (value for value in model.objects(term, predicate) if isinstance(value, Literal))
    return sorted(str(value.language) for value in values)


@pytest.mark.parametrize("predicate", [RDFS.label, SKOS.definition])
def test_model_terms_have_label_and_definition_in_both_languages(
    model: Graph, predicate: URIRef
) -> None:
    lacking = [term for term in terms(model) if languages(model, term, predicate) != ["en", "zh"]]
    assert lacking == []


def test_model_terms_are_classes_or_properties(model: Graph) -> None:
    kinds = {OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty}
    for term in terms(model):
        assert len(kinds & set(model.objects(term, RDF.type))) == 1, term


def test_model_classes_are_upper_and_properties_lower_camel(model: Graph) -> None:
    for term in terms(model):
        is_class = (term, RDF.type, OWL.Class) in model
        assert term.removeprefix(NS.terms)[0].isupper() == is_class, term


@pytest.mark.parametrize(
    "predicate", [RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range]
)
def test_model_superclasses_domains_and_ranges_resolve(model: Graph, predicate: URIRef) -> None:
    known, reused = set(terms(model)), tuple(REUSED_PREFIXES.values())
    for term in model.objects(None, predicate):
        assert term in known or str(term).startswith(reused), term


def test_model_terms_are_defined_once(model: Graph) -> None:
    ontology = URIRef(f"{DEFAULT_BASE}ns")
    defined = [
        line
        for file in model_files()
        for line in file.read_text(encoding="utf-8").splitlines()
        if line.startswith("gl:")
    ]
    assert len(defined) == len(term_names())
    assert set(model.subjects(RDFS.isDefinedBy, ontology)) == set(terms(model))


def test_model_code_lists_exist(model: Graph) -> None:
    lists = {URIRef(NS.scheme(listed.name)) for listed in code_list_names()}
    assert set(model.objects(None, QB.codeList)) <= lists


def test_every_coded_dimension_has_a_code_list(model: Graph) -> None:
    """Data Cube IC-5, and IC-4: a dimension has a range."""
    for dimension in model.subjects(RDF.type, QB.DimensionProperty):
        assert model.value(dimension, RDFS.range) is not None
        if model.value(dimension, RDFS.range) == SKOS.Concept:
            assert model.value(dimension, QB.codeList) is not None, dimension


@pytest.mark.parametrize("cube", CUBES)
def test_structure_has_its_dimensions_and_one_measure(model: Graph, cube: str) -> None:
    components = list(model.objects(URIRef(NS.structure(cube)), QB.component))
    dimensions = [model.value(component, QB.dimension) for component in components]
    measures = [model.value(component, QB.measure) for component in components]
    assert len([d for d in dimensions if d]) == CUBES[cube]
    assert len([m for m in measures if m]) == 1
    for found, kind in ((dimensions, QB.DimensionProperty), (measures, QB.MeasureProperty)):
        assert all((term, RDF.type, kind) in model for term in found if term)


@pytest.mark.parametrize("file", model_files(), ids=lambda file: file.name)
def test_turtle_reads_the_same_in_rdflib_and_oxigraph(file: Path) -> None:
    turtle = file.read_text(encoding="utf-8")
    dataset = Dataset(parse(turtle.encode(), RdfFormat.TURTLE))
    dataset.canonicalize(CanonicalizationAlgorithm.UNSTABLE)
    lines = "".join(f"{quad.triple} .\n" for quad in dataset)
    through_oxigraph = Graph().parse(data=lines, format="nt")
    assert isomorphic(Graph().parse(data=turtle, format="turtle"), through_oxigraph)


def test_term_constants_are_up_to_date() -> None:
    assert TERMS_FILE.read_text(encoding="utf-8") == terms_source()
    assert GL.FiscalObservation == NS.term("FiscalObservation")


def test_vocabulary_is_the_same_bytes_on_every_run(tmp_path: Path) -> None:
    before = TERMS_FILE.read_bytes()
    main([str(tmp_path)])
    assert TERMS_FILE.read_bytes() == before
    assert (tmp_path / "vocabulary.ttl").read_bytes() == vocabulary_turtle()


def test_vocabulary_stands_in_one_graph_without_duplicates_or_blank_nodes() -> None:
    quads = list(vocabulary_quads())
    assert len(quads) == len(set(quads))
    assert {str(quad.graph_name) for quad in quads} == {f"<{NS.graph('ontology')}>"}
    assert not any("_:" in str(quad.subject) + str(quad.object) for quad in quads)


def test_vocabulary_moves_to_another_base_whole() -> None:
    base = "https://example.org/data/"
    moved = [str(quad) for quad in vocabulary_quads(base)]
    assert sorted(line.replace(base, DEFAULT_BASE) for line in moved) == sorted(
        str(quad) for quad in vocabulary_quads()
    )
    assert not any(DEFAULT_BASE in line for line in moved)


def test_vocabulary_concepts_hold_together() -> None:
    graph = Graph().parse(data=vocabulary_turtle(), format="turtle")
    concepts = set(graph.subjects(RDF.type, SKOS.Concept))
    schemes = set(graph.subjects(RDF.type, SKOS.ConceptScheme))
    assert set(graph.objects(None, SKOS.broader)) <= concepts
    assert set(graph.objects(None, SKOS.inScheme)) <= schemes
    assert all(list(graph.objects(concept, SKOS.inScheme)) for concept in concepts)
    assert all("zh" in languages(graph, concept, SKOS.prefLabel) for concept in concepts)


def test_vocabulary_uses_terms_of_the_model_only() -> None:
    known = {NS.term(name) for name in term_names()}
    used = {
        term.value
        for quad in vocabulary_quads()
        for term in (quad.predicate, quad.object)
        if isinstance(term, NamedNode) and term.value.startswith(NS.terms)
    }
    assert used and used <= known


def test_model_triples_are_as_many_as_written(model: Graph) -> None:
    assert len(set(model_triples())) == len(model)


@pytest.mark.parametrize("base", ["", "example.org/", "https://example.org"])
def test_base_that_is_no_absolute_iri_with_a_slash_is_refused(base: str) -> None:
    with pytest.raises(NamespaceError, match=r"should be an absolute IRI"):
        Namespaces(base)
