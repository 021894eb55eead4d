"""One question put to one pyoxigraph store, inside this process or inside a worker."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from itertools import islice
from typing import IO, Protocol, TypeAlias, TypeVar, cast

from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    NamedNode,
    QueryBoolean,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    Variable,
    serialize,
)

from store.answer_writer import AnswerWriter, Send
from store.errors import QueryError
from store.frames import WHOLE, AnswerHead, frame
from store.graph import Answer, Boolean, DatasetSelection, Serialized, Solutions, Term, Triples
from store.media_types import N_TRIPLES, PREFIXES, RDF_FORMATS, RESULTS_FORMATS
from store.search.functions import functions_for
from store.syntax import malformed, names_its_dataset, refuse_service, syntax_error

Item = TypeVar("Item")
Results: TypeAlias = QuerySolutions | QueryBoolean | QueryTriples
DefaultGraphs: TypeAlias = list[NamedNode | BlankNode | DefaultGraph] | None
NamedGraphs: TypeAlias = list[NamedNode | BlankNode] | None


class BinaryOutput(Protocol):
    """What the engine needs of a file to write an answer into."""

    def write(self, piece: bytes, /) -> int:
        """Take a piece of the answer."""
        ...

    def flush(self) -> None:
        """Hold nothing back."""
        ...


@dataclass(frozen=True, slots=True)
class Question:
    """A query with its options (see `store.graph.QueryOptions`); travels to the workers.

    `row_limit` is the most solutions that a SELECT is given which sets no limit itself, `byte_limit` the
    most bytes of a serialised answer.

    `keeps_merge` tells that the default graph of the store is the RDF merge of its named graphs, as it
    is in a release: then it is asked as it stands. The engine's own union repeats a triple for every
    graph that states it, where SPARQL 1.1 (13.1) wants a set.

    `allowed_services` are the IRIs of the servers that a SERVICE pattern may call.

    `release` is the directory of the release that the store is of; its words can be searched then (see
    `store.search.functions`).
    """

    text: str
    timeout_seconds: float | None = None
    default_graph_as_union: bool = True
    substitutions: Mapping[str, Term] | None = None
    dataset: DatasetSelection | None = None
    base_iri: str | None = None
    maximum: int | None = None
    row_limit: int | None = None
    byte_limit: int | None = None
    keeps_merge: bool = False
    release: str | None = None
    allowed_services: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MediaTypes:
    """What to write an answer as, by its kind; None: leave the body away."""

    solutions: str | None
    triples: str | None


def answer_terms(store: Store, question: Question) -> Answer:
    """The answer as terms. Raises QueryError and its kin."""
    results, _ = evaluate(store, question)
    try:
        return read_answer(results, question.maximum)
    except OSError as error:
        raise QueryError(f"The store could not be read: {error}.") from error


def answer_bytes(store: Store, question: Question, media_types: MediaTypes) -> Serialized:
    """The answer in the media type for its kind. Raises QueryError and its kin."""
    results, _ = evaluate(store, question)
    media_type = media_type_of(results, media_types)
    if media_type is None:
        return Serialized(None, b"")
    body = BytesIO()
    write(results, media_type, body)
    return Serialized(media_type, body.getvalue())


def send_answer(store: Store, question: Question, media_types: MediaTypes, send: Send) -> None:
    """Send the answer in the media type for its kind, as it is made, in the frames of `store.frames`.

    Raises QueryError and its kin, some frames may have been sent then.
    """
    results, row_limit = evaluate(store, question)
    media_type = media_type_of(results, media_types)
    if media_type is None:
        send(frame(WHOLE, AnswerHead("", False).packed()))
        return
    writer = AnswerWriter(send, media_type, row_limit, question.byte_limit)
    write(results, media_type, writer)
    writer.finish()


def media_type_of(results: Results, media_types: MediaTypes) -> str | None:
    return media_types.triples if isinstance(results, QueryTriples) else media_types.solutions


def evaluate(store: Store, question: Question) -> tuple[Results, int | None]:
    """Put the question to the store, within its limit of rows where the query takes a limit. Gives the
    limit too, None where it was not set: triples are not limited by what no RDF format could tell."""
    refuse_service(question.text, question.base_iri, question.allowed_services)
    if question.row_limit is not None:
        # Where the query has a LIMIT of its own, at its end or in a VALUES behind it, this does not parse.
        with suppress(SyntaxError):
            limited = put(store, question, f"{question.text}\nLIMIT {question.row_limit}")
            if isinstance(limited, QuerySolutions):
                return limited, question.row_limit
            if isinstance(limited, QueryBoolean):
                return limited, None  # which has been evaluated in full
    try:
        return put(store, question, question.text), None
    except SyntaxError as error:
        raise (malformed(question.text, question.base_iri) or syntax_error(error)) from error


def put(store: Store, question: Question, text: str) -> Results:
    """Raises SyntaxError as the engine does, and QueryError."""
    union = question.default_graph_as_union and question.dataset is None
    default_graph, named_graphs = selected_graphs(question.dataset)
    release = question.release
    functions = None if release is None else functions_for(text, release)
    try:
        return store.query(
            text,
            base_iri=question.base_iri,
            use_default_graph_as_union=union
            and not question.keeps_merge
            and not names_its_dataset(question.text, question.base_iri),
            default_graph=default_graph,
            named_graphs=named_graphs,
            substitutions=substituted(question.substitutions),
            custom_functions=functions,
        )
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


def read_answer(results: Results, maximum: int | None) -> Answer:
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


def write(results: Results, media_type: str, output: BinaryOutput) -> None:
    """Write an answer, Turtle and RDF/XML with the usual prefixes."""
    file = cast(IO[bytes], output)  # the engine asks for `write` and `flush` only
    try:
        if not isinstance(results, QueryTriples):
            results.serialize(file, format=RESULTS_FORMATS[media_type])
        elif media_type == N_TRIPLES:
            results.serialize(file, format=RdfFormat.N_TRIPLES)
        else:
            serialize(results, file, format=RDF_FORMATS[media_type], prefixes=PREFIXES)
    except OSError as error:
        raise QueryError(f"The store could not be read: {error}.") from error
