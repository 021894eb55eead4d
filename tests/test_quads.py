"""Facts to quads: what the graph says of a document, hand-written or real."""

from __future__ import annotations

import doctest
import hashlib
import json
import os
import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import chain
from pathlib import Path
from random import Random
from types import ModuleType
from typing import Any

import pyshacl
import pytest
import rdflib
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, Triple, parse, serialize
from rdflib import SH

from ingest import identity
from ingest.bilingual import Bilingual
from ingest.calculations import Operand, divide
from ingest.facts import (
    Anomaly,
    Box,
    Comparison,
    Count,
    DocumentFacts,
    Function,
    Indicator,
    Mention,
    Name,
    Observation,
    ObservationKey,
    Organization,
    Performance,
    Project,
    Reason,
    Span,
    Term,
)
from ingest.identifiers import document_graphs, document_identifier
from ingest.quads import make_quads, money, points, vocabulary
from ingest.quads.disclosure import Disclosure
from ingest.quads.money import UnitError
from ingest.quads.privacy import PersonalDataError
from ingest.quads.quality import named_anomalies
from ingest.quads.spans import SpanError
from ingest.reading.files import read_file
from ingest.reading.privacy import is_personal
from ontology.causes import CAUSES_BY_CODE
from ontology.codes import code_list
from ontology.namespaces import DEFAULT_BASE
from ontology.themes import THEMES_BY_ID
from ontology.vocabulary import vocabulary_triples

