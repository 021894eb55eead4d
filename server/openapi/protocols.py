"""The operations of the SPARQL 1.1 protocols: they read more of a request than the framework can tell.

The names of parameters and media types are those of SPARQL 1.1 Protocol (sections 2.1 and 2.2) and
Graph Store HTTP Protocol (section 5).
"""

from __future__ import annotations

from typing import Any

from server.openapi.sparql_results import content
from server.problems import told_problem
from store.media_types import RDF_FORMATS, RESULTS_FORMATS, SYNONYMS

TEXT = {"type": "string"}
NUMBER = {"type": "number", "exclusiveMinimum": 0}
IRIS = {"type": "array", "items": {"type": "string", "format": "iri"}}
EXAMPLE = """\
PREFIX gl: <ns#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?name (COUNT(DISTINCT ?function) AS ?functions)
WHERE { ?function gl:functionOf ?office . ?office skos:prefLabel ?name }
GROUP BY ?name ORDER BY DESC(?functions) LIMIT 10"""
UPDATE_EXAMPLE = (
    "INSERT DATA { GRAPH <http://example.org/g> { <http://example.org/a> a <ns#Note> } }"
)
FORM, DIRECT = "application/x-www-form-urlencoded", "application/sparql-query"


def parameter(name: str, words: str, schema: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "name": name,
        "in": "query",
        "required": False,
        "description": words,
        "schema": schema,
        **more,
    }


def given_often(name: str, words: str) -> dict[str, Any]:
    """A parameter that may be repeated."""
    return parameter(name, words, IRIS, style="form", explode=True)


QUERY_WORDS = "SPARQL 查询；相对 IRI 以图谱的基础 IRI 为准 · a SPARQL 1.1 query"
QUERY = parameter("query", QUERY_WORDS, {"type": "string"}, example=EXAMPLE)
DATASET = [
    given_often("default-graph-uri", "默认图 · graphs whose merge is the default graph"),
    given_often("named-graph-uri", "命名图 · the named graphs of the dataset"),
]
OPTIONS = [
    parameter("format", "代替 Accept · json, csv, ttl or a media type, in place of Accept", TEXT),
    parameter("timeout", "秒数，至多为服务的限度 · seconds, at most the server's limit", NUMBER),
]
ANSWERS: dict[str, Any] = {
    "200": {
        "description": "Solutions or a boolean in a results format, triples in an RDF format",
        "content": content(*RESULTS_FORMATS, *SYNONYMS, *RDF_FORMATS, "text/html"),
    },
    "400": told_problem(
        "The query is malformed (`line`, `column`, `fragment`, `expected`), is not given once, or asks "
        "for another server."
    ),
    "413": told_problem("The body is too large."),
    "415": told_problem("The body is neither a form nor a query."),
    "503": told_problem("All workers are busy; Retry-After tells when to ask again."),
    "504": told_problem("The query was stopped by its time limit."),
}
WRITTEN: dict[str, Any] = {
    "400": told_problem("The update or the graph is malformed (`line`, `column`)."),
    "401": told_problem("The bearer token is missing."),
    "403": told_problem("The bearer token is another one."),
    "413": told_problem("The body is too large."),
    "415": told_problem("The media type of the body is not one that is read."),
}
FORM_SCHEMA = {
    "type": "object",
    "required": ["query"],
    "properties": {
        "query": {"type": "string", "description": QUERY_WORDS},
        "default-graph-uri": IRIS,
        "named-graph-uri": IRIS,
    },
}
UPDATE_FORM = {
    "type": "object",
    "required": ["update"],
    "properties": {
        "update": {"type": "string", "description": "a SPARQL 1.1 update"},
        "using-graph-uri": IRIS,
        "using-named-graph-uri": IRIS,
    },
}
GRAPH = parameter(
    "graph",
    "命名图的 IRI · the IRI of a named graph",
    {"type": "string"},
    example="http://example.org/g",
)
# What is read in the example is in every release of documents; what is written must not be ours.
GRAPH_READ = {**GRAPH, "example": "https://w3id.org/guanlian/graph/ontology"}
DEFAULT = parameter("default", "默认图 · the default graph; it has no value", {"type": "string"})
GRAPH_BODY = {"required": True, "content": content(*RDF_FORMATS)}


def operation(name: str, summary: str, words: str, **more: Any) -> dict[str, Any]:
    return {
        "tags": ["sparql"],
        "operationId": name,
        "summary": summary,
        "description": words,
        **more,
    }


def graph_operation(name: str, summary: str, done: dict[str, Any], **more: Any) -> dict[str, Any]:
    """An operation of the graph store protocol, on the graph that `graph` or `default` names."""
    reads = name == "get-graph"
    secured: dict[str, Any] = {} if reads else {"security": [{"token": []}]}
    return operation(
        name,
        summary,
        "Graph Store HTTP Protocol, with indirect graph naming (section 4.2).",
        parameters=[GRAPH_READ if reads else GRAPH, DEFAULT],
        responses={**done, **WRITTEN},
        **secured,
        **more,
    )


PROTOCOLS: dict[str, dict[str, Any]] = {
    "/sparql": {
        "get": operation(
            "query-by-get",
            "SPARQL 查询 · Query via GET",
            "SPARQL 1.1 Protocol, 2.1.1. A browser that gives no query gets a form.",
            parameters=[{**QUERY, "required": True}, *DATASET, *OPTIONS],
            responses=ANSWERS,
        ),
        "post": operation(
            "query-by-post",
            "SPARQL 查询 · Query via POST",
            "SPARQL 1.1 Protocol, 2.1.2 (a form) and 2.1.3 (the query is the body, the dataset in the "
            "query string). A body may be sent with the safe method QUERY as well.",
            parameters=[*DATASET, *OPTIONS],
            requestBody={
                "required": True,
                "content": {
                    FORM: {"schema": FORM_SCHEMA, "example": {"query": EXAMPLE}},
                    DIRECT: {"schema": {"type": "string"}, "example": EXAMPLE},
                },
            },
            responses=ANSWERS,
        ),
    },
    "/update": {
        "post": operation(
            "update",
            "SPARQL 更新 · Update via POST",
            "SPARQL 1.1 Protocol, 2.2. Each update becomes a release before it is answered.",
            requestBody={
                "required": True,
                "content": {
                    FORM: {"schema": UPDATE_FORM, "example": {"update": UPDATE_EXAMPLE}},
                    "application/sparql-update": {"schema": {"type": "string"}},
                },
            },
            responses={
                "200": {"description": "Done; `release` is the release that it made"},
                **WRITTEN,
            },
            security=[{"token": []}],
        )
    },
    "/store": {
        "get": graph_operation(
            "get-graph",
            "取一个图 · The triples of a graph",
            {
                "200": {
                    "description": "The triples",
                    "content": content(*RDF_FORMATS),
                },
                "404": told_problem("There is no such graph."),
            },
        ),
        "put": graph_operation(
            "put-graph",
            "换一个图 · Replace a graph",
            {"201": {"description": "Made"}, "204": {"description": "Replaced"}},
            requestBody=GRAPH_BODY,
        ),
        "post": graph_operation(
            "post-graph",
            "并入一个图 · Merge into a graph",
            {"201": {"description": "Made"}, "204": {"description": "Merged"}},
            requestBody=GRAPH_BODY,
        ),
        "delete": graph_operation(
            "delete-graph",
            "删一个图 · Remove a graph",
            {
                "200": {"description": "Removed"},
                "204": {"description": "Removed"},
                "404": told_problem("There is no such graph."),
            },
        ),
    },
}
