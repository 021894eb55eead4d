"""Text search inside SPARQL: the functions find what the index finds."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, QuerySolutions, Store

from store.errors import NoIndexError
from store.releases import Release
from store.search.functions import functions_for, search_functions, values_block
from store.search.index import SearchIndex
from store.search.schema import index_path
from store.search.wanted import read_wanted
from tests.serving import BASE, FIRST, FIRST_OFFICE, SECOND, build_release

PREFIXES = "PREFIX gl: <ns#> PREFIX fn: <fn#> "


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    return build_release(tmp_path_factory.mktemp("data"))


@pytest.fixture(scope="module")
def store(release: Release) -> Iterator[Store]:
    yield release.open_store()


def things(store: Store, release: Release, where: str) -> set[str]:
    """The IRIs that ?thing is bound to."""
    solutions = store.query(
        f"{PREFIXES} SELECT ?thing WHERE {{ {where} }}",
        base_iri=BASE,
        custom_functions=search_functions(release.directory),
    )
    assert isinstance(solutions, QuerySolutions)
    return {thing.value for (thing,) in solutions if isinstance(thing, NamedNode)}


def test_things_that_search_finds_match(store: Store, release: Release) -> None:
    where = '?thing a gl:FunctionStatement FILTER (fn:matches(?thing, "政务 平台"))'
    assert things(store, release, where) == {f"{BASE}id/fn/{d}/1" for d in (FIRST, SECOND)}
    assert things(store, release, where.replace("政务 平台", "政务 -平台")) == set()


@pytest.mark.parametrize("word", ["平台", "支", "原因", "项目新", "2022年度"])
def test_functions_agree_with_contains(store: Store, release: Release, word: str) -> None:
    contained = things(store, release, f'?thing gl:text ?text FILTER (CONTAINS(?text, "{word}"))')
    by_text = things(store, release, f'?thing gl:text ?text FILTER (fn:matches(?text, "{word}"))')
    found = things(store, release, f'?thing gl:text [] FILTER (fn:matches(?thing, "{word}"))')
    # Spans are no entries; what they state is.
    assert by_text == contained
    assert found == {thing for thing in contained if "#char=" not in thing}


def test_score_orders_and_is_no_value_where_nothing_is_found(
    store: Store, release: Release
) -> None:
    where = "?thing a gl:PublicBody FILTER (fn:score(?thing, '甲区样板') > 0)"
    office = f"{BASE}id/org/{FIRST_OFFICE}"
    assert things(store, release, where) == {office, f"{office}-plate"}


@pytest.mark.parametrize(
    "condition", ["fn:matches(?thing)", "fn:matches(?thing, 1/0)", "fn:matches(?thing, ?thing)"]
)
def test_wrong_arguments_are_an_error_of_the_filter(
    store: Store, release: Release, condition: str
) -> None:
    assert things(store, release, f"?thing a gl:PublicBody FILTER ({condition})") == set()


def test_findings_join_as_values(store: Store, release: Release) -> None:
    found = SearchIndex(index_path(release.directory)).iris(read_wanted("平台"))
    where = f"{values_block('thing', found)} ?thing a gl:FunctionStatement"
    assert things(store, release, where) == {f"{BASE}id/fn/{d}/1" for d in (FIRST, SECOND)}


def test_without_an_index_the_functions_say_so(tmp_path: Path) -> None:
    release = build_release(tmp_path)
    shutil.rmtree(tmp_path / "search")
    with pytest.raises(NoIndexError, match=f"{release.release_id} has no search index yet"):
        search_functions(release.directory)
    assert functions_for("SELECT * WHERE { ?s ?p ?o }", release.directory) == {}
