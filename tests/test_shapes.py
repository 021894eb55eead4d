"""The shapes: a sound graph conforms, and each shape finds its own kind of break."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest
from pyshacl import validate
from rdflib import RDF, SH, Graph, URIRef
from rdflib.term import Node

from ontology.codes import code_list
from ontology.generate import term_names
from ontology.namespaces import DEFAULT_BASE, Namespaces
from ontology.turtle import model_triples, shapes_turtle

NS = Namespaces()
SHAPES = Graph().parse(data=shapes_turtle(), format="turtle")
GLS = f"{DEFAULT_BASE}shapes#"
SHAPE_NAMES = sorted(
    shape.removeprefix(GLS)
    for shape in SHAPES.subjects(RDF.type, SH.NodeShape)
    if isinstance(shape, URIRef)
)
PREFIXES = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in NS.prefixes().items())

GOOD = f"""{PREFIXES}
BASE <{DEFAULT_BASE}id/>

<doc/a> a gl:DisclosureDocument ; dcterms:title "示例局2023年度部门决算公开"@zh ;
    gl:disclosedBy <org/000000-00000001> ; gl:fiscalYearOf "2023"^^xsd:gYear ;
    gl:documentScope scope:department ; gl:documentKind document-kind:final-accounts ;
    gl:hasText <doc/a/text/1> .
<doc/a/text/1> a gl:DocumentText ; gl:textOf <doc/a> ; gl:charCount 20 ;
    gl:sha256 "{"0" * 64}" .
<span/1> a gl:TextSpan ; oa:hasSource <doc/a/text/1> ; gl:text "支出合计"@zh ;
    oa:hasSelector <span/1/position> , <span/1/quote> .
<span/1/position> oa:start 3 ; oa:end 7 .
<span/1/quote> oa:exact "支出合计" .

<org/000000-00000001> a gl:PublicBody ; skos:prefLabel "示例局"@zh ; gl:division <div/0> ;
    gl:hasInternalOffice <office/1> .
<div/0> a gl:AdministrativeDivision ; gl:divisionCode "000000" ; skos:prefLabel "示例市"@zh .
<office/1> a gl:InternalOffice ; skos:prefLabel "办公室"@zh .
<event/1> a org:ChangeEvent ; dcterms:date "2019"^^xsd:gYear ; gl:statedIn <span/1> ;
    org:originalOrganization <org/000000-00000002> ;
    org:resultingOrganization <org/000000-00000001> .
<org/000000-00000002> a gl:PublicBody ; skos:prefLabel "示例处"@zh ; gl:division <div/0> .

<fn/1> a gl:FunctionStatement ; gl:functionOf <org/000000-00000001> ; gl:ordinal 1 ;
    gl:text "负责示例工作。"@zh ; gl:statedIn <span/1> .
<ta/1> a gl:ThemeAssignment ; gl:assignedTo <fn/1> ; gl:assignedTheme theme:reform ;
    gl:score 1.0 ; gl:method method:cue-rule .
<sim/1> a gl:SimilarityLink ; gl:left <fn/1> ; gl:right <fn/2> ; gl:score 0.5 ;
    gl:method method:jaccard-char3 .

<set/1> a qb:DataSet .
<obs/1> a gl:FiscalObservation ; qb:dataSet <set/1> ; gl:organization <org/000000-00000001> ;
    gl:scope scope:department ; gl:fiscalYear "2023"^^xsd:gYear ; gl:phase phase:final ;
    gl:fund fund:general ; gl:flow flow:expenditure ; gl:item item:total ; gl:nature nature:all ;
    gl:amount 1100000.0 ; gl:basis basis:stated-text ; gl:statedIn <span/1> .
<obs/2> a gl:FiscalObservation ; qb:dataSet <set/1> ; gl:organization <org/000000-00000001> ;
    gl:scope scope:department ; gl:fiscalYear "2023"^^xsd:gYear ; gl:phase phase:final ;
    gl:fund fund:general ; gl:flow flow:expenditure ; gl:item item:func-201 ;
    gl:nature nature:all ; gl:amount 1100000.0 ; gl:basis basis:stated-text ;
    gl:statedIn <span/1> .
<obs/3> a gl:CountObservation ; qb:dataSet <set/2> ; gl:organization <org/000000-00000001> ;
    gl:scope scope:department ; gl:fiscalYear "2023"^^xsd:gYear ;
    gl:countItem count-item:vehicles ; gl:count 2 ; gl:unit unit:vehicle ; gl:statedIn <span/1> .