REPOSITORY = Path(__file__).resolve().parent.parent
CORPUS = Path(os.environ.get("GUANLIAN_CORPUS", REPOSITORY.parent / "shared" / "corpus"))
GOLD = CORPUS / "chongqing" / "gold"
MODEL = tuple(sorted((REPOSITORY / "ontology" / "model").glob("*.ttl")))
SHAPES = REPOSITORY / "ontology" / "shapes.ttl"
BASE = "https://w3id.org/guanlian/"
GL = f"{BASE}ns#"
CODE = f"{BASE}code/"
VERSION = "0.1.0"
PREFIXES = f"""
PREFIX gl: <{GL}> PREFIX code: <{CODE}> PREFIX id: <{BASE}id/>
PREFIX oa: <http://www.w3.org/ns/oa#> PREFIX org: <http://www.w3.org/ns/org#>
PREFIX qb: <http://purl.org/linked-data/cube#> PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#> PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX dqv: <http://www.w3.org/ns/dqv#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""

# ---------------------------------------------------------------- a document written by hand

TEXT = """示例市甲区政务服务局2023年度部门决算公开说明
1.负责推进全区电子政务工作，承担雨伞借还。
2.完成区委、区政府交办的其他任务。
示例市甲区政务服务局挂示例市甲区数据局牌子，内设综合科，下属单位为数据服务中心。
根据机构改革方案，不再保留区行政服务中心管理办公室。
2023年度支出合计120.50万元，较上年决算数增加20.50万元，增长20.50%，主要原因是人员增加，项目减少。
其中：基本支出80万元，项目支出40.5万元。经营收入0.00万元。
较年初预算数持平。
会议费1.5万元，较上年决算数增加0.5万元，增长33%，主要原因是人员增加。
公务用车2辆。本部门共有车辆2辆。
对1个项目开展自评，涉及资金40.5万元。
项目名称：电子政务平台运行费；事故率≤5；满意度≥90。
（一）基本支出：指保障机构正常运转的支出。
联系人：王某 联系电话：000-00000000
"""


def at(quote: str, text: str = TEXT, after: int = 0) -> Span:
    """The span of a quote in the text, the first one behind an offset."""
    start = text.index(quote, after)
    return Span(start, start + len(quote), quote)


def named(quote: str) -> Name:
    return Name(quote, at(quote))


def digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


TOTAL = ObservationKey("all", "expenditure", "total", "2023", "final")
MEETING = ObservationKey("all", "expenditure", "meeting", "2023", "final")
REASONS = (Reason("人员增加", at("人员增加")), Reason("项目减少", at("项目减少")))
E_GOVERNMENT = at("负责推进全区电子政务工作，承担雨伞借还。")
OTHER_TASKS = at("完成区委、区政府交办的其他任务。")
TOTAL_SENTENCE = at(TEXT.splitlines()[5])
MEETING_SENTENCE = at(TEXT.splitlines()[8])
FACTS = DocumentFacts(
    source="example.txt",
    sha256=digest(TEXT),
    characters=len(TEXT),
    title=named("示例市甲区政务服务局2023年度部门决算公开说明"),
    fiscal_year="2023",
    kind="final-accounts",
    organization=Organization(
        name="示例市甲区政务服务局",
        level="department",
        region="示例市甲区",
        span=at("示例市甲区政务服务局"),
        also_known_as=(named("示例市甲区数据局"),),
        predecessors=(named("区行政服务中心管理办公室"),),
        internal_offices=(named("综合科"),),
        subordinate_units=(named("数据服务中心"),),
    ),
    functions=(
        Function(1, E_GOVERNMENT.quote, E_GOVERNMENT),
        Function(2, OTHER_TASKS.quote, OTHER_TASKS),
    ),
    amounts=(
        Observation(
            TOTAL, Decimal("120.50"), "万元", TOTAL_SENTENCE,
            comparisons=(
                Comparison(
                    "previous-final", "increase", Decimal("20.50"), Decimal("20.50"),
                    at("较上年决算数增加20.50万元，增长20.50%"), at("人员增加，项目减少"), REASONS,
                ),
                Comparison("initial-budget", "unchanged", None, None, at("较年初预算数持平")),
            ),
            mentions=(Mention(Decimal("120.50"), "万元", at("支出合计120.50万元"), "overall"),),
        ),
        Observation(
            TOTAL._replace(item="basic"), Decimal(80), "万元", at("基本支出80万元"),
            share=Decimal("66.39"),
        ),
        Observation(
            TOTAL._replace(item="project"), Decimal("40.5"), "万元", at("项目支出40.5万元")
        ),
        Observation(
            ObservationKey("all", "income", "operating", "2023", "final"),
            Decimal("0.00"), "万元", at("经营收入0.00万元"),
        ),
        Observation(
            MEETING, Decimal("1.5"), "万元", MEETING_SENTENCE,
            comparisons=(
                Comparison(
                    "previous-final", "increase", Decimal("0.5"), Decimal(33),
                    at("较上年决算数增加0.5万元，增长33%"), None, REASONS[:1],
                ),
            ),
        ),
    ),
    counts=(
        Count("vehicles", 2, "辆", "2023", at("公务用车2辆")),
        Count("vehicles", 2, "辆", "2023", at("共有车辆2辆")),
    ),
    performance=Performance(
        1, Decimal("40.5"), at("对1个项目开展自评，涉及资金40.5万元"),
        (
            Project(
                "电子政务平台运行费", at("电子政务平台运行费"), score="98.50", initial_budget="50",
                adjusted_budget="40.5", executed="40.50", execution_rate="100%",
                indicators=(
                    Indicator("事故率", at("事故率≤5"), "产出指标", "质量指标", "%", "≤", "5", "8"),
                    Indicator("满意度", at("满意度≥90"), None, "满意度指标", "%", "≥", "90", "95"),
                ),
            ),
        ),
    ),
    terms=(Term("基本支出", "指保障机构正常运转的支出。", at("指保障机构正常运转的支出。")),),
    anomalies=(
        Anomaly(
            "percent", "error", "0.5/(1.5-0.5)=50.00%, stated 33%", MEETING_SENTENCE,
            (
                f"{'.'.join(MEETING)}~previous-final", f"{'.'.join(TOTAL)}~previous-budget",
                "count.vehicles",
                "project.电子政务平台运行费", "performance", "no.such.fact.2023.final",
            ),
            "0.5/(1.5-0.5)=50.00%，文中为33%",
            divide(
                [Operand(Bilingual("增加额", "increase"), Decimal("0.5"), "万元")],
                [
                    Operand(Bilingual("会议费", "Meetings"), Decimal("1.5"), "万元"),
                    Operand(Bilingual("增加额", "increase"), Decimal("-0.5"), "万元"),
                ],
                Decimal("33"),
                label=Bilingual("增减幅度", "growth"),
            ),
        ),
    ),
)  # fmt: skip

# ---------------------------------------------------------------- the real documents, from gold


def locate(text: str, quote: str, within: Span | None = None) -> Span | None:
    """The place of a quote, inside a span when it is there; white space of the text may differ."""
    pattern = r"\s*".join(map(re.escape, re.sub(r"\s+", "", quote)))
    start, end = (within.start, within.end) if within else (0, len(text))
    found = re.compile(pattern).search(text, start, end) or re.search(pattern, text)
    return Span(*found.span(), found.group()) if found else None


class GoldReader:
    """Gold facts with the offsets that the gold leaves out; what is not found is counted."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lost: list[str] = []

    def span(self, quote: str, within: Span | None = None) -> Span:
        found = locate(self.text, quote, within)
        if found is None:
            self.lost.append(quote)
            return Span(0, 1, self.text[0])
        return found

    def names(self, texts: list[str]) -> tuple[Name, ...]:
        return tuple(Name(text, self.span(text)) for text in texts)

    def organization(self, gold: dict[str, Any]) -> Organization:
        lists = ("also_known_as", "predecessors", "internal_offices", "subordinate_units")
        names: dict[str, Any] = {name: self.names(gold[name]) for name in lists}
        span = self.span(gold["name"])
        return Organization(gold["name"], gold["level"], gold["region"], span, **names)

    def observation(self, gold: dict[str, Any]) -> Observation:
        sentence = self.span(gold["quote"])
        value = Decimal(gold["value"])
        return Observation(
            key=ObservationKey(*(gold[field] for field in ObservationKey._fields)),
            value=value,
            unit=gold["unit"],
            span=sentence,
            share=Decimal(gold["share"]) if gold.get("share") else None,
            comparisons=tuple(self.comparison(c, sentence) for c in gold["comparisons"]),
            mentions=(Mention(value, gold["unit"], self.span(gold["value"], sentence), "overall"),),
        )

    def comparison(self, gold: dict[str, Any], sentence: Span) -> Comparison:
        reason = self.span(gold["reason"], sentence) if gold.get("reason") else None
        return Comparison(
            gold["baseline"],
            gold["direction"],
            Decimal(gold["delta"]) if gold.get("delta") else None,
            Decimal(gold["percent"]) if gold.get("percent") else None,
            sentence,
            reason,
            tuple(Reason(text, self.span(text, reason)) for text in gold["reasons"]),
        )

    def count(self, gold: dict[str, Any], year: str) -> Count:
        quote = f"{gold['value']}{gold['unit']}"
        return Count(gold["item"], int(gold["value"]), gold["unit"], year, self.span(quote))

    def project(self, gold: dict[str, Any]) -> Project:
        indicators = tuple(
            Indicator(
                span=self.span(row["name"]), **{k: v for k, v in row.items() if k != "levels"}
            )
            for row in gold["indicators"]
        )
        fields = {k: v for k, v in gold.items() if k not in ("indicators",)}
        return Project(span=self.span(gold["name"]), indicators=indicators, **fields)

    def performance(self, gold: dict[str, Any]) -> Performance:
        span = self.span(f"{gold['funds']}万元")
        projects = tuple(self.project(project) for project in gold["projects"])
        return Performance(int(gold["project_count"]), Decimal(gold["funds"]), span, projects)

    def facts(self, gold: dict[str, Any], name: str) -> DocumentFacts:
        year = gold["fiscal_year"]
        return DocumentFacts(
            source=name,
            sha256=digest(self.text),
            characters=len(self.text),
            title=Name(gold["title"], self.span(gold["title"])),
            fiscal_year=year,
            kind="final-accounts",
            organization=self.organization(gold["organization"]),
            functions=tuple(
                Function(int(item["ordinal"]), item["text"], self.span(item["text"]))
                for item in gold["functions"]
            ),
            amounts=tuple(self.observation(item) for item in gold["amounts"]),
            counts=tuple(self.count(item, year) for item in gold["counts"]),
            performance=self.performance(gold["performance"]),
            anomalies=tuple(
                Anomaly(
                    item["kind"],
                    item.get("severity", "error"),
                    item["why"],
                    self.span(item["quote"]),
                )
                for item in gold["anomalies"]
            ),
        )


