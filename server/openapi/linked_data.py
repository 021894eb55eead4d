"""The operations of linked data: what is named by IRIs of ours, in every RDF format and as a page."""

from __future__ import annotations

from typing import Any

from server.openapi.sparql_results import content
from server.problems import told_problem

RDF = (
    *("text/turtle", "application/ld+json", "application/n-triples", "application/rdf+xml"),
    *("application/trig", "application/n-quads"),
)
FORMS = content(*RDF, "text/html")
UNKNOWN = {"404": told_problem("The release has nothing of this name.")}


def path_parameter(words: str, example: str, name: str = "path") -> dict[str, Any]:
    return {
        "name": name,
        "in": "path",
        "required": True,
        "description": words,
        "schema": {"type": "string"},
        "example": example,
    }


def described(
    name: str, summary: str, words: str, parameters: list[dict[str, Any]]
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
                "200": {"description": "The triples, or a page of them", "content": FORMS},
                **UNKNOWN,
            },
        }
    }


def fetched(
    name: str,
    summary: str,
    words: str,
    parameters: list[dict[str, Any]],
    media_type: str,
    schema: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """A path that answers GET with a file, of a schema of its own if there is one."""
    told = described(name, summary, words, parameters)
    file = {media_type: {"schema": schema}} if schema else content(media_type)
    told["get"]["responses"]["200"] = {"description": "The file", "content": file}
    return told


INVERSE: list[dict[str, Any]] = [
    {
        "name": "inverse",
        "in": "query",
        "description": "Ask for the things that point to this one by a property, such as gl:theme.",
        "schema": {"type": "string"},
    },
    {
        "name": "page",
        "in": "query",
        "description": "Which hundred of them, counted from 1.",
        "schema": {"type": "integer", "minimum": 1, "default": 1},
    },
]
FRAGMENT: dict[str, Any] = {
    "name": "fragment",
    "in": "query",
    "description": "The fragment that completes the IRI of a thing inside another.",
    "schema": {"type": "string"},
}
RELEASE = path_parameter("the id of the release that is served", "none", "release_id")
FORM = path_parameter("nq or trig", "nq", "form")
DOCUMENT = path_parameter("the id of the document", "23e1f8cdf80957ee", "document_id")
PAGE = {
    **path_parameter("the page, counted from 1", "1", "number"),
    "schema": {"type": "integer", "minimum": 1},
    "example": 1,
}
VERSION: dict[str, Any] = {
    "name": "version",
    "in": "query",
    "description": "The first digits of the digest of the pictures of the document.",
    "schema": {"type": "string"},
}
ENDINGS = (
    "An ending (.ttl, .jsonld, .nt, .rdf, .trig, .nq, .html) chooses the form in place of Accept."
)
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
        [path_parameter("the rest of the thing's IRI", "org/000000-ada5bca9"), FRAGMENT, *INVERSE],
    ),
    "/code/{path}": described(
        "concept",
        "代码表的概念 · A concept of a code list",
        f"A concept. {ENDINGS}",
        [CONCEPT, *INVERSE],
    ),
    "/dsd/{path}": described(
        "data-structure",
        "数据结构定义 · A data structure definition",
        f"A part of the data structure definition (RDF Data Cube). {ENDINGS}",
        [path_parameter("the rest of the IRI", "fiscal"), *INVERSE],
    ),
    "/ns": described("ontology", "本体 · The ontology", "All classes and properties.", []),
    "/def": described("terms", "本体的术语 · The terms", f"As /ns. {ENDINGS}", []),
    "/def/{name}": described(
        "term",
        "本体的一个术语 · A term of the ontology",
        f"A class or a property: what it means, and what uses it. {ENDINGS}",
        [path_parameter("the local name of the term", "Change", "name"), *INVERSE],
    ),
    "/code": described("code-lists", "代码表 · The code lists", f"All of them. {ENDINGS}", []),
    "/context.jsonld": fetched(
        "context",
        "JSON-LD 上下文 · The context of JSON-LD",
        "What the keys of compact JSON-LD stand for.",
        [],
        "application/ld+json",
    ),
    "/void": described(
        "data-set",
        "数据集 · The data set",
        f"In VoID: how much there is, by class and property. {ENDINGS}",
        [],
    ),
    "/catalog": described("catalogue", "数据目录 · The catalogue", f"In DCAT 3. {ENDINGS}", []),
    "/service": described(
        "sparql-service",
        "SPARQL 服务 · The SPARQL service",
        f"In SPARQL 1.1 Service Description, with prefixes and examples. {ENDINGS}",
        [],
    ),
    "/dumps/{release_id}/SHA256SUMS": fetched(
        "checksums",
        "校验和 · The sums of the dumps",
        "As `sha256sum --check` reads them.",
        [RELEASE],
        "text/plain",
    ),
    "/dumps/{release_id}/guanlian.{form}.gz": fetched(
        "dump",
        "全部数据 · All of the data",
        "Every statement once in each named graph that states it; ranges of bytes are answered.",
        [RELEASE, FORM],
        "application/gzip",
    ),
    "/dumps/{release_id}/documents/{document_id}.{form}.gz": fetched(
        "document-dump",
        "一份文件的图 · The graphs of a document",
        "What it says, what was derived from it, what was checked.",
        [RELEASE, path_parameter("the id of the document", "none", "document_id"), FORM],
        "application/gzip",
    ),
    "/documents/{document_id}/facts.json": fetched(
        "document-facts",
        "文件的事实 · The facts of a document",
        "As the extraction gave them, in the public facts format, each with its place in the text.",
        [DOCUMENT],
        "application/json",
        {"type": "object", "description": "An object of ingest/facts.schema.json."},
    ),
    "/documents/{document_id}/text": fetched(
        "document-text",
        "文件的文本 · The text of a document",
        "The text in whose characters the places of all facts are counted; personal data are masked.",
        [DOCUMENT],
        "text/plain",
    ),
    "/documents/{document_id}/pages/{number}": fetched(
        "document-page",
        "文件一页的图像 · The picture of a page of a document",
        "Grey, 110 dots an inch; what the text masks is covered. 404 for a page without a picture. "
        "With `version` as the page of the document tells it, the answer never changes.",
        [DOCUMENT, PAGE, VERSION],
        "image/png",
    ),
    "/graph/{path}": described(
        "named-graph",
        "命名图 · A named graph",
        f"All triples of one named graph. {ENDINGS}",
        [path_parameter("the rest of the graph's IRI", "ontology")],
    ),
}
