"""The pages of documents over the samples: text and pages, facts both ways, what was not read, the list."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

from guanlian.ingestion import Ingestion
from server.settings import Settings
from store.releases import DataFolder, Release
from tests.serving import Service, running

#: Of the samples: prose with many facts, and a PDF file with clauses that are not read.
PROSE, PAGED = "kaizhou-zhengwu-2020.txt", "shili-beijing-wenlv-2020.pdf"


@pytest.fixture(scope="module")
def release(samples_data: Path) -> Release:
    return DataFolder(samples_data).current()


@pytest.fixture(scope="module")
def service(samples_data: Path) -> Iterator[Service]:
    with running(Settings(data=samples_data, workers=1)) as service:
        yield service


def id_of(release: Release, source: str) -> str:
    return next(
        entry.document_id for entry in release.manifest.documents.values() if entry.source == source
    )


@pytest.fixture(scope="module")
def prose(release: Release) -> str:
    return f"/documents/{id_of(release, PROSE)}"


@pytest.fixture(scope="module")
def paged(release: Release) -> str:
    return f"/documents/{id_of(release, PAGED)}"


class Article(HTMLParser):
    """The words of the article without its notes, and the ids and addresses of the page."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.text, self.inside, self.notes = "", False, 0
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        self.inside = self.inside or tag == "article"
        self.notes += tag == "aside"
        self.tags.append(tag)
        self.ids += [told["id"]] if told.get("id") else []  # type: ignore[list-item]
        self.links += [told["href"]] if told.get("href") else []  # type: ignore[list-item]

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag != "article"
        self.notes -= tag == "aside"

    def handle_data(self, data: str) -> None:
        if self.inside and not self.notes:
            self.text += data


def test_words_of_every_sample_are_its_text(service: Service, release: Release) -> None:
    for document_id in release.manifest.documents:
        shown = Article(service.page(f"/documents/{document_id}"))
        assert shown.text == release.text(document_id)
        assert len(set(shown.ids)) == len(shown.ids)


def test_sections_are_headings_and_the_contents_lead_to_them(service: Service, prose: str) -> None:
    page = service.page(prose)
    assert re.search(r'<h2 id="section-1">一、单位基本情况</h2>', page)
    assert re.search(r'<h3 id="section-2">（一）职能职责</h3>', page)
    shown = Article(page)
    anchors = [link[1:] for link in shown.links if link.startswith("#section-")]
    assert len(anchors) > 20
    assert {*anchors} == {name for name in shown.ids if name.startswith("section-")}


def test_tables_are_tables(service: Service, paged: str) -> None:
    page = service.page(f"{paged}?view=text")
    assert page.count("<table>") == 20
    assert re.search(r'<td class="figure"><mark class="amount"[^>]*><a[^>]*>2,470.31</a>', page)
    assert 'rowspan="2"' in page and 'colspan="' in page


def test_chosen_words_tell_all_that_their_sentence_states(
    service: Service, prose: str, release: Release
) -> None:
    text = release.text(prose.rpartition("/")[2])
    start = text.index("较上年决算数增加27.98万元")
    place = f"{start},{start + 27}"
    page = service.page(f"/en{prose}?at={place}")
    panel = page[page.index('id="selection"') :]
    assert "Increase 279,800 yuan, 5.45 %" in re.sub(r"\s+", " ", re.sub("<[^>]+>", "", panel))
    assert 'class="family change"' in panel and 'class="family amount"' in panel
    assert 'class="family reason"' in panel
    assert re.search(r'href="/en/id/chg/[^"]+"', panel)
    assert re.search(r'href="/en/offices/[^"]+"', panel)
    alone = service.page(f"/en{prose}/facts?at={place}")
    assert alone[alone.index('id="selection"') :].count('class="fact ') == panel.count(
        'class="fact '
    )


def test_facts_of_a_family_lead_to_their_sentences(service: Service, prose: str) -> None:
    text_page = Article(service.page(prose))
    for family in ("amount", "change", "reason", "function", "count", "project", "performance"):
        shown = Article(service.page(f"{prose}/facts?family={family}"))
        sentences = [link for link in shown.links if link.startswith(f"{prose}?at=")]
        assert sentences, family
        for link in sentences:
            assert link.partition("#")[2] in text_page.ids


