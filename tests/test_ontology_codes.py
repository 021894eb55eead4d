"""The code lists, classes and divisions: tables that hold together, names that resolve."""

from __future__ import annotations

import re
from collections import Counter
from importlib import resources
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.reading.files import read_file
from ontology.checking import checks
from ontology.classes import economic_classes, function_classes
from ontology.codes import (
    CodeListError,
    code_list,
    code_list_names,
    find_division,
    find_economic_class,
    find_function_class,
    function_class_names,
    item_notation,
    unit_power,
)
from ontology.divisions import Division, divisions
from ontology.partitions import partitions
from ontology.tables import read_table

# The kinds of the facts format.
ANOMALY_KINDS = [
    *("percent", "percent-zero-base", "share", "sum", "cross-section", "cross-year"),
    *("table-text", "count", "missing-unit", "reason-conflict", "completion-rate", "direction"),
    *("procurement", "listed-but-zero", "classification", "name-mismatch", "template-residue"),
    *("typo", "numbering", "plausibility"),
]
KINDS_ACROSS_DOCUMENTS = ["cross-document"]
PRESENT = 2025
EDITIONS = range(2013, PRESENT + 1)
LISTS = [
    *sorted({row["list"] for row in read_table("concepts")}),
    *("item", "count-item", "unit", "check", "cofog", "partition", "profile-measure"),
]
SOURCED = ("function_classes", "economic_classes", "function_class_names", "economic_class_names")


@pytest.mark.parametrize("name", LISTS)
def test_code_list_concepts_have_labels_in_both_languages(name: str) -> None:
    assert all(concept.label_zh and concept.label_en for concept in code_list(name).values())


@pytest.mark.parametrize("name", LISTS)
def test_code_list_broader_concepts_exist(name: str) -> None:
    concepts = code_list(name)
    assert {c.broader for c in concepts.values() if c.broader} <= set(concepts)


@pytest.mark.parametrize("name", LISTS)
def test_code_list_has_its_name_and_labels(name: str) -> None:
    named = {listed.name: listed for listed in code_list_names()}
    assert named[name].label_zh and named[name].label_en


@pytest.mark.parametrize(
    ("table", "keys"),
    [
        ("concepts", ("list", "notation")),
        ("code_lists", ("list",)),
        ("items", ("notation",)),
        ("count_items", ("notation",)),
        ("units", ("notation",)),
        ("checks", ("notation",)),
        ("partitions", ("notation",)),
        ("cofog", ("notation",)),
        ("function_classes", ("code",)),
        ("economic_classes", ("code",)),
        ("function_class_names", ("code", "name")),
        ("economic_class_names", ("code", "name")),
        ("divisions", ("code", "name")),
        ("sources", ("key",)),
        ("matches", ("list", "notation")),
    ],
)
def test_table_rows_are_unique_and_whole(table: str, keys: tuple[str, ...]) -> None:
    rows = [tuple(row[key] for key in keys) for row in read_table(table)]
    assert len(rows) == len(set(rows))
    assert all(all(row) for row in rows)
    assert all(None not in row.values() and None not in row for row in read_table(table))


def test_package_tables_stay_small() -> None:
    tables = resources.files("ontology").joinpath("data").iterdir()
    sizes = {file.name: len(file.read_bytes()) for file in tables if file.name.endswith(".csv")}
    assert max(sizes.values()) < 600_000
    assert sum(sizes.values()) < 1_500_000


def test_unknown_code_list_is_refused_by_name() -> None:
    with pytest.raises(CodeListError, match="colours"):
        code_list("colours")


def test_anomaly_kinds_are_those_of_the_facts_and_have_definitions() -> None:
    kinds = code_list("anomaly")
    assert list(kinds) == [*ANOMALY_KINDS, *KINDS_ACROSS_DOCUMENTS]
    assert all(kind.definition_zh and kind.definition_en for kind in kinds.values())


def test_checks_raise_known_anomalies_and_every_anomaly_has_a_check() -> None:
    assert {check.anomaly for check in checks().values()} == {
        *ANOMALY_KINDS,
        *KINDS_ACROSS_DOCUMENTS,
    }


def test_every_item_has_known_flows_and_nature() -> None:
    flows, natures = set(code_list("flow")), set(code_list("nature"))
    for row in read_table("items"):
        assert row["flows"] and set(row["flows"].split("|")) <= flows
        assert not row["nature"] or row["nature"] in natures


def test_procurement_is_expenditure() -> None:
    rows = [row for row in read_table("items") if row["notation"].startswith("procurement")]
    assert {row["flows"] for row in rows} == {"expenditure"}


