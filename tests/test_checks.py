"""Checks: real and planted contradictions are found, and a correct document raises nothing."""

from __future__ import annotations

import json
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.checks import check
from ingest.checks.intervals import Interval
from ingest.checks.precision import customary_decimals
from ingest.extract import extract
from ingest.facts import Anomaly
from ingest.narrative.folding import fold_characters
from ingest.reading.files import read_file
from ingest.reading.text import text_document
from tests.conftest import SAMPLES

FRONT = "示例市甲区某局\n2022年度部门决算公开说明\n二、部门决算情况说明\n"
OVERALL = "（一）收入支出决算总体情况说明\n"
GENERAL = "（三）一般公共预算财政拨款支出决算情况说明\n"
THREE_PUBLIC = "三、“三公”经费情况说明\n"


def anomalies(text: str) -> list[Anomaly]:
    document = text_document("a.txt", FRONT + text)
    return [*check(document, extract(document))]


def kinds(text: str) -> list[tuple[str, str]]:
    return [(anomaly.kind, anomaly.severity) for anomaly in anomalies(text)]


FOUND = {
    "growth on the current value": (
        OVERALL + "2022年度支出合计50.07万元，较上年决算数增加9.49万元，增长18.95%。",
        [("percent", "error")],
    ),
    "growth truncated": (
        OVERALL + "2022年度支出合计110.55万元，较上年决算数增加10.50万元，增长10.49%。",
        [],
    ),
    "growth off by a unit": (
        OVERALL + "2022年度支出合计1105500.00万元，较上年决算数增加105000.00万元，增长10.49%。",
        [],
    ),
    "growth on nothing": (
        OVERALL + "2022年度支出合计20.85万元，较上年决算数增加20.85万元，增长100%。",
        [("percent-zero-base", "error")],
    ),
    "share": (
        OVERALL + "2022年度支出合计100.00万元。其中：基本支出60.00万元，占66.00%；项目支出40.00万元，占40.00%。",
        [("share", "error")],
    ),
    "parts": (
        OVERALL + "2022年度支出合计100.00万元。其中：基本支出60.00万元，占60.00%；项目支出41.00万元，占41.00%。",
        [("sum", "error")],
    ),
    "parts rounded": (
        OVERALL + "2022年度支出合计100.00万元。其中：基本支出33.34万元，占33.34%；项目支出66.67万元，占66.67%。",
        [],
    ),
    "changes of parts": (
        THREE_PUBLIC
        + "2022年度“三公”经费支出共计3.00万元，较年初预算数减少1.00万元，下降25.00%。\n"
        + "因公出国（境）费用0.00万元，费用支出与年初预算数持平。\n"
        + "公务车购置费0.00万元，费用支出与年初预算数持平。\n"
        + "公务车运行维护费2.00万元，费用支出与年初预算数持平。\n"
        + "公务接待费1.00万元，较年初预算数减少2.00万元，下降66.67%。",
        [("sum", "error")],
    ),
    "unit left out": (
        OVERALL + "2022年度支出合计100.00万元。其中：基本支出60.00万元，占60.00%；项目支出40.00，占40.00%。",
        [("missing-unit", "error")],
    ),
    "figure stated twice": (
        OVERALL + "2022年度支出合计100.00万元。\n2022年度支出合计101.00万元。",
        [("cross-section", "error")],
    ),
    "carry-in out of nothing": (
        OVERALL
        + "2022年度收入总计50.00万元，支出总计50.00万元，收支较上年决算数增加10.00万元，增长25.00%。\n"
        + "2022年度收入合计40.00万元。此外，年初结转和结余10.00万元。\n"
        + "2022年度支出合计50.00万元，较上年决算数增加10.00万元，增长25.00%。",
        [("cross-year", "error")],
    ),
    "average": (
        THREE_PUBLIC
        + "公务接待费0.44万元。\n国内公务接待3批次52人。2022年本部门人均接待费94.75元。",
        [("cross-section", "error")],
    ),
    "average within the printed precision": (
        THREE_PUBLIC
        + "公务接待费0.44万元。\n国内公务接待3批次52人。2022年本部门人均接待费84.75元。",
        [],
    ),
    "reason against its own change": (
        THREE_PUBLIC
        + "公务接待费1.00万元，较上年支出数增加0.50万元，增长100.00%，主要原因是来访减少，接待费用下降。",
        [("reason-conflict", "error")],
    ),
    "reason that runs against another item": (
        THREE_PUBLIC
        + "2022年度“三公”经费支出共计2.00万元，较上年支出数减少0.50万元，下降20.00%，主要原因是公务接待费减少。\n"
        + "公务接待费1.00万元，较上年支出数增加0.50万元，增长100.00%，主要原因是来访增多。",
        [("reason-conflict", "error")],
    ),
    "reason of an average": (
        OVERALL + "2022年度支出合计110.00万元，较上年决算数增加10.00万元，增长10.00%，主要原因是生均公用经费提高。",
        [],
    ),
    "share of the parent, not of all": (
        GENERAL
        + "2022年度一般公共预算财政拨款支出1000.00万元，其中：基本支出900.00万元，占90.00%。\n"
        + "人员经费810.00万元，占基本支出的90.00%；公用经费90.00万元，占10.00%。",
        [],
    ),
    "some of the classes only": (
        GENERAL + "2022年度一般公共预算财政拨款支出1000.00万元，其中教育支出900.00万元，占90.00%。",
        [],
    ),
    "classes that fill the whole and fall short": (
        GENERAL
        + "2022年度一般公共预算财政拨款支出1000.00万元。\n（1）教育支出800.00万元，占80.00%；\n"
        + "（2）住房保障支出190.00万元，占20.00%。",
        [("share", "minor"), ("sum", "error")],
    ),
    "an amount of the year before": (
        OVERALL + "2022年度支出合计120.00万元，2021年度支出合计100.00万元。",
        [],
    ),
    "changes against two years": (
        OVERALL
        + "2022年度支出合计120.00万元，较2021年增加20.00万元，增长20.00%，较2020年增加40.00万元，增长50.00%。",
        [],
    ),
    "a full-width comma between thousands": (OVERALL + "2022年度支出合计1，234.56万元。", []),
    "a reason that tells of last year": (
        THREE_PUBLIC
        + "公务接待费3.00万元，较上年支出数增加1.00万元，增长50.00%，主要原因是上年公务接待批次减少。",
        [],
    ),
    "a negative increase is a decrease": (
        OVERALL + "2022年度支出合计100.00万元，较上年决算数增加-10.00万元，增长-9.09%。",
        [],
    ),
    "more digits than a budget can have": (
        OVERALL + "2022年度支出合计9.00万元。2022年度收入合计99999999999999999999999999999999999.99万元。",
        [],
    ),
    "missing 是": (
        OVERALL + "2022年度支出合计110.00万元，较上年决算数增加10.00万元，增长10.00%，主要原因人员增加。",
        [("typo", "minor")],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), FOUND.values(), ids=FOUND)