def read_gold(path: Path) -> tuple[DocumentFacts, str]:
    text = read_file(path.parent.parent / f"{path.stem}.txt").text
    reader = GoldReader(text)
    facts = reader.facts(json.loads(path.read_text("utf-8")), f"{path.stem}.txt")
    assert not reader.lost
    return facts, text


def documents() -> Iterator[Any]:
    yield pytest.param("hand-written", id="hand-written")
    for path in sorted(GOLD.glob("*.json")):
        yield pytest.param(path, id=path.stem)
    if not GOLD.is_dir():
        reason = f"no corpus at GUANLIAN_CORPUS ({CORPUS.name})"
        yield pytest.param("corpus", marks=pytest.mark.skip(reason=reason))


@pytest.fixture(params=documents())
def document(request: pytest.FixtureRequest) -> tuple[DocumentFacts, str]:
    return read_gold(request.param) if isinstance(request.param, Path) else (FACTS, TEXT)


# ---------------------------------------------------------------- the graph under test


def quads_of(facts: DocumentFacts, text: str) -> set[Quad]:
    return set(make_quads(facts, text, program_version=VERSION))


def store_of(quads: set[Quad]) -> Store:
    store = Store()
    store.bulk_extend(quads)
    return store


@pytest.fixture(scope="module")
def example() -> Store:
    return store_of(quads_of(FACTS, TEXT))


def rows(store: Store, where: str, *names: str) -> list[tuple[str, ...]]:
    """The bindings of some variables, as text, over the union of all graphs."""
    query = (
        f"{PREFIXES} SELECT DISTINCT {' '.join(f'?{name}' for name in names)} WHERE {{ {where} }}"
    )
    solutions = store.query(query, use_default_graph_as_union=True)
    return sorted(tuple(solution[name].value for name in names) for solution in solutions)  # type: ignore[union-attr]


def holds(store: Store, where: str) -> bool:
    return bool(store.query(f"{PREFIXES} ASK {{ {where} }}", use_default_graph_as_union=True))


def graph_names() -> tuple[NamedNode, ...]:
    return tuple(map(NamedNode, document_graphs(BASE, document_identifier(FACTS))))


# ---------------------------------------------------------------- laws of every document


def test_same_facts_give_the_same_set_of_quads(document: tuple[DocumentFacts, str]) -> None:
    facts, text = document
    assert quads_of(facts, text) == quads_of(facts, text)


def test_quads_do_not_depend_on_the_order_of_facts(document: tuple[DocumentFacts, str]) -> None:
    facts, text = document
    for seed in range(3):
        chance = Random(seed)
        families = ("functions", "amounts", "counts", "terms", "anomalies")
        shuffled: dict[str, Any] = {
            name: tuple(chance.sample(getattr(facts, name), len(getattr(facts, name))))
            for name in families
        }
        assert quads_of(replace(facts, **shuffled), text) == quads_of(facts, text)


def test_quads_stand_in_the_three_graphs_of_the_document(
    document: tuple[DocumentFacts, str],
) -> None:
    facts, text = document
    graphs = document_graphs(BASE, document_identifier(facts))
    names = {quad.graph_name for quad in quads_of(facts, text)}
    assert names == set(map(NamedNode, graphs))


def test_quads_come_once_and_without_blank_nodes(document: tuple[DocumentFacts, str]) -> None:
    facts, text = document
    quads = list(make_quads(facts, text, program_version=VERSION))
    assert len(quads) == len(set(quads))
    assert all(isinstance(quad.subject, NamedNode) for quad in quads)
    assert all(isinstance(quad.object, NamedNode | Literal) for quad in quads)


