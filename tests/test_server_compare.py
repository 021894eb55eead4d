"""`/compare` over the shipped samples: page, JSON, CSV, the form, and what is refused."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import urlencode

import httpx
import pytest

from guanlian.command_line import run
from queries.comparison import compare
from queries.comparison_json import comparison_json
from queries.offices import find_offices
from server.settings import Settings
from tests.conftest import SAMPLES
from tests.serving import Service, running
from tests.test_queries import samples_graph
from tests.test_server_pages import Page

JIAQU, MINZHENG, DASHUJU = "示例市甲区政务服务管理局", "示例市乙区民政局", "示例市乙区大数据发展局"
JIAOYU, JIANGJIN = "示范省样本市教育局", "重庆市江津区政务服务管理办公室"
KAIZHOU = "重庆市开州区政务服务管理办公室"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the samples in text, built by the command."""
    folder = tmp_path_factory.mktemp("compare")
    files = [str(path) for path in sorted(SAMPLES.glob("*.txt"))]
    assert run(["ingest", *files, "--data", str(folder)]) == 0
    return folder


@pytest.fixture(scope="module")
def service(data: Path) -> Iterator[Service]:
    with running(Settings(data=data)) as service:
        yield service


def path(*offices: str, **parameters: str) -> str:
    return "/compare?" + urlencode([*(("office", o) for o in offices), *parameters.items()])


def refused(service: Service, status: int, address: str) -> dict[str, object]:
    """The problem of a request, which must be refused with the status."""
    response = service.ask(address, accept="application/json")
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    found = response.json()
    assert found["status"] == status
    assert isinstance(found, dict)
    return found


# ---------------------------------------------------------------- the answer


@cache
def expected_json(*names: str) -> object:
    graph = samples_graph()
    return json.loads(json.dumps(comparison_json(compare(graph, find_offices(graph, names)))))


