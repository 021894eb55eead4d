"""The shapes: a sound graph conforms, each shape finds its own kind of break, and no class is without."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest
from rdflib import OWL, RDF, RDFS, SH, Graph, Namespace, URIRef

from ontology.codes import code_list
from ontology.generate import term_names
from ontology.namespaces import DEFAULT_BASE, REUSED_PREFIXES, Namespaces
from ontology.turtle import model_files, shapes_turtle
from ontology.validation import document_validator
from ontology.vocabulary import vocabulary_quads
from tests.shacl_oracle import (
    GLS,
    beside_vocabulary,
    found_by_documents_validator,
    found_by_oracle,
    found_by_us,
    node_shapes,
    project_shapes,
    shape_names,
)

NS = Namespaces()
QB = Namespace(REUSED_PREFIXES["qb"])
SHAPES = project_shapes()
PREFIXES = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in NS.prefixes().items())

GOOD = f"""{PREFIXES}
PREFIX dsd: <{DEFAULT_BASE}dsd/>
BASE <{DEFAULT_BASE}id/>

<doc/a> a gl:DisclosureDocument ; dcterms:title "示例局2023年度部门决算公开"@zh ;
    gl:disclosedBy <org/000000-00000001> ; gl:fiscalYearOf "2023"^^xsd:gYear ;
    gl:documentScope scope:department ; gl:documentKind document-kind:final-accounts ;
    gl:hasText <doc/a/text/1> .
<doc/a/text/1> a gl:DocumentText ; gl:textOf <doc/a> ; gl:charCount 20 ;
    gl:sha256 "{"0" * 64}" .
<span/1> a gl:TextSpan ; oa:hasSource <doc/a/text/1> ; gl:text "支出合计"@zh ;
    oa:hasSelector <span/1/position> , <span/1/quote> .
<span/1/position> a oa:TextPositionSelector ; oa:start 3 ; oa:end 7 .
<span/1/quote> a oa:TextQuoteSelector ; oa:exact "支出合计" .
<span/1/region> a oa:FragmentSelector ; rdf:value "page=1&viewrect=10,20.5,30,12" .

<run/1> a gl:ExtractionActivity ; prov:used <doc/a/text/1> ; prov:wasAssociatedWith <pipeline/1> .
<pipeline/1> a gl:Pipeline ; gl:programVersion "1" .

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
    gl:score 1.0 ; gl:method method:cue-rule ; gl:matchedCue "示例"@zh ; gl:statedIn <span/1> .
<sim/1> a gl:SimilarityLink ; gl:left <fn/1> ; gl:right <fn/2> ; gl:score 0.5 ;
    gl:method method:jaccard-char3 .

<set/1> a qb:DataSet ; qb:structure dsd:fiscal ; dcterms:source <doc/a> ; gl:currency eucur:CNY .
<set/2> a qb:DataSet ; qb:structure dsd:count ; dcterms:source <doc/a> .
<set/3> a qb:DataSet ; qb:structure dsd:project ; dcterms:source <doc/a> ; gl:currency eucur:CNY .
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
<flow/1> a gl:FundingFlow ; gl:organization <org/000000-00000001> ; gl:scope scope:department ;
    gl:fiscalYear "2023"^^xsd:gYear ; gl:phase phase:final ; gl:flowStage flow-stage:expenditure ;
    gl:fund fund:general ; gl:flowFrom <org/000000-00000001> ; gl:flowTo item:func-201 ;
    gl:amount 1100000.0 ; gl:isRemainder false ; gl:breaksDown <obs/1> ; prov:wasDerivedFrom <obs/2> .
<profile/1> a gl:ProfileFigure ; gl:organization <org/000000-00000001> ; gl:scope scope:department ;
    gl:fiscalYear "2023"^^xsd:gYear ; gl:phase phase:final ; gl:fund fund:general ;
    gl:profileMeasure <{DEFAULT_BASE}code/profile-measure/spending-per-head> ;
    gl:profileValue 550000.0 ; gl:unit unit:yuan ; gl:numerator <obs/1> ; gl:denominator <obs/3> .
<obs/3> a qb:Observation .
<mention/1> a gl:Mention ; oa:hasBody <obs/1> ; oa:hasTarget <span/1> ; gl:statedValue 110.00 ;
    gl:statedUnit unit:wanyuan .