def test_quads_survive_n_quads(document: tuple[DocumentFacts, str]) -> None:
    quads = quads_of(*document)
    written = serialize(quads, format=RdfFormat.N_QUADS)
    assert written is not None
    assert set(parse(written, format=RdfFormat.N_QUADS)) == quads


def test_ingesting_twice_changes_nothing(document: tuple[DocumentFacts, str]) -> None:
    store = store_of(quads_of(*document))
    before = len(store)
    store.bulk_extend(quads_of(*document))
    assert len(store) == before > 0


def test_every_span_quotes_its_place_in_the_text(document: tuple[DocumentFacts, str]) -> None:
    facts, text = document
    store = store_of(quads_of(facts, text))
    spans = rows(
        store,
        "?fact gl:statedIn ?span . ?span gl:text ?quote ; oa:hasSelector ?position , ?quotation ."
        "?position oa:start ?start ; oa:end ?end . ?quotation oa:exact ?exact",
        "span", "quote", "start", "end", "exact",
    )  # fmt: skip
    stated = rows(store, "?fact gl:statedIn ?span", "span")
    assert len(spans) == len(stated) > 10
    for _, quote, start, end, exact in spans:
        assert text[int(start) : int(end)] == quote == exact


def test_every_fact_says_where_it_is_stated(document: tuple[DocumentFacts, str]) -> None:
    classes = (
        "gl:FiscalObservation gl:CountObservation gl:ProjectObservation gl:Change gl:PublicBody "
        "gl:ReasonStatement gl:FunctionStatement gl:IndicatorResult gl:TermDefinition gl:Project"
    )
    where = (
        f"VALUES ?class {{ {classes} }} ?fact a ?class"
        " FILTER NOT EXISTS { ?fact gl:statedIn ?span }"
    )
    assert rows(store_of(quads_of(*document)), where, "fact") == []


def test_every_thing_that_is_pointed_to_is_described(document: tuple[DocumentFacts, str]) -> None:
    quads = quads_of(*document)
    subjects = {quad.subject for quad in quads}
    objects = {
        quad.object
        for quad in quads
        if isinstance(quad.object, NamedNode) and quad.object.value.startswith(f"{BASE}id/")
    }
    assert objects <= subjects


def test_every_concept_is_in_its_code_list(document: tuple[DocumentFacts, str]) -> None:
    used = {
        tuple(quad.object.value.removeprefix(CODE).split("/"))
        for quad in quads_of(*document)
        if isinstance(quad.object, NamedNode) and quad.object.value.startswith(CODE)
    }
    assert len(used) > 20
    own_modules = {"theme": THEMES_BY_ID, "cause": CAUSES_BY_CODE}
    for scheme, notation in used:
        assert notation in (own_modules.get(scheme) or code_list(scheme)), (scheme, notation)


def test_every_term_is_defined_in_the_model(document: tuple[DocumentFacts, str]) -> None:
    defined = {
        triple.subject.value
        for path in MODEL
        for triple in parse(path.read_bytes(), format=RdfFormat.TURTLE)
        if isinstance(triple.subject, NamedNode)
    }
    used = {
        term.value
        for quad in quads_of(*document)
        for term in (quad.predicate, quad.object)
        if isinstance(term, NamedNode) and term.value.startswith(GL)
    }
    assert sorted(used - defined) == []


# ---------------------------------------------------------------- RDF Data Cube, section 11.1

DIMENSIONS = {
    "fiscal": ["organization", "scope", "fiscalYear", "phase", "fund", "flow", "item", "nature"],
    "count": ["organization", "scope", "fiscalYear", "countItem"],
    "project": ["organization", "scope", "fiscalYear", "phase", "project"],
}
MEASURES = {"fiscal": "amount", "count": "count", "project": "amount"}


def test_data_cube_ic_11_all_dimensions_are_present(document: tuple[DocumentFacts, str]) -> None:
    store = store_of(quads_of(*document))
    for cube, dimensions in DIMENSIONS.items():
        for dimension in dimensions:
            where = (
                f"?observation qb:dataSet/qb:structure <{BASE}dsd/{cube}>"
                f" FILTER NOT EXISTS {{ ?observation gl:{dimension} ?value }}"
            )
            assert not holds(store, where), (cube, dimension)


def test_data_cube_ic_12_no_point_is_held_twice(document: tuple[DocumentFacts, str]) -> None:
    store = store_of(quads_of(*document))
    for cube, dimensions in DIMENSIONS.items():
        same = " ".join(f"?one gl:{d} ?{d} . ?other gl:{d} ?{d} ." for d in dimensions)
        where = (
            f"?set qb:structure <{BASE}dsd/{cube}> ."
            "?one qb:dataSet ?set . ?other qb:dataSet ?set ."
            f"{same} FILTER (STR(?one) < STR(?other))"
        )
        assert not holds(store, where), cube


def test_data_cube_ic_12_one_value_a_dimension(document: tuple[DocumentFacts, str]) -> None:
    store = store_of(quads_of(*document))
    for dimension in sorted({*chain(*DIMENSIONS.values()), *MEASURES.values()}):
        where = f"?o a qb:Observation ; gl:{dimension} ?a , ?b FILTER (?a != ?b)"
        assert not holds(store, where), dimension


