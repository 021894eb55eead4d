"""`guanlian audit`: the same findings of documents and of the release that is made of them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from guanlian.command_line import run
from tests.conftest import SAMPLES

ONE = SAMPLES / "kaizhou-zhengwu-2020.txt"


def rows_of(call: list[str], capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    assert run(["audit", *call, "-f", "json"]) == 0
    found: list[dict[str, Any]] = json.loads(capsys.readouterr().out)
    return found


def test_findings_of_documents_are_those_of_the_release(
    samples_data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def told(rows: list[dict[str, Any]]) -> list[tuple[str, ...]]:
        names = ("office", "year", "kind", "severity", "quote", "why_zh", "why")
        return sorted(tuple(row[name] for name in names) for row in rows)

    documents = rows_of([str(SAMPLES)], capsys)
    assert len(documents) > 30
    assert told(documents) == told(rows_of(["--data", str(samples_data)], capsys))
    assert any(row["arithmetic"] for row in documents)


def test_table_tells_in_chinese_and_counts(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["audit", str(ONE), "--severity", "error"]) == 0
    shown = capsys.readouterr().out
    assert "零基数百分比" in shown and "没有增减幅度可言" in shown
    assert "错误" in shown and "轻微" not in shown


def test_csv_has_a_row_a_finding(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["audit", str(ONE), "-f", "csv"]) == 0
    rows = [*csv.DictReader(io.StringIO(capsys.readouterr().out))]
    assert len(rows) == len(rows_of([str(ONE)], capsys))


def test_document_that_cannot_be_read_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_text("没有内容。", encoding="utf-8")
    assert run(["audit", str(tmp_path)]) == 1
    shown = capsys.readouterr()
    assert "a.txt" in shown.err and "没有发现异常" in shown.out


@pytest.mark.parametrize("call", [["nowhere"], [str(ONE), "--data", "data"]])
def test_wrong_usage_is_one_line(call: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["audit", *call]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1
