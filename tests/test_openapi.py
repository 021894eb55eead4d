"""The OpenAPI document: it tells every path, and its examples are what the application answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from server.app import create_app
from server.openapi.answers import answer_schemas
from server.openapi.document import JSON, PAGES, TAGS, Document, examples, operations
from server.openapi.linked_data import LINKED_DATA
from server.openapi.protocols import PROTOCOLS
from server.settings import Settings
from tests.openapi_examples import address, asked_parameters, json_operations
from tests.serving import Service, running
from tests.test_server_problems import assert_is_problem

MADE = create_app(Settings()).openapi()
OPERATIONS = [(path, method) for path, method, _ in operations(MADE)]
TYPED = [(path, method) for path, method, _ in json_operations(MADE)]


@pytest.fixture(scope="module")
def service(samples_data: Path) -> Iterator[Service]:
    with running(Settings(data=samples_data, workers=1)) as service:
        yield service


def operation(path: str, method: str) -> Document:
    told: Document = MADE["paths"][path][method]
    return told


def validator(schema: Mapping[str, Any]) -> Draft202012Validator:
    """A validator that takes no member which the schema does not tell."""
    whole = {**closed(schema), "components": closed(MADE["components"])}
    return Draft202012Validator(whole)


def closed(schema: Any) -> Any:
    """A schema whose objects have the told members only, unless it says that they may have others."""
    if isinstance(schema, list):
        return [closed(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    told = {name: closed(part) for name, part in schema.items()}
    if isinstance(schema.get("properties"), dict) and "type" in schema:
        told.setdefault("additionalProperties", False)
    return told


def answer_validator(path: str, method: str) -> Draft202012Validator:
    return validator(operation(path, method)["responses"]["200"]["content"][JSON]["schema"])


def test_linked_data_is_told_whole() -> None:
    assert set(LINKED_DATA) <= set(MADE["paths"])


def test_document_is_served_and_tells_every_path_that_is_no_page(service: Service) -> None:
    served = service.ask("/openapi.json").json()
    assert served == MADE
    assert served["openapi"].startswith("3.1")
    assert not set(served["paths"]) & set(PAGES)


def test_operations_have_names_of_their_own_and_known_tags() -> None:
    told = [each for _, _, each in operations(MADE)]
    names = [each["operationId"] for each in told]
    assert len(set(names)) == len(names)
    known = {tag["name"] for tag in TAGS}
    assert all(set(each["tags"]) <= known and each["tags"] for each in told)
    assert all(each["summary"] and each["description"] for each in told)


def test_schemas_of_the_framework_and_of_the_answers_do_not_hide_each_other() -> None:
    _, definitions = answer_schemas()
    components = create_app(Settings()).openapi()["components"]["schemas"]
    for name, schema in definitions.items():
        assert components[name] == schema
    assert not {"Named", "StatedPlace", "Change", "Reason", "Function"} & set(definitions)


@pytest.mark.parametrize(("path", "method"), TYPED)
def test_example_fits_its_schema_and_the_answer_of_today(
    path: str, method: str, service: Service
) -> None:
    told = examples()[f"{method} {path}"]
    assert told["parameters"] == asked_parameters(path), "please run `just examples`"
    fitting = answer_validator(path, method)
    fitting.validate(told["answer"])
    response = service.ask(address(path, told["parameters"]), accept=JSON)
    assert response.status_code == 200
    fitting.validate(response.json())
    assert isinstance(told["answer"], list) or set(response.json()) == set(told["answer"])


def test_every_example_belongs_to_an_operation() -> None:
    assert set(examples()) == {f"{method} {path}" for path, method in TYPED}


@pytest.mark.parametrize(("path", "method"), OPERATIONS)
def test_operation_tells_its_answers_and_its_problems(path: str, method: str) -> None:
    responses = operation(path, method)["responses"]
    good = {status: told for status, told in responses.items() if status[0] in "23"}
    assert good and "422" not in responses
    for told in good.values():
        assert all(kind.get("schema") for kind in told.get("content", {}).values()), path
    assert responses["default"] == {"$ref": "#/components/responses/OtherProblem"}


@pytest.mark.parametrize("path", dict.fromkeys(path for path, _ in OPERATIONS))
def test_wrong_method_is_a_problem_on_every_path(path: str, service: Service) -> None:
    response = service.ask(address(path, needed(path)), method="BREW")
    assert_is_problem(response, 405, "Method not allowed")
    assert response.json()["detail"].endswith("not BREW.")


def needed(path: str) -> dict[str, Any]:
    """The parameters in a path."""
    first = next(iter(MADE["paths"][path].values()))
    told = [each for each in first.get("parameters", []) if each["in"] == "path"]
    return {each["name"]: each.get("example", "none") for each in told}


WRONG = ("\x00", "中文", "-1", "a" * 5_000, '<>"{}|\\^`', "1e309")


@pytest.mark.parametrize(("path", "method"), [each for each in OPERATIONS if each[1] == "get"])
def test_whatever_is_wrong_is_told_in_the_one_shape(
    path: str, method: str, service: Service
) -> None:
    """Values that no parameter expects, one parameter at a time; and a media type that nobody has."""
    good = dict(asked_parameters(path)) | needed(path)
    tried = [address(path, good)]
    for place, parameter in enumerate(operation(path, method).get("parameters", [])):
        wrong = WRONG[place % len(WRONG)]
        tried.append(address(path, {**good, parameter["name"]: wrong}))
    for asked in tried:
        response = service.ask(asked, accept="image/png")
        assert response.status_code < 500, response.text
        if response.status_code >= 400:
            assert_is_problem(response, response.status_code)


@pytest.mark.parametrize("path", PROTOCOLS)
def test_protocols_are_told_where_they_are_served(path: str) -> None:
    writable = Settings.model_validate({"write_token": "a token for writing"})
    told = create_app(writable).openapi()["paths"][path]
    assert told == {
        method: {**each, "responses": told[method]["responses"]}
        for method, each in PROTOCOLS[path].items()
    }
