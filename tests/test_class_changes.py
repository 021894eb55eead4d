"""Classes of expenditure under the names of all years, and what became of them between editions."""

from __future__ import annotations

import pytest
from pyoxigraph import Store

from ontology.class_changes import ClassChange, class_changes
from ontology.classes import (
    BudgetClass,
    economic_classes,
    find_economic_class,
    find_function_class,
    function_classes,
)
from ontology.namespaces import DEFAULT_BASE
from ontology.vocabulary import vocabulary_quads

PREFIXES = f"""
PREFIX gl: <{DEFAULT_BASE}ns#> PREFIX item: <{DEFAULT_BASE}code/item/>
PREFIX change: <{DEFAULT_BASE}code/class-change/>
PREFIX xkos: <http://rdf-vocabulary.ddialliance.org/xkos#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#> PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""
CHANGES = [
    pytest.param(one, id=f"{one.edition}-{one.former_code}-{one.code}") for one in class_changes()
]


@pytest.fixture(scope="module")
def vocabulary() -> Store:
    store = Store()
    store.bulk_extend(vocabulary_quads())
    return store


def ask(store: Store, where: str) -> bool:
    return bool(store.query(f"{PREFIXES} ASK {{ {where} }}", use_default_graph_as_union=True))


def known(change: ClassChange, code: str) -> BudgetClass:
    classes = function_classes() if change.classification == "function" else economic_classes()
    return classes[code]


def find(change: ClassChange, name: str, parent: str | None, year: int) -> str | None:
    search = find_function_class if change.classification == "function" else find_economic_class
    return search(name, parent, year)


@pytest.mark.parametrize(
    ("name", "parent", "year", "code"),
    [
        ("文化体育与传媒支出", None, 2018, "207"),
        ("文化旅游体育与传媒支出", None, 2023, "207"),
        ("文化体育与传媒", None, 2012, "207"),
        ("医疗卫生与计划生育支出", None, 2018, "210"),
        ("医疗卫生支出", None, 2013, "210"),
        ("卫生健康支出", None, 2020, "210"),
        ("国土海洋气象等支出", None, 2018, "220"),
        ("自然资源海洋气象等支出", None, 2020, "220"),
        ("商业服务业等事务", None, 2012, "216"),
        ("灾害防治及应急管理支出", None, 2019, "224"),
        ("债务发行费用支出", None, 2023, "233"),
        ("农林水事务", None, 2012, "213"),
        ("环境保护支出", None, 2010, "211"),
        ("社会保障与就业支出", None, 2016, "208"),
        ("行政事业单位离退休", "208", 2018, "20805"),
        ("行政事业单位养老支出", "208", 2022, "20805"),
        ("扶贫", "213", 2020, "21305"),
        ("巩固脱贫攻坚成果衔接乡村振兴", "213", 2023, "21305"),
        ("老龄事务", "20802", 2018, "2080205"),
        ("老龄事务", "20802", 2024, "2080209"),
        ("其他卫生健康支出", "21099", 2020, "2109901"),
        ("其他卫生健康支出", "21099", 2021, "2109999"),
    ],
)
def test_class_is_found_by_the_name_of_its_year(
    name: str, parent: str | None, year: int, code: str
) -> None:
    assert find_function_class(name, parent, year) == code


@pytest.mark.parametrize("classification", ["function", "economic"])
def test_no_name_of_any_year_leads_to_another_class(classification: str) -> None:
    is_function = classification == "function"
    classes = function_classes() if is_function else economic_classes()
    find_class = find_function_class if is_function else find_economic_class
    wrong = [
        (code, name.name, year)
        for code, one in classes.items()
        for name in one.names
        for year in range(2007, 2026)
        if name.holds_in(year) and find_class(name.name, one.parent, year) not in (code, None)
    ]
    # 类 of governments (5…) bear the names of 类 of departments, and are found by their code only.
    assert [one for one in wrong if not one[0].startswith("5")] == []


@pytest.mark.parametrize("change", CHANGES)
def test_change_agrees_with_the_names_of_the_classes(change: ClassChange) -> None:
    after = known(change, change.code)
    named = [name for name in after.names if name.name == change.name]
    assert any(name.holds_in(change.edition) for name in named)
    assert (change.former_code is None) == (change.change == "new")
    if change.former_code:
        before = known(change, change.former_code)
        former = [name for name in before.names if name.name == change.former_name]
        assert any(name.holds_in(change.edition - 1) for name in former)


@pytest.mark.parametrize("change", CHANGES)
def test_a_changed_class_is_found_before_and_after(change: ClassChange) -> None:
    after = known(change, change.code)
    assert find(change, change.name, after.parent, change.edition) == change.code
    if change.former_code and change.former_name:
        before = known(change, change.former_code)
        found = find(change, change.former_name, before.parent, change.edition - 1)
        assert found == change.former_code


def test_changes_of_a_kind_have_its_shape() -> None:
    for change in class_changes():
        alike = [
            one
            for one in class_changes()
            if (one.edition, one.change) == (change.edition, change.change)
        ]
        if change.change == "split":
            assert len({one.code for one in alike if one.former_code == change.former_code}) > 1
        if change.change == "merge":
            assert len({one.former_code for one in alike if one.code == change.code}) > 1
        if change.change == "rename":
            assert change.former_code == change.code


def test_correspondences_are_published_in_xkos(vocabulary: Store) -> None:
    assert ask(
        vocabulary,
        """?edition a xkos:Correspondence ; dcterms:issued '2019'^^xsd:gYear ; xkos:madeOf ?moved , ?renamed .
           ?moved a xkos:ConceptAssociation ; xkos:sourceConcept item:func-21506 ;
               xkos:targetConcept item:func-22401 ; gl:classChange change:move .
           ?renamed xkos:sourceConcept item:func-207 ; xkos:targetConcept item:func-207 ;
               skos:prefLabel '207 文化体育与传媒支出 → 207 文化旅游体育与传媒支出'@zh .""",
    )
    assert ask(
        vocabulary,
        "?new xkos:targetConcept item:func-224 FILTER NOT EXISTS { ?new xkos:sourceConcept ?c }",
    )


def test_associations_join_concepts_of_the_vocabulary(vocabulary: Store) -> None:
    assert not ask(
        vocabulary,
        """?a xkos:sourceConcept|xkos:targetConcept ?concept
           FILTER NOT EXISTS { ?concept a skos:Concept ; skos:notation ?code }""",
    )
    assert not ask(
        vocabulary,
        "?a a xkos:ConceptAssociation FILTER NOT EXISTS { ?edition xkos:madeOf ?a }",
    )