def test_count_items_have_known_units() -> None:
    assert {row["unit"] for row in read_table("count_items")} <= set(code_list("unit"))


def test_partition_parts_and_wholes_are_known() -> None:
    items = set(code_list("item")) | set(code_list("count-item")) | {"*"}
    levels = {"func/class", "func/group", "func/item", "econ/class", "econ/group"}
    known = items | levels | set(code_list("fund"))
    for partition in partitions().values():
        for part in (partition.whole, *partition.parts):
            assert item_notation(part.rpartition(".")[2]) in known, partition


def test_matches_are_of_known_concepts() -> None:
    for row in read_table("matches"):
        assert row["notation"] in code_list(row["list"])


def test_cofog_mapping_joins_known_classes() -> None:
    for row in read_table("function_to_cofog"):
        assert row["function"] in function_classes()
        assert row["cofog"] in code_list("cofog")


def test_units_of_money_have_their_powers() -> None:
    powers = {notation: unit_power(notation) for notation in ("yuan", "wanyuan", "yiyuan")}
    assert powers == {"yuan": 0, "wanyuan": 4, "yiyuan": 8}
    assert unit_power("vehicle") is None


@pytest.mark.parametrize("table", SOURCED)
def test_class_rows_name_a_known_source(table: str) -> None:
    assert {row["source"] for row in read_table(table)} <= {r["key"] for r in read_table("sources")}


def test_class_codes_extend_the_code_of_their_parent() -> None:
    for classes in (function_classes(), economic_classes()):
        for known in classes.values():
            above = known.code[:-2] if known.level != "class" else None
            assert known.parent == above
            assert above is None or above in classes


def test_items_hold_the_classes() -> None:
    items = code_list("item")
    assert items["func-2010601"].label_zh == "行政运行"
    assert items["econ-30101"].broader == "econ-301"
    assert item_notation("func:2010601") in items


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("一般公共服务支出", "201"),
        ("社会保障与就业支出", "208"),
        ("社会保障和就业", "208"),
        ("医疗卫生与计划生育支出", "210"),
        ("资源勘探信息等支出", "215"),
        ("财政事务", "20106"),
        ("行政运行", None),
        ("无此科目", None),
    ],
)
def test_function_class_is_found_by_current_old_and_variant_name(
    name: str, code: str | None
) -> None:
    assert find_function_class(name) == code


def test_item_of_function_is_found_inside_its_group_only() -> None:
    assert find_function_class("行政运行", parent="20106") == "2010601"
    assert find_function_class("行政运行", parent="20103") == "2010301"
    assert find_function_class("行政运行", parent="201") is None


@pytest.mark.parametrize(
    ("parent", "code"), [(None, "21699"), ("216", "21699"), ("21699", "2169999")]
)
def test_name_of_a_group_and_its_item_is_told_by_the_class_above(
    parent: str | None, code: str
) -> None:
    assert find_function_class("其他商业服务业等支出", parent=parent) == code


@pytest.mark.parametrize(
    ("name", "parent", "code"),
    [
        ("其它商业服务业等", "21699", "2169999"),
        ("政府办公厅(室)及相关机构事务", "201", "20103"),
        ("三供一业移交补助支出", "22301", "2230102"),
        ('"三供一业"移交补助支出', "22301", "2230102"),
        ("“两庭”建设", "20405", "2040506"),
        ("农业农村", None, None),
        ("农业农村", "213", "21301"),
        ("林业和草源", "213", None),
    ],
)
def test_function_class_is_found_as_printed_but_not_guessed(
    name: str, parent: str | None, code: str | None
) -> None:
    assert find_function_class(name, parent=parent) == code


@pytest.mark.parametrize(
    ("name", "parent", "year", "code"),
    [
        ("其他社会保障和就业支出", "20899", 2020, "2089901"),
        ("其他社会保障和就业支出", "20899", 2021, "2089999"),
        ("其他社会保障和就业支出", "20899", "", "2089999"),
        ("老龄事务", "20802", 2017, "2080205"),
        ("大中型水库移民后期扶持基金支出", None, 2020, "20822"),
        ("大中型水库移民后期扶持基金支出", None, 2024, "21372"),
        ("地震事务", None, None, "22405"),
        ("扶贫", "213", 2023, "21305"),
    ],
)
def test_of_two_holders_the_one_of_the_edition_is_found(
    name: str, parent: str | None, year: int | str | None, code: str
) -> None:
    assert find_function_class(name, parent=parent, year=year) == code


