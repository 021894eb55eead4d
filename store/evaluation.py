"""One question put to one pyoxigraph store, inside this process or inside a worker."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import TypeAlias, TypeVar

from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    NamedNode,
    QueryBoolean,
    QuerySolutions,
    QueryTriples,
    Store,
    Variable,
    serialize,
)

from store.errors import QueryError
from store.graph import Answer, Boolean, DatasetSelection, Serialized, Solutions, Term, Triples
from store.media_types import PREFIXES, RDF_FORMATS, RESULTS_FORMATS
from store.syntax import malformed, names_its_dataset, refuse_service, syntax_error

Item = TypeVar("Item")
DefaultGraphs: TypeAlias = list[NamedNode | BlankNode | DefaultGraph] | None
NamedGraphs: TypeAlias = list[NamedNode | BlankNode] | None


@dataclass(frozen=True, slots=True)
class Question:
    """A query with its options (see `store.graph.QueryOptions`); travels to the workers.

    `keeps_merge` tells that the default graph of the store is the RDF merge of its named graphs, as it
    is in a release: then it is asked as it stands. The engine's own union repeats a triple for every
    graph that states it, where SPARQL 1.1 (13.1) wants a set.
    """

    text: str
    timeout_seconds: float | None = None
    default_graph_as_union: bool = True
    substitutions: Mapping[str, Term] | None = None
    dataset: DatasetSelection | None = None
    base_iri: str | None = None
    maximum: int | None = None
    keeps_merge: bool = False


@dataclass(frozen=True, slots=True)
class MediaTypes:
    """What to write an answer as, by its kind; None: leave the body away."""

    solutions: str | None
    triples: str | None


def answer_terms(store: Store, question: Question) -> Answer:
    """The answer as terms. Raises QueryError and its kin."""
    results = evaluate(store, question)
    try:
        return read_answer(results, question.maximum)
    except OSError as error:
        raise QueryError(f"The store could not be read: {error}.") from error


def answer_bytes(store: Store, question: Question, media_types: MediaTypes) -> Serialized:
    """The answer in the media type for its kind. Raises QueryError and its kin."""
    results = evaluate(store, question)
    is_triples = isinstance(results, QueryTriples)
    media_type = media_types.triples if is_triples else media_types.solutions
    if media_type is None:
        return Serialized(None, b"")
    return Serialized(media_type, written(results, media_type))


def evaluate(store: Store, question: Question) -> QuerySolutions | QueryBoolean | QueryTriples:
    refuse_service(question.text, question.base_iri)
    union = question.default_graph_as_union and question.dataset is None
    default_graph, named_graphs = selected_graphs(question.dataset)
    try:
        return store.query(
            question.text,
            base_iri=question.base_iri,
            use_default_graph_as_union=union
            and not question.keeps_merge
            and not names_its_dataset(question.text, question.base_iri),
            default_graph=default_graph,
            named_graphs=named_graphs,
            substitutions=substituted(question.substitutions),
        )
    except SyntaxError as error:
        raise (malformed(question.text, question.base_iri) or syntax_error(error)) from error
    except (RuntimeError, ValueError, OSError) as error:
        raise QueryError(f"The query cannot be evaluated: {error}.") from error


def selected_graphs(dataset: DatasetSelection | None) -> tuple[DefaultGraphs, NamedGraphs]:
    """The two lists as pyoxigraph takes them; None leaves the choice to the query."""
    if dataset is None:
        return None, None
    default, named = dataset.default_graphs, dataset.named_graphs
    return [NamedNode(iri) for iri in default], [NamedNode(iri) for iri in named]


def substituted(values: Mapping[str, Term] | None) -> dict[Variable, Term] | None:
    return None if values is None else {Variable(name): term for name, term in values.items()}


def read_answer(
    results: QuerySolutions | QueryBoolean | QueryTriples, maximum: int | None
) -> Answer:
    if isinstance(results, QueryBoolean):
        return Boolean(bool(results))
    if isinstance(results, QueryTriples):
        return Triples(*first(results, maximum))
    variables = results.variables
    solutions, truncated = first(results, maximum)
    rows = tuple(tuple(solution) for solution in solutions)
    return Solutions(tuple(variable.value for variable in variables), rows, truncated)


def first(items: Iterator[Item], maximum: int | None) -> tuple[tuple[Item, ...], bool]:
    """The first items, and whether there are more."""
    if maximum is None:
        return tuple(items), False
    taken = tuple(islice(items, maximum + 1))
    return taken[:maximum], len(taken) > maximum


def written(results: QuerySolutions | QueryBoolean | QueryTriples, media_type: str) -> bytes:
    try:
        if isinstance(results, QueryTriples):
            return written_triples(results, media_type)
        body = results.serialize(format=RESULTS_FORMATS[media_type])
    except OSError as error:
        raise QueryError(f"The store could not be read: {error}.") from error
    return body or b""


def written_triples(triples: QueryTriples | Triples, media_type: str) -> bytes:
    """Triples as bytes of an RDF media type, with the usual prefixes where it has prefixes."""
    body = serialize(triples, format=RDF_FORMATS[media_type], prefixes=PREFIXES)
    return body or b""