def test_data_cube_ic_14_every_measure_is_present(document: tuple[DocumentFacts, str]) -> None:
    store = store_of(quads_of(*document))
    for cube, measure in MEASURES.items():
        where = f"?o qb:dataSet/qb:structure <{BASE}dsd/{cube}>"
        assert holds(store, f"{where} ; gl:{measure} ?value")
        assert not holds(store, f"{where} FILTER NOT EXISTS {{ ?o gl:{measure} ?value }}")


@pytest.mark.skipif(not SHAPES.exists(), reason="ontology/shapes.ttl is not there yet")
def test_shapes_are_not_violated(document: tuple[DocumentFacts, str]) -> None:
    assert violations(quads_of(*document), SHAPES) == []


def violations(quads: set[Quad], shapes: Path) -> list[str]:
    """The violations of the shapes; warnings are findings about the document."""
    graph = rdflib.Graph()
    for triples in ({quad.triple for quad in quads}, vocabulary_of(quads)):
        written = serialize(triples, format=RdfFormat.N_TRIPLES)
        graph.parse(data=(written or b"").decode("utf-8"), format="nt")
    _, report, _ = pyshacl.validate(graph, shacl_graph=rdflib.Graph().parse(shapes), advanced=True)
    assert isinstance(report, rdflib.Graph)
    return sorted(
        f"{report.value(result, SH.focusNode)} {report.value(result, SH.resultMessage)}"
        for result in report.subjects(SH.resultSeverity, SH.Violation)
    )


def vocabulary_of(quads: set[Quad]) -> set[Triple]:
    """The model, and the description of every concept that the quads use."""
    used = {quad.object for quad in quads}
    return {
        triple
        for triple in vocabulary_triples()
        if triple.subject in used or str(triple.subject).startswith((f"<{GL}", f"<{BASE}dsd/"))
    }


# ---------------------------------------------------------------- the hand-written document


def test_document_names_its_office_year_scope_and_text(example: Store) -> None:
    assert holds(
        example,
        f"""?document a gl:DisclosureDocument ; gl:fiscalYearOf '2023'^^xsd:gYear ;
            gl:documentScope <{CODE}scope/department> ;
            gl:documentKind <{CODE}document-kind/final-accounts> ;
            gl:disclosedBy/skos:prefLabel '示例市甲区政务服务局'@zh ;
            gl:hasText [ gl:sha256 '{digest(TEXT)}' ; gl:charCount {len(TEXT)} ] .
        """,
    )


def test_office_is_a_department_with_short_names(example: Store) -> None:
    where = "?document gl:disclosedBy ?o . ?o a gl:Department ; skos:altLabel ?n"
    assert rows(example, where, "n") == [("区政务服务局",), ("甲区政务服务局",)]


def test_bodies_beside_the_office_are_linked_by_their_relation(example: Store) -> None:
    office = "?document gl:disclosedBy ?office . ?office"
    for relation, kind, name in (
        ("actsAlsoAs", "NameplateBody", "示例市甲区数据局"),
        ("hasSubordinateUnit", "PublicInstitution", "示例市甲区数据服务中心"),
        ("predecessor", "Department", "示例市甲区行政服务中心管理办公室"),
        ("hasInternalOffice", "InternalOffice", "综合科"),
    ):
        assert holds(
            example, f"{office} gl:{relation} [ a gl:{kind} ; skos:prefLabel '{name}'@zh ]"
        )


def test_predecessor_is_joined_by_a_change_event(example: Store) -> None:
    described = rows(
        example,
        """?event a org:ChangeEvent ; dcterms:description ?what ;
            org:originalOrganization/skos:altLabel '区行政服务中心管理办公室'@zh ;
            org:resultingOrganization/^gl:disclosedBy ?document""",
        "what",
    )
    assert described == [("根据机构改革方案，不再保留区行政服务中心管理办公室。",)]


def test_place_outside_the_standard_keeps_its_name(example: Store) -> None:
    found = rows(
        example, "?d a gl:AdministrativeDivision ; gl:divisionCode ?c ; skos:prefLabel ?n", "c", "n"
    )
    assert found == [("000000", "示例市甲区")]


def test_amount_is_exact_in_yuan(example: Store) -> None:
    amounts = rows(
        example,
        "?o a gl:FiscalObservation ; gl:amount ?a ; gl:basis ?b ; gl:item ?i ; gl:nature ?n"
        f" FILTER (?b != <{CODE}basis/derived>) FILTER (DATATYPE(?a) = xsd:decimal)",
        "i", "n", "a",
    )  # fmt: skip
    assert [(i.split("/")[-1], n.split("/")[-1], a) for i, n, a in amounts] == [
        ("meeting", "all", "15000"),
        ("operating", "all", "0"),
        ("total", "all", "1205000"),
        ("total", "basic", "800000"),
        ("total", "project", "405000"),
    ]


@pytest.mark.parametrize(
    ("item", "above"),
    [("2169998", "func-21699"), ("2167701", "func-216"), ("21677", "func-216")],
)
def test_class_that_no_edition_has_is_named_below_the_nearest_that_one_has(
    item: str, above: str
) -> None:
    stated = Observation(
        TOTAL._replace(item=f"func:{item}"), Decimal(80), "万元", at("基本支出80万元")
    )
    quads = quads_of(replace(FACTS, amounts=(*FACTS.amounts, stated)), TEXT)
    concept = f"<{CODE}item/func-{item}>"
    where = f"""?amount gl:item {concept} . {concept} skos:prefLabel ?label ; skos:broader ?above
        FILTER(LANG(?label) = "zh")"""
    assert rows(store_of(quads), where, "label", "above") == [
        (f"支出功能分类科目{item}", f"{CODE}item/{above}")
    ]
    assert violations(quads, SHAPES) == []


