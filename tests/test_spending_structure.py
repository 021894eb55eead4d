"""What expenditure is made up of: shares of one whole, of which fund and scope, what is left over."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ontology.codes import code_list
from queries.caveats import Caveat
from queries.class_editions import changed_classes
from queries.compared_functions import Topic
from queries.comparison import compare
from queries.narrowness import notation
from queries.offices import find_offices
from queries.spending_structure import FUNDS, SpendingStructure, StructureBlock, choose
from store.memory import InProcessGraph
from tests.conftest import SAMPLES
from tests.test_queries import graph_of, samples_graph

JIAQU, MINZHENG, JIEDAO = "示例市甲区政务服务管理局", "示例市乙区民政局", "示例市丁区样本街道办事处"
TABLES = "示例市临溪县市场监督管理局"


def structure_of(*names: str, graph: InProcessGraph | None = None) -> SpendingStructure:
    graph = graph or samples_graph()
    return compare(graph, find_offices(graph, names)).structure


def block_of(structure: SpendingStructure, name: str) -> StructureBlock:
    return next(block for block in structure.blocks if block.name == name)


def caveats_of(graph: InProcessGraph, *names: str) -> dict[str, Caveat]:
    found = compare(graph, find_offices(graph, names)).caveats
    return {caveat.kind: caveat for caveat in found}


def disclosure(folder: Path, name: str, sentences: str) -> Path:
    """A disclosure of 2022 with the given sentences about its money."""
    file = folder / f"{name}.txt"
    file.write_text(
        f"{name}2022年度部门决算公开说明\n一、部门决算情况说明\n"
        f"(一)收入支出决算总体情况说明\n{sentences}\n",
        encoding="utf-8",
    )
    return file


def test_shares_are_of_the_total_of_the_same_fund() -> None:
    classes = block_of(structure_of(JIAQU, MINZHENG), "function-classes")
    assert [fund and notation(fund.iri) for fund in classes.funds] == ["general", "general"]
    social = next(
        line for line in classes.lines if line.part and line.part.iri.endswith("func-208")
    )
    assert [amount and amount.share for amount in social.amounts] == [
        Decimal("7.11"),
        Decimal("97.06"),
    ]
    wholes = [whole and whole.amount for whole in classes.wholes]
    assert wholes == [Decimal("698.9"), Decimal("1849.4")]


def test_shares_of_each_exhaustive_block_make_up_the_whole() -> None:
    structure = structure_of(JIAQU, MINZHENG, JIEDAO)
    for name in ("function-classes", "natures", "basic"):
        block = block_of(structure, name)
        for place, whole in enumerate(block.wholes):
            amounts = [line.amounts[place] for line in block.lines]
            assert whole is not None
            assert sum(stated.amount for stated in amounts if stated) == whole.amount


def test_every_stated_amount_leads_to_its_words_and_a_remainder_is_told() -> None:
    for block in structure_of(JIAQU, MINZHENG, JIEDAO).blocks:
        for line in block.lines:
            for stated in line.amounts:
                assert stated is None or (stated.span_iri is None) == (line.part is None)


def test_part_that_an_office_does_not_state_is_none_and_not_zero() -> None:
    natures = block_of(structure_of(JIAQU, MINZHENG), "natures")
    operating = next(line for line in natures.lines if line.part and "经营" in line.part.label)
    assert operating.amounts[0] is None
    assert operating.amounts[1] is not None
    assert operating.amounts[1].amount == 0


def test_personnel_and_public_are_shares_of_the_basic_expenditure() -> None:
    basic = block_of(structure_of(JIAQU, MINZHENG), "basic")
    assert basic.whole.zh == "基本支出"
    assert [str(whole and whole.amount) for whole in basic.wholes] == ["441.05", "386.7"]
    assert [str(a and a.share) for a in basic.lines[0].amounts] == ["87.73", "85.66"]


def test_what_the_classes_leave_over_is_a_line_of_its_own(tmp_path: Path) -> None:
    partial = disclosure(
        tmp_path,
        "示例市戊区档案馆",
        "2022年度支出合计100.00万元，其中：基本支出60.00万元，占60.00%；项目支出30.00万元，占30.00%。",
    )
    graph = graph_of([partial, SAMPLES / "shili-dingqu-yangbenjiedao-2022.txt"])
    natures = block_of(structure_of("示例市戊区档案馆", JIEDAO, graph=graph), "natures")
    left = natures.lines[-1]
    assert left.part is None
    assert left.amounts[0] is not None
    assert (left.amounts[0].amount, left.amounts[0].share) == (Decimal(10), Decimal(10))
    assert left.amounts[1] is None


def test_office_without_amounts_is_told(tmp_path: Path) -> None:
    bare = tmp_path / "bare.txt"
    bare.write_text(
        "示例市戊区档案馆2022年度部门决算公开说明\n一、部门基本情况\n(一)职能职责\n"
        "1.负责档案的收集和保管。\n2.负责档案的利用。\n",
        encoding="utf-8",
    )
    graph = graph_of([bare, SAMPLES / "shili-dingqu-yangbenjiedao-2022.txt"])
    caveats = caveats_of(graph, "示例市戊区档案馆", JIEDAO)
    assert caveats["amounts"].message.zh == "示例市戊区档案馆的文件没有列出支出合计及其构成"
    structure = structure_of("示例市戊区档案馆", JIEDAO, graph=graph)
    assert structure.scopes[0] is None
    assert all(block.funds[0] is None for block in structure.blocks)


def test_different_funds_are_told_where_no_fund_is_common() -> None:
    graph = graph_of(
        [SAMPLES / "shili-jiaqu-zhengwu-2021.txt", SAMPLES / "shili-beijing-wenlv-2020.pdf"]
    )
    names = (JIAQU, "北京市示例区文化和旅游局")
    three_public = block_of(structure_of(*names, graph=graph), "three-public")
    assert [fund and notation(fund.iri) for fund in three_public.funds] == ["general", "fiscal"]
    told = caveats_of(graph, *names)["fund"].message
    assert "“三公”经费的资金范围不同" in told.zh
    assert "一般公共预算财政拨款" in told.zh
    assert code_list("fund")["general"].label_en in told.en


def test_common_fund_is_taken_where_one_office_has_more() -> None:
    graph = graph_of(
        [
            SAMPLES / "shili-jiaqu-zhengwu-2021.txt",
            SAMPLES / "shili-linxi-shichangjianguan-2021.docx",
        ]
    )
    classes = block_of(structure_of(JIAQU, TABLES, graph=graph), "function-classes")
    assert {fund and notation(fund.iri) for fund in classes.funds} == {"general"}


@given(st.lists(st.lists(st.sampled_from(FUNDS), max_size=4), min_size=1, max_size=6))
def test_each_office_is_shown_in_a_value_that_it_has(offered: list[list[str]]) -> None:
    topics = [[Topic(f"code/fund/{name}", name) for name in names] for names in offered]
    chosen = choose(topics, FUNDS)
    for names, value in zip(offered, chosen, strict=True):
        assert (value is None) == (not names)
        assert value is None or value.label in names
    common = set.intersection(*map(set, offered))
    if common:
        assert len(set(chosen)) == 1


@pytest.mark.parametrize(
    ("codes", "years", "expected"),
    [
        (["208"], [2019, 2021], []),
        (["210"], [2018, 2019], ["210：2018 医疗卫生与计划生育支出、2019 卫生健康支出"]),
        (["201"], [2012, 2015], []),
        (["999"], [2012, 2015], []),
    ],
)
def test_classes_of_two_editions_are_compared_by_name(
    codes: list[str], years: list[int], expected: list[str]
) -> None:
    assert [words.zh for words in changed_classes(codes, years)] == expected
