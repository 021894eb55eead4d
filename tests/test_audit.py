"""The audit: findings with filters whose counts add up, page by page, in one language, to take along."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from guanlian.ingestion import Ingestion
from server.audit_filters import DIMENSIONS, ORDERS, AuditParameters, Selection
from server.audit_quality import qualities, regions
from server.findings import Finding, Place, documents, findings
from server.links import Links
from server.settings import Settings
from store.releases import DataFolder
from tests.serving import (
    BASE,
    FIRST,
    FIRST_OFFICE,
    VOCABULARY,
    Service,
    document,
    quads_of,
    running,
)
from tests.two_years import Account

CHINESE = re.compile(r"[一-鿿]")
ENGLISH_SENTENCE = re.compile(r"(?:[A-Za-z]{2,}[ ,]+){3,}[A-Za-z]{2,}")
IN_CHINESE = re.compile(r"<(\w+)[^>]*\blang=\"zh-Hans\"[^>]*>.*?</\1>", re.DOTALL)
QUOTED = re.compile(r"“[^”]*”")
DQV_VALUE = NamedNode("http://www.w3.org/ns/dqv#value")
ONE_LANGUAGE = ("/audit", "/audit/documents", "/audit/regions")


@pytest.fixture(scope="module")
def service(samples_data: Path) -> Iterator[Service]:
    with running(Settings(data=samples_data)) as service:
        yield service


def words_of(page: str) -> str:
    """The text of the content of a page, without what it says is in another language."""
    content = page.partition("<main")[2].partition("</main>")[0]
    return unescape(re.sub(r"<[^>]+>", " ", IN_CHINESE.sub("", content)))


@pytest.mark.parametrize("path", ONE_LANGUAGE)
def test_english_page_has_no_chinese_of_our_own(service: Service, path: str) -> None:
    words = QUOTED.sub("", words_of(service.page(f"/en{path}")))
    assert not CHINESE.search(words), CHINESE.findall(words)


@pytest.mark.parametrize("path", ONE_LANGUAGE)
def test_chinese_page_has_no_english_sentence(service: Service, path: str) -> None:
    words = words_of(service.page(f"/zh{path}"))
    assert not ENGLISH_SENTENCE.search(words), ENGLISH_SENTENCE.findall(words)


def test_every_finding_has_its_sentence_and_its_arithmetic(service: Service) -> None:
    page = service.page("/zh/audit?sort=place")
    listed = page.partition('<ol class="findings"')[2].partition("</ol>")[0].split("<li class=")[1:]
    rows = service.ask("/audit?format=json&sort=place").json()
    assert len(listed) == len(rows) > 20
    for item, row in zip(listed, rows, strict=True):
        assert 'href="/zh/documents/' in item and "#char=" in item
        assert row["quote"] and row["why"] and row["why_zh"]
        assert ('<table class="sum">' in item) == bool(row["operator"])


def test_counts_of_each_choice_add_up_to_what_is_found(service: Service) -> None:
    rows = service.ask("/audit?format=json").json()
    page = service.page("/zh/audit")
    counts = [int(one) for one in re.findall(r"</a> <span class=\"count\">(\d+)</span>", page)]
    kinds = {row["kind"] for row in rows}
    severities = {row["severity"] for row in rows}
    assert sum(counts[: len(severities)]) == len(rows)
    assert len(kinds) <= 12 or sum(counts[len(severities) : len(severities) + 12]) < len(rows)


def test_choices_of_one_dimension_widen_and_of_several_narrow(service: Service) -> None:
    def found(*choices: tuple[str, str]) -> list[dict[str, str]]:
        rows = service.ask(f"/audit?{urlencode([*choices, ('format', 'json')])}").json()
        assert isinstance(rows, list)
        return rows

    errors, minor = found(("severity", "error")), found(("severity", "minor"))
    both = found(("severity", "error"), ("severity", "minor"))
    assert len(errors) + len(minor) == len(both)
    percent = found(("severity", "error"), ("kind", "percent"))
    assert 0 < len(percent) < len(errors)
    assert {row["kind"] for row in percent} == {"percent"}


def test_download_is_whole_and_both_forms_say_the_same(service: Service) -> None:
    answer = service.ask("/audit?format=csv&severity=error")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    rows = [*csv.DictReader(io.StringIO(answer.text))]
    told = service.ask("/audit?format=json&severity=error").json()
    assert [row["finding"] for row in rows] == [row["finding"] for row in told]
    assert {row["severity"] for row in rows} == {"error"}


@pytest.mark.parametrize(
    "query", ["kind=nothing", "office=x", "year=20", "sort=random", "page=0", "nonsense=1"]
)
def test_what_the_release_does_not_know_is_the_mistake_of_the_caller(
    service: Service, query: str
) -> None:
    answer = service.ask(f"/audit?{query}")
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("region=重庆市开州区", "region=500154"),
        ("severity=错误", "severity=error"),
        ("severity=Error", "severity=error"),
        (f"severity={BASE}code/severity/error", "severity=error"),
    ],
)
def test_choice_is_made_by_name_as_by_code(service: Service, written: str, code: str) -> None:
    rows = service.ask(f"/audit?format=json&{written}").json()
    assert rows
    assert service.ask(f"/audit?format=json&{code}").json() == rows


def test_office_is_chosen_by_its_name(service: Service) -> None:
    first = service.ask("/audit?format=json").json()[0]
    found = service.ask(f"/audit?{urlencode({'format': 'json', 'office': first['office_name']})}")
    assert {row["office"] for row in found.json()} == {first["office"]}


def test_larger_place_has_the_findings_of_the_places_in_it(service: Service) -> None:
    everything = service.ask("/audit?format=json").json()
    inside = [row for row in everything if row["region"].startswith("重庆市")]
    found = service.ask("/audit?format=json&region=重庆市").json()
    assert inside and {row["finding"] for row in found} == {row["finding"] for row in inside}
    page = service.page("/zh/audit?region=重庆市")
    assert re.search(rf'重庆市</span></a> <span class="count">{len(inside)}</span>', page)


def test_unknown_place_is_told_with_those_like_it(service: Service) -> None:
    answer = service.ask("/audit?region=重庆市开洲区")
    assert answer.status_code == 400
    assert "重庆市开州区" in answer.json()["nearest"]


@pytest.fixture(scope="module")
def disagreeing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """Accounts of two years that disagree, and one of another office in which nothing is wrong."""
    folder = tmp_path_factory.mktemp("disagreeing")
    accounts = (
        Account(2021, spent="513.19", previous="500.00"),
        Account(2022, spent="541.17", previous="490.00"),
        Account(2022, spent="541.17", previous="513.19", office="示例市丁区民政局"),
    )
    Ingestion([one.write(folder) for one in accounts], folder / "data").run()
    with running(Settings(data=folder / "data")) as service:
        yield service


def test_a_finding_of_two_documents_counts_once_in_their_place(disagreeing: Service) -> None:
    publication = disagreeing.app.state.publications.current()
    both = [one for one in findings(publication) if len(one.places) == 2]
    assert both
    for iri, quality in regions(publication).items():
        found = disagreeing.ask(f"/audit?format=json&region={iri.rpartition('/')[2]}").json()
        assert quality.found == len(found)
    assert sum(one.found for one in qualities(publication).values()) == len(
        findings(publication)
    ) + len(both)


def test_an_office_without_findings_can_be_asked_for(disagreeing: Service) -> None:
    publication = disagreeing.app.state.publications.current()
    wrong = {place.office for one in findings(publication) for place in one.places}
    (sound,) = {row["office"] for row in documents(publication)} - wrong
    office = sound.rpartition("/")[2]
    assert disagreeing.ask(f"/audit?format=json&office={office}").json() == []
    assert "没有" in disagreeing.page(f"/zh/audit?office={office}")
    assert disagreeing.ask(f"/audit/feed?office={office}").status_code == 200


def test_page_that_is_too_far_says_so(service: Service) -> None:
    assert "回到第一页" in service.page("/zh/audit?page=900")


def test_quality_tells_how_much_was_read(service: Service) -> None:
    page = service.page("/en/audit/documents?sort=clauses&order=up")
    shares = [float(one) for one in re.findall(r"<td class=\"number\">\s*([\d.]+) %", page)]
    clauses = shares[::2]
    assert len(clauses) == 10 and clauses == sorted(clauses) and clauses[-1] == 100.0
    assert 'aria-sort="ascending"' in page
    assert "重庆市开州区" in service.page("/zh/audit/regions")


def test_measurements_are_the_tally_of_the_reading(samples_data: Path) -> None:
    release = DataFolder(samples_data).current()
    store = release.open_store()
    for document_id in release.manifest.documents:
        reading = json.loads(release.facts_json(document_id))["reading"]
        for metric in ("clauses", "clauses-read", "amount-clauses", "figures-read", "tables"):
            measurement = NamedNode(f"{BASE}id/measure/{document_id}/{metric}")
            (quad,) = store.quads_for_pattern(measurement, DQV_VALUE, None, DefaultGraph())
            assert isinstance(quad.object, Literal)
            assert int(quad.object.value) == reading[metric.replace("-", "_")]


def test_api_has_the_arithmetic(service: Service) -> None:
    anomalies = service.ask("/api/audit?kind=percent").json()["anomalies"]
    assert anomalies
    for one in anomalies:
        assert one["why_zh"] and one["arithmetic"]["operator"] == "percentage"
        assert float(one["arithmetic"]["stated"]) - float(one["arithmetic"]["computed"]) == (
            pytest.approx(float(one["arithmetic"]["difference"]))
        )


def test_release_of_before_shows_what_it_has(tmp_path: Path) -> None:
    """One explanation without a language, no arithmetic, no measurements."""
    folder = DataFolder(tmp_path)
    found = document(FIRST, FIRST_OFFICE, "示例市甲区样板局")
    folder.build([replace(found, quads=earlier(found.quads))], quads_of(VOCABULARY))
    with running(Settings(data=tmp_path)) as service:
        page = service.page("/zh/audit")
        assert page.count('<p class="why" lang="en">20.50/100.00=20.50%, not 25.00%</p>') == 1
        assert '<table class="sum">' not in page
        assert "重新读取即可补上" in service.page("/zh/audit/documents")
        assert len(service.ask("/api/audit").json()["anomalies"]) == 1


def earlier(quads: Iterable[Quad]) -> Iterator[Quad]:
    """The quads as earlier versions wrote them."""
    for quad in quads:
        is_chinese = isinstance(quad.object, Literal) and quad.object.language == "zh"
        if quad.predicate.value.endswith("#calculation") or (
            is_chinese and quad.predicate.value.endswith("#value")
        ):
            continue
        if quad.predicate.value.endswith("#value") and isinstance(quad.object, Literal):
            value = Literal(quad.object.value)
            quad = Quad(quad.subject, quad.predicate, value, quad.graph_name)
        yield quad


PLACES = st.builds(
    Place,
    document=st.sampled_from([f"{BASE}id/doc/{letter}" for letter in "abc"]),
    office=st.sampled_from([f"{BASE}id/org/{letter}" for letter in "xy"]),
    division=st.sampled_from([f"{BASE}id/div/1", f"{BASE}id/div/2"]),
    year=st.sampled_from(["2021", "2022", "2023"]),
    span=st.just(f"{BASE}id/doc/a/text/0#char=0,1"),
    start=st.integers(0, 3),
)
FINDINGS = st.lists(
    st.builds(
        Finding,
        iri=st.uuids().map(lambda number: f"{BASE}id/ano/{number}"),
        kind=st.sampled_from([f"{BASE}code/anomaly/sum", f"{BASE}code/anomaly/percent"]),
        severity=st.sampled_from([f"{BASE}code/severity/{one}" for one in ("error", "minor")]),
        arrived=st.sampled_from([datetime(2026, 1, day, tzinfo=UTC) for day in (1, 2)]),
        places=st.lists(PLACES, min_size=1, max_size=1).map(tuple),
    ),
    max_size=30,
)
CHOICES = st.fixed_dictionaries(
    {},
    optional={
        "severity": st.lists(st.sampled_from(["error", "minor"]), max_size=2, unique=True),
        "kind": st.lists(st.sampled_from(["sum", "percent"]), max_size=2, unique=True),
        "year": st.lists(st.sampled_from(["2021", "2022"]), max_size=2, unique=True),
        "office": st.lists(st.sampled_from(["x", "y"]), max_size=2, unique=True),
    },
)


@given(FINDINGS, CHOICES, st.sampled_from([*ORDERS]))
def test_counts_add_up_to_the_total_whatever_is_chosen(
    everything: list[Finding], choices: dict[str, list[str]], order: str
) -> None:
    asked = AuditParameters.model_validate({**choices, "sort": order})
    selection = Selection(everything, asked, Links(BASE))
    total = len(selection.findings)
    for dimension in DIMENSIONS:
        facet = selection.facet(dimension)
        counted = [one for one in facet if one.is_chosen or not asked.chosen(dimension)]
        assert sum(one.count for one in counted) == total
        for one in facet:
            only = asked.model_copy(update={dimension: [one.value]})
            assert len(Selection(everything, only, Links(BASE)).findings) == one.count


@given(FINDINGS, st.sampled_from([*ORDERS]))
def test_order_does_not_depend_on_how_the_findings_came(
    everything: list[Finding], order: str
) -> None:
    asked = AuditParameters.model_validate({"sort": order})
    shuffled = sorted(everything, key=lambda one: one.iri[::-1])
    first = Selection(everything, asked, Links(BASE)).findings
    assert Selection(shuffled, asked, Links(BASE)).findings == first