def test_listed_class_is_described_by_the_vocabulary_only() -> None:
    stated = Observation(
        TOTAL._replace(item="func:2169999"), Decimal(80), "万元", at("基本支出80万元")
    )
    quads = quads_of(replace(FACTS, amounts=(*FACTS.amounts, stated)), TEXT)
    assert not holds(store_of(quads), f"<{CODE}item/func-2169999> ?property ?value")


def test_mention_keeps_the_digits_as_written(example: Store) -> None:
    found = rows(
        example,
        "?m a gl:Mention ; gl:statedValue ?digits ; gl:statedUnit ?unit ;"
        "oa:hasBody/gl:amount ?amount ; oa:hasTarget/gl:text ?words",
        "amount", "digits", "unit", "words",
    )  # fmt: skip
    assert found == [("1205000", "120.5", f"{CODE}unit/wanyuan", "支出合计120.50万元")]


def test_value_whose_first_mention_is_in_a_table_is_stated_in_a_table() -> None:
    total = FACTS.amounts[0]
    in_table = replace(total, mentions=(replace(total.mentions[0], section="tables"),))
    store = store_of(quads_of(replace(FACTS, amounts=(in_table,)), TEXT))
    where = "?m a gl:Mention ; oa:hasBody/gl:basis ?basis"
    assert rows(store, where, "basis") == [(f"{CODE}basis/stated-table",)]


def test_change_is_signed_and_shares_its_reasons(example: Store) -> None:
    where = "?c a gl:Change ; gl:delta ?d ; gl:percent ?p ; gl:reason/gl:text ?r"
    assert rows(example, where, "d", "p", "r") == [
        ("205000", "20.5", "人员增加"),
        ("205000", "20.5", "项目减少"),
        ("5000", "33", "人员增加"),
    ]
    assert len(rows(example, "?c gl:reason ?r", "r")) == 2
    assert rows(example, "?c gl:reasonText ?t", "t") == [("人员增加，项目减少",)]


def test_decrease_is_negative() -> None:
    total = FACTS.amounts[0]
    fallen = replace(total, comparisons=(replace(total.comparisons[0], direction="decrease"),))
    store = store_of(quads_of(replace(FACTS, amounts=(fallen,)), TEXT))
    assert rows(store, "?c gl:delta ?d ; gl:percent ?p", "d", "p") == [("-205000", "-20.5")]


def test_baseline_is_derived_from_a_sound_comparison_only(example: Store) -> None:
    derived = rows(
        example,
        f"?o gl:basis <{CODE}basis/derived> ; gl:fiscalYear ?y ; gl:phase ?p ; gl:amount ?a ;"
        "prov:wasDerivedFrom/gl:amount ?current . ?change gl:baseline ?o",
        "y", "p", "a", "current",
    )  # fmt: skip
    assert derived == [
        ("2022", f"{CODE}phase/final", "1000000", "1205000"),
        ("2023", f"{CODE}phase/initial-budget", "1205000", "1205000"),
    ]


def test_stated_baseline_is_linked_and_not_derived() -> None:
    stated = replace(FACTS.amounts[0], key=TOTAL._replace(year="2022"), comparisons=(), mentions=())
    store = store_of(quads_of(replace(FACTS, amounts=(*FACTS.amounts, stated)), TEXT))
    where = (
        f"?c gl:baseline ?b ; gl:baselineKind <{CODE}baseline/previous-final> . ?b gl:basis ?basis"
    )
    assert rows(store, where, "basis") == [(f"{CODE}basis/stated-text",)]


def test_theme_carries_its_cue_and_its_clause(example: Store) -> None:
    found = rows(
        example,
        "?t a gl:ThemeAssignment ; gl:assignedTo ?f ; gl:matchedCue ?cue ; gl:score 1.0 ;"
        f"gl:method <{CODE}method/cue-rule> ; gl:statedIn/gl:text ?clause . ?f gl:ordinal 1",
        "cue", "clause",
    )  # fmt: skip
    assert found
    assert {clause for _, clause in found} == {"负责推进全区电子政务工作"}
    assert all(cue in clause for cue, clause in found)


def test_clause_without_a_theme_stays_visible(example: Store) -> None:
    unclassified = (
        "?function dcterms:hasPart ?clause . ?clause gl:text ?words FILTER NOT EXISTS"
        "{ ?assignment gl:assignedTo ?function ; gl:statedIn ?clause ; gl:assignedTheme ?theme }"
    )
    assert rows(example, unclassified, "words") == [("承担雨伞借还",)]
    told = "?function gl:hasUnclassifiedPart ?clause . ?clause gl:text ?words"
    assert rows(example, told, "words") == [("承担雨伞借还",)]


