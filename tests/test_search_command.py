"""`guanlian search` over a release of the samples, which the index agrees with CONTAINS on."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, QuerySolutions

from guanlian.command_line import run
from store.releases import DataFolder
from store.search.functions import search_functions
from store.search.index import SearchIndex
from store.search.schema import index_path
from store.search.wanted import read_wanted
from tests.conftest import SAMPLES

BASE = "https://w3id.org/guanlian/"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    assert run(["ingest", str(SAMPLES), "--data", str(folder), "--jobs", "1"]) == 0
    return folder


def test_ingest_leaves_an_index_of_the_release(data: Path) -> None:
    assert index_path(DataFolder(data).current().directory).is_file()


def test_hits_in_every_form(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call = ["search", "政务服务", "--kind", "function", "--data", str(data)]
    assert run([*call, "--limit", "2"]) == 0
    shown = capsys.readouterr().out
    assert "政务服务" in shown and "2 / " in shown
    assert run([*call, "-f", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found and all("政务服务" in hit["words"] for hit in found)
    release = DataFolder(data).current()
    for hit in found:
        assert release.text(hit["document"])[hit["start"] : hit["end"]].startswith(hit["words"][:4])
    assert run([*call, "-f", "csv"]) == 0
    rows = [*csv.DictReader(io.StringIO(capsys.readouterr().out))]
    assert [row["thing"] for row in rows] == [hit["thing"] for hit in found]
    assert run([*call, "-f", "values"]) == 0
    block = capsys.readouterr().out
    solutions = release.open_store().query(
        f"SELECT DISTINCT ?thing WHERE {{ {block} ?thing a <ns#FunctionStatement> }}", base_iri=BASE
    )
    assert isinstance(solutions, QuerySolutions)
    assert {row["thing"].value for row in solutions} == {hit["thing"] for hit in found}


def test_unknown_kind_is_one_line(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["search", "政务", "--kind", "clause", "--data", str(data)]) == 2
    assert "there is no kind clause; the kinds are document, office" in capsys.readouterr().err


@pytest.mark.parametrize("word", ["政务", "局", "经费", "人员增加", "较上年", "公务用车", "〇"])
@pytest.mark.parametrize("kind", ["FunctionStatement", "ReasonStatement", "Sentence"])
def test_index_of_real_releases_agrees_with_contains(data: Path, word: str, kind: str) -> None:
    release = DataFolder(data).current()
    store, functions = release.open_store(), search_functions(release.directory)

    def things(condition: str) -> set[str]:
        solutions = store.query(
            f"PREFIX fn: <fn#> PREFIX gl: <ns#> SELECT ?thing WHERE {{ ?thing a gl:{kind} ; "
            f"gl:text ?text FILTER ({condition}) }}",
            base_iri=BASE,
            custom_functions=functions,
        )
        assert isinstance(solutions, QuerySolutions)
        return {thing.value for (thing,) in solutions if isinstance(thing, NamedNode)}

    assert things(f'fn:matches(?thing, "{word}")') == things(f'CONTAINS(?text, "{word}")')


@pytest.mark.parametrize("query", ["zwfw", "zhengwu", "政务服务"])
def test_offices_are_found_by_pinyin_as_by_name(data: Path, query: str) -> None:
    index = SearchIndex(index_path(DataFolder(data).current().directory))
    hits = index.search(read_wanted(query), values={"kind": ["office"]}, size=100).hits
    assert hits and all("政务" in "".join((h.entry.name, *h.entry.other_names)) for h in hits)
