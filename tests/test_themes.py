"""Functions to themes: table, clauses, cue rules, and the level reached on the corpus."""

from __future__ import annotations

import csv
import json
import os
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.theme_coverage import added, coverage_by_file
from ingest.cues import fold
from ingest.themes import classify_function, split_clauses, unclassified_clauses
from ontology.themes import THEME_GROUPS, THEMES, THEMES_BY_ID, Theme
from tests.data_gate import CORPUS_FOLDERS

CORPUS = Path(
    os.environ.get("GUANLIAN_CORPUS", Path(__file__).parents[1] / ".." / "shared" / "corpus")
)
needs_corpus = pytest.mark.skipif(
    not (CORPUS / "functions").is_dir(),
    reason="the labelled functions are absent; set GUANLIAN_CORPUS",
)

DUTIES = (
    "管理街道图书馆；组织全民健身活动。",
    "受理对窗口服务的投诉（含来电、来信），转有关单位办理。",
    "根据上级部署，推进审批流程优化。建设5G机房",
    "承办领导交办的其他任务",
    "保护候鸟",
)
HALF_WIDTH = str.maketrans("，；（）！？", ",;()!?")
FULL_WIDTH = str.maketrans({chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)})


def _ids(text: str) -> set[str]:
    return {match.theme.id for match in classify_function(text)}


# --- the table


def test_themes_have_unique_ids_and_both_labels() -> None:
    assert len(THEMES_BY_ID) == len(THEMES)
    assert all(theme.label_zh and theme.label_en and theme.scope_note for theme in THEMES)
    assert {theme.group for theme in THEMES} == {group.id for group in THEME_GROUPS}
    assert {theme.tier for theme in THEMES} == {"core", "sector", "facet"}


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.id)
def test_theme_gives_no_word_two_meanings(theme: Theme) -> None:
    words = [fold(word) for word in theme.words]
    assert [word for word, count in Counter(words).items() if count > 1] == []


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.id)
def test_every_cue_of_a_theme_leads_to_it(theme: Theme) -> None:
    assert theme.cues
    context = f"；{theme.requires[0]}" if theme.requires else ""
    dead = [cue for cue in theme.cues if theme.id not in _ids(cue.replace("+", "、") + context)]
    assert dead == []


# --- clauses


def test_clauses_end_at_commas_semicolons_and_full_stops() -> None:
    clauses = split_clauses("修建公园，养护行道树；管理路灯。")
    assert [clause.text for clause in clauses] == ["修建公园", "养护行道树", "管理路灯"]


def test_clauses_are_not_cut_inside_brackets_and_numbers() -> None:
    text = "管理公园（含湿地公园，不含动物园），养护1,200株行道树"
    assert [clause.text for clause in split_clauses(text)] == [
        "管理公园（含湿地公园，不含动物园）",
        "养护1,200株行道树",
    ]


def test_preamble_stays_with_the_duty_that_follows() -> None:
    clauses = split_clauses("受县政府委托，签订供水合同，收缴水费；结合本地实际，")
    assert [clause.text for clause in clauses] == [
        "受县政府委托，签订供水合同",
        "收缴水费",
        "结合本地实际",
    ]


@given(st.text(alphabet="管理公园路灯水费按照要求受委托12，,；。（）() \n　", max_size=60))
def test_clause_offsets_give_back_its_text(text: str) -> None:
    clauses = split_clauses(text)
    assert all(text[clause.start : clause.end] == clause.text for clause in clauses)
    assert all(clause.text == clause.text.strip() != "" for clause in clauses)
    assert all(left.end <= right.start for left, right in pairwise(clauses))


# --- rules


def test_cue_is_told_without_the_mark_that_its_rule_ends_with() -> None:
    matches = classify_function("受理企业群众对政务服务的咨询、建议。")
    assert "咨询" in [match.cue for match in matches if match.theme.id == "complaints"]


def test_plain_cue_is_kept_as_evidence_with_its_clause() -> None:
    text = "保护候鸟，评选全县最美图书馆。"
    (match,) = classify_function(text)
    assert (match.theme.id, match.cue, match.clause) == (
        "culture-tourism",
        "图书馆",
        "评选全县最美图书馆",
    )
    assert text[match.start : match.end] == match.clause