<obs/4> a gl:ProjectObservation ; qb:dataSet <set/3> ; gl:organization <org/000000-00000001> ;
    gl:scope scope:department ; gl:fiscalYear "2023"^^xsd:gYear ; gl:phase phase:executed ;
    gl:project <prj/1> ; gl:amount 200000.0 ; gl:basis basis:stated-table ; gl:statedIn <span/1> .
<mention/1> a gl:Mention ; oa:hasBody <obs/1> ; oa:hasTarget <span/1> ; gl:statedValue 110.00 ;
    gl:statedUnit unit:wanyuan .

<chg/1> a gl:Change ; gl:current <obs/1> ; gl:baselineKind baseline:previous-final ;
    gl:direction direction:increase ; gl:delta 100000.0 ; gl:percent 10.0 ; gl:statedIn <span/1> ;
    gl:reason <rsn/1> .
<rsn/1> a gl:ReasonStatement ; gl:text "人员增加"@zh ; gl:textKey "0123abcd" ;
    gl:statedIn <span/1> ; gl:cause cause:staff.increase .
cause:staff a gl:Cause ; skos:prefLabel "人员"@zh , "Staff"@en .
cause:staff.increase a gl:Cause ; skos:broader cause:staff ;
    skos:prefLabel "人员增加"@zh , "More staff"@en .

<prj/1> a gl:Project ; skos:prefLabel "示例项目"@zh ; gl:managedBy <org/000000-00000001> .
<asm/1> a gl:SelfAssessment ; gl:assesses <prj/1> ; gl:fiscalYearOf "2023"^^xsd:gYear ;
    gl:statedIn <span/1> ; gl:executionWeight 10.0 ; gl:hasIndicator <ind/1> .
<ind/1> a gl:IndicatorResult ; gl:indicatorName "办结率"@zh ; gl:weight 90.0 ;
    gl:indicatorScore 90.0 .
<perf/1> a gl:PerformanceSummary ; gl:organization <org/000000-00000001> ;
    gl:assessedProjects 1 ; gl:statedIn <span/1> .
<def/1> a gl:TermDefinition ; gl:definesTerm <term/1> ; gl:text "指示例。"@zh ;
    gl:statedIn <span/1> .
<term/1> a gl:Term .
<ano/1> a gl:Anomaly ; gl:anomalyType anomaly:percent ; gl:severity severity:error ;
    gl:origin origin:unknown ; gl:review review:unreviewed ; oa:hasTarget <span/1> ;
    oa:hasBody <ano/1/why> ; oa:motivatedBy dqv:qualityAssessment .
