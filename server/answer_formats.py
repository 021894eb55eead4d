"""What `format=` asks for: short names of media types, as other SPARQL servers have them too."""

from __future__ import annotations

from dataclasses import dataclass

from server.negotiation import HTML
from server.problems import Problem
from store.media_types import (
    CSV,
    JSON_LD,
    N_QUADS,
    N_TRIPLES,
    RDF_FORMATS,
    RDF_XML,
    RESULTS_FORMATS,
    SPARQL_JSON,
    SPARQL_XML,
    SYNONYMS,
    TRIG,
    TSV,
    TURTLE,
)


@dataclass(frozen=True, slots=True)
class AnswerFormat:
    """The media type that is asked for, by the kind of answer; None: that kind has none (406)."""

    solutions: str | None = None
    triples: str | None = None


HTML_PAGE = AnswerFormat(HTML, HTML)
#: A name that is good for both kinds of answer means the nearest of each.
SHORT_NAMES = {
    "json": AnswerFormat(SPARQL_JSON, JSON_LD),
    "xml": AnswerFormat(SPARQL_XML, RDF_XML),
    "srj": AnswerFormat(SPARQL_JSON),
    "srx": AnswerFormat(SPARQL_XML),
    "csv": AnswerFormat(CSV),
    "tsv": AnswerFormat(TSV),
    "ttl": AnswerFormat(triples=TURTLE),
    "turtle": AnswerFormat(triples=TURTLE),
    "nt": AnswerFormat(triples=N_TRIPLES),
    "ntriples": AnswerFormat(triples=N_TRIPLES),
    "n-triples": AnswerFormat(triples=N_TRIPLES),
    "rdf": AnswerFormat(triples=RDF_XML),
    "rdfxml": AnswerFormat(triples=RDF_XML),
    "rdf/xml": AnswerFormat(triples=RDF_XML),
    "jsonld": AnswerFormat(triples=JSON_LD),
    "json-ld": AnswerFormat(triples=JSON_LD),
    "trig": AnswerFormat(triples=TRIG),
    "nq": AnswerFormat(triples=N_QUADS),
    "nquads": AnswerFormat(triples=N_QUADS),
    "n-quads": AnswerFormat(triples=N_QUADS),
    "html": HTML_PAGE,
}
#: A whole media type means what it means in Accept.
MEDIA_TYPES = {
    HTML: HTML_PAGE,
    **{name: AnswerFormat(triples=name) for name in RDF_FORMATS},
    **{name: AnswerFormat(solutions=name) for name in (*RESULTS_FORMATS, *SYNONYMS)},
}


def answer_format(parameters: list[tuple[str, str]]) -> AnswerFormat | None:
    """What the one `format=` of a request asks for, None without one. Raises Problem 400.

    >>> answer_format([("format", "csv")])
    AnswerFormat(solutions='text/csv', triples=None)
    """
    given = [value for name, value in parameters if name == "format"]
    if not given:
        return None
    name = given[0].strip().lower()
    found = SHORT_NAMES.get(name) or MEDIA_TYPES.get(name)
    if found is None or len(given) > 1:
        raise Problem(
            400,
            "Bad request",
            f"format={', '.join(given)} should be one of {', '.join(SHORT_NAMES)}, or a media type.",
            {"offered": [*SHORT_NAMES, *MEDIA_TYPES]},
        )
    return found


def name_of(wanted: AnswerFormat) -> str:
    """The first value of `format=` that asks for it.

    >>> name_of(AnswerFormat(solutions="application/json"))
    'application/json'
    """
    names = {**SHORT_NAMES, **MEDIA_TYPES}
    return next(name for name, each in names.items() if each == wanted)
