"""What findings say: in both languages, each without the other's words, with arithmetic that computes."""

from __future__ import annotations

import re
import string
from collections.abc import Iterable
from contextlib import suppress
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guanlian.files import DOCUMENT_SUFFIXES
from ingest.bilingual import Bilingual, Phrase
from ingest.calculations import Calculation, Operand, add_up, divide, rounded
from ingest.checks import phrases
from ingest.checks.precision import decimals_of
from ingest.checks.residue import RESIDUES
from ingest.facts import Anomaly, DocumentFacts
from ingest.facts_json import from_json, schema, to_json
from ingest.pipeline import read_facts
from ingest.reading.document import DocumentError
from tests.conftest import SAMPLES
from tests.test_checks import FOUND, GENERAL, OVERALL, THREE_PUBLIC, anomalies

CHINESE, QUOTED = re.compile(r"[一-龥]"), re.compile(r"“[^”]*”|\"[^\"]*\"")
ENGLISH = re.compile(r"[A-Za-z]{2,}")
# Documents whose findings are of kinds that the texts of `test_checks` do not show.
MORE = {
    "vehicles": THREE_PUBLIC + "公务接待费支出1.00万元。2022年末共有车辆4辆，"
    "其中副部（省）级及以上领导用车0辆、主要领导干部用车0辆、"
    "机要通信用车1辆、应急保障用车1辆、执法执勤用车1辆、特种专业技术用车0辆、离退休干部用车0辆、其他用车0辆。",
    "average": THREE_PUBLIC + "公务接待费支出1.00万元，国内公务接待10批次，100人，人均接待费200.00元。",
    "word": OVERALL + "2022年度支出合计100.00万元，较年初预算数90.00万元减少。",
    "completion": GENERAL + "2022年度财政拨款支出90.00万元，完成年初预算100.00万元的80.00%。",
    "other year": "（一）2021年收入支出决算总体情况说明\n2022年度支出合计100.00万元。",
    "residue": OVERALL + "2022年度支出合计100.00万元，较上年增加XX万元。",
    "general": GENERAL + "2022年度财政拨款支出100.00万元，较上年决算数增加10.00万元，增长12.00%。",
}  # fmt: skip
TEXTS = {name: text for name, (text, _) in FOUND.items()} | MORE


def check_told(anomaly: Anomaly) -> None:
    """What holds of every finding."""
    assert anomaly.why and not CHINESE.search(QUOTED.sub("", anomaly.why)), anomaly.why
    assert anomaly.why_zh and not ENGLISH.search(QUOTED.sub("", anomaly.why_zh)), anomaly.why_zh
    assert CHINESE.search(anomaly.why_zh)
    if anomaly.calculation:
        check_computes(anomaly.calculation)


def check_computes(calculation: Calculation) -> None:
    decimals = decimals_of(calculation.computed)
    assert rounded(calculation.evaluate(), decimals) == calculation.computed
    assert calculation.operator != "sum" or calculation.evaluate() == calculation.computed
    if calculation.stated is not None:
        assert calculation.difference == calculation.stated - calculation.computed
    for label in (calculation.label, *(term.label for term in calculation.terms)):
        assert not CHINESE.search(QUOTED.sub("", label.en)), label


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_finding_is_told_in_both_languages_and_computes(text: str) -> None:
    for anomaly in anomalies(text):
        check_told(anomaly)


def documents_of(folder: Path) -> list[Path]:
    files = (path for path in sorted(folder.rglob("*")) if "gold" not in path.parts)
    return [path for path in files if path.suffix.lower() in DOCUMENT_SUFFIXES]


@pytest.mark.parametrize("path", documents_of(SAMPLES), ids=lambda path: path.name)
def test_findings_of_the_samples_are_told_in_both_languages(path: Path) -> None:
    check_document(read_facts(path)[1])


def test_findings_of_real_documents_are_told_in_both_languages(corpus: Path) -> None:
    for folder in ("chongqing", "shanghai"):
        for path in documents_of(corpus / folder):
            with suppress(DocumentError):
                check_document(read_facts(path)[1])


def check_document(facts: DocumentFacts) -> None:
    for anomaly in facts.anomalies:
        check_told(anomaly)
    jsonschema.validate(to_json(facts), schema())
    assert from_json(to_json(facts)).anomalies == facts.anomalies


def test_kinds_that_state_figures_have_their_arithmetic() -> None:
    found = [anomaly for text in TEXTS.values() for anomaly in anomalies(text)]
    with_arithmetic = {anomaly.kind for anomaly in found if anomaly.calculation}
    assert with_arithmetic >= {
        "percent", "percent-zero-base", "share", "sum", "cross-section", "count", "completion-rate",
        "direction",
    }  # fmt: skip


CENTS = st.integers(100, 10_000_000).map(lambda cents: Decimal(cents).scaleb(-2))


@settings(deadline=None)  # the first document has the words of all readers loaded
@given(CENTS, CENTS, CENTS, st.booleans())
def test_arithmetic_of_any_document_computes(
    one: Decimal, other: Decimal, stated: Decimal, rises: bool
) -> None:
    """Whatever figures a document prints: what is found of them does compute."""
    word, grows = ("增加", "增长") if rises else ("减少", "下降")
    share = (100 * one / stated).quantize(Decimal("0.01"), ROUND_HALF_UP) + 3
    text = (
        f"2022年度支出合计{stated}万元，较上年决算数{word}{other}万元，{grows}{share}%。"
        f"其中：基本支出{one}万元，占{share}%；项目支出{other}万元，占{share}%。"
    )
    for anomaly in anomalies(OVERALL + text):
        check_told(anomaly)


UNITS = st.sampled_from(["元", "万元", "亿元", "千元"])
OPERANDS = st.builds(
    Operand, st.just(Bilingual("项", "part")), st.decimals(-9999, 9999, places=2), UNITS
)


@given(st.lists(OPERANDS, min_size=1, max_size=12), UNITS, st.decimals(-9999, 9999, places=2))
def test_a_sum_is_exact_in_whatever_units_its_terms_are(
    terms: list[Operand], unit: str, stated: Decimal
) -> None:
    calculation = add_up(terms, stated, unit)
    check_computes(calculation)
    factors = {"元": 1, "千元": 1000, "万元": 10_000, "亿元": 100_000_000}
    in_yuan = sum((term.value * factors[term.unit] for term in terms), Decimal(0))
    assert calculation.computed * factors[unit] == in_yuan
    assert "E" not in str(calculation.computed)


@given(OPERANDS, OPERANDS.filter(lambda term: bool(term.value)), st.integers(0, 4))
def test_a_percentage_does_not_depend_on_units(one: Operand, other: Operand, places: int) -> None:
    check_computes(divide([one], [other], Decimal(1), decimals=places))


def test_division_by_zero_is_refused() -> None:
    nothing = Operand(Bilingual("项", "part"), Decimal(0))
    with pytest.raises(ZeroDivisionError):
        divide([nothing], [nothing], None)


def all_phrases() -> Iterable[Phrase]:
    return [one for one in vars(phrases).values() if isinstance(one, Phrase)]


@pytest.mark.parametrize("phrase", all_phrases(), ids=lambda phrase: phrase.en[:40])
def test_phrase_has_the_same_slots_in_both_languages(phrase: Phrase) -> None:
    assert slots(phrase.zh) <= slots(phrase.en)
    assert slots(phrase.en) - slots(phrase.zh) <= {"code"}
    assert not CHINESE.search(QUOTED.sub("", phrase.en))


def slots(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_every_left_over_is_told_in_both_languages() -> None:
    assert all(one.what().zh and one.what().en for one in RESIDUES)
