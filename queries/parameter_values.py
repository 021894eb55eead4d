"""The values that a parameter may have in a graph: offices, years and concepts that occur in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from pyoxigraph import Literal, NamedNode

from ontology.namespaces import DEFAULT_BASE, Namespaces
from queries.answering import with_base
from queries.definitions import Parameter
from store.graph import Graph, Solutions, Term

FOLDER = Path(__file__).parent / "choices"
#: The property whose values are concepts of a code list, by the list.
PROPERTIES: Mapping[str, str] = MappingProxyType(
    {
        "anomaly": "anomalyType",
        "baseline": "baselineKind",
        "basis": "basis",
        "cause": "cause",
        "count-item": "countItem",
        "direction": "direction",
        "document-kind": "documentKind",
        "flow": "flow",
        "fund": "fund",
        "indicator-type": "indicatorType",
        "item": "item",
        "nature": "nature",
        "phase": "phase",
        "polarity": "polarity",
        "scope": "scope",
        "severity": "severity",
        "theme": "theme",
    }
)


@dataclass(frozen=True, slots=True)
class ParameterValue:
    """A value as it is written for the parameter, and what it is called in Chinese."""

    value: str
    label: str


def parameter_values(
    graph: Graph, parameter: Parameter, *, base: str = DEFAULT_BASE
) -> tuple[ParameterValue, ...]:
    """The values that a parameter may have; none for one that takes any text or number.

    Raises:
        store.errors.QueryError: the graph gave no answer.
    """
    if parameter.values is not None:
        found = solutions(graph, parameter.values, base)
    elif parameter.kind in ("office", "year"):
        found = solutions(graph, query_text(parameter.kind), base)
    elif parameter.kind in PROPERTIES:
        found = solutions(graph, query_text("concept"), base, concept_terms(parameter.kind, base))
    else:
        return ()
    return tuple(
        written(parameter.kind, one["value"], one.get("label"), base)
        for one in found
        if "value" in one
    )


def concept_terms(kind: str, base: str) -> dict[str, Term]:
    """What the question about the concepts in use is asked of."""
    namespaces = Namespaces(base)
    return {
        "scheme": NamedNode(f"{base}code/{kind}"),
        "property": NamedNode(namespaces.term(PROPERTIES[kind])),
    }


def written(kind: str, value: Term, label: Term | None, base: str) -> ParameterValue:
    """An office by its name, a concept by its notation, all else as it is."""
    text = lexical(value)
    name = text if label is None else lexical(label)
    if kind == "office":
        return ParameterValue(name, name)
    return ParameterValue(text.removeprefix(f"{base}code/{kind}/"), name)


def lexical(term: Term) -> str:
    """An IRI, or a lexical form."""
    return term.value if isinstance(term, NamedNode | Literal) else str(term)


def solutions(
    graph: Graph, text: str, base: str, bound: Mapping[str, Term] | None = None
) -> Solutions:
    found = graph.query(with_base(text, base), substitutions=bound)
    assert isinstance(found, Solutions)
    return found


@cache
def query_text(name: str) -> str:
    """The query for the values of a kind."""
    return (FOLDER / f"{name}.rq").read_text(encoding="utf-8")
