"""The command line as its user meets it: answers, exit statuses, and one clear line for what is wrong."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from guanlian.command_line import run
from guanlian.errors import UsageError
from guanlian.evaluated import read_gold
from guanlian.files import find_files
from tests.conftest import SAMPLES

Files = Callable[..., list[Path]]
SAMPLE = SAMPLES / "shili-jiaqu-zhengwu-2021.txt"
BAD = {
    "empty.txt": (b"", "is empty"),
    "binary.txt": (bytes(range(256)) * 8, "is binary or in an unknown encoding"),
    "damaged.pdf": (b"%PDF-1.4\n", "is a damaged PDF file"),
    "prose.txt": ("昨天下雨，今天放晴。".encode(), "holds no disclosure"),
}


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a release of the samples."""
    folder = tmp_path_factory.mktemp("data")
    assert run(["ingest", str(SAMPLES), "--data", str(folder), "--jobs", "1"]) == 0
    return folder


@pytest.fixture
def bad_files(tmp_path: Path) -> list[str]:
    for name, (content, _) in BAD.items():
        (tmp_path / name).write_bytes(content)
    return [str(tmp_path / name) for name in BAD]


def error_lines(capsys: pytest.CaptureFixture[str]) -> list[str]:
    return capsys.readouterr().err.splitlines()


def test_extract_writes_one_document_to_standard_output(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["extract", str(SAMPLE)]) == 0
    facts = json.loads(capsys.readouterr().out)
    assert facts["organization"]["name"] == "示例市甲区政务服务管理局"


def test_extract_writes_a_file_for_every_document(tmp_path: Path) -> None:
    assert run(["extract", str(SAMPLES), "--out", str(tmp_path / "out")]) == 0
    written = {path.stem for path in (tmp_path / "out").glob("*.json")}
    assert written == {path.stem for path in find_files([str(SAMPLES)])}


@pytest.mark.parametrize("command", ["extract", "ingest"])
def test_files_that_cannot_be_read_are_named_and_the_others_are_done(
    command: str, bad_files: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = (
        ["--out", str(tmp_path / "out")]
        if command == "extract"
        else ["--data", str(tmp_path / "d")]
    )
    assert run([command, str(SAMPLE), *bad_files, *target]) == 1
    lines = error_lines(capsys)
    for file in bad_files:
        reason = BAD[Path(file).name][1]
        assert [line for line in lines if line.startswith(f"{file}: ") and reason in line] != []
    assert not any("Traceback" in line for line in lines)
    if command == "extract":
        assert [path.stem for path in (tmp_path / "out").glob("*.json")] == [SAMPLE.stem]


def test_unreadable_file_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "link.txt").symlink_to(tmp_path / "nowhere")
    (tmp_path / "folder.txt").mkdir()
    assert run(["extract", str(tmp_path / "link.txt")]) == 2
    assert "there is no file or folder" in error_lines(capsys)[0]


WRONG_CALLS = {
    "missing path": (["extract", "nowhere.txt"], "there is no file or folder nowhere.txt"),
    "missing path to ingest": (
        ["ingest", "nowhere/*.txt"],
        "there is no file or folder nowhere/*.txt",
    ),
    "unknown command": (["divine"], "divine"),
    "unknown option": (["extract", str(SAMPLE), "--colour"], "--colour"),
    "missing argument": (["extract"], "FILE"),
    "value of the wrong kind": (["serve", "--port", "many"], "'--port'"),
    "port out of range": (["serve", "--port", "70000"], "65535"),
    "several documents without --out": (["extract", str(SAMPLES)], "--out DIR is needed"),
    "out is a file": (["extract", str(SAMPLE), "--out", str(SAMPLE)], "cannot be a folder"),
    "unknown query": (["query", "shared-function"], "shared-functions"),
    "parameter without value": (["query", "offices", "--param", "office"], "is not NAME=VALUE"),
    "no release": (["query", "offices", "--data", "nowhere"], "holds no release"),
    "no release to serve": (["serve", "--data", "nowhere"], "holds no release"),
    "no office to compare": (["compare"], "OFFICE"),
    "year without documents": (["query", "documents", "--param", "year=1999"], "nearest: "),
    "year without documents of the office": (
        ["query", "reason-causes", "--param", "office=甲区", "--param", "year=1999", "-f", "csv"],
        "nearest: ",
    ),
}