"""

# A shape: SPARQL updates that each break it, and nothing that it does not mean to find.
BREAKS: Mapping[str, tuple[str, ...]] = {
    "Document": (
        "DELETE WHERE { <doc/a> dcterms:title ?o }",
        "DELETE WHERE { <doc/a> gl:documentKind ?o }",
        "INSERT DATA { <doc/a> gl:fiscalYearOf '2022'^^xsd:gYear }",
    ),
    "Text": (
        "DELETE WHERE { <doc/a/text/1> gl:sha256 ?o }",
        "INSERT DATA { <doc/a/text/1> gl:sha256 'abc' }",
    ),
    "Span": (
        "DELETE WHERE { <span/1> oa:hasSource ?o }",
        "DELETE { ?s oa:end 7 } INSERT { ?s oa:end 8 } WHERE { ?s oa:end 7 }",
        "DELETE { ?s oa:exact ?o } INSERT { ?s oa:exact '收入合计' } WHERE { ?s oa:exact ?o }",
        "DELETE { ?s gl:charCount 20 } INSERT { ?s gl:charCount 5 } WHERE { ?s gl:charCount 20 }",
        "DELETE { ?s gl:text ?o } INSERT { ?s gl:text '联系电话'@zh } WHERE { ?s oa:hasSource ?x }",
    ),
    "Body": (
        "INSERT DATA { <org/x> a gl:PublicBody ; skos:prefLabel '某'@zh ; gl:division <div/0> }",
        "DELETE WHERE { <org/000000-00000001> gl:division ?o }",
        "INSERT DATA { <org/000000-00000001> skos:prefLabel '另名'@zh }",
    ),
    "Division": ("INSERT DATA { <div/0> gl:divisionCode '12' }",),
    "ChangeEvent": (
        "DELETE WHERE { <event/1> org:originalOrganization ?o }",
        "DELETE WHERE { <event/1> org:resultingOrganization ?o }",
        "INSERT DATA { <event/1> dcterms:date '2020'^^xsd:gYear }",
        "DELETE WHERE { <event/1> gl:statedIn ?o }",
    ),
    "InternalOffice": ("DELETE WHERE { ?s gl:hasInternalOffice ?o }",),
    "Function": (
        "DELETE WHERE { <fn/1> gl:functionOf ?o }",
        "DELETE WHERE { <fn/1> gl:statedIn ?o }",
    ),
    "Assignment": (
        "DELETE WHERE { <ta/1> gl:assignedTheme ?o }",
        "DELETE { <ta/1> gl:score ?o } INSERT { <ta/1> gl:score 1.5 } WHERE { <ta/1> gl:score ?o }",
    ),
    "Similarity": (
        "DELETE WHERE { <sim/1> gl:right ?o } ; INSERT DATA { <sim/1> gl:right <fn/1> }",
    ),
    "FiscalObservation": (
        "DELETE WHERE { <obs/1> gl:fund ?o }",
        "INSERT DATA { <obs/1> gl:fund fund:fiscal }",
        "DELETE { <obs/1> gl:flow ?o ; gl:nature ?n } INSERT { <obs/1> gl:flow flow:income ; "
        "gl:nature nature:basic } WHERE { <obs/1> gl:flow ?o ; gl:nature ?n }",
        "DELETE { <obs/1> gl:basis ?o } INSERT { <obs/1> gl:basis basis:derived } "
        "WHERE { <obs/1> gl:basis ?o }",
        "DELETE WHERE { <obs/1> gl:statedIn ?o }",
        "DELETE { <obs/2> gl:item ?o } INSERT { <obs/2> gl:item item:total } "
        "WHERE { <obs/2> gl:item ?o }",
    ),
    "CountObservation": (
        "DELETE WHERE { <obs/3> gl:unit ?o }",
        "DELETE { <obs/3> gl:count ?o } INSERT { <obs/3> gl:count -1 } WHERE { <obs/3> gl:count ?o }",
    ),
    "ProjectObservation": ("DELETE WHERE { <obs/4> gl:project ?o }",),
    "CodeList": (
        "DELETE { <obs/1> gl:fund ?o } INSERT { <obs/1> gl:fund fund:lottery } "
        "WHERE { <obs/1> gl:fund ?o }",
    ),
    "Mention": (
        "DELETE WHERE { <mention/1> gl:statedValue ?o }",
        "DELETE WHERE { <mention/1> oa:hasTarget ?o }",
    ),
    "MentionUnit": ("DELETE WHERE { <mention/1> gl:statedUnit ?o }",),
    "Change": (
        "DELETE WHERE { <chg/1> gl:baselineKind ?o }",
        "DELETE { <chg/1> gl:delta ?o } INSERT { <chg/1> gl:delta '-1.0'^^xsd:decimal } "
        "WHERE { <chg/1> gl:delta ?o }",
    ),
    "ChangePercent": (
        "DELETE { <chg/1> gl:percent ?o } INSERT { <chg/1> gl:percent 9.09 } "
        "WHERE { <chg/1> gl:percent ?o }",
    ),
    "ChangeZeroBase": (
        "DELETE { <chg/1> gl:delta ?o } INSERT { <chg/1> gl:delta 1100000.0 } "
        "WHERE { <chg/1> gl:delta ?o }",
    ),
    "ChangeReason": ("DELETE WHERE { <chg/1> gl:reason ?o }",),
    "Reason": ("DELETE WHERE { <chg/1> gl:reason ?o }", "DELETE WHERE { <rsn/1> gl:text ?o }"),
    "ReasonCause": ("DELETE WHERE { <rsn/1> gl:cause ?o }",),
    "Cause": (
        "INSERT DATA { cause:staff skos:broader cause:all }",
        "DELETE DATA { cause:staff skos:prefLabel 'Staff'@en }",
    ),
    "Project": ("DELETE WHERE { <prj/1> gl:managedBy ?o }",),
    "SelfAssessment": ("DELETE WHERE { <asm/1> gl:assesses ?o }",),
    "Weights": (
        "DELETE { <ind/1> gl:weight ?o } INSERT { <ind/1> gl:weight 95.0 } "
        "WHERE { <ind/1> gl:weight ?o }",
    ),
    "Indicator": (
        "DELETE WHERE { <ind/1> gl:indicatorName ?o }",
        "DELETE WHERE { ?s gl:hasIndicator ?o }",
    ),
    "Score": (
        "DELETE { <ind/1> gl:indicatorScore ?o } INSERT { <ind/1> gl:indicatorScore 91.0 } "
        "WHERE { <ind/1> gl:indicatorScore ?o }",
    ),
    "PerformanceSummary": ("DELETE WHERE { <perf/1> gl:organization ?o }",),
    "TermDefinition": ("DELETE WHERE { <def/1> gl:definesTerm ?o }",),
    "Anomaly": (
        "DELETE WHERE { <ano/1> gl:severity ?o }",
        "DELETE WHERE { <ano/1> oa:motivatedBy ?o }",
    ),
    "FunctionSum": (
        "DELETE { <obs/2> gl:amount ?o } INSERT { <obs/2> gl:amount 1099000.0 } "
        "WHERE { <obs/2> gl:amount ?o }",
    ),
}
CASES = [(shape, update) for shape, updates in BREAKS.items() for update in updates]


def good_graph() -> Graph:
    return Graph().parse(data=GOOD, format="turtle")


def with_code_lists(graph: Graph) -> Graph:
    """The graph with the model and the small code lists, as gls:CodeList needs them."""
    for triple in model_triples():
        graph.parse(data=f"{triple} .", format="nt")
    lists = ["fund", "flow", "phase", "scope", "nature", "basis", "severity"]
    lists += ["item", "count-item", "unit", "direction", "baseline", "anomaly", "origin", "review"]
    for name in (*lists, "document-kind"):
        for notation in code_list(name):
            concept = URIRef(NS.concept(name, notation))
            graph.add(
                (concept, URIRef(f"{NS.prefixes()['skos']}inScheme"), URIRef(NS.scheme(name)))
            )
    return graph


def fired_shapes(graph: Graph, shapes: Graph = SHAPES) -> set[str]:
    """The local names of the node shapes that find something in the graph."""
    _, report, _ = validate(graph, shacl_graph=shapes, allow_infos=True, allow_warnings=True)
    assert isinstance(report, Graph)
    return {node_shape(shapes, shape) for shape in report.objects(None, SH.sourceShape)}


def node_shape(shapes: Graph, shape: Node) -> str:
    owner = shape if isinstance(shape, URIRef) else shapes.value(None, SH.property, shape)
    return str(owner).removeprefix(GLS)


def test_sound_graph_conforms_to_every_shape() -> None:
    assert fired_shapes(good_graph()) == set()


def test_sound_graph_conforms_beside_the_code_lists() -> None:
    assert "CodeList" not in fired_shapes(with_code_lists(good_graph()))


def test_every_shape_has_a_graph_that_breaks_it() -> None:
    assert sorted(BREAKS) == SHAPE_NAMES


@pytest.mark.parametrize(("shape", "update"), CASES)
def test_shape_finds_a_broken_graph(shape: str, update: str) -> None:
    graph = good_graph()
    before = set(graph)
    graph.update(f"{PREFIXES} BASE <{DEFAULT_BASE}id/> {update}")
    assert set(graph) != before, "the update changes nothing"
    if shape == "CodeList":
        with_code_lists(graph)
    assert shape in fired_shapes(graph)


@pytest.mark.parametrize("shape", ["MentionUnit", "ReasonCause", "ChangePercent", "ChangeReason"])
def test_findings_about_the_document_are_no_violations(shape: str) -> None:
    severities = {
        severity
        for part in (URIRef(GLS + shape), *SHAPES.objects(URIRef(GLS + shape), SH.property))
        for severity in SHAPES.objects(part, SH.severity)
    }
    assert severities and severities <= {SH.Warning, SH.Info}


def test_shapes_use_terms_and_concepts_that_exist() -> None:
    used = set(re.findall(r"\bgl:([A-Za-z0-9]+)", shapes_turtle()))
    assert used and used <= set(term_names())
    for name in ("direction", "basis", "flow", "fund", "item", "nature"):
        concepts = set(re.findall(rf"\b{name}:([a-z-]+)", shapes_turtle()))
        assert concepts and concepts <= set(code_list(name))


def test_shapes_move_to_another_base_with_their_queries() -> None:
    base = "https://example.org/data/"
    assert DEFAULT_BASE not in shapes_turtle(base)
    shapes = Graph().parse(data=shapes_turtle(base), format="turtle")
    moved = GOOD.replace(DEFAULT_BASE, base).replace("gl:delta 100000.0", "gl:delta -100000.0")
    _, report, _ = validate(Graph().parse(data=moved, format="turtle"), shacl_graph=shapes)
    assert isinstance(report, Graph)
    assert URIRef(f"{base}shapes#Change") in set(report.objects(None, SH.sourceShape))