def test_amount_is_listed_with_the_words_that_state_it(service: Service, prose: str) -> None:
    page = service.page(f"/zh{prose}/facts?family=amount")
    entry = page[
        page.index('<span class="quote" lang="zh-Hans">2020年度收入合计368.17万元') - 900 :
    ]
    assert "368.17 万元" in entry[:900]


@pytest.mark.parametrize(
    ("language", "family", "words"),
    [
        ("zh", "count", "公务用车保有量"),
        ("en", "performance", "target met"),
        ("zh", "term", "机关运行经费"),
        ("en", "body", "Internal office"),
        ("zh", "anomaly", "增减幅度与金额不符"),
        ("en", "project", "审批系统维护费"),
    ],
)
def test_facts_are_told_in_words(
    service: Service, prose: str, language: str, family: str, words: str
) -> None:
    assert words in service.page(f"/{language}{prose}/facts?family={family}")


def test_findings_stand_beside_their_sentence(service: Service, prose: str) -> None:
    page = service.page(prose)
    notes = re.findall(r'<aside class="notes".*?</aside>', page, re.DOTALL)
    assert len(notes) > 3
    before = page[: page.index(notes[0])]
    assert '<mark class="anomaly' in before[before.rindex("<p>") :]


def test_clauses_that_were_not_read_are_shown_and_counted(
    service: Service, paged: str, release: Release
) -> None:
    facts = json.loads(release.facts_json(paged.rpartition("/")[2]))
    unread = {(one["start"], one["end"]) for one in facts["unread"]}
    page = service.page(paged)
    for start, end in unread:
        assert f'id="char={start},{end}"' in page
    told = facts["reading"]
    assert f"{told['clauses_read']}/{told['clauses']}" in page
    listed = service.page(f"{paged}/facts?family=unread")
    assert listed.count('<li class="fact unread"') == len(unread)
    start, end = min(unread)
    assert "没有模板读懂它" in service.page(f"/zh{paged}?at={start},{end}")


def test_pages_have_pictures_and_boxes_that_lead_to_the_words(
    service: Service, paged: str, release: Release
) -> None:
    shown = Article(service.page(paged))
    page = service.page(paged)
    assert page.count('<figure id="page-') == page.count("<img ") == 20
    boxes = re.findall(r'<a href="\?at=(\d+),(\d+)#char=\1,\2" tabindex="-1"', page)
    assert len(boxes) > 200
    assert all(f"char={start},{end}" in shown.ids for start, end in boxes)
    entry = release.manifest.documents[paged.rpartition("/")[2]]
    assert entry.page_images is not None
    assert entry.page_images.count == 20
    assert entry.page_images.size / 20 < 60_000


def test_picture_of_a_page_never_changes_at_its_address(service: Service, paged: str) -> None:
    found = re.search(rf'src="({paged}/pages/3\?version=[0-9a-f]+)"', service.page(paged))
    assert found is not None
    response = service.ask(found[1])
    assert response.headers["Content-Type"] == "image/png"
    assert response.content.startswith(b"\x89PNG")
    assert "immutable" in response.headers["Cache-Control"]
    again = service.ask(found[1], headers={"If-None-Match": response.headers["ETag"]})
    assert again.status_code == 304
    for address in (f"{paged}/pages/3", f"{paged}/pages/3?version=0"):
        assert service.ask(address).headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("number", [0, 21, 10**30])
def test_page_that_is_not_there_is_not_found(service: Service, paged: str, number: int) -> None:
    response = service.ask(f"{paged}/pages/{number}")
    assert response.status_code == 404
    assert "Not in the release" in response.json()["title"]


def test_views_show_the_text_or_the_pages(service: Service, paged: str, prose: str) -> None:
    text, pages = service.page(f"{paged}?view=text"), service.page(f"{paged}?view=pages")
    assert "<article" in text and "<figure" not in text
    assert "<article" not in pages and "<figure" in pages
    assert "?view=pages&amp;at=" in pages
    without = service.page(f"{prose}?view=pages")
    assert "<article" in without and "<figure" not in without