@pytest.mark.parametrize(("call", "wanted"), WRONG_CALLS.values(), ids=WRONG_CALLS)
def test_wrong_call_is_one_line_and_status_2(
    call: list[str], wanted: str, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if call[0] == "query" and "--data" not in call:
        call = [*call, "--data", str(data)]
    capsys.readouterr()
    assert run(call) == 2
    lines = error_lines(capsys)
    assert len(lines) == 1
    assert lines[0].startswith("guanlian: ")
    assert wanted in lines[0]


def test_two_documents_of_one_name_are_not_written_over_each_other(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        shutil.copy(SAMPLE, tmp_path / folder)
    assert run(["extract", str(tmp_path), "--out", str(tmp_path / "out")]) == 2
    assert "would both be written to" in error_lines(capsys)[0]


def test_ingesting_the_same_bytes_makes_no_new_release(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (data / "current").read_text("ascii")
    assert run(["ingest", str(SAMPLES), "--data", str(data), "--jobs", "2"]) == 0
    assert "nothing new" in error_lines(capsys)[-1]
    assert (data / "current").read_text("ascii") == before
    assert len([*(data / "releases").iterdir()]) == 1


def test_ingest_reports_every_document_and_the_totals(
    tmp_path: Path, bad_files: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    report = tmp_path / "report.json"
    call = [
        "ingest",
        str(SAMPLES),
        bad_files[0],
        "--data",
        str(tmp_path / "d"),
        "--report",
        str(report),
    ]
    assert run(call) == 1
    written = json.loads(report.read_text("utf-8"))
    documents = {document["file"]: document for document in written["documents"]}
    assert documents[bad_files[0]]["problem"] == "is empty"
    read = [document for document in written["documents"] if not document["problem"]]
    assert len(read) == len(find_files([str(SAMPLES)]))
    assert all(
        document["functions"] and document["amounts"] and document["reasons"] for document in read
    )
    for name, total in written["totals"].items():
        counted = [len(d["unread"]) if name == "unread" else d[name] for d in read]
        assert total == sum(counted)
    shown = capsys.readouterr().err
    assert "示范省样本市教育局" in shown
    assert "合计" in shown


def test_many_documents_are_read_by_several_processes_alike(tmp_path: Path) -> None:
    for number in range(4):
        for path in SAMPLES.glob("*.txt"):
            shutil.copy(path, tmp_path / f"{path.stem}-{number}.txt")
    releases = []
    for jobs in ("1", "2"):
        folder = tmp_path / f"data{jobs}"
        assert run(["ingest", str(tmp_path), "--data", str(folder), "--jobs", jobs]) == 0
        releases.append((folder / "current").read_text("ascii"))
    assert releases[0] == releases[1]


def test_sparql_answers_in_the_asked_form(
    data: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    question = "SELECT (COUNT(DISTINCT ?d) AS ?n) WHERE { ?d a <https://w3id.org/guanlian/ns#DisclosureDocument> }"
    assert run(["sparql", question, "--data", str(data), "-f", "json"]) == 0
    answer = json.loads(capfdbinary.readouterr().out)
    assert answer["results"]["bindings"][0]["n"]["value"] == str(len(find_files([str(SAMPLES)])))


def test_malformed_sparql_is_one_line(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["sparql", "SELECT * WHERE {", "--data", str(data)]) == 2
    lines = error_lines(capsys)
    assert len(lines) == 1
    assert "guanlian: " in lines[0]


def test_newer_format_is_one_line(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = tmp_path / "newer"
    shutil.copytree(data, copy)
    (manifest,) = copy.glob("releases/*/manifest.json")
    content = json.loads(manifest.read_text("utf-8"))
    manifest.write_text(json.dumps({**content, "format_version": 99}), "utf-8")
    assert run(["query", "offices", "--data", str(copy)]) == 2
    lines = error_lines(capsys)
    assert len(lines) == 1
    assert "99" in lines[0]


def test_port_in_use_is_one_line(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert run(["serve", "--data", str(data), "--port", str(port)]) == 2
    assert f"Port {port}" in error_lines(capsys)[-1]


@pytest.mark.parametrize("form", ["json", "csv", "tsv", "table"])
def test_query_answers_in_every_form(
    form: str, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["query", "shared-functions", "--data", str(data), "-f", form]) == 0
    answer = capsys.readouterr().out
    assert "示例市甲区政务服务管理局" in answer
    if form == "csv":
        assert answer.splitlines()[0].startswith("theme,office_a,clause_a,")
    if form == "json":
        assert {"theme", "office_a", "clause_a", "office_b", "clause_b", "similarity"} <= {
            *json.loads(answer)[0]
        }


def test_year_that_only_other_offices_have_is_refused(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    question = ["query", "reason-causes", "--data", str(data), "--param", "office=开州"]
    for form in ("table", "csv", "json"):
        assert run([*question, "--param", "year=2022", "-f", form]) == 2
        told = capsys.readouterr()
        assert told.out == ""
        assert "its documents are of 2020" in told.err


@pytest.mark.parametrize(("limit", "is_told"), [(2, True), (1000, False)])
def test_rows_that_were_cut_are_told(
    limit: int, is_told: bool, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["query", "offices", "--data", str(data), "-f", "csv", "--limit", str(limit)]) == 0
    told = capsys.readouterr()
    assert ("Only the first 2 rows are written; more follow." in told.err) is is_told
    assert len(told.out.splitlines()) <= limit + 1


def test_questions_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["query"]) == 0
    listed = capsys.readouterr().out
    assert "shared-functions" in listed
    assert "reason-differences" in listed


def test_output_to_a_closed_pipe_is_no_failure(data: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "guanlian",
        "query",
        "reason-causes",
        "-f",
        "csv",
        "--data",
        str(data),
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(timeout=60) == 0


def test_malformed_settings_file_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "guanlian.toml").write_text("port = = 1\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert run(["serve"]) == 2
    (line,) = error_lines(capsys)
    assert "guanlian.toml is not TOML" in line


def test_damaged_store_is_one_line(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    damaged = tmp_path / "damaged"
    shutil.copytree(data, damaged)
    for table in damaged.glob("releases/*/store/*.sst"):
        table.unlink()
    assert run(["query", "shared-functions", "--data", str(damaged)]) == 2
    (line,) = error_lines(capsys)
    assert "cannot be opened" in line


def test_folder_is_searched_without_what_programs_leave_beside_documents(tmp_path: Path) -> None:
    for name in ("a.docx", "~$a.docx", ".~lock.a.docx", "._a.pdf"):
        (tmp_path / name).touch()
    (tmp_path / "b.pdf").mkdir()
    assert [path.name for path in find_files([str(tmp_path)])] == ["a.docx"]


def test_gold_nested_without_end_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("[" * 100_000, "utf-8")
    with pytest.raises(UsageError, match="is no JSON"):
        read_gold(tmp_path)


def test_release_of_an_earlier_program_is_told_of(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    older = tmp_path / "older"
    shutil.copytree(data, older)
    (manifest,) = older.glob("releases/*/manifest.json")
    content = json.loads(manifest.read_text(encoding="utf-8"))
    manifest.write_text(json.dumps({**content, "format_version": 1}), encoding="utf-8")
    capsys.readouterr()
    assert run(["query", "offices", "--data", str(older)]) == 0
    assert "earlier program" in capsys.readouterr().err
    assert run(["query", "offices", "--data", str(data)]) == 0
    assert not capsys.readouterr().err


def test_wrong_secret_is_not_shown(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setenv("GUANLIAN_WRITE_TOKEN", "")
    monkeypatch.setenv("GUANLIAN_DATA", str(tmp_path))
    assert run(["serve"]) == 2
    assert "the setting write_token is wrong: " in capsys.readouterr().err
