"""Evaluation: the scores of facts against gold, in our count and in that of the outside scorer."""

from __future__ import annotations

import copy
import csv
import importlib.util
import io
import json
import random
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from guanlian.command_line import run
from ingest.evaluation.evaluating import add_up, evaluate
from ingest.evaluation.families import FAMILIES
from ingest.evaluation.matching import TOTAL
from tests.conftest import SAMPLES

Json = dict[str, Any]
Capture = pytest.CaptureFixture[str]

GOLD = SAMPLES / "gold"
NAMES = sorted(path.stem for path in GOLD.glob("*.json"))
AMOUNT = {
    "fund": "all", "flow": "expenditure", "item": "total", "year": "2023", "phase": "final",
    "value": "120.50", "unit": "万元",
}  # fmt: skip


@pytest.fixture(scope="module")
def extracted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The facts of the samples."""
    folder = tmp_path_factory.mktemp("extracted")
    assert run(["extract", str(SAMPLES), "--out", str(folder)]) == 0
    return folder


@pytest.fixture
def scorer(corpus: Path) -> ModuleType:
    """The scorer that stands beside the corpus; it knows nothing of this project."""
    path = corpus.parent / "tools" / "score_facts.py"
    if not path.is_file():
        pytest.skip(f"the scorer is not at {path}")
    spec = importlib.util.spec_from_file_location("score_facts", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def load(path: Path) -> Json:
    return dict(json.loads(path.read_text("utf-8")))


def figures(family: str, gold: Json, read: Json) -> tuple[int, int, int]:
    score = evaluate(gold, read)[family]
    return score.found, len(score.missed), len(score.invented)


def outside_figures(scorer: ModuleType, gold: Json, read: Json) -> dict[str, tuple[int, int, int]]:
    """Found, missed and invented of every family as the outside scorer counts them."""
    wanted, given = scorer.facts(gold), scorer.facts(read)
    counted = {}
    for name in scorer.FAMILIES:
        if name == "anomalies":
            found = scorer.match_anomalies(gold.get("anomalies") or [], read.get("anomalies") or [])
        elif name == "values":
            found = scorer.match_values(wanted[name], given[name])
        else:
            fuzzy = name in ("functions", "reason-spans", "reasons")
            found = scorer.match(wanted[name], given[name], fuzzy)
        counted[name] = (found[0], len(found[1]), len(found[2]))
    return counted


@pytest.mark.parametrize("name", NAMES)
def test_gold_against_itself_is_without_fault(name: str) -> None:
    gold = load(GOLD / f"{name}.json")
    scores = evaluate(gold, gold)
    assert all((s.precision, s.recall, s.f1) == (1, 1, 1) for s in scores.values())
    assert scores[TOTAL].found > 100


def test_document_that_was_not_read_misses_everything_and_invents_nothing() -> None:
    gold = load(GOLD / f"{NAMES[0]}.json")
    total = evaluate(gold, {})[TOTAL]
    assert (total.found, total.recall, total.precision, total.f1) == (0, 0, 1, 0)
    assert len(total.missed) == evaluate(gold, gold)[TOTAL].found


def amount(**changed: object) -> Json:
    return {"amounts": [{**AMOUNT, **changed}]}


CHANGE = {"baseline": "previous-final", "direction": "increase", "delta": "2", "percent": "1.5"}
CASES: dict[str, tuple[str, Json, Json, tuple[int, int, int]]] = {
    "digits": ("values", amount(), amount(value="１２０.5"), (1, 0, 0)),
    "unit": ("values", amount(), amount(value="1205000", unit="元"), (1, 0, 0)),
    "wrong unit": ("values", amount(), amount(unit="元"), (0, 1, 1)),
    "wrong place": ("values", amount(), amount(fund="general"), (0, 1, 1)),
    "either of two": (
        "values",
        {"amounts": [AMOUNT, {**AMOUNT, "value": "7"}]},
        amount(value="7"),
        (1, 0, 0),
    ),
    "share": ("shares", amount(share="5.0"), amount(share="5%"), (1, 0, 0)),
    "percent": (
        "comparisons",
        amount(comparisons=[CHANGE]),
        amount(comparisons=[{**CHANGE, "percent": "1.4"}]),
        (0, 1, 1),
    ),
    "alike reason": (
        "reasons",
        amount(comparisons=[{**CHANGE, "reasons": ["本年新增示例项目一个，人员经费增加"]}]),
        amount(comparisons=[{**CHANGE, "reasons": ["新增示例项目一个，人员经费增加"]}]),
        (1, 0, 0),
    ),
    "other reason": (
        "reasons",
        amount(comparisons=[{**CHANGE, "reasons": ["新增示例项目"]}]),
        amount(comparisons=[{**CHANGE, "reasons": ["人员减少"]}]),
        (0, 1, 1),
    ),
    "name": (
        "organization",
        {"organization": {"name": "示例市示例局", "region": "示例市"}},
        {"organization": {"name": "示例市 示例局", "region": "示例省示例市"}},
        (1, 1, 1),
    ),
    "repeated duty": (
        "functions",
        {"functions": [{"text": "负责示例工作"}, {"text": "负责示例工作"}]},
        {"functions": [{"text": "负责示例工作"}]},
        (1, 1, 0),
    ),
    "error found as minor": (
        "anomalies",
        {"anomalies": [{"kind": "sum", "severity": "error", "quote": "合计5万元"}]},
        {"anomalies": [{"kind": "sum", "severity": "minor", "quote": "合计5万元"}]},
        (1, 0, 0),
    ),
    "false error": (
        "anomalies",
        {"anomalies": []},
        {"anomalies": [{"kind": "sum", "severity": "error", "quote": "合计5万元"}]},
        (0, 0, 1),
    ),
    "slip without severity": (
        "anomalies",
        {"anomalies": [{"kind": "typo", "quote": "决算算"}]},
        {"anomalies": []},
        (0, 0, 0),
    ),
}


@pytest.mark.parametrize(("family", "gold", "read", "wanted"), CASES.values(), ids=CASES)
def test_facts_are_matched_as_a_person_would(
    family: str, gold: Json, read: Json, wanted: tuple[int, int, int]
) -> None:
    assert figures(family, gold, read) == wanted


def test_documents_are_added_up_by_facts_not_by_averages() -> None:
    good, bad = evaluate(amount(), amount()), evaluate(amount(), amount(value="1"))
    total = add_up([good, good, bad])["values"]
    assert (total.found, len(total.missed), len(total.invented)) == (2, 1, 1)
    assert total.precision == total.recall == pytest.approx(2 / 3)


def spoil(value: Any, chance: random.Random) -> Any:
    """A copy in which fields and entries were lost, repeated and changed here and there."""
    if isinstance(value, dict):
        kept = {name: one for name, one in value.items() if chance.random() > 0.03}
        return {name: spoil(one, chance) for name, one in kept.items()}
    if isinstance(value, list):
        entries = [one for one in value if chance.random() > 0.05]
        repeated = [copy.deepcopy(one) for one in entries if chance.random() < 0.05]
        return [spoil(one, chance) for one in entries + repeated]
    if isinstance(value, str) and value and chance.random() < 0.08:
        place = chance.randrange(len(value))
        return value[:place] + chance.choice(("", "9", "改", "，", " ")) + value[place + 1 :]
    return value


@pytest.mark.parametrize("seed", range(12))
def test_spoilt_facts_are_scored_as_the_outside_scorer_does(
    seed: int, corpus: Path, scorer: ModuleType
) -> None:
    chance = random.Random(seed)
    for path in sorted([*GOLD.glob("*.json"), *corpus.glob("*/gold/*.json")]):
        gold = load(path)
        read = spoil(gold, chance)
        scores = evaluate(gold, read)
        counted = {
            family.name: (
                scores[family.name].found,
                len(scores[family.name].missed),
                len(scores[family.name].invented),
            )
            for family in FAMILIES
        }
        assert counted == outside_figures(scorer, gold, read), path.stem


@pytest.mark.parametrize("folder", ["chongqing", "provinces", "shanghai"])
def test_corpus_is_scored_as_the_outside_scorer_does(
    folder: str, corpus: Path, scorer: ModuleType, tmp_path: Path, capsys: Capture
) -> None:
    gold = corpus / folder / "gold"
    names = [path.stem for path in gold.glob("*.json")]
    documents = [str(path) for path in (corpus / folder).iterdir() if path.stem in names]
    run(["extract", *documents, "--out", str(tmp_path)])
    capsys.readouterr()
    run(["evaluate", *documents, "--gold", str(gold), "-f", "json"])
    scored = json.loads(capsys.readouterr().out)
    assert len(scored["documents"]) == len(names)
    for document in scored["documents"]:
        name = Path(document["file"]).stem
        extracted = tmp_path / f"{name}.json"
        read = load(extracted) if extracted.exists() else {}
        ours = {
            family: (one["found"], one["missed"], one["invented"])
            for family, one in document["families"].items()
            if family != TOTAL
        }
        assert ours == outside_figures(scorer, load(gold / f"{name}.json"), read)


def test_samples_are_told_as_a_table(capsys: Capture) -> None:
    assert run(["evaluate", str(SAMPLES), "--gold", str(GOLD)]) == 0
    lines = capsys.readouterr().out.splitlines()
    families = [line.split()[0] for line in lines if line.strip()][2:]
    assert families == [*(family.name for family in FAMILIES), TOTAL]


def test_extracted_facts_are_scored_like_their_documents(extracted: Path, capsys: Capture) -> None:
    answers = []
    for path in (SAMPLES, extracted):
        assert run(["evaluate", str(path), "--gold", str(GOLD), "-f", "json"]) == 0
        answers.append(json.loads(capsys.readouterr().out)["total"])
    assert answers[0] == answers[1]
    assert answers[0][TOTAL]["f1"] == 1


def test_csv_has_a_row_a_document_and_family(extracted: Path, capsys: Capture) -> None:
    assert run(["evaluate", str(extracted), "--gold", str(GOLD), "-f", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert len(rows) == (len(NAMES) + 1) * (len(FAMILIES) + 1)
    assert {row["document"] for row in rows} == {
        *(str(extracted / f"{name}.json") for name in NAMES),
        TOTAL,
    }
    assert all(row["f1"] == "1.000" for row in rows)


@pytest.fixture
def wrong(extracted: Path, tmp_path: Path) -> Path:
    """Facts of one sample whose first amount was read wrong."""
    facts = load(extracted / f"{NAMES[0]}.json")
    facts["amounts"][0]["value"] = "123456.78"
    path = tmp_path / "read" / f"{NAMES[0]}.json"
    path.parent.mkdir()
    path.write_text(json.dumps(facts, ensure_ascii=False), "utf-8")
    return path


def test_missed_and_invented_facts_are_shown(wrong: Path, capsys: Capture) -> None:
    assert run(["evaluate", str(wrong), "--gold", str(GOLD), "--show", "3"]) == 0
    shown = capsys.readouterr()
    invented = [line for line in shown.out.splitlines() if " values invented " in line]
    assert len(invented) == 1
    assert invented[0].endswith(" 1234567800")
    assert len([line for line in shown.out.splitlines() if " values missed " in line]) == 1
    assert run(["evaluate", str(wrong), "--gold", str(GOLD), "--show", "3", "-f", "json"]) == 0
    family = json.loads(capsys.readouterr().out)["documents"][0]["families"]["values"]
    assert [fact.split()[-1] for fact in family["invented_facts"]] == ["1234567800"]


def test_what_has_no_counterpart_is_named(extracted: Path, tmp_path: Path, capsys: Capture) -> None:
    stranger = tmp_path / "stranger.json"
    stranger.write_text("{}", "utf-8")
    known = extracted / f"{NAMES[0]}.json"
    assert run(["evaluate", str(known), str(stranger), "--gold", str(GOLD)]) == 0
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == f"{stranger}: has no gold and was not scored"
    assert [line.split(":")[0] for line in lines[1:]] == [f"{name}.json" for name in NAMES[1:]]


def test_document_that_cannot_be_read_misses_its_gold(tmp_path: Path, capsys: Capture) -> None:
    damaged = tmp_path / f"{NAMES[0]}.pdf"
    damaged.write_bytes(b"%PDF-1.4\n")
    assert run(["evaluate", str(damaged), "--gold", str(GOLD), "-f", "json"]) == 1
    written = capsys.readouterr()
    assert f"{damaged}: is a damaged PDF file" in written.err
    document = json.loads(written.out)["documents"][0]
    assert document["problem"] == "is a damaged PDF file"
    assert document["families"][TOTAL]["found"] == 0


def gold_of_nothing(folder: Path) -> list[str]:
    (folder / "gold").mkdir()
    (folder / "gold" / "other.json").write_text("{}", "utf-8")
    return [str(SAMPLES), "--gold", str(folder / "gold")]


def broken_gold(folder: Path) -> list[str]:
    (folder / "gold").mkdir()
    (folder / "gold" / f"{NAMES[0]}.json").write_text("{", "utf-8")
    return [str(SAMPLES), "--gold", str(folder / "gold")]


WRONG_CALLS: dict[str, tuple[Callable[[Path], list[str]], str]] = {
    "missing path": (
        lambda _: ["nowhere.txt", "--gold", str(GOLD)],
        "no file or folder nowhere.txt",
    ),
    "empty folder": (lambda at: [str(at), "--gold", str(GOLD)], "no document and no facts JSON"),
    "no gold at all": (lambda at: [str(SAMPLES), "--gold", str(at)], "no NAME.json in the gold"),
    "gold of nothing given": (gold_of_nothing, "has gold in"),
    "broken gold": (broken_gold, "is no JSON"),
    "shown in csv": (
        lambda _: [str(SAMPLES), "--gold", str(GOLD), "--show", "1", "-f", "csv"],
        "CSV holds the figures only",
    ),
    "unknown form": (lambda _: [str(SAMPLES), "--gold", str(GOLD), "-f", "xml"], "xml"),
}


@pytest.mark.parametrize(("call", "wanted"), WRONG_CALLS.values(), ids=WRONG_CALLS)
def test_wrong_call_is_one_line_and_status_2(
    call: Callable[[Path], list[str]], wanted: str, tmp_path: Path, capsys: Capture
) -> None:
    assert run(["evaluate", *call(tmp_path)]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("guanlian: ")
    assert wanted in line


@pytest.mark.parametrize("content", ["{", "[]"])
def test_file_that_is_no_facts_json_is_told(content: str, tmp_path: Path, capsys: Capture) -> None:
    broken = tmp_path / f"{NAMES[0]}.json"
    broken.write_text(content, "utf-8")
    assert run(["evaluate", str(broken), "--gold", str(GOLD)]) == 1
    assert f"{broken}: is no " in capsys.readouterr().err


def test_without_gold_the_reading_is_reported(extracted: Path, capsys: Capture) -> None:
    answers = []
    for path in (SAMPLES, extracted):
        assert run(["evaluate", str(path), "-f", "json", "--show", "1"]) == 0
        answers.append(json.loads(capsys.readouterr().out))
    assert [answer["forms"] for answer in answers[1:]] == [answers[0]["forms"]]
    forms = answers[0]["forms"]
    assert set(forms) == {"final-accounts/numbered", "final-accounts/nine-tables"}
    assert sum(form["documents"] for form in forms.values()) == len(NAMES)
    assert forms["final-accounts/numbered"]["amount_clauses_share"] == 1
    assert answers[0]["reading"]["clauses"] == sum(
        document["reading"]["clauses"] for document in answers[0]["documents"]
    )


def test_reading_is_told_as_a_table_with_what_was_not_understood(
    tmp_path: Path, capsys: Capture
) -> None:
    text = (SAMPLES / f"{NAMES[-1]}.txt").read_text("utf-8")
    strange = tmp_path / "strange.txt"
    strange.write_text(f"另有神秘款项若干合123.45万元被提及。\n{text}", "utf-8")
    assert run(["evaluate", str(strange), str(SAMPLES), "--show", "1"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert f"{strange} unread clause 另有神秘款项若干合123.45万元被提及" in lines
    assert [line.split()[0] for line in lines if "100%" in line].count(
        "final-accounts/numbered"
    ) <= 1
    assert any(line.split()[:1] == ["strange.txt"] for line in lines)


def test_reading_in_csv_has_a_row_a_document_and_form(capsys: Capture) -> None:
    assert run(["evaluate", str(SAMPLES), "-f", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    documents, forms = rows[: len(NAMES)], rows[len(NAMES) :]
    assert [row["form"] for row in forms] == [
        "final-accounts/nine-tables",
        "final-accounts/numbered",
    ]
    assert {row["document"] for row in forms} == {TOTAL}
    assert sum(int(row["clauses"]) for row in forms) == sum(
        int(row["clauses"]) for row in documents
    )


def test_gold_is_no_facts_json_to_report_a_reading_of(capsys: Capture) -> None:
    """Gold leaves out what a person does not write down; the reading of such a file is not known."""
    assert run(["evaluate", str(GOLD / f"{NAMES[0]}.json")]) == 1
    assert "is no facts JSON as `guanlian extract` writes it" in capsys.readouterr().err
