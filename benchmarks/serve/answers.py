"""Whether the servers answer alike: a server that answers something else is not measured."""

from __future__ import annotations

import http.client
import json
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from benchmarks.serve.query_classes import SOLUTIONS, QueryClass
from benchmarks.serve.servers.running import BenchmarkError, Server

XSD = "http://www.w3.org/2001/XMLSchema#"
NUMBERS = {XSD + name for name in ("integer", "decimal", "int", "long", "nonNegativeInteger")}
COMPARED = 5
LONGEST_SECONDS = 600
Row: TypeAlias = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Agreement:
    """The servers that answer a class as the first one does, and what the others say instead."""

    agreeing: tuple[Server, ...]
    differences: tuple[str, ...]
    rows: str


def compare_answers(query_class: QueryClass, servers: Sequence[Server]) -> Agreement:
    """Compare the answers to some queries of a class. Raises BenchmarkError if the first has none."""
    first, *others = servers
    queries = spread(query_class.queries, COMPARED)
    wanted = [answer(first, query_class, query) for query in queries]
    agreeing, differences = [first], []
    for other in others:
        found = difference(query_class, queries, wanted, other)
        if found is None:
            agreeing.append(other)
        else:
            differences.append(f"{query_class.name}: {other.name} {found}")
    counts = [len(rows) for rows in wanted]
    rows = f"{len(queries)} queries with {min(counts):,} to {max(counts):,} rows"
    return Agreement(tuple(agreeing), tuple(differences), rows)


def spread(queries: Sequence[str], number: int) -> Sequence[str]:
    """Some of the queries, at even distances."""
    return queries[:: max(1, len(queries) // number)][:number]


def difference(
    query_class: QueryClass, queries: Sequence[str], wanted: Sequence[list[Row]], other: Server
) -> str | None:
    """How a server first answers otherwise than is wanted."""
    for query, known in zip(queries, wanted, strict=True):
        try:
            found = answer(other, query_class, query)
        except BenchmarkError as error:
            return str(error)
        if query_class.is_sample:
            known, found = [(str(len(known)),)], [(str(len(found)),)]
        if known != found:
            here, there = differing(known, found)
            return f"answers {there} where {here} is wanted:\n{query}"
    return None


def differing(wanted: list[Row], found: list[Row]) -> tuple[Row, Row]:
    """The first rows that differ; an answer that has ended has the empty row."""
    rows = max(len(wanted), len(found)) + 1
    pairs = zip(padded(wanted, rows), padded(found, rows), strict=True)
    return next(pair for pair in pairs if pair[0] != pair[1])


def padded(rows: list[Row], number: int) -> list[Row]:
    return [*rows, *[()] * (number - len(rows))]


def answer(server: Server, query_class: QueryClass, query: str) -> list[Row]:
    """The rows, sorted where the query leaves the order open; numbers by their value."""
    body = fetch(server, query, query_class.media_type)
    rows = solutions(body) if query_class.media_type == SOLUTIONS else triples(body)
    return rows if query_class.is_ordered else sorted(rows)


def fetch(server: Server, query: str, media_type: str) -> bytes:
    """The answer as bytes. Raises BenchmarkError unless it is one."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=LONGEST_SECONDS)
    try:
        connection.request("GET", server.target(query), headers={"Accept": media_type})
        response = connection.getresponse()
        body = response.read()
    except (OSError, http.client.HTTPException) as error:
        raise BenchmarkError(f"{server.name} gives no answer: {error!r}\n{query}") from error
    finally:
        connection.close()
    if response.status != 200:
        said = body[:500].decode("utf-8", "replace")
        raise BenchmarkError(f"{server.name} says {response.status}: {said}\n{query}")
    return body


def solutions(body: bytes) -> list[Row]:
    document = json.loads(body)
    variables = document["head"]["vars"]
    return [
        tuple(json_term(binding.get(name)) for name in variables)
        for binding in document["results"]["bindings"]
    ]


def json_term(term: dict[str, Any] | None) -> str:
    if term is None:
        return ""
    if term["type"] == "uri":
        return f"<{term['value']}>"
    return literal(term["value"], term.get("datatype"), term.get("xml:lang"))


def triples(body: bytes) -> list[Row]:
    """Every triple once: a graph is a set, however often a server says it.

    rdflib-endpoint answers DESCRIBE in RDF/XML, whatever it is asked for and whatever it says it is.
    """
    format = RdfFormat.RDF_XML if body.startswith(b"<?xml") else RdfFormat.N_TRIPLES
    return [*{triple_row(quad.triple) for quad in parse(body, format=format)}]


def triple_row(triple: Triple) -> Row:
    return tuple(rdf_term(term) for term in triple)


def rdf_term(term: NamedNode | BlankNode | Literal | Triple) -> str:
    if isinstance(term, Literal):
        return literal(term.value, term.datatype.value, term.language)
    return str(term)


def literal(value: str, datatype: str | None, language: str | None) -> str:
    """A literal in one form, whatever a server makes of the digits of a number."""
    if datatype in NUMBERS:
        return str(Decimal(value).normalize() + 0)
    return f'"{value}"@{language}' if language else f'"{value}"'
