"""Documents that speak of the same bodies meet in the graph, and those that may not stay apart."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pyshacl
import pytest
import rdflib
from pyoxigraph import RdfFormat, Store, serialize

from ingest.pipeline import ReadDocument, read_document
from ingest.reforms import read_reform
from ontology.namespaces import DEFAULT_BASE

REPOSITORY = Path(__file__).resolve().parent.parent
Reader = Callable[..., Store]
PREFIXES = f"""
PREFIX gl: <{DEFAULT_BASE}ns#> PREFIX org: <http://www.w3.org/ns/org#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#> PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""


def disclosure(office: str, structure: str, year: int = 2023) -> str:
    """A short disclosure of an office with one duty and one amount."""
    return f"""{office}{year}年度部门决算公开说明
一、部门基本情况
（一）职能职责
1.负责推进辖区有关工作。
（二）机构设置
{structure}
二、部门决算情况说明
（一）收入支出决算总体情况说明
{year}年度支出总计120.50万元。
"""


@pytest.fixture
def read(tmp_path: Path) -> Reader:
    """Reads disclosures, given as pairs of office and structure, into one store."""

    def read_all(*given: tuple[str, str] | tuple[str, str, int]) -> Store:
        store = Store()
        for number, one in enumerate(given):
            path = tmp_path / f"{number}.txt"
            path.write_text(disclosure(*one), "utf-8")
            outcome = read_document(path, DEFAULT_BASE, "0")
            assert isinstance(outcome, ReadDocument), outcome
            store.extend(outcome.quads)
        return store

    return read_all


def holds(store: Store, where: str) -> bool:
    return bool(store.query(f"{PREFIXES} ASK {{ {where} }}", use_default_graph_as_union=True))


def values(store: Store, where: str) -> list[str]:
    """The bindings of ?found in order, over all graphs."""
    query = f"{PREFIXES} SELECT DISTINCT ?found WHERE {{ {where} }} ORDER BY ?found"
    solutions = store.query(query, use_default_graph_as_union=True)
    return [solution["found"].value for solution in solutions]  # type: ignore[union-attr]


def test_unit_in_its_department_is_the_office_of_its_own_document(read: Reader) -> None:
    store = read(
        ("重庆市江津区教育委员会", "下属单位包括：江津区第一实验小学、区教师进修学校。"),
        ("江津区第一实验小学", "内设办公室。"),
        ("重庆市江津区教师进修学校（本级）", "内设办公室。"),
    )
    met = (
        "?above gl:hasSubordinateUnit ?unit . ?d gl:disclosedBy ?unit . ?unit skos:prefLabel ?found"
    )
    assert values(store, met) == ["重庆市江津区教师进修学校", "重庆市江津区第一实验小学"]


def test_nameplate_that_discloses_itself_is_reached_from_its_bearer(read: Reader) -> None:
    store = read(
        ("示例市甲区政务服务局", "示例市甲区政务服务局挂区数据局牌子，内设综合科。"),
        ("示例市甲区数据局", "内设综合科。"),
    )
    assert holds(store, "?d gl:disclosedBy ?bearer . ?bearer gl:actsAlsoAs/^gl:disclosedBy ?other")


def test_office_is_one_over_the_years_and_its_names(read: Reader) -> None:
    store = read(
        ("中共示例市甲区委组织部", "内设综合科。", 2022),
        ("中国共产党示例市甲区委员会组织部（本级）", "内设综合科。", 2023),
        ("示例市甲区委组织部", "内设综合科。", 2024),
    )
    assert len(values(store, "?found a gl:DisclosureDocument")) == 3
    assert len(values(store, "[] gl:disclosedBy ?found")) == 1
    assert not holds(store, "?body skos:prefLabel ?one , ?other FILTER(?one != ?other)")


def test_merger_is_one_event_with_its_bodies_and_its_year(read: Reader) -> None:
    told = "2019年3月组建示例市甲区丙局，不再保留示例市甲区甲局、示例市甲区乙局。"
    store = read(("示例市甲区丙局", told))
    assert len(values(store, "?found a org:ChangeEvent")) == 1
    former = "?e org:originalOrganization/skos:prefLabel ?found"
    assert values(store, former) == ["示例市甲区乙局", "示例市甲区甲局"]
    assert holds(store, "?e dcterms:date '2019-03'^^xsd:gYearMonth")
    assert holds(
        store, "?d gl:disclosedBy/org:resultedFrom/org:originalOrganization/org:changedBy ?e"
    )


def test_division_of_a_body_names_all_that_came_of_it(read: Reader) -> None:
    told = "不再保留区丁局，其职责分别划入示例市甲区丙局和示例市甲区戊局。"
    store = read(("示例市甲区丙局", told))
    came = "?e org:resultingOrganization/skos:prefLabel ?found"
    assert values(store, came) == ["示例市甲区丙局", "示例市甲区戊局"]


