"""The theme scheme as SKOS: groups on top, themes below with cues and examples, facets marked."""

from __future__ import annotations

import pytest
from pyoxigraph import RdfFormat, serialize
from rdflib import SKOS, Graph, Literal, URIRef
from rdflib.term import Node

from ontology.meanings import theme_triples
from ontology.namespaces import Namespaces
from ontology.terms import GL
from ontology.themes import THEME_GROUPS, THEMES, THEMES_BY_ID

SCHEME = URIRef(Namespaces().scheme("theme"))


@pytest.fixture(scope="module")
def scheme() -> Graph:
    triples = serialize(theme_triples(Namespaces()), format=RdfFormat.N_TRIPLES)
    return Graph().parse(data=triples, format="nt")


def notation(concept: Node) -> str:
    return str(concept).rpartition("/")[2]


def languages(scheme: Graph, concept: Node) -> list[str]:
    labels = scheme.objects(concept, SKOS.prefLabel)
    return sorted(str(label.language) for label in labels if isinstance(label, Literal))


def test_groups_are_on_top_and_every_theme_lies_under_one(scheme: Graph) -> None:
    groups = set(scheme.subjects(SKOS.topConceptOf, SCHEME))
    themes = set(scheme.subjects(SKOS.broader))
    assert {notation(group) for group in groups} == {group.id for group in THEME_GROUPS}
    assert {notation(theme) for theme in themes} == set(THEMES_BY_ID)
    assert {scheme.value(theme, SKOS.broader) for theme in themes} == groups
    assert set(scheme.subjects(SKOS.inScheme, SCHEME)) == groups | themes
    for concept in groups | themes:
        assert languages(scheme, concept) == ["en", "zh"], concept


def test_themes_tell_what_they_cover_their_cues_and_examples(scheme: Graph) -> None:
    for theme in scheme.subjects(SKOS.broader):
        assert scheme.value(theme, SKOS.scopeNote)
        assert len(set(scheme.objects(theme, SKOS.example))) >= 3
        cues = {str(cue) for cue in scheme.objects(theme, SKOS.hiddenLabel)}
        assert cues == set(THEMES_BY_ID[notation(theme)].cues)


def test_facets_are_marked(scheme: Graph) -> None:
    facets = {notation(theme) for theme in scheme.subjects(URIRef(GL.tier), Literal("facet"))}
    assert facets == {theme.id for theme in THEMES if not theme.is_sharable}
