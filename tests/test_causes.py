"""Reasons to causes: tree, cue rules, effect, amount, key, and the reasons of the corpus."""

from __future__ import annotations

import json
import os
from collections import defaultdict
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal

from ingest.causes import classify_reason, text_key
from ingest.cues import fold, holds_cue
from ingest.facts import Direction
from ingest.reason_amounts import amount_in
from ingest.reason_effects import Effect, effect_of
from ontology.causes import CAUSES, CAUSES_BY_CODE, Cause
from ontology.namespaces import Namespaces
from ontology.vocabulary import vocabulary_triples

CORPUS = Path(
    os.environ.get("GUANLIAN_CORPUS", Path(__file__).parents[1] / ".." / "shared" / "corpus")
)
needs_corpus = pytest.mark.skipif(
    not (CORPUS / "chongqing" / "gold").is_dir(),
    reason="the gold documents are absent; set GUANLIAN_CORPUS",
)

LEAVES = [cause for cause in CAUSES if cause.parent]
DIRECTIONS: dict[str, Direction] = {"+": "increase", "-": "decrease"}
REASONS = (
    "更换车棚，物业费涨价",
    "“三公”经费减少",
    "受疫情影响，庙会活动取消",
    "没有公务用车",
    "与上年持平",
    "原因不详",
)


def _codes(text: str, direction: Direction = "increase") -> list[str]:
    return [match.cause.code for match in classify_reason(text, direction)]


# --- the tree


def test_tree_has_two_levels() -> None:
    assert len(CAUSES_BY_CODE) == len(CAUSES)
    tops = {cause.code for cause in CAUSES if cause.parent is None}
    assert {leaf.parent for leaf in LEAVES} == tops
    assert all(leaf.code.startswith(f"{leaf.parent}.") for leaf in LEAVES)
    assert all(cause.label_zh and cause.label_en for cause in CAUSES)


def test_only_leaves_that_name_a_cause_have_cues() -> None:
    with_cues = {cause.code for cause in CAUSES if cause.cues}
    assert with_cues == {leaf.code for leaf in LEAVES if leaf.parent != "none"}


def test_cue_stands_under_one_leaf_or_under_two_that_the_direction_tells_apart() -> None:
    leaves_by_cue = defaultdict(list)
    for leaf in LEAVES:
        for cue in leaf.cues:
            leaves_by_cue[fold(cue)].append(leaf)
    for cue, leaves in leaves_by_cue.items():
        if len(leaves) > 1:
            assert {leaf.typical_direction for leaf in leaves} == {"+", "-"}, cue
            assert len(leaves) == 2 and len({leaf.parent for leaf in leaves}) == 1, cue


@pytest.mark.parametrize("leaf", LEAVES, ids=lambda leaf: leaf.code)
def test_cue_names_no_figure_and_is_not_excluded_by_its_own_leaf(leaf: Cause) -> None:
    assert not [cue for cue in leaf.cues if any(character.isdigit() for character in cue)]
    assert not [cue for cue in leaf.cues if holds_cue(fold(cue), leaf.exclude)]


@pytest.mark.parametrize("leaf", LEAVES, ids=lambda leaf: leaf.code)
def test_every_cue_of_a_leaf_leads_to_it(leaf: Cause) -> None:
    direction = DIRECTIONS.get(leaf.typical_direction, "increase")
    dead = [
        cue
        for cue in leaf.cues
        if leaf.code not in _codes(f"甲{cue.replace('+', '、')}", direction)
    ]
    assert dead == []


# --- causes


def test_several_causes_keep_the_order_of_the_words() -> None:
    assert _codes("三名门卫退休，锅炉老化，油价上涨") == [
        "staff.retirees",
        "asset.upkeep",
        "policy.price",
    ]


def test_cue_within_a_longer_cue_of_another_leaf_does_not_count() -> None:
    assert _codes("退休人员增加") == ["staff.retirees"]
    assert _codes("尾款未支付", "decrease") == ["proj.schedule"]


def test_joined_cue_needs_its_words_in_one_clause() -> None:
    assert "proj.cut" in _codes("锅炉项目本年取消", "decrease")
    assert "proj.cut" not in _codes("锅炉项目较大，比赛取消", "decrease")


def test_excluded_word_suppresses_a_cause() -> None:
    assert _codes("门卫调离，工资和餐费减少", "decrease")[0] == "staff.decrease"
    assert _codes("门卫调离导致工资减少", "decrease") == ["staff.decrease"]
    assert "staff.decrease" not in _codes("减少人员工资", "decrease")
    assert _codes("缴费比例变化") == ["pay.contribution"]
    assert _codes("基数较小") == []