def test_longest_cue_is_the_evidence() -> None:
    (match,) = classify_function("撰写年度财务报告、会计分录")
    assert match.cue == "财务报告"


def test_joined_cue_needs_all_its_words_in_one_clause() -> None:
    assert "approval-handling" in _ids("对审批窗口以外的事项不予承接，把审批向大厅集中")
    assert "approval-handling" not in _ids("压缩审批时间，集中学习文件")


def test_excluded_word_suppresses_a_theme_in_its_clause_only() -> None:
    assert "elderly" not in _ids("经办养老保险")
    assert "elderly" in _ids("经办养老保险，评定养老院星级")


def test_joined_exclusion_needs_all_its_words() -> None:
    assert "service-centres" not in _ids("便民服务窗口之间的协调")
    assert "service-centres" in _ids("便民服务窗口的布置")


def test_required_word_may_stand_elsewhere_in_the_function() -> None:
    assert "complaints" not in _ids("答复来电投诉")
    assert "complaints" in _ids("布置办事大厅，答复来电投诉")


def test_absent_word_rules_a_theme_out_of_the_whole_function() -> None:
    assert "construction" in _ids("监督工程质量安全")
    assert "construction" not in _ids("修建县域公路；监督工程质量安全")


def test_subjects_of_figures_say_nothing() -> None:
    assert _ids("开展林业、能源、旅游等统计调查") == {"statistics"}
    assert _ids("对体育产业、养老服务情况进行统计分析") == {"statistics"}


def test_policies_of_listed_fields_are_duties_but_acts_in_them_are_not() -> None:
    assert _ids("落实住房保障、就业创业、养老助残等领域的政策") == {
        "housing",
        "employment",
        "elderly",
        "child-disabled-welfare",
    }
    assert _ids("行使市容环卫、养老服务、商贸流通等领域的行政处罚权") == {
        "urban-enforcement",
        "sanitation",
    }


def test_assigned_among_other_verbs_is_no_assignment() -> None:
    assert _ids("做好代表建议的交办、督办工作") == {"proposals"}


def test_cue_within_a_longer_one_of_another_theme_says_nothing() -> None:
    assert "natural-resources" not in _ids("开展自然资源资产离任审计")
    assert {"natural-resources", "audit"} <= _ids("开展自然资源资产离任审计和矿产资源调查")


def test_safety_of_food_leaves_safety_at_work_in_the_same_list() -> None:
    assert _ids("做好安全生产、消防安全、食品药品安全监管工作") == {
        "work-safety",
        "emergency-mgmt",
        "food-safety",
    }
    assert _ids("负责食品安全监管") == {"food-safety"}


@pytest.mark.parametrize(
    ("text", "theme"),
    [
        ("会同生态环境、水利部门推广有机肥，发展种植业", "agriculture"),
        ("行使城市管理、市场监管、农业农村等领域的行政处罚权", "urban-enforcement"),
        ("完成市文化和旅游局交办的其他任务", "other-tasks"),
    ],
)
def test_words_for_partners_fields_and_superiors_say_nothing(text: str, theme: str) -> None:
    assert _ids(text) - {"urban-management"} == {theme}


def test_own_house_claims_its_clause_first_and_policy_in_general_last() -> None:
    assert _ids("负责机关和直属单位的人事、安全生产") == {"internal-admin"}
    assert _ids("负责机关和直属单位的党建") == {"party-building"}  # as the corpus has it
    assert _ids("贯彻执行国家的方针政策") == {"policy"}
    assert _ids("贯彻执行林业方针政策") == {"forestry"}
    assert not THEMES_BY_ID["policy"].is_sharable


def test_facet_theme_is_recognised_but_never_sharable() -> None:
    (match,) = classify_function("办理县长交办的其他任务")
    assert match.theme.id == "other-tasks"
    assert not match.theme.is_sharable
    assert THEMES_BY_ID["openness"].is_sharable


def test_unrecognised_clauses_are_named() -> None:
    text = "保护候鸟，管理图书馆"
    assert [clause.text for clause in unclassified_clauses(text)] == ["保护候鸟"]
    assert classify_function(text)
    assert not classify_function("保护候鸟")


