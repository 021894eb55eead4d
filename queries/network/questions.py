"""The SPARQL questions behind the networks: a file each in `questions/`, asked under a base IRI."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from pyoxigraph import NamedNode, Triple

from store.graph import Graph, Solutions, Term

FOLDER = Path(__file__).parent / "questions"


@cache
def question_text(name: str) -> str:
    """The text of a question by its name, without `.rq`."""
    return (FOLDER / f"{name}.rq").read_text(encoding="utf-8")


def ask_question(
    graph: Graph, name: str, base: str, *, maximum: int | None = None, **about: str
) -> Iterator[dict[str, str]]:
    """The solutions of a question as texts; `about` gives IRIs for variables that it projects."""
    return solutions_of(
        graph,
        question_text(name),
        base,
        {variable: NamedNode(iri) for variable, iri in about.items()},
        maximum,
    )


def solutions_of(
    graph: Graph,
    text: str,
    base: str,
    about: Mapping[str, NamedNode] | None = None,
    maximum: int | None = None,
) -> Iterator[dict[str, str]]:
    """The solutions of a SELECT query as texts by variable."""
    found = graph.query(text, base_iri=base, substitutions=about or None, maximum=maximum)
    assert isinstance(found, Solutions)
    for row in found.rows:
        pairs = zip(found.variables, row, strict=True)
        yield {variable: value_text(term) for variable, term in pairs if term is not None}


def value_text(term: Term) -> str:
    """An IRI, a lexical form or a blank node label."""
    return str(term) if isinstance(term, Triple) else term.value
