"""The data gate: no document of the corpus or of the samples may yield less than was recorded."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.data_gate import (
    AT_LEAST,
    CORPUS_FOLDERS,
    EXACTLY,
    SHARES,
    Yield,
    documents_in,
    load_baseline,
    losses,
    measure,
    write_baseline,
)

RENEW = "if that is right, record it by `uv run just baseline`"
RECORDED = load_baseline()
RECORDED_SAMPLES = sorted(name for name in RECORDED if name.startswith("samples/"))
RECORDED_CORPUS = sorted(set(RECORDED) - set(RECORDED_SAMPLES))
SOME = Yield(*range(1, 19))


@pytest.mark.parametrize("name", RECORDED_SAMPLES)
def test_sample_yields_what_was_recorded(name: str) -> None:
    assert [*losses(RECORDED[name], measure(documents_in(None)[name]))] == [], RENEW


@pytest.mark.parametrize("name", RECORDED_CORPUS)
def test_document_of_the_corpus_yields_what_was_recorded(name: str, corpus: Path) -> None:
    documents = documents_in(corpus)
    assert name in documents, f"{name} is gone from the corpus; {RENEW}"
    assert [*losses(RECORDED[name], measure(documents[name]))] == [], RENEW


def test_every_sample_is_recorded() -> None:
    assert sorted(documents_in(None)) == RECORDED_SAMPLES, RENEW


def test_every_document_of_the_corpus_is_recorded(corpus: Path) -> None:
    assert {name.partition("/")[0] for name in RECORDED_CORPUS} == set(CORPUS_FOLDERS)
    assert sorted(RECORDED) == sorted(documents_in(corpus)), RENEW


@pytest.mark.parametrize("name", [*AT_LEAST, *EXACTLY])
def test_loss_of_one_is_told(name: str) -> None:
    (told,) = losses(SOME, replace(SOME, **{name: getattr(SOME, name) - 1}))
    assert name in told


@pytest.mark.parametrize("name", SHARES)
def test_lower_share_is_told_and_fewer_clauses_are_not(name: str) -> None:
    half, all_read = {name: 10, f"{name}_read": 5}, {name: 2, f"{name}_read": 2}
    (told,) = losses(replace(SOME, **all_read), replace(SOME, **half))
    assert f"share of {name}" in told
    assert [*losses(replace(SOME, **half), replace(SOME, **all_read))] == []


def test_gains_are_no_losses() -> None:
    gain = replace(SOME, **{name: getattr(SOME, name) + 5 for name in AT_LEAST})
    assert [*losses(SOME, gain)] == []
    assert [*losses(Yield(), SOME)] == []


def test_document_that_is_read_no_more_is_told() -> None:
    assert "read: 1 recorded, 0 now" in [*losses(SOME, Yield())]


def test_recorded_yields_are_read_back(tmp_path: Path) -> None:
    path = tmp_path / "baseline.csv"
    write_baseline({"samples/a.txt": SOME, "samples/b.txt": Yield()}, path)
    assert load_baseline(path) == {"samples/a.txt": SOME, "samples/b.txt": Yield()}
    words = path.read_text("utf-8").partition("\n")[2].replace("samples/", "").replace(".txt", "")
    assert set(words) <= set("ab,\n0123456789")
