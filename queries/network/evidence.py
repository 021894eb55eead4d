"""What states that two things are joined: the words of a document, and where they stand."""

from __future__ import annotations

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
    if not relation.question:
        return None
    about = {"source": source, "target": target}
    asked = {
        name: iri for name, iri in about.items() if f"?{name}" in question_text(relation.question)
    }
    found = ask_question(graph, relation.question, base, **asked, maximum=1)
    return next((Statement(row["text"], row["span"]) for row in found), None)


def theme_clauses(graph: Graph, office: str, *, base: str) -> dict[str, tuple[Statement, ...]]:
    """The clauses of an office by the theme that they have."""
    clauses: dict[str, tuple[Statement, ...]] = {}
    for row in ask_question(graph, "theme-clauses", base, source=office):
        clause = Statement(row["text"], row["span"])
        clauses[row["target"]] = (*clauses.get(row["target"], ()), clause)
    return clauses
