"""The pages of `/queries`: the list, and a question as a form with its answer below it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from urllib.parse import urlencode

from fastapi import Request, Response

from queries.catalogue import Catalogue, NamedQuery
from queries.definitions import Column, Parameter
from queries.parameter_values import ParameterValue, parameter_values
from queries.subjects import Subject
from queries.table import Table, Value, plain
from server.labels import Labels
from server.language import Language, language_of, page_links
from server.links import Links
from server.pages import render
from server.problems import Problem
from server.publication import Publication
from server.question_request import Asked

#: A page is for reading; whoever wants more takes CSV or JSON.
ROWS_ON_PAGE = 200
#: Units of columns in Chinese and English.
UNITS: Mapping[str, tuple[str, str]] = {
    "万元": ("万元", "10,000 yuan"),
    "元": ("元", "yuan"),
    "characters": ("字", "characters"),
    "0..1": ("0 至 1", "0 to 1"),
    "%": ("%", "%"),
}


def list_page(request: Request, catalogue: Catalogue) -> Response:
    """All questions by their subjects."""
    return render(request, "queries.html", {"queries_by_subject": by_subject(catalogue)})


def by_subject(queries: Iterable[NamedQuery]) -> dict[Subject, list[NamedQuery]]:
    """The questions of each subject."""
    found: dict[Subject, list[NamedQuery]] = {subject: [] for subject in Subject}
    for query in queries:
        found[query.definition.subject].append(query)
    return found


def form_page(
    request: Request, publication: Publication, query: NamedQuery, asked: Asked, problem: Problem
) -> Response:
    """The form of a question that cannot be answered as it is asked. It is no error to come without
    the parameters that a question needs: they are asked for."""
    shown, status = problem, problem.status
    if not any(value.strip() for value in asked.parameters.values()):
        status = 200
    context = {
        **form_context(publication, query, asked),
        "problem": shown if status != 200 else None,
    }
    return render(request, "query.html", context, status=status)


def answer_page(
    request: Request, publication: Publication, query: NamedQuery, asked: Asked, table: Table
) -> Response:
    """The form with the answer below it."""
    labels = publication.labels.speaking(language_of(request))
    columns = columns_of_language(query.definition.columns, labels.language)
    context = {
        **form_context(publication, query, asked),
        "columns": columns,
        "units": UNITS,
        "rows": shown_rows(table, [column.name for column in columns], labels, page_links(request)),
        "truncated": table.truncated or len(table) > ROWS_ON_PAGE,
    }
    return render(request, "query.html", context)


def form_context(publication: Publication, query: NamedQuery, asked: Asked) -> dict[str, object]:
    return {
        "query": query,
        "definition": query.definition,
        "given": asked.parameters,
        "offered": offered_values(publication, query),
        "parameters": urlencode({name: value for name, value in asked.parameters.items() if value}),
        "problem": None,
        "rows": None,
        "columns": (),
        "units": UNITS,
        "truncated": False,
    }


def offered_values(
    publication: Publication, query: NamedQuery
) -> Mapping[str, tuple[ParameterValue, ...]]:
    """The values that occur in the release, by parameter; found once a release."""
    return {
        name: publication.once(f"values {parameter.values or parameter.kind}", finder(parameter))
        or ()
        for name, parameter in query.definition.parameters.items()
    }


def finder(parameter: Parameter) -> Callable[[Publication], tuple[ParameterValue, ...]]:
    """What finds the values of a parameter in a publication."""

    def find(publication: Publication) -> tuple[ParameterValue, ...]:
        return parameter_values(publication.graph, parameter, base=publication.links.base_iri)

    return find


def columns_of_language(columns: Sequence[Column], language: Language) -> list[Column]:
    """The columns that a page shows: of `why` and `why_zh` the one in its language."""
    shown = {column.name: column for column in columns if not column.is_hidden}
    other = {name if language == "zh" else f"{name}_zh" for name in shown if f"{name}_zh" in shown}
    return [column for name, column in shown.items() if name not in other]


def shown_rows(
    table: Table, names: Sequence[str], labels: Labels, links: Links
) -> list[dict[str, object]]:
    """The first rows: their shown cells, each with the page it leads to, and the sentences."""
    hidden = [column.name for column in table.columns if column.is_hidden]
    rows = []
    for record in table.records()[:ROWS_ON_PAGE]:
        cells = [
            {
                "text": cell_text(record, name, labels),
                "link": cell_link(record, name, links),
                "number": isinstance(record[name], (int, Decimal)),
            }
            for name in names
        ]
        sentences = [link for name in hidden if (link := sentence_link(record[name], links))]
        rows.append({"cells": cells, "sentences": [*dict.fromkeys(sentences)]})
    return rows


def cell_text(record: Mapping[str, Value], name: str, labels: Labels) -> str:
    """What a cell says; a concept, which queries call by its Chinese label, in the language of the page."""
    written, iri = text(record[name]), record.get(f"{name}_iri")
    is_label = isinstance(iri, str) and labels.by_language["zh"].get(iri) == written
    return labels.of(str(iri)) if is_label else written


def text(value: Value) -> str:
    written = plain(value)
    return "" if written is None else str(written)


def cell_link(record: Mapping[str, Value], name: str, links: Links) -> str | None:
    """The page of what a column names, where a hidden column holds its IRI."""
    iri = record.get(f"{name}_iri")
    return links.page(iri) if isinstance(iri, str) and iri.startswith(links.base_iri) else None


def sentence_link(value: Value, links: Links) -> str | None:
    return links.sentence(value) if isinstance(value, str) else None
