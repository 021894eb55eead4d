"""Text search inside SPARQL: extension functions (SPARQL 1.1, 17.6) in the namespace `{base}fn#`.

    fn:matches(?thing, "教育 -学校")    whether text search finds the thing; or a text, if it is a literal
    fn:score(?thing, "教育")            how well the thing fits; an error where it is not found

The set that is found is fetched once a text and then asked for members, which costs next to nothing beside
the scan that a FILTER needs. Where little is found, a join is faster still: see `values_block`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from store.errors import NoIndexError
from store.search.reader import IndexReader
from store.search.schema import index_path
from store.search.wanted import read_wanted

Term: TypeAlias = NamedNode | BlankNode | Literal | Triple
Function: TypeAlias = Callable[..., Term | None]
NAMESPACE = "fn#"
#: Texts whose findings are kept at once, in each process.
MOST_KEPT = 16


def search_functions(release: Path) -> dict[NamedNode, Function]:
    """The functions over the index of the release in a directory, as `Store.query` takes them.

    Raises:
        NoIndexError: it has none. A function that failed would find nothing and say nothing.
        DamagedIndexError: it cannot be read.
    """
    path = index_path(release)
    if not path.is_file():
        raise NoIndexError(
            f"The release {release.name} has no search index yet; any text search, such as /search?q=…, "
            "has it made, so please search, and ask again in a moment."
        )
    return dict(functions_over(path))


def functions_for(query: str, release: Path | str) -> dict[NamedNode, Function]:
    """The functions if the text of a query may call one, else none: no other query needs the index.

    Raises NoIndexError, DamagedIndexError.
    """
    return search_functions(Path(release)) if NAMESPACE in query else {}


def values_block(variable: str, iris: Iterable[str]) -> str:
    """What is found as SPARQL data (10.2) for a join: as a subselect, which the engine takes first.

    >>> values_block("thing", ["http://x.test/1"])
    '{ SELECT ?thing WHERE { VALUES ?thing { <http://x.test/1> } } }'
    """
    terms = " ".join(str(NamedNode(iri)) for iri in iris)
    return f"{{ SELECT ?{variable} WHERE {{ VALUES ?{variable} {{ {terms} }} }} }}"


@lru_cache(maxsize=2)  # the release that is served, and the next
def functions_over(path: Path) -> Mapping[NamedNode, Function]:
    index = IndexReader(path)
    functions = SearchFunctions(index)
    matches, score = function_iris(index.base_iri)
    return {NamedNode(matches): functions.matches, NamedNode(score): functions.score}


def function_iris(base_iri: str) -> tuple[str, str]:
    """The IRIs of the two functions under a base.

    >>> function_iris("https://w3id.org/guanlian/")[0]
    'https://w3id.org/guanlian/fn#matches'
    """
    return f"{base_iri}{NAMESPACE}matches", f"{base_iri}{NAMESPACE}score"


class SearchFunctions:
    """The functions over one index. A None is an error of SPARQL."""

    def __init__(self, index: IndexReader) -> None:
        self._wanted = lru_cache(MOST_KEPT)(read_wanted)
        self._found = lru_cache(MOST_KEPT)(lambda query: index.iris(read_wanted(query)))
        self._scores = lru_cache(MOST_KEPT)(lambda query: index.scores(read_wanted(query)))

    def matches(self, *arguments: Term) -> Literal | None:
        """fn:matches of a thing or a literal, and a string."""
        match arguments:
            case (NamedNode() as thing, Literal() as query):
                return Literal(thing.value in self._found(query.value))
            case (Literal() as text, Literal() as query):
                return Literal(self._wanted(query.value).is_in(text.value))
        return None

    def score(self, *arguments: Term) -> Literal | None:
        """fn:score of a thing, and a string."""
        match arguments:
            case (NamedNode() as thing, Literal() as query):
                score = self._scores(query.value).get(thing.value)
                return None if score is None else Literal(score)
        return None