def test_reasons_that_counteract_are_those_whose_effect_is_the_other_direction(
    document: tuple[DocumentFacts, str],
) -> None:
    store = store_of(quads_of(*document))
    moves = f"<{CODE}direction/increase>, <{CODE}direction/decrease>"
    opposed = (
        "?change gl:reason ?reason ; gl:direction ?direction . ?reason gl:effect ?effect "
        f"FILTER(?direction IN ({moves}) && ?effect IN ({moves}) && ?effect != ?direction)"
    )
    told = rows(store, "?reason gl:counteracts ?change", "reason", "change")
    assert told == rows(store, opposed, "reason", "change")


def test_conclusions_stand_in_the_derived_graph_only(example: Store) -> None:
    _, derived, _ = graph_names()
    for name in ("theme", "cause", "assignedTheme", "assignedCause", "effect", "met", "polarity"):
        found = list(example.quads_for_pattern(None, NamedNode(GL + name), None, None))
        assert found, name
        assert {quad.graph_name for quad in found} == {derived}, name


def test_counts_of_one_item_are_one_observation(example: Store) -> None:
    where = "?c a gl:CountObservation ; gl:count ?n ; gl:unit ?u ; gl:statedIn/gl:text ?t"
    assert rows(example, where, "n", "u", "t") == [
        ("2", f"{CODE}unit/vehicle", "公务用车2辆"),
        ("2", f"{CODE}unit/vehicle", "共有车辆2辆"),
    ]


def test_indicator_is_judged_by_its_comparator(example: Store) -> None:
    found = rows(
        example,
        "?i gl:indicatorName ?n ; gl:polarity ?p ; gl:met ?m ; gl:indicatorType ?t",
        "n",
        "p",
        "m",
        "t",
    )
    assert [tuple(value.split("/")[-1] for value in row) for row in found] == [
        ("事故率", "lower-better", "false", "quality"),
        ("满意度", "higher-better", "true", "satisfaction"),
    ]


def test_project_money_is_a_cube_of_its_own(example: Store) -> None:
    found = rows(example, "?o a gl:ProjectObservation ; gl:phase ?p ; gl:amount ?a", "p", "a")
    assert [(phase.split("/")[-1], amount) for phase, amount in found] == [
        ("adjusted-budget", "405000"),
        ("executed", "405000"),
        ("initial-budget", "500000"),
    ]


def test_glossary_joins_documents_by_term(example: Store) -> None:
    where = "?d gl:definesTerm/skos:prefLabel ?t ; gl:text ?text ; gl:textKey ?k"
    assert rows(example, where, "t", "text") == [("基本支出", "指保障机构正常运转的支出。")]


def test_anomaly_aims_at_its_sentence_and_its_facts(example: Store) -> None:
    where = (
        "?a a gl:Anomaly ; oa:hasBody/rdf:value ?why ; oa:hasTarget ?target . ?target a ?class"
        f" FILTER (STRSTARTS(STR(?class), '{GL}'))"
    )
    found = rows(example, where, "why", "class")
    assert {why for why, _ in found} == {FACTS.anomalies[0].why, FACTS.anomalies[0].why_zh}
    assert {name.removeprefix(GL) for _, name in found} == {
        "Sentence",
        "TextSpan",
        "FiscalObservation",
        "Change",
        "CountObservation",
        "SelfAssessment",
        "PerformanceSummary",
    }


def test_anomaly_has_its_arithmetic_as_terms_that_compute(example: Store) -> None:
    where = (
        "?a gl:calculation ?c . ?c gl:computed ?computed ; gl:stated ?stated ; gl:difference ?difference "
        "{ SELECT ?c (SUM(?v) AS ?over) WHERE { ?c gl:hasTerm ?t . ?t gl:termValue ?v "
        "FILTER NOT EXISTS { ?t gl:divides true } } GROUP BY ?c } "
        "{ SELECT ?c (SUM(?v) AS ?under) WHERE { ?c gl:hasTerm ?t . ?t gl:termValue ?v ; gl:divides true } "
        "GROUP BY ?c } BIND(100 * ?over / ?under AS ?result)"
    )
    found = rows(example, where, "result", "computed", "stated", "difference")
    assert found == [("50", "50", "33", "-17")]


def test_anomaly_keeps_its_iri_when_words_and_places_change() -> None:
    """The explanation may be worded anew and the sentence may move; another quote is another finding."""
    (anomaly,) = FACTS.anomalies
    moved = replace(anomaly, why="told anew", span=replace(anomaly.span, start=0, end=1))
    other = replace(anomaly, span=replace(anomaly.span, quote="另一句"))
    assert anomaly_iris(anomaly) == anomaly_iris(moved)
    assert anomaly_iris(anomaly) != anomaly_iris(other)
    first, second = anomaly_iris(anomaly, anomaly)
    assert [first] == anomaly_iris(anomaly) and second == f"{first}/2"


def anomaly_iris(*anomalies: Anomaly) -> list[str]:
    disclosure = Disclosure(replace(FACTS, anomalies=anomalies), TEXT, DEFAULT_BASE, VERSION)
    return [node.value for node, _ in named_anomalies(disclosure)]


def test_anomaly_accuses_nobody(example: Store) -> None:
    where = "?a gl:anomalyType ?k ; gl:severity ?s ; gl:origin ?o ; gl:review ?r"
    (found,) = rows(example, where, "k", "s", "o", "r")
    assert [value.removeprefix(CODE) for value in found] == [
        "anomaly/percent",
        "severity/error",
        "origin/unknown",
        "review/unreviewed",
    ]