@pytest.mark.parametrize(
    ("text", "direction", "code"),
    [
        ("疫情原因，棋类比赛改期", "decrease", "shock.epidemic-less"),
        ("疫情原因，口罩用量大", "increase", "shock.epidemic-cost"),
        ("疫情原因，口罩用量增加", "decrease", "shock.epidemic-cost"),
        ("去年因疫情影响停办", "increase", "shock.recovery"),
        ("年中调整", "increase", "budget.add"),
        ("年中调整", "decrease", "budget.cut"),
    ],
)
def test_direction_tells_sibling_causes_apart(text: str, direction: Direction, code: str) -> None:
    assert code in _codes(text, direction)


def test_name_of_an_item_is_no_cause() -> None:
    assert _codes("公务用车运行维护费增加") == ["none.component"]
    assert _codes("公务用车维修增加") == ["asset.upkeep"]


@pytest.mark.parametrize(
    ("text", "direction", "code"),
    [
        ("人员经费和公用经费增加", "increase", "none.component"),
        ("接待费用增加", "increase", "none.component"),
        ("相应费用减少3.5万元", "decrease", "none.component"),
        ("门卫餐费支出上升", "increase", "none.component"),
        ("与年初预算持平", "unchanged", "none.unchanged"),
        ("公积金保持不变", "unchanged", "none.unchanged"),
        ("本馆无公务接待任务", "decrease", "none.nothing"),
        ("未购置公务用车", "unchanged", "none.nothing"),
    ],
)
def test_reason_without_cause_is_told_by_its_form(
    text: str, direction: Direction, code: str
) -> None:
    (match,) = classify_reason(text, direction)
    assert (match.cause.code, match.cue) == (code, text)


def test_real_cause_leaves_no_room_for_none() -> None:
    assert _codes("水管老化，相应费用增加") == ["asset.upkeep"]


def test_what_did_not_happen_before_explains_an_increase() -> None:
    assert _codes("去年未开展公务接待", "increase") == ["activity.reception"]


def test_reason_that_is_not_understood_has_no_cause() -> None:
    assert _codes("原因不详") == []


@given(st.sampled_from(REASONS), st.text(" \t\n　", max_size=3))
def test_white_space_and_width_change_no_cause(reason: str, space: str) -> None:
    plain = classify_reason(reason, "decrease")
    wide = str.maketrans(',;()"', "，；（）＂")
    narrow = str.maketrans("，；（）“”", ',;()""')
    for variant in (space + reason + space, reason.translate(wide), reason.translate(narrow)):
        assert classify_reason(variant, "decrease") == plain


# --- effect, amount, key


@pytest.mark.parametrize(
    ("text", "effect"),
    [
        ("追减锅炉经费", "decrease"),
        ("追加锅炉经费", "increase"),
        ("调整锅炉经费", None),
        ("车次无增减变化", None),
        ("不再新增车次", None),
        ("按照只减不增的要求控制车次", "decrease"),
        ("门卫减少，电价上涨，总额增加", "increase"),
        ("新增门卫减少2万元", "decrease"),
        ("减少了新增的门卫", None),
        ("提高办事效率", None),
    ],
)
def test_effect_follows_the_predicate(text: str, effect: Effect | None) -> None:
    assert effect_of(text) == effect


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("锅炉维修40万元", Decimal(400000)),
        ("锅炉维修１２．５０万元", Decimal("125000.00")),
        ("锅炉维修1,234.5元", Decimal("1234.5")),
        ("修渠 1.2 亿元", Decimal("120000000.0")),
        ("锅炉40万元、水管3万元", None),
        ("2022年更换锅炉", None),
    ],
)
def test_amount_is_the_only_one_in_yuan(text: str, amount: Decimal | None) -> None:
    assert amount_in(text) == amount


@given(st.decimals(min_value=0, max_value=10**9, places=2))
def test_amount_reads_back_every_figure(figure: Decimal) -> None:
    assert amount_in(f"购煤{figure}元") == figure
    assert amount_in(f"购煤{figure:,}万元") == figure * 10000


def test_key_is_eight_hex_digits_of_the_wording_alone() -> None:
    assert text_key("购煤，修渠。") == text_key(" 购煤,\n修渠") == text_key("“购煤”修渠")
    assert text_key("购煤40万元") == text_key("购煤４０万元") != text_key("购煤41万元")
    assert len(text_key("")) == 8 and int(text_key("购煤"), 16) >= 0


# --- the corpus