<chg/1> a gl:Change ; gl:current <obs/1> ; gl:baselineKind baseline:previous-final ;
    gl:direction direction:increase ; gl:delta 100000.0 ; gl:percent 10.0 ; gl:statedIn <span/1> ;
    gl:reason <rsn/1> .
<rsn/1> a gl:ReasonStatement ; gl:text "人员增加"@zh ; gl:textKey "0123abcd" ;
    gl:statedIn <span/1> ; gl:cause cause:staff.increase .
theme:reform a gl:FunctionTheme ; skos:broader theme:institutions ; skos:prefLabel "改革"@zh .
check:CK01 a gl:Check ; gl:formula "a = b" ; gl:raises anomaly:percent .
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
<term/1> a gl:Term ; skos:prefLabel "示例"@zh .
<cr/1> a gl:CheckResult ; dqv:isMeasurementOf check:year-chain ; dqv:computedOn <obs/1> ;
    dqv:value false ; gl:expected 1100000.0 ; gl:found 1200000.0 ; gl:tolerance 150.0 .
<measure/1> a dqv:QualityMeasurement ; dqv:isMeasurementOf <code/reading-metric/clauses> ;
    dqv:computedOn <doc/a> ; dqv:value 12 .
<ano/1> a gl:Anomaly ; gl:anomalyType anomaly:percent ; gl:severity severity:error ;
    gl:origin origin:unknown ; gl:review review:unreviewed ; oa:hasTarget <span/1> ;
    oa:hasBody <ano/1/why> ; oa:motivatedBy dqv:qualityAssessment ; gl:calculation <calc/1> .
<calc/1> a gl:Calculation ; gl:operator operator:percentage ; gl:hasTerm <calc/1/1> , <calc/1/2> ;
    gl:computed 9.09 ; gl:stated 10.00 ; gl:difference 0.91 ; gl:unit unit:percent .
<calc/1/1> a gl:CalculationTerm ; gl:ordinal 1 ; gl:termValue 10.00 ; gl:unit unit:wanyuan .
<calc/1/2> a gl:CalculationTerm ; gl:ordinal 2 ; gl:termValue 110.00 ; gl:unit unit:wanyuan ;
    gl:divides true .