def test_provenance_names_the_text_and_the_version_of_the_pipeline(example: Store) -> None:
    for graph in graph_names():
        where = (
            f"GRAPH {graph} {{ {graph} prov:wasDerivedFrom ?text ; prov:wasGeneratedBy ?run }}"
            f"?text gl:sha256 '{digest(TEXT)}' ."
            f"?run prov:used ?text ; prov:wasAssociatedWith/gl:programVersion '{VERSION}'"
        )
        assert holds(example, where)


def test_corrected_document_has_the_same_graphs_and_another_text() -> None:
    text = TEXT.replace("120.50万元", "121.50万元", 1)
    total = FACTS.amounts[0]
    moved = replace(
        total,
        value=Decimal("121.50"),
        span=at(text.splitlines()[5], text),
        mentions=(Mention(Decimal("121.50"), "万元", at("支出合计121.50万元", text), "overall"),),
    )
    facts = replace(FACTS, sha256=digest(text), amounts=(moved, *FACTS.amounts[1:]))
    old, new = quads_of(FACTS, TEXT), quads_of(facts, text)
    assert {quad.graph_name for quad in old} == {quad.graph_name for quad in new}
    amounts = [
        {quad.subject for quad in quads if quad.predicate.value == f"{GL}amount"}
        for quads in (old, new)
    ]
    assert amounts[0] == amounts[1]
    assert old != new


def test_documents_agree_on_the_labels_of_what_they_share() -> None:
    office = replace(FACTS.organization, name="甲区政务服务局", level="unit")
    other = replace(FACTS, fiscal_year="2022", organization=office)
    store = store_of(quads_of(FACTS, TEXT) | quads_of(other, TEXT))
    assert len(rows(store, "?d a gl:DisclosureDocument", "d")) == 2
    assert len(rows(store, "?d gl:disclosedBy ?office", "office")) == 1
    assert not holds(store, "?thing skos:prefLabel ?one , ?other FILTER (?one != ?other)")


def test_another_base_changes_every_iri_of_ours() -> None:
    quads = make_quads(FACTS, TEXT, base="http://localhost/", program_version=VERSION)
    written = serialize(quads, format=RdfFormat.N_QUADS)
    assert written is not None
    assert BASE.encode() not in written


@pytest.mark.parametrize("module", [identity, money, points, vocabulary])
def test_examples_in_docstrings_hold(module: ModuleType) -> None:
    outcome = doctest.testmod(module)
    assert outcome.attempted > 0
    assert outcome.failed == 0


# ---------------------------------------------------------------- faults


def test_a_span_on_pages_says_where_it_stands_on_each() -> None:
    boxes = (Box(21, 90.0, 700.5, 505.25, 742.0), Box(22, 90.0, 72.0, 250.0, 86.0))
    facts = replace(FACTS, title=Name(FACTS.title.text, replace(FACTS.title.span, boxes=boxes)))
    where = (
        "?document a gl:DisclosureDocument ; gl:statedIn ?span . ?span gl:page ?page ;"
        " oa:hasSelector ?region . ?region a oa:FragmentSelector ; rdf:value ?fragment ;"
        " dcterms:conformsTo <http://tools.ietf.org/rfc/rfc3778>"
    )
    assert rows(store_of(quads_of(facts, TEXT)), where, "page", "fragment") == [
        ("21", "page=21&viewrect=90,700.5,415.2,41.5"),
        ("21", "page=22&viewrect=90,72,160,14"),
    ]


def test_span_that_does_not_quote_the_text_is_refused() -> None:
    facts = replace(FACTS, title=Name("示例", Span(1, 3, "示例")))
    with pytest.raises(SpanError, match=r"example\.txt: the text at 1\.\.3"):
        quads_of(facts, TEXT)


def test_unknown_unit_of_money_is_refused() -> None:
    facts = replace(FACTS, amounts=(replace(FACTS.amounts[0], unit="辆"),))
    with pytest.raises(UnitError, match="'辆' is no unit of money"):
        quads_of(facts, TEXT)


def test_contact_data_never_enter_the_graph() -> None:
    contact = at("联系人：王某 联系电话：000-00000000")
    facts = replace(FACTS, terms=(Term("联系", "x", contact),))
    with pytest.raises(PersonalDataError):
        quads_of(facts, TEXT)


def test_context_of_a_quote_leaves_out_contact_data_nearby(
    document: tuple[DocumentFacts, str],
) -> None:
    for quad in quads_of(*document):
        if isinstance(quad.object, Literal):
            assert "王某" not in quad.object.value
            assert not re.search(r"联系人[\s:：]|0\d{2,3}-\d{7,8}", quad.object.value)


@pytest.mark.parametrize(
    "text",
    [
        "联系人：王某",
        "联系人\n\t王某",
        "联系电话：010-12345678",
        "13812345678",
        "（023）—81234567",
        "联系方式：81234567",
    ],
)
def test_contact_data_are_recognised(text: str) -> None:
    assert is_personal(text)


@pytest.mark.parametrize(
    "text",
    [
        "密切联系人民群众",
        "负责联系人大代表",
        "13812345678元",
        "13812345678.55万元",
        "邮电费3.20万元",
        "2023-2024年",
        "电话费12345.67万元",
        digest(TEXT),
    ],
)
def test_amounts_and_duties_are_no_contact_data(text: str) -> None:
    assert not is_personal(text)
