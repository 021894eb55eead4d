"""The validator against pyshacl: every constraint component, and graphs that are damaged at random."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path
from zlib import crc32

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from pyoxigraph import Quad, RdfFormat, parse, serialize
from rdflib import RDF, SH, XSD, Graph, Literal, URIRef
from rdflib.term import Node

from guanlian.files import find_files
from ingest.pipeline import ReadDocument, read_document
from ontology.namespaces import DEFAULT_BASE
from ontology.shacl import ShapesError, Validator
from tests.conftest import SAMPLES
from tests.shacl_oracle import (
    Found,
    beside_vocabulary,
    found_by_oracle,
    found_by_us,
    plain,
    project_shapes,
)
from tests.test_shapes import good_graph

PREFIXES = """
@prefix : <http://example.org/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
DATA = f"""{PREFIXES}
:Small rdfs:subClassOf :Thing .
:a a :Thing ; :p 1 , 2.5 , "text" , "Text"@en , "Wort"@de , "mot"@en , :b ; :q :b , 2.5 ; :one 7 .
:b a :Small ; :p "abc"^^xsd:integer , 1e3 , "2020"^^xsd:gYear , _:node ; :next :c ; :flag true .
:c a :Thing ; :next :d ; :p "line\\n" , "", :a .
:d a :Thing ; :q "x"@en-GB , "-5"^^xsd:integer .
_:node a :Other ; :p :c .
"""
#: What a property shape for :p, or a node shape where it begins with "!", says: one component each.
CONSTRAINTS = [
    "sh:class :Thing", "sh:class :Small , :Thing", "sh:datatype xsd:integer", "sh:datatype rdf:langString",
    "sh:datatype xsd:gYear", "sh:nodeKind sh:IRI", "sh:nodeKind sh:BlankNodeOrLiteral",
    "sh:nodeKind sh:BlankNode", "sh:minCount 1", "sh:minCount 4", "sh:maxCount 0", "sh:maxCount 3",
    "sh:minExclusive 1", "sh:minInclusive 1", "sh:maxExclusive 2.5", "sh:maxInclusive 2.5",
    "sh:minLength 3", "sh:maxLength 4", "sh:pattern 't$'", "sh:pattern '^T' ; sh:flags 'i'",
    "sh:pattern 'http'", "sh:languageIn ( 'en' 'fr' )", "sh:uniqueLang true", "sh:uniqueLang false",
    "sh:equals :q", "sh:disjoint :q", "sh:hasValue :b", "sh:hasValue 2.5", "sh:in ( 1 :b :c 'text' )",
    "sh:node [ sh:class :Thing ]", "sh:node [ sh:property [ sh:path :q ; sh:minCount 1 ] ]",
    "sh:not [ sh:nodeKind sh:Literal ]", "sh:and ( [ sh:nodeKind sh:IRI ] [ sh:class :Thing ] )",
    "sh:or ( [ sh:datatype xsd:integer ] [ sh:nodeKind sh:IRI ] )",
    "sh:xone ( [ sh:nodeKind sh:Literal ] [ sh:minLength 3 ] )",
    "sh:property [ sh:path :p ; sh:maxCount 2 ]", "sh:minCount 9 ; sh:severity sh:Warning",
    "sh:minCount 9 ; sh:deactivated true",
    "!sh:class :Small", "!sh:nodeKind sh:IRI ; sh:minLength 21",
    "!sh:not [ sh:property [ sh:path :p ; sh:minCount 1 ] ] ; sh:severity sh:Info",
]  # fmt: skip
TARGETS = [
    "sh:targetClass :Thing", "sh:targetClass :Small , :Other", "sh:targetNode :a , :d , :nowhere , 'text'",
    "sh:targetSubjectsOf :q", "sh:targetObjectsOf :q", "a rdfs:Class",
]  # fmt: skip
PATHS = [
    ":p", "( :next :p )", "[ sh:inversePath :next ]", "[ sh:alternativePath ( :p :q ) ]",
    "( [ sh:inversePath :p ] :next )",
    "[ sh:inversePath [ sh:alternativePath ( :next :q ) ] ]",
]  # fmt: skip
SELECT = "sh:sparql [ sh:message '{?value} of {$this}' ; sh:prefixes :o ; sh:select '''%s''' ]"
QUERIES = [
    "SELECT $this ?value WHERE { $this e:p ?value . FILTER (isIRI(?value)) }",
    "SELECT $this WHERE { FILTER NOT EXISTS { $this e:q ?any } }",
    "SELECT $this ?value WHERE { OPTIONAL { $this e:next ?value } FILTER (!BOUND(?value)) }",
    "SELECT $this (COUNT(?v) AS ?value) WHERE { $this e:p ?v } GROUP BY $this HAVING (COUNT(?v) > 3)",
    "SELECT $this ?value ?path WHERE { $this e:q ?value . BIND (e:q AS ?path) }",
]
UNSUPPORTED = {
    "sh:lessThan :q": "sh:lessThan is not supported",
    "sh:qualifiedValueShape [ sh:class :Thing ] ; sh:qualifiedMinCount 1": "sh:qualified",
    "sh:closed true": "sh:closed is not supported",
    "sh:js [ ]": "sh:js is not supported",
    "sh:minInclusive '2020'^^xsd:gYear": "it is no number",
    "sh:datatype xsd:duration": "its forms are not known",
    "sh:pattern '\\\\p{Lu}'": "is not supported",
    "sh:pattern 'a' ; sh:flags 'q'": "sh:flags q is not supported",
    "sh:minCount 'one'": "not a whole number",
    "sh:nodeKind :Stone": "is none of",
    "sh:severity :Grave": "is none of",
    "sh:or ()": "no list of shapes",
    SELECT % "SELECT $this WHERE { { $this e:p 1 } UNION { $this e:q 1 } }": "UNION",
    SELECT
    % "SELECT $this WHERE { $this e:p ?v { SELECT ?v WHERE { ?v e:q 1 } } }": "not exactly one SELECT",
    SELECT % "SELECT (COUNT(?v) AS ?n) WHERE { $this e:p ?v }": "GROUP BY $this",
    SELECT % "SELECT $this WHERE { $this e:p ?v } LIMIT 1": "LIMIT",
    SELECT % "SELECT $this WHERE { $this $PATH ?v }": "$PATH",
    SELECT % "SELECT ?v WHERE { $this e:p ?v }": "does not give $this",
    SELECT % "SELECT $this WHERE { $this e:p }": "is no SPARQL",
    "sh:property [ sh:minCount 1 ]": "has no sh:path",
    "sh:property [ sh:path [ sh:zeroOrMorePath :p ] ; sh:minCount 1 ]": "zeroOrMorePath",
    "sh:node :shape": "refers to itself",
    "sh:node [ sh:sparql [ sh:select 'SELECT $this WHERE { $this ?p ?o }' ] ]": "sh:sparql",
}


