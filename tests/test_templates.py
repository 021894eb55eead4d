"""The clause templates: every row reads its example, what is written from a template is read back, and
an independent regular expression sees the same changes."""

from __future__ import annotations

import re
import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.narrative.clauses import cut_clauses
from ingest.narrative.folding import fold_characters
from ingest.narrative.slots import alternation, read_number
from ingest.narrative.templates import (
    LONGEST_CLAUSE,
    TEMPLATES,
    find_reading,
    read_examples,
)
from ingest.narrative.templates.needs import needs_of
from ingest.narrative.templates.openers import REASON_OPENER, REASON_OPENER_EXAMPLES
from ingest.narrative.templates.template import Reading, Template
from tests.wordings import fold_sentence, read_wordings


def read(clause: str) -> Reading:
    reading = find_reading("".join(fold_characters(clause).split()))
    assert reading is not None, clause
    return reading


@pytest.mark.parametrize(
    ("template", "reading"), list(read_examples()), ids=[t.name for t in TEMPLATES]
)
def test_template_is_the_first_to_read_its_example(
    template: Template, reading: Reading | None
) -> None:
    assert reading is not None
    assert reading.template.name == template.name


def test_template_names_are_unique() -> None:
    names = [template.name for template in TEMPLATES]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("example", REASON_OPENER_EXAMPLES)
def test_reason_opener_leaves_the_reason(example: str) -> None:
    opener = REASON_OPENER.match(fold_characters(example))
    assert opener is not None
    reason = example[opener.end() :]
    assert reason.removeprefix("由于") in ("机构改革", "人员减少")


AMOUNTS = st.decimals(Decimal("0.00"), Decimal("9999999.99"), places=2)
SUBJECTS = st.sampled_from(
    ["收入总计", "支出合计", "基本支出", "公务接待费", "教育支出", "政府采购支出总额"]
)
BASELINES = {
    "上年决算数": "previous-final", "上年支出数": "previous-final", "年初预算数": "initial-budget",
    "年初预算": "initial-budget", "全年预算数": "adjusted-budget",
}  # fmt: skip
SENSES = {"增加": "increase", "减少": "decrease", "下降": "decrease", "增长": "increase"}


@given(SUBJECTS, AMOUNTS, st.sampled_from(["", "2022年度", "其中：", "（3）", "2022年度本单位"]))
def test_amount_that_is_written_is_read_back(subject: str, amount: Decimal, lead: str) -> None:
    clause = cut_clauses(fold_characters(f"{lead}{subject}{amount:,}万元"))[-1].text
    reading = read(clause)
    assert reading.act == "amount"
    assert read_number(reading.word("amount")) == amount
    assert reading.word("unit") == "万元"


@given(
    st.sampled_from(["较", "比", "与"]),
    st.sampled_from([*BASELINES]),
    st.sampled_from([*SENSES]),
    AMOUNTS,
)
def test_change_that_is_written_is_read_back(
    preposition: str, baseline: str, sense: str, delta: Decimal
) -> None:
    reading = read(f"{preposition}{baseline}{sense}{delta}万元")
    assert reading.act == "change"
    assert (reading.word("baseline"), reading.word("direction")) == (baseline, sense)
    assert read_number(reading.word("amount")) == delta


@given(st.lists(st.text("年初预算决数上本", min_size=1, max_size=6), min_size=1, max_size=12))
def test_alternation_finds_each_word_and_the_longest(words: list[str]) -> None:
    pattern = re.compile(alternation(words))
    for word in words:
        assert pattern.fullmatch(word)
        found = pattern.match(word + "。")
        assert found is not None
        assert len(found.group()) == len(word)


FRAGMENTS = (
    "局", "某局", "县教育局中心", "本单位", "其中", "较上年", "2022年度", "收入决算数", "支出", "增加", "占",
    "教育支出(类)", "一般公共预算财政拨款", "年初预算数", "共", "5万元",
    "分别", "1.00万元、", "2023年", "\"普通教育\"(款)", "类款项", "-", "(2010601)", "下属1家机关", "大于预算数",
    "的主要原因是", "绩效目标", "项目4个", "采购金额",
)  # fmt: skip


@pytest.mark.parametrize("fragment", FRAGMENTS)
def test_no_template_takes_long_over_a_clause_that_repeats_itself(fragment: str) -> None:
    """Against runaway backtracking: it is a matter of hours or of milliseconds, so a second is plenty."""
    clause = (fragment * 160)[: LONGEST_CLAUSE - 4]
    start = time.perf_counter()
    for tail in ("", "5万元", "5%X"):
        for template in TEMPLATES:
            template.expression.fullmatch(clause + tail)
    assert time.perf_counter() - start < len(TEMPLATES)


@pytest.mark.parametrize(
    "sentence",
    ["公务接待费1.20万元，较上年增加0.20万元，增长20.00%；", "(1)教育支出90.00万元，占3%。"],
)
def test_time_of_a_paragraph_grows_with_its_length(sentence: str) -> None:
    """Four times the text takes four times as long, or twice that on a busy machine; not sixteen times."""
    fold_sentence(sentence * 50, "general")
    short = min(seconds_to_fold(sentence * 100) for _ in range(3))
    long = min(seconds_to_fold(sentence * 400) for _ in range(3))
    assert long < 9 * short


def seconds_to_fold(paragraph: str) -> float:
    """Seconds of the processor, which do not depend on what else the machine does."""
    start = time.process_time()
    fold_sentence(paragraph, "general")
    return time.process_time() - start


def test_a_clause_longer_than_any_template_is_not_tried() -> None:
    assert find_reading("收入总计" + "0" * LONGEST_CLAUSE + "万元") is None


CLAUSES = sorted(
    {
        clause.text
        for wording in read_wordings()
        for clause in cut_clauses("".join(fold_characters(wording.sentence).split()))
    }
    | {"".join(fold_characters(template.example).split()) for template in TEMPLATES}
)


@pytest.mark.parametrize("template", TEMPLATES, ids=[one.name for one in TEMPLATES])
def test_what_a_template_reads_has_what_it_needs(template: Template) -> None:
    needs = needs_of(template.pattern)
    read_by_it = [clause for clause in CLAUSES if template.expression.fullmatch(clause)]
    assert read_by_it
    assert all(need & set(clause) for clause in read_by_it for need in needs)


@pytest.mark.parametrize(
    ("pattern", "needs"),
    [
        ("(?:约)?占(?:总|全)部?", ["全总", "占"]),
        (r"以(?:.(?:甲|乙))的(?:丙|丁)*[一-龥]{2,4}\(类\)?", ["以", "的", "类"]),
        ("(?:甲(?:乙|丙)|丁)戊(?:己(?:庚))?", ["甲丁", "戊"]),
        ("(?:(?:甲|乙)|丁)戊", ["戊"]),
        ("{quiet_amount}?元", ["元"]),
    ],
)
def test_only_what_is_no_option_is_needed(pattern: str, needs: list[str]) -> None:
    assert needs_of(pattern) == {frozenset(need) for need in needs}
