"""The document at `/openapi.json`, put together from the routes and the tables beside this file."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import iter_route_contexts

from server.openapi.answers import answer_schemas
from server.openapi.linked_data import LINKED_DATA
from server.openapi.problem_schema import PROBLEM
from server.openapi.protocols import PROTOCOLS
from server.openapi.sparql_results import RESULTS
from server.pages import program_version
from server.problems import OTHER_PROBLEMS

JSON = "application/json"
METHODS = ("get", "post", "put", "delete", "patch", "head")
EXAMPLES = Path(__file__).parent / "examples.json"
#: Paths that are pages and nothing else.
PAGES = (
    *("/", "/offices", "/offices/{office_id}", "/documents", "/documents/{document_id}"),
    "/documents/{document_id}/facts",
    *("/docs", "/explore", "/audit", "/dumps", "/search"),
)
#: Another way to ask for a form of a path, which `format` and Accept do as well.
BY_ENDING = ".{extension}"
#: What the framework describes and we never answer.
UNUSED = ("HTTPValidationError", "ValidationError")
#: Problems that every operation may answer, told once.
SHARED: Mapping[int | str, str] = {406: "NotAcceptable", "default": "OtherProblem"}
#: What the framework calls a good answer without being told.
UNTOLD = "Successful Response"
#: Tags of operations that name none.
TAG_OF_PATH = {"/compare": "comparison"}
#: Titles in both languages, of operations that have one in English only.
TITLES = {
    "/compare": "机构比较 · Offices side by side",
    "/api/graph/bipartite": "机构与职能主题 · Offices and their function themes",
    "/api/graph/neighbours": "相近的机构 · Offices near each other",
    "/api/graph/similar": "与一个机构相近的机构 · Offices like one, and why",
    "/api/graph/sisters": "主题几乎相同的机构 · Offices with nearly the same themes",
    "/api/graph/themes": "罕见与常见的主题 · Rare and common themes",
    "/api/graph/communities": "机构的社群 · Communities of offices (Louvain)",
    "/api/graph/neighbourhood": "一个事物的周围 · What a thing is joined to",
    "/api/graph/path": "两个事物之间的路径 · What joins two things",
}
TAGS = [
    {"name": "sparql", "description": "SPARQL 1.1 协议 · The SPARQL 1.1 protocols"},
    {"name": "api", "description": "机构、异常与检索 · Offices, what does not add up, and search"},
    {"name": "comparison", "description": "机构比较 · Offices side by side"},
    {"name": "queries", "description": "问题库 · The questions of the library"},
    {"name": "networks", "description": "关系网络 · Networks of offices, themes and things"},
    {"name": "linked data", "description": "关联数据 · Every thing by its IRI"},
    {"name": "service", "description": "服务自身 · The service itself"},
]
DESCRIPTION = """\
政府部门预决算公开的知识图谱：每个数字都连着原文的一句话。
A knowledge graph of disclosures of final accounts and budgets: every fact points to its own sentence.

Answers come from one *release*, named in them; `ETag` follows from it. Whatever is refused is told as
problem details (RFC 9457). Reading needs no key. Examples are answers about the samples, their lists cut
short.
"""
Document = dict[str, Any]


class DescribedAPI(FastAPI):
    """The application, with its document."""

    def openapi(self) -> Document:
        """The document, made once."""
        if self.openapi_schema is None:
            self.openapi_schema = document(self)
        return self.openapi_schema


def document(app: FastAPI) -> Document:
    """The OpenAPI 3.1 document of an application."""
    made: Document = get_openapi(
        title="官联 Guanlian",
        version=program_version(),
        description=DESCRIPTION,
        routes=app.routes,
        tags=TAGS,
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
        servers=[{"url": "/", "description": "本服务 · this server"}],
    )
    paths = {
        path: item
        for path, item in made["paths"].items()
        if path not in PAGES and not path.endswith(BY_ENDING)
    }
    served = {*made["paths"], *(route.path_format for route in iter_route_contexts(app.routes))}
    paths |= {
        path: served_methods(item, made["paths"].get(path))
        for path, item in PROTOCOLS.items()
        if path in served
    }
    paths |= {path: item for path, item in LINKED_DATA.items() if path in served}
    made["paths"] = json.loads(json.dumps(paths))  # the tables stay as they are
    answers, definitions = answer_schemas()
    components = made.setdefault("components", {})
    components["schemas"] = {
        **{name: schema for name, schema in components["schemas"].items() if name not in UNUSED},
        **definitions,
        "Problem": PROBLEM,
        "SparqlResults": RESULTS,
    }
    components["responses"] = {name: OTHER_PROBLEMS[status] for status, name in SHARED.items()}
    components["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
    for path, method, operation in operations(made):
        complete(path, method, operation, answers)
    return made


def served_methods(item: Mapping[str, Any], made: Mapping[str, Any] | None) -> dict[str, Any]:
    """The operations of a path that the application has; what it keeps out of the document, it has."""
    return {method: told for method, told in item.items() if made is None or method in made}


def operations(made: Mapping[str, Any]) -> Iterator[tuple[str, str, Document]]:
    """Every operation of a document with its path and method."""
    for path, item in made["paths"].items():
        for method in METHODS:
            if method in item:
                yield path, method, item[method]


def complete(path: str, method: str, operation: Document, answers: Mapping[str, Document]) -> None:
    """What every operation has: its schema, its problems and an example, all in few words."""
    responses = operation["responses"]
    responses.pop("422", None)  # which we never send
    for status, name in SHARED.items():
        if responses.get(str(status), OTHER_PROBLEMS[status]) == OTHER_PROBLEMS[status]:
            responses[str(status)] = {"$ref": f"#/components/responses/{name}"}
    good = responses.get("200", {})
    if good.get("description") == UNTOLD:
        good["description"] = "The answer"
    content = good.get("content", {})
    if path in answers and method == "get":
        content[JSON]["schema"] = answers[path]
    operation.setdefault("tags", [TAG_OF_PATH.get(path, "service")])
    operation["summary"] = TITLES.get(path, operation["summary"])
    if operation["operationId"].endswith(f"_{method}"):  # made by the framework
        operation["operationId"] = name_of(path)
    add_example(operation, content, examples().get(f"{method} {path}"))


def name_of(path: str) -> str:
    """The name of the operation that reads a path.

    >>> name_of("/api/graph/path"), name_of("/health/live")
    ('graph-path', 'health-live')
    """
    return path.removeprefix("/api").strip("/").replace("/", "-")


def add_example(operation: Document, content: Document, example: Mapping[str, Any] | None) -> None:
    """The parameters and the answer of an example, where there is one."""
    if example is None:
        return
    for parameter in operation.get("parameters", []):
        if parameter["name"] in example["parameters"]:
            parameter["example"] = example["parameters"][parameter["name"]]
    if JSON in content and "answer" in example:
        content[JSON]["example"] = example["answer"]


@cache
def examples() -> Mapping[str, Any]:
    """Requests by method and path, with answers of the application over the samples; written by
    `just examples`."""
    read: Mapping[str, Any] = json.loads(EXAMPLES.read_text("utf-8")) if EXAMPLES.exists() else {}
    return read
