"""The pages and answers that explore the network of things, over a real release of the samples."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import lxml.html
import pytest

from queries.network.relations import relations
from server.map_drawing import shortened
from server.network_questions import QUESTIONS
from server.settings import Settings
from tests.networked import CIVIL_AFFAIRS, SERVICES
from tests.serving import Service, running

BASE = "https://w3id.org/guanlian/"
TRAINING = f"{BASE}code/theme/training"
Parameters = dict[str, str | int | list[str]]


@pytest.fixture(scope="module")
def service(samples_data: Path) -> Iterator[Service]:
    with running(Settings(data=samples_data, workers=1)) as service:
        yield service


def answer(service: Service, path: str, **parameters: str | int | list[str]) -> Any:
    response = service.ask(f"/api/explore/{path}?{urlencode(parameters, doseq=True)}")
    assert response.status_code == 200, response.text
    return response.json()


def refusal(service: Service, path: str, parameters: Parameters) -> tuple[int, dict[str, Any]]:
    response = service.ask(f"/api/explore/{path}?{urlencode(parameters, doseq=True)}")
    assert response.headers["content-type"] == "application/problem+json"
    return response.status_code, response.json()


def page(service: Service, path: str, **parameters: str) -> str:
    return service.page(f"{path}?{urlencode(parameters)}")


# ---------------------------------------------------------------- answers


def test_table_of_relations_is_told_with_the_query_behind_each(service: Service) -> None:
    told = answer(service, "relations")
    assert [one["relation"] for one in told["relations"]] == [*relations()]
    kinds = {one["kind"] for one in told["kinds"]}
    for one in told["relations"]:
        assert {one["source"], one["target"]} <= kinds
        pairs = service.ask(f"/sparql?{urlencode({'query': one['sparql']})}", accept="text/csv")
        assert pairs.status_code == 200


def test_neighbours_come_in_parts_that_the_link_leads_to(service: Service) -> None:
    first = service.ask(
        "/api/explore/neighbours?"
        + urlencode({"node": CIVIL_AFFAIRS, "relation": "purpose", "limit": 4})
    )
    whole = answer(service, "neighbours", node=CIVIL_AFFAIRS, relation="purpose")
    told = first.json()
    counted = {one["relation"]: one["count"] for one in told["relations"]}
    assert counted["purpose"] == told["total"] == len(whole["neighbours"]) > 4
    assert told["truncated"] and not whole["truncated"]
    following = re.fullmatch(r'<(.+)>; rel="next"', first.headers["link"])
    assert following
    assert service.ask(following[1]).json()["neighbours"] == whole["neighbours"][4:8]


def test_neighbours_are_filtered_by_kind_and_year(service: Service) -> None:
    themes = answer(service, "neighbours", node=CIVIL_AFFAIRS, kind=["theme"])
    assert {one["kind"] for one in themes["relations"]} == {"theme"}
    other = answer(service, "neighbours", node=CIVIL_AFFAIRS, year=["1999"])
    assert {one["relation"] for one in other["relations"]} <= {
        name for name, relation in relations().items() if not relation.years
    }


def test_selection_tells_what_joins_things_among_each_other(service: Service) -> None:
    told = answer(service, "selection", node=[SERVICES, TRAINING])
    assert [(one["relation"], one["target"]) for one in told["joined"]] == [("purpose", TRAINING)]
    assert told["joined"][0]["years"] == ["2021", "2022"]


def test_things_that_are_none_of_the_network_are_left_out(service: Service) -> None:
    told = answer(service, "things", iri=[f"{BASE}code/fund/all", TRAINING])
    assert [thing["iri"] for thing in told["things"]] == [TRAINING]
    assert told["things"][0]["name_en"].startswith("Training")


def test_path_is_told_in_both_languages_with_evidence(service: Service) -> None:
    parameters: Parameters = {"from": CIVIL_AFFAIRS, "to": SERVICES, "kind": ["theme"]}
    told = answer(service, "path", **parameters)
    assert told["sentence"] == told["paths"][0]["sentence"]
    assert told["sentence"]["zh"].startswith(f"{CIVIL_AFFAIRS}与{SERVICES}都有")
    assert " both have functions under " in told["sentence"]["en"]
    for hop in told["paths"][0]["hops"]:
        document, _, fragment = hop["statement"]["link"].partition("#")
        assert f'id="{fragment}"' in service.page(document)


def test_no_path_within_the_steps_is_an_answer(service: Service) -> None:
    parameters: Parameters = {"from": CIVIL_AFFAIRS, "to": SERVICES, "steps": 1}
    told = answer(service, "path", **parameters)
    assert (told["paths"], told["most_steps"], told["is_exhausted"]) == ([], 1, False)


def test_evidence_of_a_relation_is_its_sentences_with_their_documents(service: Service) -> None:
    told = answer(service, "evidence", source=SERVICES, target=TRAINING, relation="purpose")
    assert {one["year"] for one in told["statements"]} == {*told["years"]}
    assert all(one["title"] and one["text"] for one in told["statements"])
    assert not told["truncated"]
    cut = answer(service, "evidence", source=SERVICES, target=TRAINING, relation="purpose", limit=1)
    assert (cut["statements"], cut["truncated"]) == (told["statements"][:1], True)


def test_map_has_a_place_for_every_node_and_is_the_same_again(service: Service) -> None:
    for name in ("offices", "themes"):
        told = answer(service, "network", map=name)
        assert told == answer(service, "network", map=name)
        assert {edge["source"] for edge in told["edges"]} <= {*range(len(told["nodes"]))}
        numbers = {part["number"] for part in told["communities"]}
        assert {node["community"] for node in told["nodes"]} <= numbers | {0}


@pytest.mark.parametrize(
    ("path", "parameters", "status"),
    [
        ("neighbours", {}, 400),
        ("neighbours", {"node": CIVIL_AFFAIRS, "kind": "planet"}, 400),
        ("neighbours", {"node": CIVIL_AFFAIRS, "year": "last"}, 400),
        ("neighbours", {"node": CIVIL_AFFAIRS, "relation": "loves"}, 400),
        ("neighbours", {"node": CIVIL_AFFAIRS, "limit": 0}, 400),
        ("neighbours", {"node": "示例市乙区民政"}, 404),
        ("neighbours", {"node": "政务服务管理办公室"}, 409),
        ("selection", {"node": [f"{BASE}id/org/none"]}, 404),
        ("selection", {"node": ["x"] * 301}, 400),
        ("path", {"from": CIVIL_AFFAIRS}, 400),
        ("path", {"from": CIVIL_AFFAIRS, "to": SERVICES, "steps": 13}, 400),
        ("evidence", {"source": TRAINING, "target": SERVICES, "relation": "purpose"}, 404),
        ("network", {"map": "stars"}, 400),
    ],
)
def test_question_that_makes_no_sense_is_a_problem(
    service: Service, path: str, parameters: Parameters, status: int
) -> None:
    told_status, problem = refusal(service, path, parameters)
    assert told_status == problem["status"] == status
    assert problem["detail"]


# ---------------------------------------------------------------- pages without scripts


@pytest.mark.parametrize(("language", "heading"), [("zh", "职能主题"), ("en", "Function themes")])
def test_page_of_a_thing_lists_its_relations_with_counts(
    service: Service, language: str, heading: str
) -> None:
    html = page(service, f"/{language}/explore", node=CIVIL_AFFAIRS)
    told = answer(service, "neighbours", node=CIVIL_AFFAIRS)
    for relation in told["relations"]:
        found = re.search(
            rf'">{re.escape(relation["label"][language])}</a> <span class="count">(\d+)<', html
        )
        assert found and int(found[1]) == relation["count"]
    assert heading in html
    assert 'style="' not in html and "<script>" not in html


def test_relation_leads_to_all_of_its_things_and_on_from_each(service: Service) -> None:
    html = page(service, "/zh/explore", node=CIVIL_AFFAIRS)
    [address] = re.findall(r'href="(/zh/explore\?node=[^"]+relation=cause[^"]*)"', html)[:1]
    listed = service.page(address.replace("&amp;", "&"))
    told = answer(service, "neighbours", node=CIVIL_AFFAIRS, relation="cause")
    for one in told["neighbours"]:
        assert one["thing"]["name"] in listed
    assert listed.count("/explore/evidence?") == told["total"]


def test_empty_choice_of_a_form_is_no_filter(service: Service) -> None:
    chosen = page(service, "/zh/explore", node=CIVIL_AFFAIRS, kind="", year="")
    assert chosen.count("<section") == page(service, "/zh/explore", node=CIVIL_AFFAIRS).count(
        "<section"
    )
    assert "没有关系" in page(service, "/zh/explore", node=CIVIL_AFFAIRS, kind="class", year="1999")


def test_unknown_and_ambiguous_names_are_asked_again(service: Service) -> None:
    response = service.ask(
        f"/zh/explore?{urlencode({'node': '示例市乙区民政'})}", accept="text/html"
    )
    assert response.status_code == 404
    assert f"/zh/explore?{urlencode({'node': CIVIL_AFFAIRS})}" in response.text
    response = service.ask(
        f"/en/explore?{urlencode({'node': '政务服务管理办公室'})}", accept="text/html"
    )
    assert response.status_code == 409
    assert response.text.count('<li><a href="/en/explore?node=') > 1


@pytest.mark.parametrize("language", ["zh", "en"])
def test_path_form_is_answered_with_the_sentence(service: Service, language: str) -> None:
    parameters = {"from": CIVIL_AFFAIRS, "to": SERVICES, "kind": "theme", "year": ""}
    html = page(service, f"/{language}/explore", **parameters)
    both: Parameters = {"from": CIVIL_AFFAIRS, "to": SERVICES, "kind": ["theme"]}
    assert answer(service, "path", **both)["sentence"][language] in words(html)
    assert f'href="/{language}/explore/evidence?' in html


def words(html: str) -> str:
    """What a page says, without its elements: names are marked as Chinese on English pages."""
    return " ".join(str(lxml.html.fromstring(html).xpath("string()")).split())


@pytest.mark.parametrize("name", ["offices", "themes"])
def test_map_is_a_picture_with_a_link_for_every_node(service: Service, name: str) -> None:
    html = page(service, "/en/explore/network", map=name)
    told = answer(service, "network", map=name)
    picture = html[html.index('<svg class="map" ') : html.index("</svg>", html.index("<svg"))]
    assert picture.count("<a ") == len(told["nodes"])
    assert picture.count('class="disc') == len(told["communities"])
    assert 'style="' not in html


@pytest.mark.parametrize("name", QUESTIONS)
def test_question_about_the_networks_is_a_form_with_its_answer(service: Service, name: str) -> None:
    html = page(service, f"/zh/explore/questions/{name}", office=SERVICES, threshold="0.3")
    assert QUESTIONS[name].title["zh"] in html
    assert html.count("<tr>") > 1
    address = re.search(r'href="(/zh/api/graph/[^"]+)">JSON', html)
    assert address
    assert service.ask(address[1].replace("&amp;", "&")).status_code == 200


def test_question_about_no_office_is_asked_and_about_an_unknown_one_refused(
    service: Service,
) -> None:
    assert "<table" not in service.page("/zh/explore/questions/similar")
    response = service.ask(
        f"/zh/explore/questions/similar?{urlencode({'office': '示例市乙区民政'})}",
        accept="text/html",
    )
    assert (response.status_code, CIVIL_AFFAIRS in response.text) == (404, True)
    assert service.ask("/zh/explore/questions/none", accept="text/html").status_code == 404


# ---------------------------------------------------------------- concepts


def test_theme_lists_offices_with_clauses_and_not_assignments(service: Service) -> None:
    html = service.page("/zh/code/theme/training")
    assert "id/ta/" not in html
    told = answer(service, "neighbours", node=TRAINING, relation="purpose", direction="in")
    for one in told["neighbours"]:
        assert one["thing"]["name"] in html
    assert "业务培训" in html


def test_cause_lists_changes_and_class_lists_amounts(service: Service) -> None:
    cause = service.page("/en/code/cause/activity.events")
    assert "Changes explained by it" in cause and "id/ca/" not in cause
    item = service.page("/en/code/item/func-208")
    assert "Amounts under it" in item and " yuan" in item


def test_concept_that_nothing_is_stated_under_has_no_such_list(service: Service) -> None:
    assert "concept-uses" not in service.page("/zh/code/severity/error")


def test_long_name_is_shortened_to_its_end() -> None:
    assert shortened("示例市乙区民政局") == "示例市乙区民政局"
    assert shortened("示例省示例市示例区政务服务管理办公室") == "…例区政务服务管理办公室"
