"""A query as programs ask it: the operation, and the media types in which its answer is wanted."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from server.changing_answers import answer_may_change
from server.negotiation import HTML, best_media_type
from server.problems import not_acceptable
from server.query_operation import QueryOperation, query_operation, query_parameters
from store.evaluation import MediaTypes
from store.media_types import RDF_FORMATS, RESULTS_FORMATS, SYNONYMS

SOLUTIONS_OFFERED = [*RESULTS_FORMATS, *SYNONYMS, HTML]
TRIPLES_OFFERED = [*RDF_FORMATS, HTML]
REQUESTS_KEPT = 2048


@dataclass(frozen=True, slots=True)
class QueryRequest:
    """A query operation with what the client takes for solutions and for triples, None: nothing.

    What follows from these is found once, as it is asked several times a request: `answer_may_change`,
    whether the same release may answer otherwise the next time; `store_media_types`, what the store is to
    write, as pages are for the server to make.
    """

    operation: QueryOperation
    solutions_as: str | None
    triples_as: str | None
    answer_may_change: bool = field(init=False, compare=False)
    store_media_types: MediaTypes = field(init=False, compare=False)

    def __post_init__(self) -> None:
        solutions, triples = (
            SYNONYMS.get(self.solutions_as or "", self.solutions_as),
            self.triples_as,
        )
        written = MediaTypes(
            None if solutions == HTML else solutions, None if triples == HTML else triples
        )
        object.__setattr__(self, "store_media_types", written)
        object.__setattr__(self, "answer_may_change", answer_may_change(self.operation.query))

    @property
    def is_for_people(self) -> bool:
        """Whether a page is wanted, of one kind of answer at least."""
        return HTML in (self.solutions_as, self.triples_as)

    def media_type(self, written: str) -> str:
        """The type as the client asked for it, of what the store has written: application/json stays so."""
        asked = self.triples_as if written in RDF_FORMATS else self.solutions_as
        return asked or written

    @property
    def offered_instead(self) -> list[str]:
        """What could have been accepted where nothing accepted fits the kind of answer."""
        return SOLUTIONS_OFFERED if self.solutions_as is None else TRIPLES_OFFERED


def negotiated(operation: QueryOperation, accept: str | None) -> QueryRequest:
    """The request with the media types that fit best. Raises Problem 406 when none does for either kind."""
    if operation.answer_as is not None:
        return QueryRequest(operation, operation.answer_as.solutions, operation.answer_as.triples)
    solutions_as, triples_as = accepted_types(accept)
    if solutions_as is None and triples_as is None:
        raise not_acceptable([*SOLUTIONS_OFFERED, *RDF_FORMATS])
    return QueryRequest(operation, solutions_as, triples_as)


@lru_cache(maxsize=256)
def accepted_types(accept: str | None) -> tuple[str | None, str | None]:
    """What an Accept header likes best of the types for solutions, and of those for triples."""
    return best_media_type(accept, SOLUTIONS_OFFERED), best_media_type(accept, TRIPLES_OFFERED)


@lru_cache(maxsize=REQUESTS_KEPT)
def query_by_get(
    query_string: bytes, accept: str | None, longest_seconds: float
) -> QueryRequest | None:
    """The request in a URL; None when it holds no query. Raises Problem 400 and 406."""
    parameters = query_parameters(query_string)
    if not any(name == "query" for name, _ in parameters):
        return None
    return negotiated(query_operation(parameters, longest_seconds), accept)
