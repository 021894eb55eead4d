"""The operations of linked data: what is named by IRIs of ours, in every RDF format and as a page."""

from __future__ import annotations

from typing import Any

from server.openapi.sparql_results import content
from server.problems import told_problem

TURTLE, JSON_LD = "text/turtle", "application/ld+json"
TRIPLES = (TURTLE, JSON_LD, "application/n-triples", "application/rdf+xml")
FORMS = content(*TRIPLES, "application/trig", "application/n-quads", "text/html")
GRAPH_FORMS = content(*TRIPLES, "text/html")
UNKNOWN = {"404": told_problem("The release has nothing of this name.")}


def path_parameter(words: str, example: str | None, name: str = "path") -> dict[str, Any]:
    told = {"description": words, "schema": {"type": "string"}}
    shown = {} if example is None else {"example": example}
    return {"name": name, "in": "path", "required": True, **told, **shown}


def described(
    name: str,
    summary: str,
    words: str,
    parameters: list[dict[str, Any]],
    forms: dict[str, Any] = FORMS,
) -> dict[str, Any]:
    """A path that answers GET with triples or a page."""
    return {
        "get": {
            "tags": ["linked data"],
            "operationId": name,
            "summary": summary,
            "description": words,
            "parameters": parameters,
            "responses": {
                "200": {"description": "The triples, or a page of them", "content": forms},
                **UNKNOWN,
            },
        }
    }


def fetched(
    name: str, summary: str, parameters: list[dict[str, Any]], media_type: str, *more: str
) -> dict[str, Any]:
    """A path that gives a file."""
    text = {"type": "string"} if media_type.startswith("text/") else {}
    files = {media_type: {"schema": text or {"type": "string", "format": "binary"}}}
    good = {status: {"description": "The file", "content": files} for status in ("200", *more)}
    return {
        "get": {
            "tags": ["linked data"],
            "operationId": name,
            "summary": summary,
            "description": "Made in the background after a release; 503 until it is.",
            "parameters": parameters,
            "responses": {**good, **UNKNOWN},
        }
    }


ENDINGS = "An ending (.ttl, .jsonld, .nt, .rdf, .html) chooses the form in place of Accept."
RELEASE = path_parameter("the release that is served", None, "release_id")
FORM = path_parameter("nt, nq, ttl and others that `/dumps` tells", None, "form")
CONCEPT = path_parameter("the rest of the IRI", "fund/all")
LINKED_DATA: dict[str, dict[str, Any]] = {
    "/id/{path}": {
        "get": {
            "tags": ["linked data"],
            "operationId": "name-of-thing",
            "summary": "事物的名称 · The name of a thing",
            "description": "A thing cannot be sent; the answer leads to its description (303).",
            "parameters": [path_parameter("the rest of the IRI", "org/000000-ada5bca9")],
            "responses": {
                "303": {
                    "description": "The description is at Location",
                    "headers": {"Location": {"schema": {"type": "string"}}},
                }
            },
        }
    },
    "/doc/{path}": described(
        "description-of-thing",
        "事物的描述 · The description of a thing",
        f"What the release says of a thing, in both directions. {ENDINGS}",
        [path_parameter("the rest of the thing's IRI", "org/000000-ada5bca9")],
    ),
    "/code/{path}": described(
        "concept", "代码表的概念 · A concept of a code list", f"A concept. {ENDINGS}", [CONCEPT]
    ),
    "/dsd/{path}": described(
        "data-structure",
        "数据结构定义 · A data structure definition",
        f"A part of the data structure definition (RDF Data Cube). {ENDINGS}",
        [path_parameter("the rest of the IRI", "fiscal")],
    ),
    "/ns": described("ontology", "本体 · The ontology", "All classes and properties.", []),
    "/graph/{path}": described(
        "named-graph",
        "命名图 · A named graph",
        f"All triples of one named graph. {ENDINGS}",
        [path_parameter("the rest of the graph's IRI", "ontology")],
        GRAPH_FORMS,
    ),
    "/def": described("terms", "本体 · The ontology", "As `/ns`.", []),
    "/def/{name}": described(
        "term",
        "本体的一个词 · A class or property",
        f"What it means and what uses it. {ENDINGS}",
        [path_parameter("the name of the class or property", "FunctionStatement", "name")],
    ),
    "/code": described("code-lists", "代码表 · All code lists", "Every code list.", []),
    "/void": described("void", "数据集 · The data set (VoID)", "With its partitions.", []),
    "/catalog": described("catalog", "数据目录 · The catalogue (DCAT 3)", "With the dumps.", []),
    "/service": described(
        "service-description", "服务描述 · The service description", "Of the SPARQL endpoint.", []
    ),
    "/.well-known/void": {
        "get": {
            "tags": ["linked data"],
            "operationId": "well-known-void",
            "summary": "数据集 · Where the data set is described",
            "description": "VoID, 7.2.",
            "responses": {"303": {"description": "At Location"}},
        }
    },
    "/context.jsonld": {
        "get": {
            "tags": ["linked data"],
            "operationId": "json-ld-context",
            "summary": "JSON-LD 上下文 · The JSON-LD context",
            "description": "JSON-LD 1.1, 3.1.",
            "responses": {"200": {"description": "The context", "content": content(JSON_LD)}},
        }
    },
    "/dumps/{release_id}/SHA256SUMS": fetched(
        "dump-sums", "转储的校验和 · The sums of the whole dumps", [RELEASE], "text/plain"
    ),
    "/dumps/{release_id}/guanlian.{form}.gz": fetched(
        "dump", "整个发布 · All of a release", [RELEASE, FORM], "application/gzip", "206"
    ),
    "/dumps/{release_id}/documents/{document_id}.{form}.gz": fetched(
        "dump-of-document",
        "一份文件的图 · The graphs of a document",
        [RELEASE, path_parameter("the document", None, "document_id"), FORM],
        "application/gzip",
    ),
}