def shapes_graph(constraint: str, target: str = TARGETS[0], path: str = ":p") -> Graph:
    """A shapes graph of one constraint."""
    is_node_shape = constraint.startswith("!")
    about = constraint[1:] if is_node_shape else f"sh:property [ sh:path {path} ; {constraint} ]"
    return Graph().parse(data=node_shape(about, target), format="turtle")


def node_shape(about: str, target: str = TARGETS[0]) -> str:
    declared = "[ sh:prefix 'e' ; sh:namespace 'http://example.org/'^^xsd:anyURI ]"
    return f"{PREFIXES} :o sh:declare {declared} . :shape a sh:NodeShape ; {target} ; {about} ."


def assert_same(data: Graph, shapes: Graph) -> Counter[Found]:
    found = found_by_us(data, shapes)
    assert found == found_by_oracle(data, shapes)
    return found


@pytest.fixture
def data() -> Graph:
    return Graph().parse(data=DATA, format="turtle")


@pytest.mark.parametrize("constraint", CONSTRAINTS)
def test_component_finds_what_the_oracle_finds(data: Graph, constraint: str) -> None:
    assert_same(data, shapes_graph(constraint))


@pytest.mark.parametrize("target", TARGETS)
def test_target_selects_what_the_oracle_selects(data: Graph, target: str) -> None:
    assert_same(data, shapes_graph("sh:maxCount 0", target))


@pytest.mark.parametrize("path", PATHS)
def test_path_leads_where_the_oracle_goes(data: Graph, path: str) -> None:
    assert assert_same(data, shapes_graph("sh:nodeKind sh:BlankNode", path=path))


@pytest.mark.parametrize("query", QUERIES)
def test_query_over_all_focus_nodes_finds_what_the_oracle_finds_one_by_one(
    data: Graph, query: str
) -> None:
    shapes = Graph().parse(data=node_shape(SELECT % query), format="turtle")
    assert assert_same(data, shapes)


def test_path_back_over_a_sequence_takes_its_steps_from_the_end(data: Graph) -> None:
    # pyshacl takes them from the beginning, so it is no oracle here: b next c, and c p a.
    shapes = shapes_graph("sh:nodeKind sh:Literal", path="[ sh:inversePath ( :next :p ) ]")
    example = "http://example.org/"
    (found,) = found_by_us(data, shapes)
    assert (found.focus[1], found.value) == (f"{example}a", ("iri", f"{example}b", "", ""))
    assert found.path == f"^(<{example}next>/<{example}p>)"


