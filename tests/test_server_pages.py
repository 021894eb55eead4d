"""Pages of offices and documents: every fact linked to its sentence and its triples, all escaped."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin

import pytest

from server.settings import Settings
from tests.serving import (
    DUTY,
    FIRST,
    FIRST_OFFICE,
    REASON,
    SECOND_OFFICE,
    SENTENCE,
    Service,
    build_release,
    running,
)

PAGES = [
    "/",
    "/offices",
    f"/offices/{FIRST_OFFICE}",
    f"/offices/{FIRST_OFFICE}-plate",
    "/documents",
    f"/documents/{FIRST}",
    "/sparql",
    f"/doc/doc/{FIRST}",
    f"/doc/org/{FIRST_OFFICE}",
    f"/doc/fn/{FIRST}/1",
    "/code/theme/service-platform",
    "/graph/ontology",
    f"/graph/doc/{FIRST}",
    "/ns",
]
VOID = {"meta", "link", "input", "br", "rect", "circle", "path"}

STATIC = Path(__file__).parents[1] / "server" / "static"


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    folder = tmp_path_factory.mktemp("pages")
    build_release(folder)
    with running(Settings(data=folder)) as service:
        yield service


class Page(HTMLParser):
    """The tags of a page, checked to be closed in order."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def foreign_scripts(self) -> list[dict[str, str | None]]:
        """Scripts that are neither data nor islands of ours, which stand in files."""
        scripts = (attributes for tag, attributes in self.tags if tag == "script")
        return [
            each
            for each in scripts
            if each.get("type") not in ("application/ld+json", "application/json")
            and not (each.get("src") or "").startswith("/static/built/")
        ]

    def values(self, *names: str) -> list[str]:
        """The values of attributes by name."""
        return [value for _, attrs in self.tags for name in names if (value := attrs.get(name))]


@pytest.mark.parametrize("path", PAGES)
def test_page_is_well_formed_self_contained_and_without_foreign_scripts(
    service: Service, path: str
) -> None:
    response = service.ask(path, accept="text/html")
    assert response.status_code == 200
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert "default-src 'self'" in response.headers["content-security-policy"]
    page = Page(response.text)
    assert ("html", {"lang": "zh-Hans"}) in page.tags
    tags = {tag for tag, _ in page.tags}
    assert not tags & {"style", "iframe", "object"}
    assert page.foreign_scripts() == []
    assert not page.values("style", "onclick")
    loaded = [
        attrs.get("href") or attrs.get("src") or ""
        for tag, attrs in page.tags
        if tag in ("link", "img")
    ]
    assert loaded and all(address.startswith("/") for address in loaded)
    ids = page.values("id")
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("path", PAGES)
def test_every_local_link_of_a_page_leads_somewhere(service: Service, path: str) -> None:
    links = {link.partition("#")[0] for link in Page(service.page(path)).values("href", "action")}
    local = sorted(link for link in links if link.startswith("/"))
    assert local
    broken = {
        link: status
        for link in local
        if (status := service.ask(link, accept="text/html").status_code) not in (200, 303)
        # The concepts of the fixture without labels are named, and nothing is said of them.
        and not (status == 404 and link.startswith(("/ns", "/dsd")))
    }
    assert broken == {}


@pytest.mark.parametrize("path", [f"/offices/{FIRST_OFFICE}", "/", f"/documents/{FIRST}"])
def test_every_link_to_a_sentence_has_its_anchor(service: Service, path: str) -> None:
    links = [link for link in Page(service.page(path)).values("href") if "#char=" in link]
    if path != "/":
        assert links
    for link in links:
        document, _, fragment = urljoin(path, link).partition("#")
        assert fragment in Page(service.page(document)).values("id")


def test_office_shows_functions_money_reasons_kin_and_anomalies(service: Service) -> None:
    page = service.page(f"/offices/{FIRST_OFFICE}")
    for words in (
        "示例市甲区样板局",
        "样板",
        "第二牌子",
        "负责&lt;b&gt;政务&lt;/b&gt;平台建设",
        "政务平台",
        '<span class="cue" lang="zh-Hans">平台</span>',
        "120.50",
        " 20.50</b>",
        "25 %",
        REASON,
        "新增项目",
        "示例市乙区样板局",
        "增减幅度与金额不符",
        "不是25.00%",
    ):
        assert words in page, words