@pytest.mark.parametrize("at", ["1", "5,5", "9,3", "0,999999999", "x,y", "1,2,3", "-1,4"])
def test_stretch_that_is_none_is_refused(service: Service, prose: str, at: str) -> None:
    response = service.ask(f"{prose}?at={at}")
    assert response.status_code == 400
    assert "start,end with 0 <= start < end" in response.json()["detail"]


def test_unknown_family_and_view_are_refused(service: Service, prose: str) -> None:
    response = service.ask(f"{prose}/facts?family=money")
    assert response.status_code == 400
    assert "amount, change" in response.json()["detail"]
    assert service.ask(f"{prose}?view=side").status_code == 400


@pytest.mark.parametrize("path", ["", "/facts", "/facts.json", "/text", "/pages/1"])
def test_unknown_document_is_not_found(service: Service, path: str) -> None:
    assert service.ask(f"/documents/ffffffffffffffff{path}").status_code == 404


def test_document_that_is_not_there_is_told_with_those_near_to_it(
    service: Service, prose: str
) -> None:
    wanted = prose[:-1] + ("0" if prose[-1] != "0" else "1")
    response = service.ask(wanted)
    assert response.status_code == 404
    assert prose in response.json()["pages"]
    assert "政务服务管理办公室2020" in service.ask(wanted, accept="text/html").text


def test_downloads_are_what_the_release_holds(
    service: Service, prose: str, release: Release
) -> None:
    document_id = prose.rpartition("/")[2]
    assert service.ask(f"{prose}/text").content.decode() == release.text(document_id)
    facts = service.ask(f"{prose}/facts.json")
    assert facts.json() == json.loads(release.facts_json(document_id))
    page = service.page(prose)
    for address in (f"/graph/doc/{document_id}.ttl", f"/graph/doc/{document_id}.jsonld"):
        assert f'href="{address}"' in page
        assert service.ask(address).status_code == 200


def test_page_is_in_one_language(service: Service, paged: str) -> None:
    english = service.page(f"/en{paged}")
    without = re.sub(r'<(\w+)[^>]* lang="zh-Hans".*?</\1>', "", english, flags=re.DOTALL)
    words = re.sub(r"<[^>]+>", "", without[without.index("<main") : without.index("<footer")])
    assert not re.search("[\u4e00-\u9fff]", words)
    assert "Side by side" in english and "对照" in service.page(f"/zh{paged}")


@pytest.mark.parametrize(
    ("chosen", "found", "missing"),
    [
        ("year=2019", "大数据发展局", "民政局"),
        ("kind=final-accounts&year=2022", "2022", "2023"),
        ("name=街道", "街道办事处", "民政局"),
        ("place=110000", "北京市示例区", "开州"),
        ("findings=true&name=大数据", "没有这样的文件", "大数据发展局2019"),
        ("findings=true", "处异常", "没有这样的文件"),
        ("year=1999", "没有这样的文件", "街道办事处2022"),
        ("place=%22%3E", "没有这样的文件", "街道办事处2022"),
    ],
)
def test_documents_are_chosen(service: Service, chosen: str, found: str, missing: str) -> None:
    page = service.page(f"/zh/documents?{chosen}")
    listed = page[page.index("</form>", page.index("choose")) :]
    assert found in listed
    assert missing not in listed


def test_release_without_layouts_is_still_shown(samples: Path, tmp_path: Path) -> None:
    release = Ingestion([samples / PROSE], tmp_path).run().release
    directory = tmp_path / "releases" / release
    manifest = json.loads((directory / "manifest.json").read_text())
    (entry,) = manifest["documents"]
    del entry["layout_sha256"]
    (directory / "manifest.json").write_text(json.dumps(manifest))
    with running(Settings(data=tmp_path, workers=1)) as service:
        shown = Article(service.page(f"/documents/{entry['document_id']}"))
    assert shown.text == DataFolder(tmp_path).current().text(entry["document_id"])
    assert "h2" not in shown.tags[shown.tags.index("article") :]