@given(st.sampled_from(DUTIES), st.text(" \t\n　", max_size=4), st.text(" \t\n　", max_size=4))
def test_surrounding_white_space_changes_nothing(duty: str, before: str, after: str) -> None:
    plain = [(m.theme.id, m.cue, m.clause) for m in classify_function(duty)]
    spaced = [(m.theme.id, m.cue, m.clause) for m in classify_function(before + duty + after)]
    assert spaced == plain


@given(st.lists(st.sampled_from(DUTIES), min_size=1, max_size=4))
def test_width_of_characters_changes_nothing(duties: list[str]) -> None:
    text = "；".join(duties)
    plain = [(m.theme.id, m.cue, m.start, m.end) for m in classify_function(text)]
    for variant in (text.translate(HALF_WIDTH), text.translate(FULL_WIDTH)):
        found = [(m.theme.id, m.cue, m.start, m.end) for m in classify_function(variant)]
        assert found == plain


# --- the corpus


def _gold_functions() -> dict[str, str]:
    """The labelled functions by id: of the gold documents, and the restated ones."""
    documents = {
        "KZ": "chongqing/gold/kaizhou-2020.json",
        "JJ": "chongqing/gold/jiangjin-2023.json",
        "CZJ": "shanghai/gold/putuo-finance-2024.json",
    }
    texts = {}
    for prefix, name in documents.items():
        for function in json.loads((CORPUS / name).read_text("utf-8"))["functions"]:
            texts[f"{prefix}.{function['ordinal']}"] = function["text"]
    for path in (CORPUS / "functions" / "restated").glob("*.txt"):
        for line in path.read_text("utf-8").splitlines():
            if "\t" in line and not line.startswith("#"):
                ordinal, text = line.split("\t")
                texts[f"{path.stem}.{ordinal}"] = text
    return texts


def _rows(name: str) -> list[dict[str, str]]:
    with (CORPUS / "functions" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


@needs_corpus
def test_item_themes_keep_the_level_reached() -> None:
    texts = _gold_functions()
    counts: Counter[str] = Counter()
    for line in (CORPUS / "functions" / "gold_item_themes_dev.txt").read_text("utf-8").splitlines():
        item, *themes = line.split()
        # The gold has no concept for what it leaves without a theme.
        found = _ids(texts[item]) - {"policy"}
        counts["right"] += len(found & set(themes))
        counts["wrong"] += len(found ^ set(themes))
    f1 = 2 * counts["right"] / (2 * counts["right"] + counts["wrong"])
    assert f1 >= 0.96, counts


def test_few_clauses_of_the_corpus_are_without_a_theme(corpus: Path) -> None:
    folders = ("functions/restated", *CORPUS_FOLDERS)
    paths = (path for name in folders for path in sorted((corpus / name).iterdir()))
    found = dict(coverage_by_file(path for path in paths if path.is_file()))
    assert len(found) >= 25
    coverage = added(found.values())
    assert coverage.clauses > 700
    assert coverage.unclassified_share < 0.12, coverage.unclassified


@needs_corpus
def test_clauses_are_those_of_the_labelled_duties() -> None:
    texts = _gold_functions()
    expected: dict[str, list[str]] = {}
    for row in _rows("gold_clauses.tsv"):
        expected.setdefault(row["id"].rpartition(".")[0], []).append(row["clause"])
    for item, clauses in expected.items():
        assert [clause.text for clause in split_clauses(texts[item])] == clauses


@needs_corpus
def test_pairs_that_share_a_function_share_a_theme_and_others_do_not() -> None:
    counts: Counter[tuple[str, bool]] = Counter()
    for row in _rows("gold_pairs.tsv"):
        if row["level"] == "item":
            both = _sharable(row["a_text"]) & _sharable(row["b_text"])
            counts[row["strength"], bool(both)] += 1
    assert counts["same", True] >= 0.98 * (counts["same", True] + counts["same", False])
    assert counts["none", True] <= 0.03 * (counts["none", True] + counts["none", False])
    assert counts["generic", True] == 0


def _sharable(text: str) -> set[str]:
    return {match.theme.id for match in classify_function(text) if match.theme.is_sharable}