@pytest.mark.parametrize("year", EDITIONS)
def test_names_are_unique_inside_a_class_in_every_edition(year: int) -> None:
    for classes in (function_classes(), economic_classes()):
        borne = [
            (known.parent, name.name)
            for known in classes.values()
            for name in known.names
            if known.parent and name.is_borne(year)
        ]
        assert len(borne) == len(set(borne))


def test_years_of_names_are_in_order() -> None:
    for classes in (function_classes(), economic_classes()):
        for name in (name for known in classes.values() for name in known.names):
            assert (name.valid_from or 0) <= (name.valid_to or 9999)


def test_every_group_with_items_and_every_class_of_the_editions_is_there() -> None:
    levels = Counter(known.level for known in function_classes().values())
    assert levels["class"] == 32
    assert levels["group"] > 280
    assert levels["item"] > 1500


def test_group_is_found_inside_its_class_by_its_former_name() -> None:
    assert find_function_class("行政事业单位离退休", parent="208", year=2018) == "20805"


@given(st.sampled_from(sorted(function_classes())))
def test_every_function_class_is_found_at_its_place(code: str) -> None:
    known = function_classes()[code]
    year = known.names[0].valid_to or PRESENT
    assert find_function_class(known.name, parent=known.parent, year=year) == code


@given(st.sampled_from(sorted(economic_classes())))
def test_every_economic_class_is_found_at_its_place(code: str) -> None:
    known = economic_classes()[code]
    year = known.names[0].valid_to or PRESENT
    if known.parent or code < "500":
        assert find_economic_class(known.name, parent=known.parent, year=year) == code


def test_codes_printed_in_real_documents_are_known(corpus: Path) -> None:
    printed = re.compile(r"(?<![\d.,])(2[0-3]\d)\s(\d\d)\s(\d\d)\s([一-龥“][^\s\d]{2,40})")
    found = {
        "".join(row.group(1, 2, 3)): row.group(4).strip()
        for path in sorted(corpus.glob("*/*.pdf"))
        for row in printed.finditer(read_file(path).text)
    }
    assert len(found) >= 40
    for code, name in found.items():
        assert find_function_class(name, parent=code[:-2]) == code


def test_economic_group_of_two_classes_needs_its_parent() -> None:
    assert find_economic_class("办公设备购置") is None
    assert find_economic_class("办公设备购置", parent="310") == "31002"


def test_function_class_names_are_of_the_top_level() -> None:
    assert {"教育支出", "医疗卫生"} <= set(function_class_names())
    assert "行政运行" not in function_class_names()


@pytest.mark.parametrize(
    ("text", "full_name"),
    [
        ("重庆市开州区政务服务管理办公室", "重庆市开州区"),
        ("开州区财政局", "重庆市开州区"),
        ("重庆开州区财政局", "重庆市开州区"),
        ("中共重庆市委办公厅", "重庆市"),
        ("2020年度上海市普陀区财政局", "上海市普陀区"),
        ("广东省广州市天河区", "广东省广州市天河区"),
        ("广东省天河区", "广东省广州市天河区"),
        ("长春市朝阳区教育局", "吉林省长春市朝阳区"),
        ("吉林市财政局", "吉林省吉林市"),
        ("重庆市江北区", "重庆市江北区"),
    ],
)
def test_division_is_the_longest_name_that_the_text_begins_with(text: str, full_name: str) -> None:
    found = find_division(text)
    assert found is not None
    assert found.full_name == full_name


@pytest.mark.parametrize(
    "text", ["朝阳区教育局", "江北区", "矿区管理局", "示例省甲市", "", "财政部"]
)
def test_ambiguous_or_unknown_place_has_no_division(text: str) -> None:
    assert find_division(text) is None


def test_reused_code_tells_its_holders_apart() -> None:
    former, present = find_division("重庆市万盛区"), find_division("重庆市綦江区")
    assert former is not None and present is not None
    assert former.code == present.code == "500110"
    assert present.notation == "500110" != former.notation


def test_virtual_nodes_are_no_divisions() -> None:
    assert not any("市辖区" in division.full_name for division in divisions().values())
    assert not any("直辖" in division.full_name for division in divisions().values())


def test_division_parents_are_governments() -> None:
    known = divisions()
    assert all(d.parent is None or d.parent in known for d in known.values())
    assert {d.level for d in known.values()} <= set(code_list("level"))


@given(st.sampled_from([d for d in divisions().values() if d.status == "current"]))
def test_current_division_is_found_by_its_full_name(division: Division) -> None:
    assert find_division(f"{division.full_name}财政局") == division