"""

#: Classes without a shape, each with the reason.
WITHOUT_SHAPE = {
    "Partition": "in the vocabulary only, made from a table with checks of its own",
}
#: The shape of a code list, and a property whose values it is about.
CODED = {
    "Anomalies": "anomalyType",
    "Baselines": "baselineKind",
    "Bases": "basis",
    "Causes": "cause",
    "Certainties": "certainty",
    "ClassChanges": "classChange",
    "Comparators": "comparator",
    "CountItems": "countItem",
    "Directions": "effect",
    "DocumentKinds": "documentKind",
    "EffectBases": "effectBasis",
    "Flows": "flow",
    "FlowStages": "flowStage",
    "Funds": "fund",
    "IndicatorTypes": "indicatorType",
    "Items": "item",
    "Levels": "administrativeLevel",
    "Methods": "method",
    "Natures": "nature",
    "Operators": "operator",
    "Origins": "origin",
    "Phases": "phase",
    "Polarities": "polarity",
    "ProfileMeasures": "profileMeasure",
    "Reviews": "review",
    "Roles": "role",
    "Scopes": "documentScope",
    "SectionRoles": "sectionRole",
    "Severities": "severity",
    "Themes": "theme",
    "Units": "statedUnit",
}

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
        "DELETE WHERE { <event/1> gl:statedIn ?o }",
    ),
    "ChangeEventDate": ("INSERT DATA { <event/1> dcterms:date '2020'^^xsd:gYear }",),
    "InternalOffice": ("DELETE WHERE { ?s gl:hasInternalOffice ?o }",),
    "Function": (
        "DELETE WHERE { <fn/1> gl:functionOf ?o }",
        "DELETE WHERE { <fn/1> gl:statedIn ?o }",
    ),
    "CauseEffect": (
        "INSERT DATA { <ca/1> a gl:CauseAssignment ; gl:effect direction:increase , direction:decrease }",
        "INSERT DATA { <ca/1> a gl:CauseAssignment ; gl:reasonAmount 1.5, 2.5 }",
    ),
    "Assignment": (
        "DELETE WHERE { <ta/1> gl:assignedTheme ?o }",
        "DELETE { <ta/1> gl:score ?o } INSERT { <ta/1> gl:score 1.5 } WHERE { <ta/1> gl:score ?o }",
    ),
    "ThemeAssignment": (
        "DELETE WHERE { <ta/1> gl:matchedCue ?o }",
        "INSERT DATA { <ta/1> gl:nearestExample '另一例'@zh }",
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
    "Proportions": (
        "INSERT DATA { <obs/1> gl:share '-1.5'^^xsd:decimal }",
        "INSERT DATA { <obs/1> gl:completionRate '-120.0'^^xsd:decimal }",
    ),
    "CountObservation": (
        "DELETE WHERE { <obs/3> gl:unit ?o }",
        "DELETE { <obs/3> gl:count ?o } INSERT { <obs/3> gl:count -1 } WHERE { <obs/3> gl:count ?o }",
    ),
    "ProjectObservation": ("DELETE WHERE { <obs/4> gl:project ?o }",),
    "Position": (
        "DELETE WHERE { ?s oa:start ?o }",
        "DELETE { ?s oa:end ?o } INSERT { ?s oa:end 7.0 } WHERE { ?s oa:end ?o }",
    ),
    "Quotation": ("INSERT DATA { <span/1/quote> oa:prefix 'a' , 'b' }",),
    "Region": (
        "DELETE WHERE { <span/1/region> rdf:value ?o }",
        "DELETE { ?s rdf:value ?o } INSERT { ?s rdf:value 'page=0' } WHERE { ?s rdf:value ?o }",
    ),
    "StatedIn": ("INSERT DATA { <fn/1> gl:statedIn <doc/a> }",),
    "Extraction": ("DELETE WHERE { <run/1> prov:used ?o }",),
    "Pipeline": ("DELETE WHERE { <pipeline/1> gl:programVersion ?o }",),
    "DataSet": ("DELETE WHERE { <set/1> qb:structure ?o }",),
    "Currency": ("DELETE WHERE { <set/1> gl:currency ?o }",),
    "Theme": ("DELETE WHERE { theme:reform skos:broader ?o }",),
    "Term": ("DELETE WHERE { <term/1> skos:prefLabel ?o }",),
    "Check": ("DELETE WHERE { check:CK01 gl:formula ?o }",),
    "FundingFlow": (
        "DELETE WHERE { <flow/1> gl:breaksDown ?o }",
        "DELETE { <flow/1> gl:isRemainder ?o } INSERT { <flow/1> gl:isRemainder 0 } "
        "WHERE { <flow/1> gl:isRemainder ?o }",
    ),
    "ProfileFigure": (
        "DELETE WHERE { <profile/1> gl:denominator ?o }",
        "INSERT DATA { <profile/1> gl:denominator <obs/1> }",
    ),
    "FlowTotal": (
        "DELETE { <flow/1> gl:amount ?o } INSERT { <flow/1> gl:amount 1000000.0 } "
        "WHERE { <flow/1> gl:amount ?o }",
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
    "Weight": (
        "DELETE { <ind/1> gl:weight ?o } INSERT { <ind/1> gl:weight 110.0 } "
        "WHERE { <ind/1> gl:weight ?o }",
        "DELETE { <ind/1> gl:weight ?o } INSERT { <ind/1> gl:weight '-90.0'^^xsd:decimal } "
        "WHERE { <ind/1> gl:weight ?o }",
    ),
    "Score": (
        "DELETE { <ind/1> gl:indicatorScore ?o } INSERT { <ind/1> gl:indicatorScore 91.0 } "
        "WHERE { <ind/1> gl:indicatorScore ?o }",
    ),
    "PerformanceSummary": ("DELETE WHERE { <perf/1> gl:organization ?o }",),
    "TermDefinition": ("DELETE WHERE { <def/1> gl:definesTerm ?o }",),
    "CheckResult": (
        "DELETE WHERE { <cr/1> dqv:isMeasurementOf ?o }",
        "INSERT DATA { <cr/1> gl:found 1.5 }",
        "INSERT DATA { <cr/1> dqv:computedOn <doc/a> }",
    ),
    "Anomaly": (
        "DELETE WHERE { <ano/1> gl:severity ?o }",
        "DELETE WHERE { <ano/1> oa:motivatedBy ?o }",
        "INSERT DATA { <ano/1> oa:hasBody <ano/1/why-zh> , <ano/1/why-en> }",
    ),
    "Measurement": (
        "DELETE WHERE { <measure/1> dqv:computedOn ?o }",
        "INSERT DATA { <measure/1> dqv:value 13 }",
    ),
    "Calculation": (
        "DELETE WHERE { <calc/1> gl:operator ?o }",
        "INSERT DATA { <calc/1> gl:hasTerm <obs/1> }",
    ),
    "CalculationTerm": (
        "DELETE WHERE { <calc/1/1> gl:termValue ?o }",
        "INSERT DATA { <calc/1/2> gl:divides 1 }",
    ),
    "FunctionSum": (
        "DELETE { <obs/2> gl:amount ?o } INSERT { <obs/2> gl:amount 1099000.0 } "
        "WHERE { <obs/2> gl:amount ?o }",
    ),
}
CASES = [(shape, update) for shape, updates in BREAKS.items() for update in updates]


def good_graph() -> Graph:
    return Graph().parse(data=GOOD, format="turtle")


def broken_graph(update: str) -> Graph:
    graph = good_graph()
    before = set(graph)
    graph.update(f"{PREFIXES} BASE <{DEFAULT_BASE}id/> {update}")
    assert set(graph) != before, "the update changes nothing"
    return graph


def test_sound_graph_conforms_to_every_shape() -> None:
    assert shape_names(found_by_oracle(beside_vocabulary(good_graph()))) == set()
    assert shape_names(found_by_documents_validator(good_graph())) == set()


def test_every_shape_has_a_graph_that_breaks_it() -> None:
    assert sorted([*BREAKS, *CODED]) == node_shapes(SHAPES)


def test_values_outside_their_code_lists_are_found_and_the_oracle_finds_the_same() -> None:
    outside = (f"<a> gl:{name} <{DEFAULT_BASE}code/{name}/unheard-of>" for name in CODED.values())
    graph = beside_vocabulary(broken_graph(f"INSERT DATA {{ {' . '.join(outside)} }}"))
    found = found_by_us(graph)
    assert shape_names(found) == CODED.keys()
    assert found == found_by_oracle(graph)


@pytest.mark.parametrize(("shape", "update"), CASES)
def test_shape_finds_a_broken_graph_and_the_oracle_finds_the_same(shape: str, update: str) -> None:
    graph = beside_vocabulary(broken_graph(update))
    found = found_by_us(graph)
    assert shape in shape_names(found)
    assert found == found_by_oracle(graph)


@pytest.mark.parametrize(("shape", "update"), CASES)
def test_vocabulary_beside_a_graph_is_read_as_if_it_were_in_it(shape: str, update: str) -> None:
    graph = broken_graph(update)
    assert found_by_documents_validator(graph) == found_by_us(beside_vocabulary(graph))


FINDINGS = (
    "MentionUnit",
    "ReasonCause",
    "ChangePercent",
    "ChangeReason",
    "ChangeEventDate",
    "Proportions",
    "Weight",
)


@pytest.mark.parametrize("shape", FINDINGS)
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


def model() -> Graph:
    graph = Graph()
    for file in model_files():
        graph.parse(data=file.read_text(encoding="utf-8"), format="turtle")
    return graph


def test_every_class_has_a_shape_or_a_reason_to_have_none() -> None:
    graph = model()
    targeted = set(SHAPES.objects(None, SH.targetClass))
    without = {
        str(class_).removeprefix(NS.terms)
        for class_ in graph.subjects(RDF.type, OWL.Class)
        if class_ not in targeted and targeted.isdisjoint(graph.objects(class_, RDFS.subClassOf))
    }
    assert without == set(WITHOUT_SHAPE)


def test_every_coded_property_is_held_against_its_code_list() -> None:
    lists = {
        (target, scheme)
        for shape, target in SHAPES.subject_objects(SH.targetObjectsOf)
        for part in SHAPES.objects(shape, SH.property)
        for scheme in SHAPES.objects(part, SH.hasValue)
    }
    coded = set(model().subject_objects(QB.codeList))
    assert coded and coded <= lists


def test_vocabulary_itself_conforms() -> None:
    assert document_validator().validate(vocabulary_quads()).violations == ()


def test_shapes_move_to_another_base_with_their_queries() -> None:
    base = "https://example.org/data/"
    assert DEFAULT_BASE not in shapes_turtle(base)
    shapes = Graph().parse(data=shapes_turtle(base), format="turtle")
    moved = GOOD.replace(DEFAULT_BASE, base).replace("gl:delta 100000.0", "gl:delta -100000.0")
    found = found_by_us(Graph().parse(data=moved, format="turtle"), shapes)
    assert f"{base}shapes#Change" in {one.shape for one in found}
