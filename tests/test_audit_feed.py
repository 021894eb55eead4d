"""The feed of new findings: valid Atom whose entries keep their identity and their time."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanlian.ingestion import Ingestion
from ontology.codes import code_list
from server.audit_feed import child, without_controls
from server.audit_filters import PAGE_SIZE
from server.settings import Settings
from store.arrivals import JOURNAL, read_arrivals, release_time
from store.releases import DataFolder
from tests.serving import Service, running
from tests.two_years import Account

ATOM = "{http://www.w3.org/2005/Atom}"
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
#: What RFC 4287 wants exactly one of, in a feed (4.1.1) and in an entry (4.1.2).
ONCE_IN_FEED, ONCE_IN_ENTRY = ("id", "title", "updated"), ("id", "title", "updated")
AT_MOST_ONCE = ("generator", "icon", "logo", "rights", "subtitle", "published", "source", "summary")
WRONG = (
    "2022年度支出合计100.00万元。其中：基本支出60.00万元，占66.00%；项目支出40.00万元，占40.00%。"
)
ACCOUNT = Account(2022, spent="541.17", previous="513.19")


@pytest.fixture(scope="module")
def service(samples_data: Path) -> Iterator[Service]:
    with running(Settings(data=samples_data)) as service:
        yield service


def feed_of(service: Service, path: str = "/zh/audit/feed") -> Element:
    answer = service.ask(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/atom+xml"
    return ElementTree.fromstring(answer.content)


def text(element: Element, name: str) -> str:
    found = element.find(ATOM + name)
    assert found is not None and found.text
    return found.text


def entries(feed: Element) -> dict[str, Element]:
    return {text(entry, "id"): entry for entry in feed.iterfind(f"{ATOM}entry")}


def check_valid(feed: Element) -> None:
    """The rules of RFC 4287 that a schema and its prose lay down for the elements that we write."""
    assert feed.tag == f"{ATOM}feed"
    check_head(feed, ONCE_IN_FEED)
    assert feed.find(f"{ATOM}author/{ATOM}name") is not None  # 4.1.1: or every entry has one
    assert [link.get("rel") for link in feed.iterfind(f"{ATOM}link")].count("self") == 1
    found = [*feed.iterfind(f"{ATOM}entry")]
    assert len({(text(one, "id"), text(one, "updated")) for one in found}) == len(found)  # 4.1.1
    for entry in found:
        check_head(entry, ONCE_IN_ENTRY)
        # 4.1.2: without content there is an alternate link.
        assert entry.find(f"{ATOM}link[@rel='alternate']") is not None
        assert all(one.get("term") for one in entry.iterfind(f"{ATOM}category"))  # 4.2.2


def check_head(element: Element, once: tuple[str, ...]) -> None:
    for name in once:
        assert len(element.findall(ATOM + name)) == 1, name
    for name in AT_MOST_ONCE:
        assert len(element.findall(ATOM + name)) <= 1, name
    assert urlsplit(text(element, "id")).scheme == "https"  # 4.2.6: an absolute IRI
    assert TIME.fullmatch(text(element, "updated"))  # 3.3
    links = [(link.get("rel"), link.get("type")) for link in element.iterfind(f"{ATOM}link")]
    assert len(set(links)) == len(links)  # 4.1.1: no two alternates of one type
    for link in element.iterfind(f"{ATOM}link"):
        assert urlsplit(str(link.get("href"))).netloc


@pytest.mark.parametrize(
    "path", ["/zh/audit/feed", "/en/audit/feed", "/audit/feed?kind=share&severity=error"]
)
def test_feed_is_valid_atom(service: Service, path: str) -> None:
    check_valid(feed_of(service, path))


def test_feed_speaks_the_language_of_its_path(service: Service) -> None:
    chinese, english = feed_of(service), feed_of(service, "/en/audit/feed")
    assert entries(chinese).keys() == entries(english).keys()
    assert text(chinese, "id") != text(english, "id")
    for iri, entry in entries(english).items():
        assert re.search("[A-Za-z]{3}", text(entry, "summary"))
        assert re.search("[一-龥]", text(entries(chinese)[iri], "summary"))


def test_feed_takes_the_filters_of_the_page(service: Service) -> None:
    page = service.page("/en/audit?kind=share")
    (address,) = re.findall(r'type="application/atom\+xml"[^>]*href="([^"]+)"', page)
    found = feed_of(service, address)
    kinds = {one.get("term") for one in found.iterfind(f"{ATOM}entry/{ATOM}category[1]")}
    assert kinds == {"share"}
    assert service.ask("/audit/feed?kind=nothing").status_code == 400
    assert "Guanlian: new findings (" in text(found, "title")
    assert text(feed_of(service), "title") == "官联：新发现的异常"


def test_feed_of_what_has_no_findings_yet_is_empty(service: Service) -> None:
    """So that who follows a place, a year or a kind without findings today is told of those to come."""
    kinds = {row["kind"] for row in service.ask("/audit?format=json").json()}
    kind = next(one for one in code_list("anomaly") if one not in kinds)
    found = feed_of(service, f"/zh/audit/feed?kind={kind}")
    check_valid(found)
    assert not entries(found)


def test_entry_leads_to_its_sentence(service: Service) -> None:
    entry = next(iter(entries(feed_of(service)).values()))
    link = entry.find(f"{ATOM}link[@rel='alternate']")
    assert link is not None
    address = urlsplit(str(link.get("href")))
    assert address.path.startswith("/zh/documents/") and address.fragment.startswith("char=")
    assert service.ask(address.path, accept="text/html").status_code == 200


@given(st.text(st.characters(codec=None)))
def test_whatever_a_document_holds_the_feed_is_well_formed(words: str) -> None:
    root = ElementTree.Element("feed")
    child(root, "summary", words)
    read = ElementTree.fromstring(ElementTree.tostring(root, encoding="utf-8"))
    assert (read[0].text or "") == without_controls(words)


def test_feed_of_nothing_is_valid_too(tmp_path: Path) -> None:
    Ingestion([ACCOUNT.write(tmp_path)], tmp_path / "data").run()
    with running(Settings(data=tmp_path / "data")) as service:
        found = feed_of(service)
        check_valid(found)
        assert not entries(found)


def test_finding_keeps_identity_and_time_through_ingestions_and_corrections(tmp_path: Path) -> None:
    """The same again changes nothing; a corrected document keeps what stays wrong in it though it moved,
    loses what was put right, and what is new has the time of the release that brought it."""
    data = tmp_path / "data"
    two_wrong = replace(ACCOUNT, more=f"{WRONG}\n较年初预算数增加10.00万元，主要原因人员增加。\n")
    Ingestion([two_wrong.write(tmp_path)], data).run()
    first = read_arrivals(data)
    assert len(first) >= 2
    make_older(data)
    Ingestion([two_wrong.write(tmp_path)], data).run()
    assert read_arrivals(data) == first
    corrected = replace(
        ACCOUNT,
        duties=(*ACCOUNT.duties, "负责慈善工作。"),
        more=f"{WRONG}\n较年初预算数增加10.00万元，主要原因任务增加。\n",
    )
    Ingestion([corrected.write(tmp_path)], data).run()
    now = read_arrivals(data)
    with running(Settings(data=data)) as service:
        found = entries(feed_of(service))
    kept = found.keys() & first.keys()
    assert kept and first.keys() - found.keys() and found.keys() - first.keys()
    for iri in kept:
        assert text(found[iri], "updated") == first[iri].time.strftime("%Y-%m-%dT%H:%M:%SZ")
    for iri in found.keys() - first.keys():
        assert now[iri].release_id == DataFolder(data).current().release_id


def make_older(data: Path) -> None:
    """As if the releases that there are had been made a day ago; their times were noted when they were."""
    for release in DataFolder(data).releases():
        manifest = release.directory / "manifest.json"
        os.utime(manifest, (manifest.stat().st_mtime - 86_400,) * 2)


def test_folder_without_a_journal_takes_the_time_of_its_release(tmp_path: Path) -> None:
    """A release of before arrivals were noted: its findings came with it, and are not told as new later."""
    data = tmp_path / "data"
    Ingestion([replace(ACCOUNT, more=WRONG).write(tmp_path)], data).run()
    (data / JOURNAL).unlink()
    make_older(data)
    earlier = DataFolder(data).current()
    assert read_arrivals(data) == {}
    other = replace(ACCOUNT, office="示例市丁区民政局", more=WRONG)
    Ingestion([other.write(tmp_path)], data).run()
    times = {arrival.time for arrival in read_arrivals(data).values()}
    assert release_time(earlier) in times and len(times) == 2
    assert all(time.tzinfo is UTC for time in times)
    assert max(times) <= datetime.now(UTC)


def test_pages_of_the_feed_hold_each_finding_once(service: Service) -> None:
    found = feed_of(service)
    count = len(service.ask("/audit?format=json").json())
    assert len(entries(found)) == min(count, PAGE_SIZE)
    following = found.find(f"{ATOM}link[@rel='next']")
    assert (following is not None) == (count > PAGE_SIZE)