def test_contradiction_is_found_and_none_besides(text: str, wanted: list[tuple[str, str]]) -> None:
    assert kinds(text) == wanted


def test_explanation_shows_the_arithmetic() -> None:
    (anomaly,) = anomalies(FOUND["growth on the current value"][0])
    assert "9.49/(50.07-9.49)=9.49/40.58=23.39%, stated 18.95%" in anomaly.why
    assert "divided by the current value" in anomaly.why
    assert anomaly.span.quote == "较上年决算数增加9.49万元，增长18.95%"


CENTS = st.integers(100, 10_000_000).map(lambda cents: Decimal(cents).scaleb(-2))


@given(CENTS, CENTS, st.booleans())
def test_correct_growth_raises_nothing(base: Decimal, delta: Decimal, rises: bool) -> None:
    """Whatever is computed from exact amounts and rounded half up is within the printed precision."""
    value = base + delta if rises else base
    base = base if rises else base + delta
    percent = (100 * delta / base).quantize(Decimal("0.01"), ROUND_HALF_UP)
    words = ("增加", "增长") if rises else ("减少", "下降")
    text = f"2022年度支出合计{value}万元，较上年决算数{words[0]}{delta}万元，{words[1]}{percent}%。"
    assert kinds(OVERALL + text) == []