def test_internal_offices_that_a_reform_set_up_are_no_bodies(read: Reader) -> None:
    store = read(("示例市甲区丙局", "不再保留区丁局，设立办公室、人事处、示例市甲区丙局养护站。"))
    came = "?e org:resultingOrganization/skos:prefLabel ?found"
    assert values(store, came) == ["示例市甲区丙局", "示例市甲区丙局养护站"]


@pytest.mark.parametrize(
    ("told", "former"),
    [
        ("我局由原区丁局、区戊局合并组建。", ["示例市甲区丁局", "示例市甲区戊局"]),
        ("示例市甲区丙局由原示例市甲区丁局整合而成。", ["示例市甲区丁局"]),
        ("专项检查工作委员会由示例市甲区丁局组建。", []),
    ],
)
def test_bodies_that_an_office_was_made_from_are_its_predecessors(
    read: Reader, told: str, former: list[str]
) -> None:
    store = read(("示例市甲区丙局", told))
    assert values(store, "?o gl:predecessor/skos:prefLabel ?found") == former


def test_successor_meets_the_document_of_its_predecessor(read: Reader) -> None:
    store = read(
        ("示例市甲区甲局", "内设综合科。", 2018),
        ("示例市甲区丙局", "由原示例市甲区甲局更名而来，内设综合科。", 2020),
    )
    assert holds(store, "?new gl:disclosedBy/gl:predecessor/^gl:disclosedBy ?old")


def test_body_of_an_open_place_is_reported_and_kept_apart(read: Reader) -> None:
    told = "由原鼓楼区甲事务局组建。"
    store = read(("重庆市江津区乙局", told), ("四川省成都市武侯区乙局", told))
    assert len(values(store, "?found gl:ambiguousName '鼓楼区'@zh")) == 2
    possible = values(store, "?b gl:possibleDivision/skos:prefLabel ?found")
    assert "江苏省南京市鼓楼区" in possible
    assert len(possible) > 1


def test_two_offices_of_one_open_name_do_not_replace_each_other(read: Reader) -> None:
    store = read(("朝阳区甲局", "内设综合科。"), ("朝阳区甲局", "内设人事科。"))
    assert len(values(store, "?found a gl:DisclosureDocument")) == 2
    assert len(values(store, "[] gl:disclosedBy ?found")) == 2


@pytest.mark.parametrize(
    ("one", "other", "dates"),
    [
        ("2019年3月", "2018年12月", ["2018-12", "2019-03"]),
        ("2019年", "2019年3月", ["2019-03"]),
    ],
)
def test_reform_that_two_sentences_tell_is_one_event_with_every_date_that_contradicts(
    read: Reader, one: str, other: str, dates: list[str]
) -> None:
    told = f"{one}，不再保留甲区卫生计生委。\n{other}，不再保留示例市甲区卫生和计划生育委员会。"
    store = read(("示例市甲区丁局", told))
    assert len(values(store, "?found a org:ChangeEvent")) == 1
    assert len(values(store, "?e a org:ChangeEvent ; dcterms:description ?found")) == 2
    assert values(store, "?e a org:ChangeEvent ; dcterms:date ?found") == dates


@pytest.mark.parametrize(
    "told",
    [
        "由原鼓楼区甲事务局组建。",
        "2019年3月，不再保留区丁局、区甲局，其职责分别划入区丙局和区戊局。",
    ],
)
def test_shapes_hold_for_reforms_and_open_places(read: Reader, told: str) -> None:
    store = read(("示例市甲区丙局", told))
    data = rdflib.Graph()
    written = serialize((quad.triple for quad in store), format=RdfFormat.N_TRIPLES)
    data.parse(data=written, format="nt")
    shapes = rdflib.Graph().parse(REPOSITORY / "ontology" / "shapes.ttl")
    _, report, text = pyshacl.validate(data, shacl_graph=shapes)
    focus = f"{DEFAULT_BASE}id/"
    results = rdflib.SH.focusNode
    broken = [node for node in report.objects(None, results) if str(node).startswith(focus)]
    assert not [
        node for node in broken if "/org/" in node or "/event/" in node or "/div/" in node
    ], text


@pytest.mark.parametrize(
    ("sentence", "date"),
    [
        ("2019年2月30日，不再保留区丁局。", "2019-02"),
        ("2019年13月，不再保留区丁局。", "2019"),
        ("2019年3月，不再保留区丁局。", "2019-03"),
        ("2019年3月8日起不再保留区丁局。", "2019-03-08"),
        ("于2019年由区丁局更名。", "2019"),
        ("根据2018年机构改革方案，不再保留区丁局。", None),
        ("根据《关于2018年改革的通知》，不再保留区丁局。", None),
        ("按照示例编委〔2019〕8号文件，不再保留区丁局。", None),
    ],
)
def test_date_of_a_reform_is_taken_as_exact_as_it_is_told(sentence: str, date: str | None) -> None:
    assert read_reform(sentence).date == date
