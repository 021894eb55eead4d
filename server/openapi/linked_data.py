"""The operations of linked data: what is named by IRIs of ours, in every RDF format and as a page."""

from __future__ import annotations

from typing import Any

from server.openapi.sparql_results import content
from server.problems import told_problem

RDF = ("text/turtle", "application/ld+json", "application/n-triples", "application/rdf+xml")
FORMS = content(*RDF, "text/html")
UNKNOWN = {"404": told_problem("The release has nothing of this name.")}


def path_parameter(words: str, example: str) -> dict[str, Any]:
    return {
        "name": "path",
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


ENDINGS = "An ending (.ttl, .jsonld, .nt, .rdf, .html) chooses the form in place of Accept."
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
        [path_parameter("the rest of the IRI", "observations")],
    ),
    "/ns": described("ontology", "本体 · The ontology", "All classes and properties.", []),
    "/graph/{path}": described(
        "named-graph",
        "命名图 · A named graph",
        f"All triples of one named graph. {ENDINGS}",
        [path_parameter("the rest of the graph's IRI", "ontology")],
    ),
}