@given(CENTS, CENTS, st.sampled_from([Decimal("0.6"), Decimal("1.7"), Decimal("25")]))
def test_wrong_growth_is_an_error(base: Decimal, delta: Decimal, off: Decimal) -> None:
    percent = (100 * delta / base).quantize(Decimal("0.01"), ROUND_HALF_UP)
    wrong = (percent * (1 + off)).quantize(Decimal("0.01")) + off
    text = f"2022年度支出合计{base + delta}万元，较上年决算数增加{delta}万元，增长{wrong}%。"
    assert kinds(OVERALL + text) == [("percent", "error")]


@given(st.lists(CENTS, min_size=2, max_size=2))
def test_correct_parts_and_shares_raise_nothing(parts: list[Decimal]) -> None:
    whole = sum(parts)
    shares = [(100 * part / whole).quantize(Decimal("0.01"), ROUND_HALF_UP) for part in parts]
    text = (
        f"2022年度支出合计{whole}万元。其中：基本支出{parts[0]}万元，占{shares[0]}%；"
        f"项目支出{parts[1]}万元，占{shares[1]}%。"
    )
    assert kinds(OVERALL + text) == []


@given(st.decimals(-10_000, 10_000, places=2), st.integers(0, 4))
def test_interval_of_a_printed_number_holds_what_rounds_to_it(
    value: Decimal, decimals: int
) -> None:
    printed = value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    assert Interval.of_printed(printed, decimals).meets(Interval.exactly(value))


def test_customary_decimals_count_only_where_zeros_are_dropped() -> None:
    dropping = [Decimal(x) for x in ("541.17", "31.1", "173", "22.82")]
    keeping = [Decimal(x) for x in ("541.17", "31.10", "173")]
    assert customary_decimals(dropping) == 2
    assert customary_decimals(keeping) == 0


@pytest.mark.parametrize("name", sorted(path.stem for path in SAMPLES.glob("*.txt")))
def test_errors_of_a_sample_are_found_where_they_stand(name: str) -> None:
    gold = json.loads((SAMPLES / "gold" / f"{name}.json").read_text("utf-8"))["anomalies"]
    document = read_file(SAMPLES / f"{name}.txt")
    found = [a for a in check(document, extract(document)) if a.severity == "error"]
    wanted = [item for item in gold if item["severity"] == "error"]
    for item in wanted:
        assert any(
            overlaps(anomaly, item["quote"]) and anomaly.kind == item["kind"] for anomaly in found
        ), item
    for anomaly in found:
        assert any(overlaps(anomaly, item["quote"]) for item in gold), anomaly


def overlaps(anomaly: Anomaly, quote: str) -> bool:
    one, other = ("".join(fold_characters(text).split()) for text in (anomaly.span.quote, quote))
    return one in other or other in one


REAL = {
    "kaizhou-2020": {
        "percent": 3, "percent-zero-base": 3, "sum": 1, "cross-section": 1, "cross-year": 1,
        "count": 1, "missing-unit": 1, "reason-conflict": 1,
    },
    "jiangjin-2023": {"sum": 1, "count": 1},
}  # fmt: skip


@pytest.mark.parametrize("name", REAL)
def test_errors_of_a_real_document_are_found_and_none_besides(name: str, corpus: Path) -> None:
    document = read_file(corpus / "chongqing" / f"{name}.txt")
    found = [a.kind for a in check(document, extract(document)) if a.severity == "error"]
    assert {kind: found.count(kind) for kind in found} == REAL[name]
