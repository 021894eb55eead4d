"""Linked data: names answer 303, descriptions come in every form; headers that every answer has."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, RdfFormat, parse

from server.links import Links
from server.publication import Publication
from server.settings import Settings
from store.errors import QueryTimeoutError
from store.releases import DataFolder
from tests.serving import (
    BASE,
    DUTY,
    FIRST,
    FIRST_OFFICE,
    REASON,
    SENTENCE,
    VOCABULARY,
    Service,
    build_release,
    document,
    document_trig,
    quads_of,
    running,
    with_context,
)

FORMATS = {
    "text/turtle": (".ttl", RdfFormat.TURTLE),
    "application/ld+json": (".jsonld", RdfFormat.JSON_LD),
    "application/n-triples": (".nt", RdfFormat.N_TRIPLES),
    "application/rdf+xml": (".rdf", RdfFormat.RDF_XML),
}


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    folder = tmp_path_factory.mktemp("things")
    build_release(folder)
    with running(Settings(data=folder)) as service:
        yield service


@pytest.mark.parametrize(
    "path", [f"org/{FIRST_OFFICE}", f"chg/{FIRST}/total~previous-final", "a%2Fb?fragment=x%2Cy"]
)
def test_name_of_a_thing_points_to_its_description(service: Service, path: str) -> None:
    response = service.ask(f"/id/{path}")
    assert response.status_code == 303
    assert response.headers["location"] == f"/doc/{path}"


@pytest.mark.parametrize("media_type", FORMATS)
def test_description_comes_by_accept_and_by_extension(service: Service, media_type: str) -> None:
    extension, format_ = FORMATS[media_type]
    path = f"/doc/fn/{FIRST}/1"
    by_accept = service.ask(path, accept=media_type)
    by_extension = service.ask(path + extension, accept="text/html")
    for response in (by_accept, by_extension):
        assert response.headers["content-type"].partition(";")[0] == media_type
        content = with_context(service, response) if extension == ".jsonld" else response.content
        subjects = {quad.subject for quad in parse(content, format=format_)}
        assert NamedNode(f"{BASE}id/fn/{FIRST}/1") in subjects
        assert NamedNode(f"{BASE}id/ta/{FIRST}/1") in subjects  # it points to the function


def test_span_is_described_with_its_selector_and_its_facts(service: Service) -> None:
    links = Links(BASE)
    found = service.ask(
        "/sparql?query=SELECT%20%3Fs%20%7B%20%3Fr%20a%20%3Cns%23ReasonStatement%3E%20%3B%20"
        "%3Cns%23statedIn%3E%20%3Fs%20%7D"
    ).json()
    iri = found["results"]["bindings"][0]["s"]["value"]
    path = links.path(iri)
    assert path is not None
    turtle = service.ask(path, accept="text/turtle").text
    assert "oa:start" in turtle and "gl:statedIn" in turtle
    assert 'href="/documents/' in service.page(path)


def test_concept_and_graph_describe_themselves(service: Service) -> None:
    concept = service.ask("/code/theme/service-platform", accept="text/turtle")
    assert "政务平台" in concept.text
    assert (
        service.ask("/code/theme/service-platform.nt")
        .headers["content-type"]
        .startswith("application/n-triples")
    )
    assert "Function statement" in service.ask("/ns", accept="text/turtle").text


@pytest.mark.parametrize("media_type", FORMATS)
def test_named_graph_is_its_triples(service: Service, media_type: str) -> None:
    extension, format_ = FORMATS[media_type]
    path = f"/graph/quality/{FIRST}"
    answers = [service.ask(path, accept=media_type), service.ask(path + extension)]
    written = document_trig(
        FIRST, FIRST_OFFICE, "示例市甲区样板局", "".join((DUTY, SENTENCE, REASON))
    )
    stated = [
        q for q in quads_of(written) if q.graph_name == NamedNode(f"{BASE}graph/quality/{FIRST}")
    ]
    for response in answers:
        assert len([*parse(response.content, format=format_)]) == len(stated) > 1
    assert service.ask("/graph/quality/none", accept=media_type).status_code == 404


def test_description_in_a_media_type_that_is_not_offered_is_406(service: Service) -> None:
    response = service.ask(f"/doc/org/{FIRST_OFFICE}", accept="image/png")
    assert response.status_code == 406
    assert "text/turtle" in response.json()["offered"]


@pytest.mark.parametrize(
    ("iri", "path"),
    [
        (f"{BASE}id/org/x-1", "/id/org/x-1"),
        (f"{BASE}id/doc/d/text/t#char=1,2", "/doc/doc/d/text/t?fragment=char%3D1,2"),
        (f"{BASE}ns#Change", "/ns#Change"),
        (f"{BASE}id/x/a b?c", "/id/x/a%20b%3Fc"),
        ("http://other.test/id/x", None),
    ],
)
def test_iri_of_ours_becomes_a_local_path(iri: str, path: str | None) -> None:
    assert Links(BASE).path(iri) == path


@pytest.mark.parametrize("path", ["/", "/offices", f"/documents/{FIRST}", "/ns"])
def test_get_has_etag_vary_and_cors_and_is_304_when_known(service: Service, path: str) -> None:
    first = service.ask(path, accept="text/html")
    assert "Accept" in first.headers["vary"]
    assert first.headers["access-control-allow-origin"] == "*"
    tag = first.headers["etag"]
    again = service.ask(path, accept="text/html", headers={"If-None-Match": f'"x", W/{tag}'})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == tag


def test_etag_is_that_of_one_address_and_form(service: Service) -> None:
    tags = {
        service.ask(path, accept=accept).headers["etag"]
        for path in (f"/doc/doc/{FIRST}", f"/doc/org/{FIRST_OFFICE}")
        for accept in ("text/turtle", "text/html")
    }
    assert len(tags) == 4
    stranger = service.ask("/offices/none", headers={"If-None-Match": tags.pop()})
    assert stranger.status_code == 404
    assert "etag" not in stranger.headers


def test_head_is_get_without_body(service: Service) -> None:
    get, head = (service.ask("/offices", accept="text/html", method=m) for m in ("GET", "HEAD"))
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["etag"] == get.headers["etag"]


@pytest.mark.parametrize("method", ["GET", "POST", "QUERY"])
def test_preflight_of_another_origin_is_granted(service: Service, method: str) -> None:
    response = service.ask(
        "/sparql",
        method="OPTIONS",
        headers={"Origin": "http://x.test", "Access-Control-Request-Method": method},
    )
    assert response.status_code == 200
    assert response.headers["access-control-allow-origin"] == "*"
    assert method in response.headers["access-control-allow-methods"]


def test_new_release_is_served_without_a_restart(tmp_path: Path) -> None:
    first = build_release(tmp_path)
    with running(Settings(data=tmp_path, workers=1)) as service:
        before = service.ask("/offices", accept="text/html")
        assert service.ask("/health").json()["release"] == first.release_id
        documents = [document("cccccccccccccccc", "000000-cccccccc", "示例市丙区样板局")]
        second = DataFolder(tmp_path).build(documents, quads_of(VOCABULARY)).release
        health = service.ask("/health").json()
        assert (health["release"], health["documents"]) == (second.release_id, 3)
        assert health["quads"] == second.manifest.quads
        tag = before.headers["etag"]
        after = service.ask("/offices", accept="text/html", headers={"If-None-Match": tag})
        assert after.status_code == 200
        assert "丙区" in after.text and "丙区" not in before.text


def test_folder_without_release_is_503_with_one_sentence(tmp_path: Path) -> None:
    with running(Settings(data=tmp_path, workers=1)) as service:
        response = service.ask("/health")
    assert response.status_code == 503
    assert "holds no release" in response.json()["detail"]
    assert response.headers["retry-after"]


def test_damaged_release_is_503_with_one_sentence(tmp_path: Path) -> None:
    release = build_release(tmp_path)
    (release.directory / "texts" / f"{FIRST}.txt").write_bytes(b"\xff")
    with running(Settings(data=tmp_path, workers=1)) as service:
        response = service.ask(f"/documents/{FIRST}")
    assert response.status_code == 503
    assert "cannot be read" in response.json()["detail"]


def test_failure_of_ours_is_500_without_internals(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    build_release(tmp_path)
    with running(Settings(data=tmp_path, workers=1)) as service:
        del service.app.state.links  # a fault of ours, such as no release can have
        problem = service.ask("/offices", accept="application/json")
    assert (problem.status_code, problem.headers["content-type"]) == (
        500,
        "application/problem+json",
    )
    assert "links" not in problem.text
    assert "GET /offices failed" in caplog.text


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_any_known_answer_is_304_where_there_is_one(service: Service, method: str) -> None:
    any_tag = {"If-None-Match": "*"}
    plain = service.ask("/offices", accept="text/html")
    found = service.ask("/offices", accept="text/html", method=method, headers=any_tag)
    assert (found.status_code, found.content) == (304, b"")
    assert found.headers["etag"] == plain.headers["etag"]
    assert "content-length" not in found.headers and "content-type" not in found.headers
    assert service.ask("/offices/none", method=method, headers=any_tag).status_code == 404


def test_home_page_that_lacks_an_answer_is_made_anew(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(_: Publication) -> list[object]:
        raise QueryTimeoutError("The query took longer than 1 seconds and was stopped.")

    publication = service.app.state.publications.current()
    publication._found.clear()
    with monkeypatch.context() as patch:
        patch.setattr("server.home.shared_themes", stopped)
        partial = service.ask("/", accept="text/html")
    assert partial.status_code == 200
    assert "etag" not in partial.headers
    assert partial.headers["cache-control"] == "no-store"
    whole = service.ask("/", accept="text/html")
    assert "etag" in whole.headers
    assert whole.text != partial.text and "政务平台" in whole.text


@pytest.mark.parametrize("path", ["/sparql?query=SELECT*%7B%3Fs%20%3Fp%20%3Fo%7D", "/offices"])
def test_other_settings_are_no_longer_what_the_client_has(tmp_path: Path, path: str) -> None:
    build_release(tmp_path)
    with running(Settings(data=tmp_path, workers=1)) as service:
        known = {"If-None-Match": service.ask(path).headers["etag"]}
        assert service.ask(path, headers=known).status_code == 304
    with running(Settings(data=tmp_path, workers=2, port=1)) as service:
        assert service.ask(path, headers=known).status_code == 304
    with running(Settings(data=tmp_path, workers=1, row_limit=2)) as service:
        assert service.ask(path, headers=known).status_code == 200
