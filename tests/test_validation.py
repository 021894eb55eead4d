"""Validation in the release build and as a command: faults of graphs stop a document, its own never do."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import Quad
from rdflib import RDF, SH, Graph

from guanlian.command_line import run
from guanlian.ingestion import Ingestion
from guanlian.report import Report
from ingest import pipeline
from ingest.facts import DocumentFacts
from ingest.pipeline import ReadDocument, StoppedDocument, read_document
from ingest.quads import make_quads
from ontology.namespaces import DEFAULT_BASE, Namespaces
from store.releases import DataFolder
from tests.conftest import SAMPLES
from tests.two_years import Account

SOUND = SAMPLES / "shili-yiqu-minzheng-2020.txt"
STOPPED = SAMPLES / "shili-jiaqu-zhengwu-2021.txt"
WITH_FINDINGS = SAMPLES / "kaizhou-zhengwu-2020.txt"
STOPPED_OFFICE = "示例市甲区政务服务管理局"
FUND = Namespaces().term("fund")
Break = Callable[[], None]


@pytest.fixture
def break_graphs(monkeypatch: pytest.MonkeyPatch) -> Break:
    """Put a fault of ours into the graphs of one office: they lose every fund. All is read in this
    process, since the fault is known nowhere else."""

    def make_faulty(facts: DocumentFacts, text: str, **options: Any) -> Iterator[Quad]:
        is_faulty = facts.organization.name == STOPPED_OFFICE
        for quad in make_quads(facts, text, **options):
            if not (is_faulty and quad.predicate.value == FUND):
                yield quad

    def in_this_process(work: Callable[[Path], Any], paths: Iterable[Path], *_: Any) -> Any:
        return map(work, paths)

    def break_now() -> None:
        monkeypatch.setattr(pipeline, "make_quads", make_faulty)
        monkeypatch.setattr(pipeline, "contained", in_this_process)

    return break_now


def ingest(data: Path, *paths: Path, **options: Any) -> Report:
    return Ingestion(list(paths), data, **options).run()


def sources(data: Path) -> list[str]:
    return sorted(
        entry.source for entry in DataFolder.open(data).current().manifest.documents.values()
    )


def test_document_whose_graphs_violate_the_shapes_is_stopped_with_every_violation(
    break_graphs: Break,
) -> None:
    break_graphs()
    outcome = read_document(STOPPED, DEFAULT_BASE, "0")
    assert isinstance(outcome, StoppedDocument)
    assert "violations of the shapes" in outcome.reason
    assert outcome.violations
    assert all("gl:fund: There should be at least 1." in one for one in outcome.violations)


def test_findings_about_the_source_stop_nothing() -> None:
    outcome = read_document(WITH_FINDINGS, DEFAULT_BASE, "0")
    assert isinstance(outcome, ReadDocument)
    assert outcome.findings > 0


@pytest.mark.parametrize(
    "odd",
    [
        "（三）支出决算情况\n2023年度支出合计600.00万元，其中：基本支出-10.00万元，占-1.67%。",
        "一般公共预算财政拨款支出年初预算为500.00万元，支出决算为600.00万元，完成年初预算的-120%。",
        "三级指标\t年度指标值\t实际完成值\t分值\t得分\n服务人数\t≥100人\t120人\t110\t-5\n成本\t≤5万元\t4万元\t-20\t150",
    ],
)
def test_numbers_that_a_source_prints_out_of_range_are_findings(odd: str, tmp_path: Path) -> None:
    heading = "三、预算绩效管理情况说明\n项目支出绩效自评表\n项目名称\t示例养老项目\n"
    more = heading + odd if "\t" in odd else odd
    path = Account(2023, "600.00", "550.00", more=more).write(tmp_path)
    sound = read_document(
        Account(2023, "600.00", "550.00", office="示例市丙区教育局").write(tmp_path),
        DEFAULT_BASE,
        "0",
    )
    outcome = read_document(path, DEFAULT_BASE, "0")
    assert isinstance(outcome, ReadDocument), outcome
    assert isinstance(sound, ReadDocument)
    assert outcome.findings > sound.findings


def test_stopped_document_is_left_out_and_reported_and_the_others_are_in(
    break_graphs: Break, tmp_path: Path
) -> None:
    break_graphs()
    report = ingest(tmp_path, STOPPED, SOUND)
    assert sources(tmp_path) == [SOUND.name]
    (failed,) = report.failed
    assert failed.file == str(STOPPED)
    assert failed.violations
    assert report.to_json()["documents"][0]["violations"] == failed.violations


@pytest.mark.parametrize("replace_all", [False, True])
def test_earlier_version_of_a_stopped_document_stays(
    break_graphs: Break, tmp_path: Path, replace_all: bool
) -> None:
    ingest(tmp_path, STOPPED)
    before = DataFolder.open(tmp_path).current().manifest
    break_graphs()
    ingest(tmp_path, STOPPED, SOUND, replace_all=replace_all)
    after = DataFolder.open(tmp_path).current().manifest
    assert sources(tmp_path) == sorted([STOPPED.name, SOUND.name])
    assert before.documents.items() <= after.documents.items()


def test_validation_can_be_switched_off(
    break_graphs: Break, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    break_graphs()
    monkeypatch.setenv("GUANLIAN_VALIDATION", "0")
    assert run(["ingest", str(STOPPED), "--data", str(tmp_path)]) == 0
    assert sources(tmp_path) == [STOPPED.name]


def test_ingest_names_the_stopped_file_and_the_first_violations(
    break_graphs: Break, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    break_graphs()
    assert run(["ingest", str(STOPPED), str(SOUND), "--data", str(tmp_path)]) == 1
    lines = capsys.readouterr().err.splitlines()
    assert any(line.startswith(f"{STOPPED}: was stopped by the validation") for line in lines)
    assert len([line for line in lines if "gl:fund: There should be at least 1." in line]) == 5
    assert any("more; --report FILE writes them all" in line for line in lines)


def test_reading_processes_validate_too(tmp_path: Path) -> None:
    report = ingest(tmp_path, WITH_FINDINGS, processes=2)
    assert report.documents[0].findings > 0


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("validated")
    ingest(data, SOUND, WITH_FINDINGS)
    return data


@pytest.fixture
def rdf_files(tmp_path: Path) -> dict[str, Path]:
    """A graph that conforms and one that violates, both small."""
    prefix = f"@prefix gl: <{Namespaces().terms}> .\n"
    texts = {
        "sound.ttl": prefix + '<http://a> a gl:Pipeline ; gl:programVersion "1" .',
        "faulty.trig": prefix + "<http://g> { <http://a> a gl:Pipeline . }",
        "broken.nq": "<a",
        "strange.ttl": "<http://a> <http://b> <http://c> .",
        "table.csv": "a,b",
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return {name: tmp_path / name for name in texts}


def test_validate_finds_no_violation_in_a_release(
    release: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["validate", "--data", str(release), "-f", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["totals"]["violations"] == 0
    assert told["totals"]["warnings"] > 0
    assert sorted(one["source"] for one in told["documents"]) == sorted(
        [SOUND.name, WITH_FINDINGS.name]
    )
    findings = {result["severity"] for one in told["documents"] for result in one["results"]}
    assert findings <= {"Warning", "Info"}


def test_validate_tells_what_violates(
    rdf_files: dict[str, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["validate", str(rdf_files["sound.ttl"]), str(rdf_files["faulty.trig"])]) == 1
    written = capsys.readouterr()
    assert "Pipeline: <http://a> gl:programVersion: There should be at least 1." in written.out
    assert written.err.splitlines()[-1] == "2 validated: 1 violations, 0 warnings, 0 infos"


def test_validate_writes_validation_reports_as_turtle(
    rdf_files: dict[str, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    assert (
        run(
            [
                "validate",
                *(str(rdf_files[name]) for name in ("sound.ttl", "faulty.trig")),
                "-f",
                "ttl",
            ]
        )
        == 1
    )
    graph = Graph().parse(data=capsys.readouterr().out, format="turtle")
    reports = set(graph.subjects(RDF.type, SH.ValidationReport))
    assert sorted(str(graph.value(one, SH.conforms)) for one in reports) == ["false", "true"]
    (result,) = graph.objects(None, SH.result)
    assert graph.value(result, SH.resultSeverity) == SH.Violation
    assert graph.value(result, SH.sourceConstraintComponent) == SH.MinCountConstraintComponent
    for name in ("focusNode", "resultPath", "sourceShape", "resultMessage"):
        assert graph.value(result, SH[name]) is not None


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("broken.nq", "is not what its name says"),
        ("table.csv", "ends in .nq"),
        ("none.ttl", "cannot be read"),
    ],
)
def test_validate_refuses_files_that_are_no_rdf_in_one_line(
    name: str,
    reason: str,
    rdf_files: dict[str, Path],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["validate", str(rdf_files.get(name, tmp_path / name))]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert reason in line


def test_validate_is_about_files_or_a_release(
    release: Path, rdf_files: dict[str, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["validate", str(rdf_files["sound.ttl"]), "--data", str(release)]) == 2
    assert run(["validate", "--data", str(tmp_path / "nothing")]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 2


def test_validate_says_where_there_was_nothing_to_validate(
    rdf_files: dict[str, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["validate", str(rdf_files["strange.ttl"])]) == 0
    assert "holds nothing that the shapes are about" in capsys.readouterr().err
