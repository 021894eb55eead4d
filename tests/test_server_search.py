"""`/api/search` and `/search`: what is found, where it stands, how it is narrowed, what is refused."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.settings import Settings
from store.errors import NoIndexError
from store.release import Release
from store.search.opening import SearchIndexes
from store.search.schema import index_path
from tests.serving import (
    BASE,
    DUTY,
    FIRST,
    FIRST_OFFICE,
    REASON,
    SECOND,
    SECOND_OFFICE,
    Service,
    build_release,
    running,
)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    build_release(folder)
    return folder


@pytest.fixture(scope="module")
def service(data: Path) -> Iterator[Service]:
    with running(Settings(data=data, workers=1)) as service:
        yield service


def search(service: Service, **parameters: object) -> dict[str, Any]:
    """The answer as JSON."""
    response = service.ask(f"/api/search?{urlencode(parameters, doseq=True)}")
    assert response.status_code == 200, response.text
    found: dict[str, Any] = response.json()
    return found


def marked(text: dict[str, Any]) -> list[str]:
    return [text["text"][mark["start"] : mark["end"]] for mark in text["marks"]]


def refused(service: Service, query: str) -> dict[str, Any]:
    response = service.ask(f"/api/search?{query}")
    assert response.status_code == 400
    assert response.headers["Content-Type"] == "application/problem+json"
    problem: dict[str, Any] = response.json()
    return problem


def test_function_is_found_with_its_sentence(service: Service, data: Path) -> None:
    answer = search(service, q="政务", kind="function")
    assert (answer["total"], answer["understood"]) == (2, "政务")
    hit = next(hit for hit in answer["hits"] if FIRST in hit["iri"])
    assert hit["snippet"]["text"] == DUTY
    assert marked(hit["snippet"]) == ["政务"]
    sentence = hit["sentence"]
    text = Release(next((data / "releases").iterdir())).text(FIRST)
    assert text[sentence["start"] : sentence["end"]] == DUTY
    assert sentence["link"] == f"/documents/{FIRST}#char={sentence['start']},{sentence['end']}"
    assert hit["office"]["link"] == f"/offices/{FIRST_OFFICE}"
    assert (
        hit["title"]["text"] == sentence["document"]["name"] == "示例市甲区样板局2022年度决算公开"
    )
    assert hit["years"] == ["2022"]


@pytest.mark.parametrize(
    ("query", "marks"),
    [
        ("甲区", ["甲区"]),
        ("甲", ["甲"]),
        ("yqybj", []),
        ("jqyb", ["甲区样板"]),
        ("yangbanju", ["样板局"]),
    ],
)
def test_office_is_found_by_words_and_pinyin(
    service: Service, query: str, marks: list[str]
) -> None:
    hits = search(service, q=query, kind="office")["hits"]
    office = [hit for hit in hits if hit["iri"] == f"{BASE}id/org/{FIRST_OFFICE}"]
    assert [marked(hit["title"]) for hit in office] == ([marks] if marks else [])


def test_facets_narrow_and_lead_to_the_same_search(service: Service) -> None:
    answer = search(service, q="平台")
    counts = {value["value"]: value["count"] for value in answer["facets"]["kind"]}
    assert counts["function"] == counts["reason"] == 2
    by_office = search(service, q="平台", office=FIRST_OFFICE)
    assert by_office["total"] == 2
    offices = {value["value"]: value for value in by_office["facets"]["office"]}
    assert offices[FIRST_OFFICE]["is_chosen"] and not offices[SECOND_OFFICE]["is_chosen"]
    again = service.ask(offices[FIRST_OFFICE]["link"]).json()
    assert again["total"] == answer["total"]
    assert search(service, q="平台", theme="service-platform", kind="function")["total"] == 2
    assert search(service, q="平台", year=["2021"])["total"] == 0
    assert search(service, q="平台", year=["2021", "2022"])["total"] == 4
    assert search(service, q="平台", document=FIRST)["total"] == 2


def test_pages_follow_each_other(service: Service) -> None:
    first = search(service, q="样板", size=2)
    seen = [hit["iri"] for hit in first["hits"]]
    following = first["next"]
    while following:
        page = service.ask(following).json()
        seen += [hit["iri"] for hit in page["hits"]]
        following = page["next"]
    assert len(seen) == len(set(seen)) == first["total"]
    assert search(service, q="样板", page=100)["hits"] == []


def test_nothing_to_look_for_is_nothing_found(service: Service) -> None:
    for query in ("", "，。", "-政务"):
        answer = search(service, q=query)
        assert (answer["total"], answer["hits"]) == (0, [])


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("q=a&knd=office", "knd"),
        ("q=a&kind=nothing", "kind"),
        ("q=a&office=000000-cccccccc", "000000-cccccccc"),
        ("q=a&theme=nothing", "nothing"),
        ("q=a&document=%22%3E", "document"),
        ("q=a&year=22", "year"),
        ("q=a&page=0", "page"),
        ("q=a&size=1000", "size"),
        (f"q={'a' * 201}", "q"),
    ],
)
def test_wrong_parameters_are_named(service: Service, query: str, named: str) -> None:
    assert named in refused(service, query)["detail"]


def test_answer_is_not_sent_again_while_the_release_stays(service: Service) -> None:
    tag = service.ask("/api/search?q=a").headers["ETag"]
    again = service.ask("/api/search?q=a", headers={"If-None-Match": tag})
    assert again.status_code == 304


def test_answer_is_typed_in_openapi(service: Service) -> None:
    schema = service.ask("/openapi.json").json()
    operation = schema["paths"]["/api/search"]["get"]
    answer = operation["responses"]["200"]["content"]["application/json"]["schema"]
    assert answer["$ref"].endswith("/SearchResults")
    assert {one["name"] for one in operation["parameters"]} >= {"q", "kind", "office", "page"}


def test_page_marks_what_was_looked_for_and_escapes_the_rest(service: Service) -> None:
    page = service.page("/search?" + urlencode({"q": "政务", "kind": "function"}))
    assert '&lt;b&gt;<mark class="hit">政务</mark>&lt;/b&gt;' in page
    assert '<input name="q" type="search" value="政务"' in page  # in the header
    assert "<b>政务" not in page
    shown = service.page("/search?" + urlencode({"q": '"><script>x</script>'}))
    assert "<script>" not in shown


def test_page_says_what_was_searched_when_nothing_is_found(service: Service) -> None:
    page = service.page("/search?" + urlencode({"q": "丁丑"}))
    assert "没有找到“丁丑”" in page and "查找范围" in page
    assert "没有可以查找的词" in service.page("/search?" + urlencode({"q": "！？"}))
    assert "没有找到" not in service.page("/search")


def test_every_page_has_the_box(service: Service) -> None:
    for path in ("/", "/offices", f"/documents/{FIRST}", "/sparql"):
        assert '<form class="site-search" action="/search"' in service.page(path)


@settings(max_examples=60, deadline=None)
@given(query=st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_any_words_get_an_answer(service: Service, query: str) -> None:
    assert search(service, q=query)["q"] == query


def test_sparql_endpoint_asks_text_search(service: Service) -> None:
    query = f"""PREFIX fn: <{BASE}fn#> SELECT ?thing (fn:score(?thing, "政务") > 0 AS ?fits)
        WHERE {{ ?thing a <{BASE}ns#FunctionStatement> FILTER (fn:matches(?thing, "政务 -教育")) }}"""
    path = "/sparql?" + urlencode({"query": query})
    rows = service.ask(path, accept="text/csv").text.split()
    assert sorted(rows) == sorted(
        ["thing,fits", *(f"{BASE}id/fn/{document}/1,true" for document in (FIRST, SECOND))]
    )


def test_query_that_needs_a_missing_index_says_so(tmp_path: Path) -> None:
    build_release(tmp_path)
    shutil.rmtree(tmp_path / "search")
    with running(Settings(data=tmp_path, workers=1)) as service:
        query = f'ASK {{ ?s ?p ?o FILTER (<{BASE}fn#matches>(?s, "政务")) }}'
        response = service.ask("/sparql?" + urlencode({"query": query}))
        assert response.status_code == 503
        assert "has no search index yet" in response.json()["detail"]


def test_index_is_made_when_a_release_has_none(tmp_path: Path) -> None:
    release = build_release(tmp_path)
    shutil.rmtree(tmp_path / "search")
    with running(Settings(data=tmp_path, workers=1)) as service:
        response = service.ask("/api/search?" + urlencode({"q": REASON}))
        while response.status_code == 503:  # a busy machine
            assert "index" in response.json()["detail"]
            time.sleep(0.5)
            response = service.ask("/api/search?" + urlencode({"q": REASON}))
    assert response.json()["total"] > 0
    assert index_path(release.directory).is_file()


def test_who_does_not_wait_is_told_that_it_is_being_made(tmp_path: Path) -> None:
    release = build_release(tmp_path)
    shutil.rmtree(tmp_path / "search")
    indexes = SearchIndexes(wait_seconds=0)
    with pytest.raises(NoIndexError, match="is being made"):
        indexes.of(release)
    indexes.wait_seconds = 60
    assert indexes.of(release) is indexes.of(release)


def test_theme_is_called_by_its_label_in_the_language_of_the_answer(samples_data: Path) -> None:
    with running(Settings(data=samples_data, workers=1)) as service:
        chinese = search(service, q="文化", kind="theme")["hits"]
        english = service.ask(f"/en/api/search?{urlencode({'q': '文化', 'kind': 'theme'})}").json()
        page = service.page(f"/en/search?{urlencode({'q': 'culture', 'kind': 'theme'})}")
    assert [hit["iri"] for hit in english["hits"]] == [hit["iri"] for hit in chinese]
    for hit, own in zip(english["hits"], chinese, strict=True):
        assert not re.search("[一-龥]", hit["title"]["text"]), hit
        if hit["snippet"] and hit["snippet"]["source"] == "other-name" and marked(own["title"]):
            assert hit["snippet"]["text"] == own["title"]["text"]
            assert marked(hit["snippet"])
    assert chinese and '<mark class="hit">Culture</mark>' in page
