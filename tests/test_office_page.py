"""The page of an office: what the release holds, in order, in both languages, without a script."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path

import pytest
from pyoxigraph import NamedNode

from server.language import Language
from server.office_record import OfficeRecord, find_record
from server.office_words import plain_words, sentence_table
from server.settings import Settings
from tests.serving import Service, running

OFFICES = (
    *("000000-ada5bca9", "000000-4221ef48", "000000-11323d2c", "000000-b26ed2f0"),
    *("000000-c712292e", "000000-20385160", "110000-376759d1", "500116-a2a15146"),
    "500154-992b303a",
)
TWO_YEARS = "000000-ada5bca9"
CHINESE = re.compile(r"[\u4e00-\u9fff]")
VOID = {"meta", "link", "input", "br", "rect", "circle", "path"}


@pytest.fixture(scope="module")
def service(samples_data: Path) -> Iterator[Service]:
    with running(Settings(data=samples_data)) as service:
        yield service


def record_of(service: Service, office: str) -> OfficeRecord:
    publication = service.app.state.publications.current()
    found = find_record(publication, NamedNode(publication.links.thing(f"org/{office}")))
    assert found is not None
    return found


class Texts(HTMLParser):
    """The texts of a page, each with the language it is in, the section it stands in, and its heading."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[tuple[str, str | None, str | None]] = []
        self.found: list[tuple[str, str, str]] = []
        self.ids: set[str] = set()
        self.links: list[tuple[str, str]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        own = dict(attrs)
        self.ids.add(own.get("id") or "")
        if tag not in VOID:
            self.open.append((tag, own.get("lang"), own.get("id") if tag == "section" else None))
        if tag == "a" and own.get("href"):
            self.links.append((own["href"] or "", self.section))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        pass  # shapes of a picture, which hold nothing

    def handle_endtag(self, tag: str) -> None:
        self.open.pop()

    def handle_data(self, data: str) -> None:
        if data.strip() and self.open and self.open[-1][0] not in ("script", "title"):
            self.found.append((data.strip(), self.language, self.section))

    @property
    def language(self) -> str:
        return next((lang for _, lang, _ in reversed(self.open) if lang), "")

    @property
    def section(self) -> str:
        return next((section for _, _, section in reversed(self.open) if section), "")

    def of(self, section: str) -> str:
        return " ".join(text for text, _, own in self.found if own == section)


@pytest.mark.parametrize("office", OFFICES)
def test_english_page_says_nothing_of_its_own_in_chinese(service: Service, office: str) -> None:
    texts = Texts(service.page(f"/en/offices/{office}"))
    own = [
        text
        for text, language, section in texts.found
        if language == "en" and section != "anomalies" and CHINESE.search(text)
    ]
    assert own == []


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("office", OFFICES)
def test_links_within_the_page_have_their_places(
    service: Service, office: str, language: str
) -> None:
    texts = Texts(service.page(f"/{language}/offices/{office}"))
    anchors = {link.removeprefix("#") for link, _ in texts.links if link.startswith("#")}
    assert anchors <= texts.ids
    assert {"history", "functions", "money", "flows", "changes", "sources"} <= anchors | {"history"}
    assert "{" not in texts.of("words")


def test_functions_stand_under_the_document_whose_numbers_they_have(service: Service) -> None:
    page = service.page(f"/zh/offices/{TWO_YEARS}")
    section = page[page.index('id="functions"') : page.index('id="shared"')]
    headings = re.findall(r"(\d{4}) 年文件", section)
    assert headings == ["2022", "2021"]
    latest, earlier = section.split("2021 年文件")
    for part in (latest, earlier):
        numbers = [int(number) for number in re.findall(r'<li value="(\d+)"', part)]
        assert numbers == sorted(set(numbers))
    assert [int(n) for n in re.findall(r'<li value="(\d+)"', latest)] == [*range(1, 9)]


def test_functions_lead_to_themes_and_to_those_who_share_them(service: Service) -> None:
    record = record_of(service, TWO_YEARS)
    page = service.page(f"/zh/offices/{TWO_YEARS}")
    for theme, holders in record.theme_holders.items():
        assert f'href="/zh/code/theme/{theme.rpartition("/")[2]}"' in page
        others = {row["other"] for row in holders} - {record.iri}
        assert not others or f"另 {len(others)} 个机构" in page


@pytest.mark.parametrize("office", OFFICES)
def test_every_clause_of_the_card_leads_to_words_that_are_there(
    service: Service, office: str
) -> None:
    texts = Texts(service.page(f"/zh/offices/{office}"))
    links = {link for link, section in texts.links if section == "words"}
    sentences = {link for link in links if link.startswith("/zh/documents/")}
    assert len(sentences) >= 3
    for path in {link.partition("#")[0] for link in sentences}:
        ids = Texts(service.page(path)).ids
        assert {link.partition("#")[2] for link in sentences if link.startswith(path)} <= ids


@pytest.mark.parametrize("office", OFFICES)
def test_the_card_tells_what_the_release_states(service: Service, office: str) -> None:
    """The exact values behind the rounded ones are amounts of the release."""
    publication = service.app.state.publications.current()
    record = record_of(service, office)
    stated = {Decimal(row["amount"]) for row in record.rows["office-amounts"]}
    stated |= {change.size for change in record.changes}
    stated |= {Decimal(row["value"]) for row in record.rows["office-performance"]}
    for language in ("zh", "en"):
        sentences = plain_words(record, publication.labels.speaking(language), publication.links)
        assert 4 <= len(sentences) <= 9
        exact = [piece.exact for sentence in sentences for piece in sentence if piece.exact]
        told = {Decimal(value.split()[0].replace(",", "")) for value in exact}
        assert told and told <= stated


def card_of(service: Service, record: OfficeRecord, language: Language) -> str:
    publication = service.app.state.publications.current()
    labels = publication.labels.speaking(language)
    sentences = plain_words(record, labels, publication.links)
    return " ".join("".join(piece.text for piece in sentence) for sentence in sentences)


def test_the_card_tells_the_fund_of_what_is_not_of_all_funds(service: Service) -> None:
    record = record_of(service, TWO_YEARS)
    whole = card_of(service, record, "zh")
    assert "2022年收入合计" in whole and "占支出的" in whole and "一般公共预算" not in whole
    # What was of all funds is of one; what was of that one is of another, which no card tells of.
    funds = {"all": "general", "general": "gov-fund", "fiscal": "gov-fund"}
    rows = dict(record.rows)
    for name in ("office-amounts", "office-changes"):
        rows[name] = [row | {"fund": renamed(row["fund"], funds)} for row in record.rows[name]]
    narrow = replace(record, rows=rows)
    zh, en = card_of(service, narrow, "zh"), card_of(service, narrow, "en")
    assert "2022年一般公共预算财政拨款收入合计" in zh and "一般公共预算财政拨款支出比" in zh
    assert "占一般公共预算财政拨款支出的" in zh
    assert en.count("(general public budget)") == 3


def renamed(iri: str, names: Mapping[str, str]) -> str:
    head, slash, name = iri.rpartition("/")
    return head + slash + names.get(name, name)


def test_income_of_one_fund_is_not_set_beside_spending_of_another(service: Service) -> None:
    record = record_of(service, TWO_YEARS)
    amounts = [
        row
        for row in record.rows["office-amounts"]
        if not (row["flow"].endswith("/expenditure") and row["fund"].endswith("/fund/all"))
    ]
    card = card_of(service, replace(record, rows={**record.rows, "office-amounts": amounts}), "zh")
    assert "2022年收入合计" in card and "支出合计" not in card


def test_the_card_counts_findings_for_what_they_are(service: Service) -> None:
    record = record_of(service, TWO_YEARS)
    rounding = [
        row | {"severity": row["severity"].rpartition("/")[0] + "/rounding"}
        for row in record.anomalies
    ]
    assert record.anomalies
    assert "Automatic checks" not in card_of(service, replace(record, anomalies=rounding), "en")
    told = card_of(service, replace(record, anomalies=[record.anomalies[0], *rounding]), "en")
    assert "made 1 finding in its documents, rounding aside and unreviewed" in told


def test_every_sentence_has_the_same_slots_in_both_languages() -> None:
    for name, templates in sentence_table().items():
        zh, en = (set(re.findall(r"{(\w+)}", templates[tag])) for tag in ("zh", "en"))
        assert zh == en, name


def test_money_by_year_has_the_totals_of_both_years(service: Service) -> None:
    record = record_of(service, TWO_YEARS)
    (money,) = record.money
    assert money.years == ["2020", "2021", "2022"]
    page = service.page(f"/zh/offices/{TWO_YEARS}")
    section = page[page.index('id="money"') : page.index('id="flows"')]
    for amount in ("702.18", "698.90", "648.75", "655.80"):
        assert f">{amount}</a>" in section
    drawn = [(s.flow.rpartition("/")[2], s.fund.rpartition("/")[2]) for s in money.drawn]
    assert drawn[0] == ("income", "all")
    # What repeats the widest fund in every year would hide it.
    assert drawn.count(("income", "general")) == 1


def test_changes_tell_how_much_the_reasons_explain(service: Service) -> None:
    for office in OFFICES:
        for change in record_of(service, office).changes:
            parts = change.explanation
            if parts is not None:
                assert parts.explained + parts.assumed + parts.remainder == parts.delta
                assert 0 <= parts.drawn_share <= 100


def test_indicators_stand_against_their_targets(service: Service) -> None:
    record = record_of(service, TWO_YEARS)
    (project,) = (one for one in record.projects if one.year == "2022")
    (assessment,) = project.assessments.values()
    assert [one.ordinal for one in assessment.in_order] == [1, 2, 3]
    assert project.rate == Decimal("100.0")
    page = service.page(f"/zh/offices/{TWO_YEARS}")
    for indicator in assessment.in_order:
        assert indicator.said["indicatorName"] in page
        assert (indicator.bar is None) == (indicator.achieved_share is None)


def test_a_reform_is_told_in_the_words_of_the_document(service: Service) -> None:
    (reform,) = record_of(service, "000000-4221ef48").reforms
    texts = Texts(service.page("/zh/offices/000000-4221ef48"))
    for words in reform.sentences.values():
        assert words in texts.of("history")
    assert [*reform.before.values()] == ["示例市乙区信息化办公室"]


def test_sources_tell_the_file_and_where_to_fetch_its_facts(service: Service) -> None:
    for row in record_of(service, TWO_YEARS).documents:
        page = service.page(f"/zh/offices/{TWO_YEARS}")
        assert row["sha256"] in page
        path = f"/doc/doc/{row['document'].rpartition('/')[2]}.ttl"
        assert f'href="/zh{path}"' in page
        assert service.ask(path).status_code == 200


def test_page_of_a_body_that_discloses_nothing_says_what_it_is(service: Service) -> None:
    record = record_of(service, TWO_YEARS)
    body = record.about["hasSubordinateUnit"][0]["value"].rpartition("/")[2]
    texts = Texts(service.page(f"/zh/offices/{body}"))
    assert record.name in texts.of("history")
    assert "functions" not in texts.ids


def test_the_second_reader_asks_nothing_of_the_graph(service: Service) -> None:
    assert record_of(service, TWO_YEARS) is record_of(service, TWO_YEARS)
