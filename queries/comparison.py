"""The two questions for given offices: which functions they share, how their reasons differ."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import combinations

from ontology.namespaces import DEFAULT_BASE
from queries.caveats import Caveat, find_caveats
from queries.compared_functions import ComparedFunctions, compare_functions
from queries.compared_reasons import ComparedCause, ReasonRow, compare_causes, read_reasons
from queries.coverage import Coverage, cover
from queries.errors import OfficeCountError, RepeatedOfficeError
from queries.explained_changes import ExplainedChange, explain_changes
from queries.network import NearOffice, ThemeSets, nearest_offices, read_theme_sets
from queries.offices import Office, choose_office, read_offices
from queries.spending_structure import SpendingStructure, compare_structures
from store.graph import Graph

MOST_OFFICES = 20
NEAREST = 5


@dataclass(frozen=True, slots=True)
class PairSimilarity:
    """How near two of the offices are over all their years: the idf-weighted Jaccard similarity of
    their themes (0 to 1) and the labels of the themes that both have."""

    left: Office
    right: Office
    similarity: float
    shared_themes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The offices of the whole graph that are nearest to one of the compared ones."""

    office: Office
    nearest: tuple[NearOffice, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Offices side by side.

    `coverages` says which documents of which year were read, `caveats` what is not comparable.
    `causes` has every cause that one of the offices names; `common_causes` and `own_causes` divide
    them. `pairs` and `neighbours` rank by functions over the whole graph, the nearest first; the labels
    of shared themes begin with those that say most, the rarest.
    """

    offices: tuple[Office, ...]
    coverages: tuple[Coverage, ...]
    functions: ComparedFunctions
    causes: tuple[ComparedCause, ...]
    explained: tuple[ExplainedChange, ...]
    structure: SpendingStructure
    pairs: tuple[PairSimilarity, ...]
    neighbours: tuple[Neighbours, ...]
    caveats: tuple[Caveat, ...]

    @property
    def common_causes(self) -> tuple[ComparedCause, ...]:
        """The causes that two or more of the offices name; unrecognised reasons are none."""
        return tuple(c for c in self.causes if c.cause is not None and len(c.offices) > 1)

    @property
    def unrecognised_reasons(self) -> tuple[ComparedCause, ...]:
        """The reasons that no cause recognises: one entry, or none."""
        return tuple(c for c in self.causes if c.cause is None)

    def own_causes(self, office: Office) -> tuple[ComparedCause, ...]:
        """The causes that only this one of the offices names."""
        return tuple(c for c in self.causes if c.cause is not None and c.offices == (office.iri,))


def compare_named(
    graph: Graph,
    names: Sequence[str],
    year: str | None = None,
    *,
    known: Sequence[Office] | None = None,
    themes: ThemeSets | None = None,
    base: str = DEFAULT_BASE,
) -> Comparison:
    """As `compare`, of offices as people call them.

    Args:
        names: as `queries.offices.find_office` takes them.
        known: all offices of the graph, where they are at hand.

    Raises:
        UnknownOfficeError, AmbiguousOfficeError: a name means no office, or several.
        ComparisonError, store.errors.QueryError: as `compare`.
    """
    if len(names) > MOST_OFFICES:
        raise OfficeCountError(names, MOST_OFFICES)
    known = read_offices(graph, base=base) if known is None else known
    offices = [choose_office(known, name) for name in names]
    return compare(graph, offices, year, themes=themes, base=base)


def compare(
    graph: Graph,
    offices: Sequence[Office],
    year: str | None = None,
    *,
    themes: ThemeSets | None = None,
    base: str = DEFAULT_BASE,
) -> Comparison:
    """Compare 2 to 20 offices by the documents of one year each.

    Args:
        graph: the graph with the documents of the offices.
        offices: as `queries.offices.find_office` gives them.
        year: the fiscal year; without it the latest that all have, else the latest of each.
        themes: the themes of all offices of the graph, where they are at hand; read from it otherwise.
        base: the base IRI of the graph.

    Raises:
        OfficeCountError: too few or too many offices.
        RepeatedOfficeError: one of them is given twice.
        UncoveredYearError: one has no document of the year.
        store.errors.QueryError: the graph gave no answer.
    """

    def find_themes() -> ThemeSets:
        return themes or read_theme_sets(graph, base=base)

    refuse_repeated(offices)
    refuse_count(offices, find_themes)
    coverages = cover(graph, offices, year, base=base)
    functions = compare_functions(graph, coverages, base=base)
    rows = read_all_reasons(graph, coverages, base)
    structure = compare_structures(graph, coverages, base=base)
    theme_sets = find_themes()
    return Comparison(
        offices=tuple(offices),
        coverages=coverages,
        functions=functions,
        causes=compare_causes(rows),
        explained=tuple(
            found
            for office, of_office in rows.items()
            for found in explain_changes(office, of_office)
        ),
        structure=structure,
        pairs=rank_pairs(theme_sets, offices),
        neighbours=tuple(
            Neighbours(office, nearest_offices(theme_sets, office.iri, limit=NEAREST))
            for office in offices
        ),
        caveats=find_caveats(
            coverages,
            functions,
            structure,
            frozenset(o.iri for o, of_office in rows.items() if of_office),
        ),
    )


def read_all_reasons(
    graph: Graph, coverages: Sequence[Coverage], base: str
) -> dict[Office, tuple[ReasonRow, ...]]:
    """The reasons of every office. They are most of the work, so two offices are asked of at once: a
    server has several workers."""
    with ThreadPoolExecutor(max_workers=2) as readers:
        found = readers.map(lambda coverage: read_reasons(graph, coverage, base=base), coverages)
        return {c.office: rows for c, rows in zip(coverages, found, strict=True)}


def refuse_repeated(offices: Sequence[Office]) -> None:
    for position, office in enumerate(offices):
        if office.iri in {other.iri for other in offices[:position]}:
            raise RepeatedOfficeError(office.name)


def refuse_count(offices: Sequence[Office], find_themes: Callable[[], ThemeSets]) -> None:
    """A single office is told with those that it may be compared with."""
    if 2 <= len(offices) <= MOST_OFFICES:
        return
    near = (
        nearest_offices(find_themes(), offices[0].iri, limit=NEAREST) if len(offices) == 1 else ()
    )
    raise OfficeCountError([o.name for o in offices], MOST_OFFICES, [o.name for o in near])


def rank_pairs(themes: ThemeSets, offices: Sequence[Office]) -> tuple[PairSimilarity, ...]:
    """Every pair of the offices, the nearest first."""
    pairs = [
        PairSimilarity(
            left,
            right,
            themes.similarity(left.iri, right.iri),
            tuple(themes.labels[theme] for theme in themes.shared(left.iri, right.iri)),
        )
        for left, right in combinations(offices, 2)
    ]
    return tuple(sorted(pairs, key=lambda pair: -pair.similarity))