def test_json_is_that_of_the_command(
    service: Service, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = [
        service.ask(path(JIAQU, MINZHENG), accept="application/json"),
        service.ask(path(JIAQU, MINZHENG, format="json"), accept="text/html"),
        service.ask(path(JIAQU, MINZHENG)),
    ]
    assert {answer.headers["content-type"] for answer in answers} == {"application/json"}
    capsys.readouterr()
    assert run(["compare", JIAQU, MINZHENG, "-f", "json", "--data", str(data)]) == 0
    written = capsys.readouterr().out
    assert {answer.text for answer in answers} == {written}
    assert json.loads(written) == expected_json(JIAQU, MINZHENG)


def test_csv_has_a_row_a_statement(service: Service) -> None:
    answer = service.ask(path(JIAQU, MINZHENG), accept="text/csv")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    rows = [*csv.DictReader(io.StringIO(answer.text))]
    assert {"theme", "cause", "structure", "nearest"} <= {row["aspect"] for row in rows}
    shares = {
        row["office"]: row["share"]
        for row in rows
        if row["item"] == "社会保障和就业支出" and row["aspect"] == "structure"
    }
    assert shares == {JIAQU: "7.11", MINZHENG: "97.06"}


def test_page_shows_functions_causes_money_and_what_is_not_comparable(service: Service) -> None:
    page = service.page(path(JIAQU, MINZHENG, JIAOYU))
    for words in (
        "受理民政业务的咨询、投诉",
        "政务公开与政府信息公开",
        "厉行节约、过紧日子、严控标准",
        "落实过紧日子要求，导致一般性支出压减",
        "口径不同",
        "社会保障和就业支出",
        "97.06 %",
        "全图中最相近的机构",
        "未归类",
    ):
        assert words in page, words
    english = service.page("/en" + path(JIAQU, MINZHENG, JIAOYU))
    for words in ("The scopes differ", "Openness of government", ", against "):
        assert words in english, words


def test_of_many_offices_clauses_are_read_on_demand(service: Service) -> None:
    many = service.page(path(JIAQU, MINZHENG, JIAOYU, DASHUJU, KAIZHOU, JIANGJIN))
    assert "看分句" in many and "看原句" in many
    assert "受理民政业务的咨询、投诉" in many
    assert 'class="chart"' not in many and 'class="chart"' in service.page(path(JIAQU, MINZHENG))
    page = Page(many)
    uprights = [a for tag, a in page.tags if tag == "th" and "upright" in (a.get("class") or "")]
    assert len(uprights) == 3 * 6


def test_page_tells_how_much_of_a_change_amounts_explain(service: Service) -> None:
    page = service.page(path(KAIZHOU, JIANGJIN))
    assert "+78.02" in page
    assert "−119.97" in page


@pytest.mark.parametrize(
    "address", ["/compare", path(JIAQU, MINZHENG), path(JIAQU, JIANGJIN, KAIZHOU, DASHUJU)]
)
def test_page_is_well_formed_and_every_local_link_leads_somewhere(
    service: Service, address: str
) -> None:
    page = Page(service.page(address))
    assert not {tag for tag, _ in page.tags} & {"style", "iframe", "object"}
    assert page.foreign_scripts() == []
    assert not page.values("style", "onclick")
    ids = page.values("id")
    assert len(ids) == len(set(ids))
    links = {link.partition("#")[0] for link in page.values("href", "action")}
    local = sorted(link for link in links if link.startswith("/"))
    kinds = {"/documents": 4, "/doc": 12, "/code": 12}
    for start, most in kinds.items():
        chosen = [link for link in local if link.startswith(start + "/")][:most]
        for link in chosen:
            assert service.ask(link, accept="text/html").status_code in (200, 303), link
    for link in local:
        if link.startswith(("/offices", "/compare")):
            assert service.ask(link, accept="text/html").status_code == 200, link


def test_every_sentence_of_the_page_is_at_its_anchor(service: Service) -> None:
    links = [v for v in Page(service.page(path(JIAQU, MINZHENG))).values("href") if "#char=" in v]
    assert len(links) > 40
    anchors: dict[str, set[str]] = {}
    for link in links:
        document, _, fragment = link.partition("#")
        if document not in anchors:
            anchors[document] = set(Page(service.page(document)).values("id"))
        assert fragment in anchors[document]


def test_year_is_the_one_asked_for(service: Service) -> None:
    answer = service.ask(path(JIAQU, "示例市丁区样本街道办事处", year="2022", format="json")).json()
    assert {coverage["year"] for coverage in answer["coverages"]} == {"2022"}
    assert "<option selected>2022</option>" in service.page(
        path(JIAQU, "示例市丁区样本街道办事处", year="2022")
    )


def test_blank_offices_and_years_are_not_given(service: Service) -> None:
    plain = service.ask(path(JIAQU, MINZHENG, format="json"))
    blank = service.ask(path("", JIAQU, " ", MINZHENG, year="", format="json"))
    assert blank.json() == plain.json()


def test_short_names_regions_and_identifiers_are_offices_too(service: Service) -> None:
    whole = service.ask(path(KAIZHOU, JIANGJIN, format="json")).json()
    iri = whole["offices"][1]["iri"]
    for name in ("江津", iri, iri.rpartition("/")[2]):
        assert service.ask(path("开州区", name, format="json")).json() == whole


def test_answer_that_is_known_is_not_made_again(service: Service) -> None:
    first = service.ask(path(JIAQU, MINZHENG), accept="application/json")
    again = service.ask(
        path(JIAQU, MINZHENG), "application/json", headers={"If-None-Match": first.headers["etag"]}
    )
    assert again.status_code == 304
    page = service.ask(path(JIAQU, MINZHENG), accept="text/html")
    assert page.headers["etag"] != first.headers["etag"]


def test_openapi_tells_parameters_answers_and_problems(service: Service) -> None:
    operation = service.ask("/openapi.json").json()["paths"]["/compare"]["get"]
    assert [p["name"] for p in operation["parameters"]] == ["office", "year", "format"]
    assert set(operation["responses"]["200"]["content"]) == {
        "application/json",
        "text/html",
        "text/csv",
    }
    assert {"400", "404", "406"} <= set(operation["responses"])


# ---------------------------------------------------------------- the form


def test_form_suggests_offices_and_years(service: Service) -> None:
    page = Page(service.page("/compare"))
    options = page.values("value")
    assert {JIAQU, MINZHENG, JIAOYU} <= set(options)
    assert "<option>2023</option>" in service.page("/compare")
    assert (
        len([1 for tag, attrs in page.tags if tag == "input" and attrs.get("name") == "office"])
        == 4
    )


def test_office_page_and_home_lead_to_the_comparison(service: Service) -> None:
    office = service.ask(path(JIAQU, JIANGJIN, format="json")).json()["offices"][0]["iri"]
    links = Page(service.page(f"/offices/{office.rpartition('/')[2]}")).values("href")
    comparisons = [link for link in links if link.startswith("/compare?")]
    assert comparisons
    assert service.ask(comparisons[0], accept="text/html").status_code == 200
    assert "/compare" in Page(service.page("/")).values("href")


def test_refused_request_keeps_the_form_filled(service: Service) -> None:
    response = service.ask(path(JIAQU, "没有的局", year="2022"), accept="text/html")
    assert response.status_code == 404
    assert "没有的局" in response.text
    values = Page(response.text).values("value")
    assert {JIAQU, "没有的局"} <= set(values)
    assert "<option selected>2022</option>" in response.text


# ---------------------------------------------------------------- what is refused


def test_unknown_office_is_told_with_the_nearest(service: Service) -> None:
    problem = refused(service, 404, path(JIAQU, "示例市乙区民政"))
    assert MINZHENG in str(problem["detail"])
    assert problem["nearest"][0] == MINZHENG  # type: ignore[index]


def test_ambiguous_name_is_told_with_its_candidates(service: Service) -> None:
    problem = refused(service, 400, path(JIAQU, "乙区"))
    assert problem["candidates"] == sorted([MINZHENG, DASHUJU])


def test_year_without_documents_is_told_with_the_years_there_are(service: Service) -> None:
    problem = refused(service, 404, path(JIAQU, JIAOYU, year="2022"))
    assert problem["detail"] == f"{JIAOYU} has no document of the year '2022'; it has 2023."
    assert problem["years"] == ["2023"]


def test_one_office_is_told_with_those_to_compare_it_with(service: Service) -> None:
    problem = refused(service, 400, path(JIAQU))
    assert str(problem["detail"]).startswith("2 to 20 offices can be compared, but 1 was given")
    assert problem["nearest"][0] == JIANGJIN  # type: ignore[index]


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/compare", "but 0 were given (none)"),
        (path(*(f"示例市{n}局" for n in range(21))), "but 21 were given"),
        (path(JIAQU, "甲区"), f"{JIAQU} is given twice"),
        (path(JIAQU, MINZHENG, format="xml"), "format"),
    ],
)
def test_what_cannot_be_compared_is_told_in_a_sentence(
    service: Service, address: str, words: str
) -> None:
    assert words in str(refused(service, 400, address)["detail"])


def test_media_type_that_is_not_offered_is_refused(service: Service) -> None:
    response: httpx.Response = service.ask(path(JIAQU, MINZHENG), accept="image/png")
    assert response.status_code == 406


@pytest.mark.parametrize(
    "name", ["<script>alert(1)</script>", "x" * 5000, "\u0000", '" onfocus="x']
)
def test_any_text_as_a_name_is_answered_and_escaped(service: Service, name: str) -> None:
    response = service.ask(path(JIAQU, name), accept="text/html")
    assert response.status_code == 404
    page = Page(response.text)
    assert page.foreign_scripts() == []
    assert not page.values("onfocus")
