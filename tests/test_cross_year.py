"""Values that documents of different years give to one point of the cube: agreement or a finding."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, QuerySolutions, Store

from guanlian.ingestion import Ingestion
from guanlian.report import Report
from ontology.namespaces import Namespaces
from ontology.terms import TermName
from ontology.validation import document_validator
from queries.catalogue import Catalogue
from queries.table import Value
from store.memory import InProcessGraph
from store.releases import DataFolder, Release
from tests.two_years import Account, store_of

LAST = Account(2021, spent="513.19", previous="500.00")
THIS = Account(2022, spent="541.17", previous="513.19")
CROSS_YEAR = NamedNode(Namespaces().graph("derived", "cross-year"))
TERMS: tuple[TermName, ...] = ("agreesWith", "amount", "pointKey", "severity", "tolerance")
NAMES = {name: NamedNode(Namespaces().term(name)) for name in TERMS}
BUDGET = """示例市丙区民政局2022年部门预算公开说明
一、单位基本情况
（一）职能职责
1．负责养老服务工作。
二、部门预算情况说明
（一）一般公共预算财政拨款支出预算情况说明
2022年一般公共预算财政拨款支出480.00万元。
"""


def ingest(folder: Path, *accounts: Account, replace_all: bool = True) -> Report:
    files = [account.write(folder) for account in accounts]
    return Ingestion(files, folder / "data", replace_all=replace_all).run()


def current(folder: Path) -> Release:
    return DataFolder.open(folder / "data").current()


def agreements(store: Store) -> int:
    return len([*store.quads_for_pattern(None, NAMES["agreesWith"], None, CROSS_YEAR)])


def conflicts(store: Store) -> list[str]:
    """The severities of the findings across documents."""
    quads = store.quads_for_pattern(None, NAMES["severity"], None, CROSS_YEAR)
    return [str(quad.object).rpartition("/")[2].rstrip(">") for quad in quads]


def shown(store: Store) -> list[dict[str, Value]]:
    """What the library query shows of all findings."""
    return Catalogue.load()["anomalies"].run(InProcessGraph(store, keeps_merge=True)).records()


def test_last_year_as_implied_agrees_with_last_years_document(tmp_path: Path) -> None:
    store = store_of(tmp_path, LAST, THIS)
    assert (agreements(store), conflicts(store)) == (1, [])


def test_last_year_that_differs_is_a_finding_in_both_documents(tmp_path: Path) -> None:
    store = store_of(tmp_path, LAST, replace(THIS, previous="520.00"), with_vocabulary=True)
    assert agreements(store) == 0
    rows = shown(store)
    assert [(row["year"], row["kind"], row["severity"]) for row in rows] == [
        ("2021", "与上年文件不一致", "错误"),
        ("2022", "与上年文件不一致", "错误"),
    ]
    assert {row["why"] for row in rows} == {
        "the document of 2021 states 513.19 ten thousand yuan, the document of 2022 implies 520 ten thousand "
        "yuan (541.17 less a change of 21.17): they differ by 6.81 ten thousand yuan, the printed digits allow "
        "0.015"
    }
    assert {row["why_zh"] for row in rows} == {
        "2021年文件写明513.19万元，2022年文件推算为520万元（541.17减去增减额21.17）："
        "相差6.81万元，印刷精度允许0.015万元"
    }
    assert "513.19" in str(rows[0]["quote"]) and "21.17" in str(rows[1]["quote"])
    assert rows[0]["anomaly_iri"] == rows[1]["anomaly_iri"]


@pytest.mark.parametrize(
    ("previous", "severities"),
    [("513.20", []), ("513.21", ["rounding"]), ("513.22", ["rounding"]), ("513.23", ["error"])],
)
def test_the_printed_digits_say_what_agrees(
    tmp_path: Path, previous: str, severities: list[str]
) -> None:
    """Three figures of two decimals: 0.005 each; up to twice that digits may have been cut off."""
    store = store_of(tmp_path, LAST, replace(THIS, previous=previous))
    assert (agreements(store), conflicts(store)) == (not severities, severities)


def test_years_apart_and_other_offices_are_not_compared(tmp_path: Path) -> None:
    other = replace(THIS, office="示例市丁区民政局", previous="600.00")
    store = store_of(tmp_path, LAST, other, replace(THIS, year=2024, previous="700.00"))
    assert (agreements(store), conflicts(store)) == (0, [])


def test_initial_budget_of_the_budget_document_is_held_against_the_account(tmp_path: Path) -> None:
    (tmp_path / "budget.txt").write_text(BUDGET, encoding="utf-8")
    data = tmp_path / "data"
    Ingestion([tmp_path / "budget.txt", THIS.write(tmp_path)], data).run()
    rows = shown(DataFolder.open(data).current().open_store())
    assert {row["kind"] for row in rows} == {"与同年另一份文件不一致"}
    assert "480万元" in str(rows[0]["why_zh"]) and "500万元" in str(rows[0]["why_zh"])


def test_ingesting_the_same_again_makes_no_new_release(tmp_path: Path) -> None:
    wrong = replace(THIS, previous="520.00")
    first = ingest(tmp_path, LAST, wrong)
    again = ingest(tmp_path, wrong, LAST)
    assert (first.created, again.created) == (True, False)
    assert first.release == again.release


def test_correcting_or_removing_a_document_retracts_the_finding(tmp_path: Path) -> None:
    ingest(tmp_path, LAST, replace(THIS, previous="520.00"))
    assert conflicts(current(tmp_path).open_store()) == ["error"]
    ingest(tmp_path, THIS, replace_all=False)
    corrected = current(tmp_path).open_store()
    assert (agreements(corrected), conflicts(corrected)) == (1, [])
    ingest(tmp_path, THIS)
    alone = current(tmp_path)
    assert CROSS_YEAR.value not in alone.manifest.conclusions
    assert agreements(alone.open_store()) == 0


def test_finding_describes_the_check_that_failed(tmp_path: Path) -> None:
    rows = store_of(tmp_path, LAST, replace(THIS, previous="520.00")).query(
        """BASE <https://w3id.org/guanlian/> PREFIX dqv: <http://www.w3.org/ns/dqv#>
        PREFIX oa: <http://www.w3.org/ns/oa#>
        SELECT ?expected ?found ?tolerance (COUNT(DISTINCT ?target) AS ?targets) WHERE {
          ?anomaly <ns#evidencedBy> ?result ; oa:hasTarget ?target .
          ?result dqv:isMeasurementOf <code/check/year-chain> ; dqv:value false ;
            <ns#expected> ?expected ; <ns#found> ?found ; <ns#tolerance> ?tolerance
        } GROUP BY ?expected ?found ?tolerance"""
    )
    assert isinstance(rows, QuerySolutions)
    assert [[value.value for value in row] for row in rows] == [["5131900", "5200000", "150", "4"]]


def test_conclusions_conform_to_the_shapes_beside_their_documents(tmp_path: Path) -> None:
    store = store_of(tmp_path, LAST, replace(THIS, previous="520.00"))
    assert conflicts(store)
    named = (quad for quad in store if isinstance(quad.graph_name, NamedNode))
    assert document_validator().validate(named).violations == ()


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    spent=st.decimals("100", "900", places=2),
    previous=st.decimals("100", "900", places=2),
    off=st.integers(-4, 4),
)
def test_two_documents_agree_or_contradict_and_never_both(
    tmp_path: Path, spent: Decimal, previous: Decimal, off: int
) -> None:
    """For any amounts, and a last year that this year's document has wrong by some hundredths."""
    said = previous + Decimal(off) / 100
    last = Account(2021, spent=str(previous), previous="500.00")
    store = store_of(tmp_path, last, Account(2022, spent=str(spent), previous=str(said)))
    # Each printed figure gives half a hundredth; "unchanged" prints none.
    printed = 2 if said == spent else 3
    agree = abs(off) * 2 <= printed
    assert (agreements(store), len(conflicts(store))) == ((1, 0) if agree else (0, 1))


def test_every_amount_says_its_tolerance_and_its_point(tmp_path: Path) -> None:
    store = store_of(tmp_path, LAST, THIS)
    points = [*store.quads_for_pattern(None, NAMES["pointKey"], None)]
    amounts = store.quads_for_pattern(None, NAMES["amount"], None)
    assert {quad.subject for quad in points} == {
        quad.subject for quad in amounts if "/id/obs/" in str(quad.subject)
    }
    for quad in points:
        tolerance = next(store.quads_for_pattern(quad.subject, NAMES["tolerance"], None)).object
        assert isinstance(tolerance, Literal)
        assert tolerance.value in {"50", "100"}
