"""`/api/vocabulary` and `/api/concepts`: every word that they offer is one of the graph, found in either language."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.settings import Settings
from server.vocabulary import Concept, found_concepts
from tests.serving import BASE, Service, running
from tests.test_server_problems import assert_is_problem

JSON = "application/json"


@pytest.fixture(scope="module")
def service(samples_data: Path) -> Iterator[Service]:
    with running(Settings(data=samples_data, workers=1)) as service:
        yield service


@pytest.fixture(scope="module")
def vocabulary(service: Service) -> dict[str, Any]:
    told: dict[str, Any] = service.ask("/api/vocabulary", accept=JSON).json()
    return told


def solutions(service: Service, query: str) -> list[dict[str, str]]:
    response = service.ask(
        "/sparql",
        accept="application/sparql-results+json",
        method="POST",
        headers={"Content-Type": "application/sparql-query"},
        content=query.encode(),
    )
    assert response.status_code == 200, response.text
    bindings = response.json()["results"]["bindings"]
    return [{name: term["value"] for name, term in row.items()} for row in bindings]


def concepts(service: Service, **asked: str) -> list[dict[str, Any]]:
    address = "/api/concepts?" + "&".join(f"{name}={value}" for name, value in asked.items())
    found: list[dict[str, Any]] = service.ask(address, accept=JSON).json()["concepts"]
    return found


def test_each_term_is_one_of_the_graph(service: Service, vocabulary: dict[str, Any]) -> None:
    told = {term["iri"] for term in (*vocabulary["classes"], *vocabulary["properties"])}
    values = " ".join(f"<{iri}>" for iri in sorted(told))
    found = solutions(
        service,
        f"SELECT DISTINCT ?t {{ VALUES ?t {{ {values} }} "
        "{ ?t ?p ?o } UNION { ?s ?t ?o } UNION { ?s a ?t } }",
    )
    assert {row["t"] for row in found} == told
    assert len(told) == len(vocabulary["classes"]) + len(vocabulary["properties"])


def test_each_property_that_is_used_is_told_with_how_often(
    service: Service, vocabulary: dict[str, Any]
) -> None:
    used = solutions(service, "SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p")
    told = {term["iri"]: term["uses"] for term in vocabulary["properties"] if term["uses"]}
    assert told == {row["p"]: int(row["n"]) for row in used}


def test_terms_of_the_model_have_labels_and_definitions_in_both_languages(
    vocabulary: dict[str, Any],
) -> None:
    own = [
        term
        for term in (*vocabulary["classes"], *vocabulary["properties"])
        if term["iri"].startswith(f"{BASE}ns#")
    ]
    assert len(own) > 100
    assert [term for term in own if not (term["zh"] and term["en"])] == []
    assert [term for term in own if not (term["definition_zh"] and term["definition_en"])] == []


def test_a_coded_property_names_its_code_list_whose_concepts_are_found_by_label(
    service: Service, vocabulary: dict[str, Any]
) -> None:
    [item] = [term for term in vocabulary["properties"] if term["iri"] == f"{BASE}ns#item"]
    assert item["code_list"] in {each["iri"] for each in vocabulary["code_lists"]}
    found = concepts(service, q="教育", code_list=item["code_list"])
    assert found and all(item["code_list"] in each["code_lists"] for each in found)
    assert found[0]["zh"] == "教育"
    assert f"{BASE}code/item/func-205" in {each["iri"] for each in found}


def test_a_concept_is_found_by_its_english_label_and_by_its_code(service: Service) -> None:
    in_english = concepts(service, q="education")
    assert f"{BASE}code/theme/education" in {each["iri"] for each in in_english}
    assert concepts(service, q="func-2050204")[0]["iri"] == f"{BASE}code/item/func-2050204"


def test_each_code_list_has_a_prefix_that_its_concepts_can_be_written_with(
    service: Service, vocabulary: dict[str, Any]
) -> None:
    namespaces = {each["namespace"] for each in vocabulary["prefixes"]}
    assert f"{BASE}ns#" in namespaces
    for scheme in vocabulary["code_lists"]:
        [concept, *_] = concepts(service, q="", code_list=scheme["iri"])
        assert any(concept["iri"].startswith(namespace) for namespace in namespaces), concept


def test_an_answer_that_was_cut_says_so(service: Service) -> None:
    answer = service.ask("/api/concepts?q=支出&limit=3", accept=JSON).json()
    assert (answer["truncated"], len(answer["concepts"])) == (True, 3)


def test_an_unknown_code_list_is_a_wrong_parameter(service: Service) -> None:
    response = service.ask("/api/concepts?q=a&code_list=urn:x:none", accept=JSON)
    assert_is_problem(response, 400, "Wrong parameter")


def test_the_vocabulary_is_not_sent_again_while_the_release_holds(service: Service) -> None:
    first = service.ask("/api/vocabulary", accept=JSON)
    again = service.ask(
        "/api/vocabulary", accept=JSON, headers={"If-None-Match": first.headers["etag"]}
    )
    assert again.status_code == 304


NAMES = st.text(st.sampled_from("ab教育"), min_size=1, max_size=5)


@given(st.lists(st.lists(NAMES, min_size=1, max_size=3), max_size=12), NAMES)
def test_exactly_the_concepts_with_the_words_in_a_name_are_found_the_same_name_first(
    named: list[list[str]], words: str
) -> None:
    known = [
        Concept(f"https://x.test/{place}", ("https://x.test/list",), tuple(names))
        for place, names in enumerate(named)
    ]
    found = found_concepts(known, words, None)
    assert {concept.iri for concept in found} == {
        concept.iri for concept in known if any(words in name for name in concept.names)
    }
    exact = [words in concept.names for concept in found]
    assert exact == sorted(exact, reverse=True)
