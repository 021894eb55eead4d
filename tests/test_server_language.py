"""Pages in Chinese and in English: by path, by Accept-Language, and a switch on each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import lxml.html
import pytest

from server.settings import Settings
from tests.serving import FIRST, FIRST_OFFICE, Service, build_release, running

HAN = re.compile(r"[\u4e00-\u9fff]")
PAGES = (
    "/",
    "/offices",
    f"/offices/{FIRST_OFFICE}",
    "/documents",
    f"/documents/{FIRST}",
    "/compare",
    "/queries",
    "/queries/shared-functions",
    "/sparql",
    "/search?q=平台",
    "/def",
    "/code",
    "/void",
    "/dumps",
    "/service",
    "/catalog",
    "/docs",
    "/nowhere",
)


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    folder = tmp_path_factory.mktemp("language")
    build_release(folder)
    with running(Settings(data=folder)) as started:
        yield started


def opened(service: Service, path: str, language: str | None = None) -> lxml.html.HtmlElement:
    headers = {} if language is None else {"Accept-Language": language}
    return lxml.html.fromstring(service.ask(path, accept="text/html", headers=headers).text)


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_there_in_both_languages_and_leads_from_one_to_the_other(
    service: Service, path: str
) -> None:
    for language, tag in (("zh", "zh-Hans"), ("en", "en")):
        page = opened(service, f"/{language}{path}")
        assert page.get("lang") == tag
        others = {link.get("hreflang"): link.get("href") for link in page.iter("link")}
        assert others["en"].startswith("/en/") and others["zh-Hans"].startswith("/zh/")
        (switch,) = page.xpath("//p[@class='languages']/a")
        other = opened(service, switch.get("href"))
        assert other.get("lang") != tag
        assert other.xpath("string(//h1)") != ""


@pytest.mark.parametrize("path", PAGES)
def test_links_of_a_page_stay_in_the_language_of_its_address(service: Service, path: str) -> None:
    page = opened(service, f"/en{path}")
    for element in page.xpath("//nav//a | //footer//a | //form"):
        address = element.get("href") or element.get("action")
        assert address.startswith(("/en/", "#", "http")), address


def test_without_a_language_in_the_path_accept_language_decides(service: Service) -> None:
    assert opened(service, "/offices").get("lang") == "zh-Hans"
    assert opened(service, "/offices", "en-GB,en;q=0.9").get("lang") == "en"
    assert opened(service, "/offices", "fr").get("lang") == "zh-Hans"
    assert opened(service, "/zh/offices", "en").get("lang") == "zh-Hans"
    answer = service.ask("/offices", accept="text/html")
    assert "Accept-Language" in answer.headers["Vary"]
    assert answer.headers["Content-Language"] == "zh-Hans"


@pytest.mark.parametrize(
    ("path", "other"),
    [
        ("/%65n/offices", "/zh/offices"),
        ("/en%2Foffices?name=%E5%B1%80", "/zh/offices?name=%E5%B1%80"),
        ("/en/offices/a%3Fb%23c", "/zh/offices/a%3Fb%23c"),
        ("/offices/%22%3E%3Cb%3E", "/zh/offices/%22%3E%3Cb%3E"),
    ],
)
def test_the_switch_leads_to_the_same_page_however_its_path_is_written(
    service: Service, path: str, other: str
) -> None:
    links = {link.get("hreflang"): link.get("href") for link in opened(service, path).iter("link")}
    assert links["zh-Hans"] == other


def test_an_unchanged_page_varies_as_the_page_does(service: Service) -> None:
    first = service.ask("/offices", accept="text/html")
    known = {"If-None-Match": first.headers["ETag"]}
    again = service.ask("/offices", accept="text/html", headers=known)
    assert again.status_code == 304
    assert varied(again.headers["Vary"]) == varied(first.headers["Vary"])


def varied(header: str) -> set[str]:
    return {name.strip().lower() for name in header.split(",")}


def test_a_page_in_one_language_is_no_known_answer_for_the_other(service: Service) -> None:
    tags = {
        service.ask(path, accept="text/html", headers=headers).headers["ETag"]
        for path, headers in (
            ("/offices", {}),
            ("/offices", {"Accept-Language": "en"}),
            ("/en/offices", {}),
            ("/zh/offices", {}),
        )
    }
    assert len(tags) == 4


def test_data_have_their_own_address_in_every_language(service: Service) -> None:
    plain = service.ask(f"/doc/org/{FIRST_OFFICE}", accept="text/turtle")
    assert service.ask(f"/en/doc/org/{FIRST_OFFICE}", accept="text/turtle").text == plain.text
    moved = service.ask(f"/en/id/org/{FIRST_OFFICE}", accept="text/html")
    assert moved.headers["Location"] == f"/en/doc/org/{FIRST_OFFICE}"
    answer = service.ask("/en/sparql?query=ASK%7B%7D", accept="application/sparql-results+json")
    assert answer.json()["boolean"] is True


@pytest.mark.parametrize("path", ["/", "/offices", "/queries", "/sparql", "/dumps", "/nowhere"])
def test_our_own_words_on_an_english_page_are_english(service: Service, path: str) -> None:
    page = opened(service, f"/en{path}")
    for element in page.xpath("//*[@lang='zh-Hans']"):
        element.text, element[:] = "", []
    for element in page.xpath("//h1 | //h2 | //label | //th | //button | //nav//a | //footer//a"):
        assert not HAN.search(element.text_content()), element.text_content()


WRONG = (
    "/nowhere",
    "/offices/none",
    "/documents/none",
    "/queries/none",
    "/docs/none",
    "/queries/office-spending?office=none",
    "/queries/offices?other=1",
    "/queries/shared-functions?year=20",
    f"/queries/office-spending?office={FIRST_OFFICE}&year=1950",
    "/compare?office=none&office=other",
    f"/compare?office={FIRST_OFFICE}",
    f"/compare?office={FIRST_OFFICE}&office={FIRST_OFFICE}",
    "/search?q=a&theme=none",
    "/search?q=a&page=none",
    "/sparql?query=SELECT",
    "/sparql?query=SELECT+*+%7B+SERVICE+%3Chttp%3A%2F%2Fother.test%2F%3E+%7B+%3Fs+%3Fp+%3Fo+%7D+%7D",
)


@pytest.mark.parametrize("path", WRONG)
def test_a_problem_is_told_in_the_language_of_the_page(service: Service, path: str) -> None:
    """What the reader wrote and the names of offices stay as they are; the sentence is ours."""
    for language, others in (("zh", re.compile(r"[a-z]+ [a-z]+ [a-z]+ [a-z]+")), ("en", HAN)):
        page = opened(service, f"/{language}{path}")
        told = page.xpath("//*[contains(@class, 'problem') or contains(@class, 'refused')]/p")
        words = " ".join(element.text_content() for element in told)
        for name in ("示例市甲区样板局", "示例市乙区样板局", "、"):
            words = words.replace(name, "")
        assert words.strip() and not others.search(words), words


@pytest.fixture(scope="module")
def templates() -> Path:
    return Path(__file__).parents[1] / "server" / "templates"


def test_no_template_writes_the_address_of_a_page_without_its_language(templates: Path) -> None:
    for template in templates.glob("*.html"):
        found = re.findall(r'(?:href|action)="/(?!static/)[^"]*"', template.read_text("utf-8"))
        assert found == [], template.name
