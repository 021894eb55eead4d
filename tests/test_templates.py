"""The clause templates: every row reads its example, what is written from a template is read back, and
an independent regular expression sees the same changes."""

from __future__ import annotations

import re
import time
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.extract import extract
from ingest.narrative.clauses import cut_clauses
from ingest.narrative.folding import fold_characters
from ingest.narrative.slots import alternation, read_number
from ingest.narrative.templates import (
    LONGEST_CLAUSE,
    TEMPLATES,
    find_reading,
    read_examples,
)
from ingest.narrative.templates.openers import REASON_OPENER, REASON_OPENER_EXAMPLES
from ingest.narrative.templates.template import Reading, Template
from ingest.reading.files import read_file


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


# Independent of the templates: one expression over the whole text (the oracle).
ORACLE = re.compile(
    r"[较比与](?:上年|年初|\d{4}年)[^，。；\d]{0,8}?(?:各)?(增加|减少|增长|下降)(?:数)?(\d[\d,.]*)万元[，、](?:增长|下降|降低|上升)(\d[\d.]*)%"
)


def test_every_change_that_the_oracle_sees_is_read(samples: Path) -> None:
    for path in sorted(samples.glob("*.txt")):
        document = read_file(path)
        text = "".join(fold_characters(document.text).split())
        seen = {
            (read_number(delta), read_number(percent)) for _, delta, percent in ORACLE.findall(text)
        }
        told = {(c.delta, c.percent) for _, c in extract(document).comparisons()}
        assert seen
        assert seen <= told, path.name


FRAGMENTS = (
    "局", "某局", "县教育局中心", "本单位", "其中", "较上年", "2022年度", "收入决算数", "支出", "增加", "占",
    "教育支出(类)", "一般公共预算财政拨款", "年初预算数", "共", "5万元",
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


def test_a_clause_longer_than_any_template_is_not_tried() -> None:
    assert find_reading("收入总计" + "0" * LONGEST_CLAUSE + "万元") is None