def test_pattern_ends_where_the_string_ends(data: Graph) -> None:
    # Python's $ also stands before a last line end, XPath's does not: here pyshacl is no oracle.
    found = found_by_us(data, shapes_graph("sh:pattern 'line$'"))
    assert ("literal", "line\n", "", "") in {one.value for one in found}


@pytest.mark.parametrize("about", UNSUPPORTED)
def test_what_is_not_supported_is_refused_by_name_when_the_shapes_are_read(about: str) -> None:
    text = node_shape(about)
    triples = [quad.triple for quad in parse(text, format=RdfFormat.TURTLE)]
    with pytest.raises(ShapesError) as refused:
        Validator(triples)
    assert UNSUPPORTED[about] in str(refused.value)
    assert "http://example.org/shape" in str(refused.value)


def test_messages_of_queries_name_the_values(data: Graph) -> None:
    text = node_shape(SELECT % QUERIES[0])
    validator = Validator(quad.triple for quad in parse(text, format=RdfFormat.TURTLE))
    report = validator.validate(parse(DATA, format=RdfFormat.TURTLE))
    assert "http://example.org/b of http://example.org/a" in {one.message for one in report.results}


# --- Real documents


def thinned(path: Path, every: int) -> Graph:
    """The graphs of a document, of which every so many subjects are left: pyshacl takes long."""
    read = read_document(path, DEFAULT_BASE, "0")
    assert isinstance(read, ReadDocument)
    kept = (quad.triple for quad in read.quads if is_kept(quad, every))
    text = serialize(kept, format=RdfFormat.N_TRIPLES)
    return Graph().parse(data=text, format="nt")


def is_kept(quad: Quad, every: int) -> bool:
    """Whether the subject is one of those that are left, whatever process asks; what all others are
    about stays."""
    kinds = ("/org/", "/doc/", "/dataset/")
    name = str(quad.subject)
    return crc32(name.encode()) % every == 0 or (
        "#" not in name and any(kind in name for kind in kinds)
    )


@pytest.mark.parametrize("path", find_files([str(SAMPLES)]), ids=lambda path: path.stem)
def test_sample_has_the_results_that_the_oracle_finds(path: Path) -> None:
    graph = beside_vocabulary(thinned(path, every=16))
    found = found_by_us(graph)
    assert found == found_by_oracle(graph)
    assert found, "leaving subjects out should break something"


# --- Damage at random


ODD: list[Node] = [
    Literal("0.5", datatype=XSD.decimal), Literal("7", datatype=XSD.integer), Literal("x", lang="zh"),
    Literal("y", lang="en"), Literal("plain"), Literal("2020", datatype=XSD.gYear), URIRef("http://a/b"),
]  # fmt: skip
# Shrinking asks pyshacl hundreds of times.
DAMAGE = settings(
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow],
)


@st.composite
def damaged_graphs(draw: st.DrawFn, *, keeps_kinds: bool) -> Graph:
    """The sound graph with triples taken away, repeated with another value, or with their value changed;
    to a value of the same property, or to any."""
    graph = good_graph()
    triples = sorted(graph)
    values = sorted({value for _, predicate, value in triples if predicate != RDF.type}, key=plain)
    for _ in range(draw(st.integers(1, 6))):
        subject, predicate, value = draw(st.sampled_from(triples))
        alike = sorted(set(good_graph().objects(None, predicate)), key=plain)
        others = alike if keeps_kinds else [*values, *ODD]
        kind = draw(st.sampled_from(["remove", "repeat", "change"]))
        if kind != "repeat":
            graph.remove((subject, predicate, value))
        if kind != "remove":
            graph.add((subject, predicate, draw(st.sampled_from(others))))
    return graph


@cache
def core_shapes() -> Graph:
    """The shapes without their queries: rdflib computes with strings where SPARQL has an error, and
    fails at a sum of them."""
    shapes = Graph()
    for triple in project_shapes():
        if triple[1] != SH.sparql:
            shapes.add(triple)
    return shapes


@settings(DAMAGE, max_examples=20)
@given(damaged_graphs(keeps_kinds=False))
def test_damaged_graph_has_the_results_that_the_oracle_finds(graph: Graph) -> None:
    beside = beside_vocabulary(graph)
    assert found_by_us(beside, core_shapes()) == found_by_oracle(beside, core_shapes())


@settings(DAMAGE, max_examples=10)
@given(damaged_graphs(keeps_kinds=True))
def test_damaged_graph_has_the_results_of_queries_that_the_oracle_finds(graph: Graph) -> None:
    beside = beside_vocabulary(graph)
    assert found_by_us(beside) == found_by_oracle(beside)
