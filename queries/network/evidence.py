"""What states that two things are joined: the words of a document, and where they stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from queries.network.questions import ask_question, question_text
from queries.network.relations import Relation
from store.graph import Graph


@dataclass(frozen=True, slots=True)
class Statement:
    """Words of a document, and the IRI of the span where they stand."""

    text: str
    span: str


def first_statement(
    graph: Graph, relation: Relation, source: str, target: str, *, base: str
) -> Statement | None:
    """The first statement that joins two things; None where a code list does, not a document."""
    return next(statements(graph, relation, source, target, 1, base=base), None)


def statements(
    graph: Graph, relation: Relation, source: str, target: str, most: int, *, base: str
) -> Iterator[Statement]:
    """The first statements that join two things, in the order of their places; none where a code list
    joins them."""
    if not relation.question:
        return
    about = {"source": source, "target": target}
    asked = {
        name: iri for name, iri in about.items() if f"?{name}" in question_text(relation.question)
    }
    for row in ask_question(graph, relation.question, base, **asked, maximum=most):
        yield Statement(row["text"], row["span"])


def theme_clauses(graph: Graph, office: str, *, base: str) -> dict[str, tuple[Statement, ...]]:
    """The clauses of an office by the theme that they have."""
    clauses: dict[str, tuple[Statement, ...]] = {}
    for row in ask_question(graph, "theme-clauses", base, source=office):
        clause = Statement(row["text"], row["span"])
        clauses[row["target"]] = (*clauses.get(row["target"], ()), clause)
    return clauses
