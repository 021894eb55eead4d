"""Suggested themes: the nearest example, by wording or by an embedding model, and never a fact."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanlian.asking import open_graph
from guanlian.command_line import run
from ingest.theme_suggestions import (
    LEAST_WORDING,
    EmbeddedExamples,
    ExampleWordings,
    example_wordings,
    suggest_themes,
)
from ingest.themes import classify_function, unclassified_clauses
from ontology.similarity import SimilarityError, load_model
from ontology.terms import GL
from ontology.theme_examples import THEME_EXAMPLES, ThemeExample
from ontology.themes import THEMES, THEMES_BY_ID
from ontology.wording import WordingIndex, wording_similarity
from store.graph import Solutions

DUTY = "管理公园"
WORDINGS = st.lists(st.text("管理公园路灯，。", max_size=8), max_size=8)
FIELDS = ("公园", "图书", "道路", "会议")


class FieldCounts:
    """A small model: a text is how often it names each of a few fields."""

    def embed(self, texts: Sequence[str]) -> list[list[float]]:
        return [[float(text.count(field)) for field in FIELDS] for text in texts]


class CharacterCounts:
    """Another small model: how often a text has each of the characters of the examples."""

    characters = sorted({character for example in THEME_EXAMPLES for character in example.text})

    def embed(self, texts: Sequence[str]) -> list[list[float]]:
        return [[float(text.count(one)) for one in self.characters] for text in texts]


class Mute:
    """A thing that embeds nothing."""


class Uneven:
    """A model whose vectors are not of one length."""

    def embed(self, texts: Sequence[str]) -> list[list[float]]:
        return [[1.0] * (place + 1) for place, _ in enumerate(texts)]


def broken() -> object:
    raise OSError("the weights are absent")


# ---------------------------------------------------------------- the examples


def test_every_theme_has_several_examples_and_no_two_are_alike() -> None:
    counts = Counter(example.theme.id for example in THEME_EXAMPLES)
    assert set(counts) == set(THEMES_BY_ID)
    assert min(counts.values()) >= 3
    assert len({example.text for example in THEME_EXAMPLES}) == len(THEME_EXAMPLES)


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.id)
def test_rules_put_the_examples_of_a_theme_under_it(theme: object) -> None:
    for example in THEME_EXAMPLES:
        if example.theme == theme:
            found = {match.theme.id for match in classify_function(example.text)}
            assert example.theme.id in found, example.text
            assert len(found - {example.theme.id, "policy"}) <= 2, (example.text, found)


# ---------------------------------------------------------------- nearest by wording


@given(WORDINGS, st.text("管理公园路灯，。", max_size=8))
def test_index_finds_what_comparing_with_all_finds(wordings: list[str], asked: str) -> None:
    found = WordingIndex(wordings).nearest(asked)
    similarities = [wording_similarity(asked, wording) for wording in wordings]
    assert (found[1] if found else Decimal(0)) == max(similarities, default=Decimal(0))
    if found:
        assert similarities[found[0]] == found[1]


def test_index_takes_the_first_of_equals() -> None:
    assert WordingIndex(["路灯", "公园", "公园"]).nearest("公园") == (1, Decimal("1.000"))
    assert WordingIndex(["路灯", "、"]).nearest("、") is None


def test_clause_without_a_cue_is_shown_the_nearest_example() -> None:
    examples = ExampleWordings([ThemeExample(THEMES_BY_ID["foreign-affairs"], "承办外事活动")])
    (clause,) = unclassified_clauses("承办外国的活动")
    (suggestion,) = suggest_themes("承办外国的活动", examples)
    assert suggestion.theme.id == "foreign-affairs"
    assert suggestion.example == "承办外事活动"
    assert (suggestion.start, suggestion.end) == (clause.start, clause.end)
    assert suggestion.score == wording_similarity(clause.text, suggestion.example) >= LEAST_WORDING


def test_clause_with_a_cue_and_one_like_no_example_get_no_suggestion() -> None:
    assert not [*suggest_themes("养护公园绿地", example_wordings())]
    assert not [*suggest_themes("租借雨伞", example_wordings())]


@given(st.text("管理公园路灯承办活动，；。", max_size=40))
def test_only_clauses_without_a_theme_are_suggested_one_each(text: str) -> None:
    without = {(clause.start, clause.end) for clause in unclassified_clauses(text)}
    suggested = [(s.start, s.end) for s in suggest_themes(text, example_wordings())]
    assert set(suggested) <= without
    assert len(set(suggested)) == len(suggested)
    for suggestion in suggest_themes(text, example_wordings()):
        assert text[suggestion.start : suggestion.end] == suggestion.clause


# ---------------------------------------------------------------- nearest to a model


def test_model_suggests_by_its_own_measure() -> None:
    examples = EmbeddedExamples(
        load_model(f"{__name__}:FieldCounts"),
        examples=[
            ThemeExample(THEMES_BY_ID["landscaping"], "养护公园"),
            ThemeExample(THEMES_BY_ID["culture-tourism"], "藏书、图书流转"),
        ],
    )
    near, far = examples.nearest(["图书晾晒", "租借雨伞"])
    assert near and near.example.theme.id == "culture-tourism" and near.score == 1
    assert far is None
    assert examples.method == "embedding-cosine"
    assert examples.nearest([]) == []


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("no-colon", "names no factory"),
        ("no.such.module:make", "No module named"),
        (f"{__name__}:absent", "has no attribute"),
        (f"{__name__}:DUTY", "is not a function"),
        (f"{__name__}:broken", "the weights are absent"),
        (f"{__name__}:Mute", "makes a Mute without embed"),
        (f"{__name__}:Uneven", "cannot be compared"),
    ],
)
def test_wrong_factory_is_told_in_one_sentence(name: str, told: str) -> None:
    with pytest.raises(SimilarityError, match=told) as caught:
        load_model(name)
    assert name in str(caught.value)
    assert "\n" not in str(caught.value)


# ---------------------------------------------------------------- the setting


def methods_of_assignments(data: Path) -> Counter[str]:
    solutions = open_graph(data).query(
        f"SELECT ?method ?cue ?theme WHERE {{ ?a <{GL.assignedTheme}> ?t ; <{GL.method}> ?method ; "
        f"<{GL.assignedTo}> ?f OPTIONAL {{ ?a <{GL.matchedCue}> ?cue }} "
        f"OPTIONAL {{ ?f <{GL.theme}> ?theme FILTER(?theme = ?t) }} }}"
    )
    assert isinstance(solutions, Solutions)
    found: Counter[str] = Counter()
    for solution in solutions:
        method = str(solution["method"]).strip("<>").rpartition("/")[2]
        # What is suggested is not asserted: no cue, and no theme of the function by this alone.
        assert ("cue" in solution) == (method == "cue-rule")
        assert method == "cue-rule" or "theme" not in solution
        found[method] += 1
    return found


def test_named_model_adds_its_suggestions(
    samples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = str(samples / "shili-yiqu-dashuju-2019.txt")
    assert run(["ingest", one, "--data", str(tmp_path / "without"), "--jobs", "1"]) == 0
    monkeypatch.setenv("GUANLIAN_SIMILARITY", f"{__name__}:CharacterCounts")
    monkeypatch.setenv("GUANLIAN_SIMILARITY_LEAST", "0.2")
    assert run(["ingest", one, "--data", str(tmp_path / "with"), "--jobs", "1"]) == 0
    without = methods_of_assignments(tmp_path / "without")
    with_model = methods_of_assignments(tmp_path / "with")
    assert with_model.pop("embedding-cosine") > 0
    assert with_model == without


def test_named_model_ranks_and_shares_nothing_else(
    samples: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    data = str(tmp_path)
    assert run(["ingest", str(samples), "--data", data, "--jobs", "2"]) == 0
    call = ["query", "shared-functions", "--data", data, "-f", "json"]
    answers = []
    for model in ("", f"{__name__}:CharacterCounts"):
        monkeypatch.setenv("GUANLIAN_SIMILARITY", model)
        capsys.readouterr()
        assert run(call) == 0
        answers.append(json.loads(capsys.readouterr().out))
    by_wording, by_model = (
        {(r["theme"], r["office_a"], r["office_b"]): r["similarity"] for r in rows}
        for rows in answers
    )
    assert by_wording.keys() == by_model.keys()
    assert by_wording != by_model


def test_wrong_factory_stops_ingestion_with_one_line(
    samples: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("GUANLIAN_SIMILARITY", "no.such.module:make")
    assert run(["ingest", str(samples), "--data", str(tmp_path / "data")]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert "no.such.module:make" in line
    assert not (tmp_path / "data").exists()
