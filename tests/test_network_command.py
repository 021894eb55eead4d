"""guanlian network, and the networks of a release in a notebook."""

from __future__ import annotations

import io
import json
from pathlib import Path

import networkx
import pytest

from guanlian.command_line import run
from guanlian.ingestion import Ingestion
from guanlian.notebook import Release
from tests.conftest import SAMPLES
from tests.networked import CIVIL_AFFAIRS, SERVICES

COMMANDS = {
    "bipartite": [],
    "neighbours": ["--neighbours", "3"],
    "neighbourhood": [CIVIL_AFFAIRS, "--depth", "2"],
    "path": [CIVIL_AFFAIRS, SERVICES],
    "communities": ["--seed", "3"],
    "similar": [SERVICES],
    "sisters": ["--threshold", "0.3"],
    "themes": ["--limit", "3"],
}


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("network")
    Ingestion(sorted(SAMPLES.glob("*.txt")), folder).run()
    return folder


@pytest.mark.parametrize("command", COMMANDS)
def test_answer_is_shown_with_how_it_was_found(
    command: str, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["network", command, *COMMANDS[command], "--data", str(data)]) == 0
    shown = capsys.readouterr().out
    assert "方法 method: " in shown
    assert f"release: {Release(data).release_id}" in shown


@pytest.mark.parametrize("command", COMMANDS)
def test_every_form_holds_the_same_network(
    command: str, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    written = {}
    for form in ("json", "graphml", "node-link"):
        arguments = ["network", command, *COMMANDS[command], "--data", str(data), "-f", form]
        assert run(arguments) == 0
        written[form] = capsys.readouterr().out
    assert json.loads(written["json"])["account"]["release"] == Release(data).release_id
    one = networkx.read_graphml(io.BytesIO(written["graphml"].encode()))
    other = networkx.node_link_graph(json.loads(written["node-link"]), edges="links")
    assert {*one.nodes} == {*other.nodes}


def test_path_is_told_with_the_words_and_where_they_stand(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["network", "path", CIVIL_AFFAIRS, SERVICES, "--data", str(data)]) == 0
    shown = capsys.readouterr().out
    assert f"{CIVIL_AFFAIRS}的职能包括“政务公开与政府信息公开”（原文：推进民政政务公开）" in shown
    assert "#char=" in shown


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["similar", "示例市乙区民政"], f"the nearest are {CIVIL_AFFAIRS}"),
        (["path", SERVICES, "政务服务培训"], "政务服务业务培训"),
        (["sisters", "--threshold", "2"], "The threshold is 2.0"),
        (["communities", "--resolution", "0"], "The resolution is 0.0"),
    ],
)
def test_wrong_question_is_refused_in_one_line(
    arguments: list[str], sentence: str, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["network", *arguments, "--data", str(data)]) == 2
    told = capsys.readouterr().err
    assert sentence in told and told.count("\n") == 1


def test_notebook_gives_networkx_graphs(data: Path) -> None:
    networks = Release(data).networks
    graph = networks.communities(seed=5).to_graph()
    assert isinstance(graph, networkx.Graph)
    assert {"label", "community"} <= {*next(iter(graph.nodes.values()))}
    assert networks.similar(SERVICES).similar[0].similarity > 0


def test_notebook_takes_a_year_as_a_number(data: Path) -> None:
    release = Release(data)
    answers = [release.ask("reason-causes", year=year).rows for year in (2020, "2020")]
    assert answers[0]
    assert answers[0] == answers[1]
    compared = release.compare(CIVIL_AFFAIRS, "开州", year=2020)
    assert {covered.year for covered in compared.coverages} == {"2020"}