def test_facets_do_not_count_as_shared_functions(service: Service) -> None:
    page = service.page(f"/offices/{FIRST_OFFICE}")
    shared = page[page.index('id="shared"') : page.index('id="money"')]
    assert "政务平台" in shared
    assert "交办事项" not in shared
    assert f"/offices/{SECOND_OFFICE}" in shared


def test_nameplate_leads_to_the_office_that_bears_it(service: Service) -> None:
    page = service.page(f"/offices/{FIRST_OFFICE}-plate")
    assert "牌子属于" in page
    assert f'href="/offices/{FIRST_OFFICE}"' in page


def test_document_marks_its_facts_in_the_very_text(service: Service) -> None:
    page = service.page(f"/documents/{FIRST}")
    article = re.search(r'<article class="text"[^>]*>(.*?)</article>', page, re.DOTALL)
    assert article is not None
    assert "&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;" in article[1]
    notes = re.compile(r"<aside.*?</aside>", re.DOTALL)
    plain = re.sub(r"<[^>]+>", "", notes.sub("", article[1]))
    assert SENTENCE in plain
    assert '<mark class="function' in article[1]
    assert '<mark class="anomaly' in article[1]
    assert '<mark class="reason' in article[1]
    assert "不是25.00%" in page
    assert DUTY not in page  # only in its escaped form


def test_home_answers_the_two_questions(service: Service) -> None:
    page = service.page("/")
    assert "哪些机构职能相同" in page and "政务平台" in page
    assert "Service platform" in service.page("/en/")
    assert "变动的原因有何不同" in page and "新增项目" in page


@pytest.mark.parametrize(
    ("path", "found", "missing"),
    [
        ("/offices?name=甲区", "甲区样板局", "乙区样板局"),
        ("/offices?name=没有的", "没有名称含", "样板局"),
        ("/offices?page=2", "第 2 页", "样板局"),
        ("/offices?name=%22%20}%20%23", "没有名称含", "样板局"),
        (f"/offices?place={SECOND_OFFICE}", "乙区样板局", "甲区样板局"),
        ("/offices?year=2022", "甲区样板局", "没有这样的机构"),
        ("/offices?year=2021", "没有这样的机构", "样板局"),
    ],
)
def test_offices_are_filtered_by_name_place_and_year(
    service: Service, path: str, found: str, missing: str
) -> None:
    main = re.sub(r"<title>.*?</title>", "", service.page(path))
    assert found in main
    assert missing not in main


@pytest.mark.parametrize(
    "path", ["/offices/000000-ffffffff", "/documents/ffffffffffffffff", "/doc/org/none", "/nowhere"]
)
def test_unknown_thing_is_404_for_people_and_for_programs(service: Service, path: str) -> None:
    page = service.ask(path, accept="text/html")
    assert page.status_code == 404
    assert Page(page.text).tags
    problem = service.ask(path, accept="application/json")
    assert problem.status_code == 404
    assert problem.json()["status"] == 404
    assert path.rpartition("/")[2] in problem.json()["detail"]


@pytest.mark.parametrize("path", ["/offices?page=0", "/offices?page=x", "/documents?page=-1"])
def test_wrong_parameter_is_400_that_names_it(service: Service, path: str) -> None:
    response = service.ask(path, accept="application/json")
    assert response.status_code == 400
    assert "page" in response.json()["detail"]


@pytest.mark.parametrize("sheet", [path.name for path in STATIC.glob("*.css")])
def test_style_sheets_are_served_and_ask_for_nothing(service: Service, sheet: str) -> None:
    style = service.ask(f"/static/{sheet}")
    assert style.status_code == 200
    assert "url(" not in style.text and "@import" not in style.text


def test_two_answers_of_one_name_are_kept_apart(service: Service) -> None:
    publication = service.app.state.publications.current()

    def one(_: object) -> str:
        return "one"

    def other(_: object) -> str:
        return "other"

    assert [publication.kept("the same", find) for find in (one, other, one)] == [
        "one",
        "other",
        "one",
    ]


def test_pages_come_compressed_to_who_takes_gzip(service: Service) -> None:
    plain = service.ask("/offices", accept="text/html", headers={"Accept-Encoding": "identity"})
    packed = service.ask("/offices", accept="text/html", headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert int(packed.headers["Content-Length"]) < int(plain.headers["Content-Length"]) / 2
    assert packed.text == plain.text
    assert packed.headers["ETag"] != plain.headers["ETag"]
    assert (
        "Accept-Encoding" in plain.headers["Vary"] and "Accept-Encoding" in packed.headers["Vary"]
    )