def _reasons(document: Path) -> set[tuple[str, Direction]]:
    return {
        (reason, comparison["direction"])
        for observation in json.loads(document.read_text("utf-8"))["amounts"]
        for comparison in observation.get("comparisons", ())
        for reason in comparison.get("reasons") or ()
    }


def _causes_of(name: str) -> set[str]:
    reasons = _reasons(CORPUS / "chongqing" / "gold" / name)
    return {code for text, direction in reasons for code in _codes(text, direction)}


@needs_corpus
def test_nearly_every_stated_reason_is_understood() -> None:
    reasons = {reason for path in CORPUS.glob("*/gold/*.json") for reason in _reasons(path)}
    unread = [text for text, direction in reasons if not _codes(text, direction)]
    assert len(unread) <= 0.03 * len(reasons), unread


@needs_corpus
def test_real_documents_name_the_causes_that_a_reader_finds() -> None:
    assert _causes_of("kaizhou-2020.json") == {
        *("inst.reform", "inst.new-unit", "inst.duty", "staff.increase", "staff.contract"),
        *("pay.contribution", "proj.new", "proj.cut", "proj.works", "funds.carry"),
        *("frugal.economy", "shock.epidemic-less", "activity.reception", "activity.vehicle"),
        *("activity.events", "asset.upkeep", "none.component"),
    }
    assert _causes_of("jiangjin-2023.json") == {
        *("inst.scope", "staff.retirees", "pay.promotion", "pay.contribution", "pay.bonus"),
        *("proj.new", "proj.cut", "proj.one-off", "budget.add", "budget.cut", "budget.shift"),
        *("funds.carry", "frugal.eight", "frugal.economy", "shock.epidemic-cost"),
        *("activity.reception", "activity.events", "asset.relocation", "asset.equipment"),
        *("asset.upkeep", "none.unchanged", "none.nothing"),
    }


@pytest.mark.parametrize(
    ("text", "effect"),
    [
        ("2022年有一次性设备采购309.59万元", "decrease"),
        ("上年安排了一次性项目", "decrease"),
        ("2023年有一次性设备采购", None),
    ],
)
def test_what_was_spent_once_last_year_works_downwards(text: str, effect: str | None) -> None:
    assert effect_of(text, "2023") == effect


# --- the published scheme

SKOS = "http://www.w3.org/2004/02/skos/core#"


@cache
def _published() -> dict[str, dict[str, set[str]]]:
    """What the vocabulary says of every cause, by notation."""
    names = Namespaces()
    said: dict[str, dict[str, set[str]]] = {}
    for triple in vocabulary_triples():
        subject = getattr(triple.subject, "value", "")
        prefix = names.concept("cause", "")
        if subject.startswith(prefix):
            value = triple.object
            text = f"{value.value}@{value.language}" if isinstance(value, Literal) else str(value)
            of_cause = said.setdefault(subject.removeprefix(prefix), {})
            of_cause.setdefault(triple.predicate.value, set()).add(text)
    return said


@pytest.mark.parametrize("cause", CAUSES, ids=lambda cause: cause.code)
def test_cause_is_published_with_its_place_labels_and_cues(cause: Cause) -> None:
    said, names = _published()[cause.code], Namespaces()
    assert said[f"{SKOS}prefLabel"] == {f"{cause.label_zh}@zh", f"{cause.label_en}@en"}
    assert {one.partition("@")[0] for one in said[f"{SKOS}notation"]} == {cause.code}
    assert said.get(f"{SKOS}hiddenLabel", set()) == {f"{cue}@zh" for cue in cause.cues}
    broader = {f"<{names.concept('cause', cause.parent)}>"} if cause.parent else set()
    assert said.get(f"{SKOS}broader", set()) == broader
    typical = {"+": "increase", "-": "decrease", "=": "unchanged"}.get(cause.typical_direction)
    direction = {f"<{names.concept('direction', typical)}>"} if typical else set()
    assert said.get(f"{names.terms}typicalDirection", set()) == direction


def test_weak_cue_is_no_cue_of_its_leaf_and_has_one_meaning_for_each_direction() -> None:
    weak = [(cue, leaf) for leaf in LEAVES for cue in leaf.weak_cues]
    assert not [cue for cue, leaf in weak if cue in leaf.cues]
    for word in {cue for cue, _ in weak}:
        directions = [leaf.typical_direction for cue, leaf in weak if cue == word]
        assert len(directions) == len(set(directions)), word


def test_cause_yields_to_known_causes_and_never_to_itself() -> None:
    for leaf in LEAVES:
        assert set(leaf.yields_to) <= set(CAUSES_BY_CODE), leaf.code
        assert leaf.code not in leaf.yields_to, leaf.code
