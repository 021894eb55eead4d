"""Finding an office by what people call it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from ontology.namespaces import DEFAULT_BASE
from queries.answering import ask
from queries.errors import AmbiguousOfficeError, UnknownOfficeError
from queries.office_names import bare_names, fold_name, regions
from store.graph import Graph

NEAREST = 5
# No name is longer; the likeness of longer texts costs more than it tells.
LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class Office:
    """An office that discloses: its IRI, full name, division, shorter names and nameplates."""

    iri: str
    name: str
    division: str | None = None
    short_names: tuple[str, ...] = ()
    nameplates: tuple[str, ...] = ()

    def names(self) -> Iterator[tuple[str, ...]]:
        """What it is called, the surest names first; a name counts before all of later ranks."""
        full = fold_name(self.name)
        short = [fold_name(name) for name in self.short_names]
        plates = [fold_name(name) for name in self.nameplates]
        places = regions(full, short, fold_name(self.division) if self.division else None)
        yield (full, self.iri, self.iri.rpartition("/")[2])
        yield (*short, *plates)
        yield tuple(bare_names((full, *plates), places))
        yield places


def read_offices(graph: Graph, *, base: str = DEFAULT_BASE) -> tuple[Office, ...]:
    """All offices that disclose."""
    names: defaultdict[str, defaultdict[str, list[str]]]
    names = defaultdict(lambda: defaultdict(list))
    for row in ask(graph, "office-names", base=base).records():
        names[str(row["office_iri"])][str(row["kind"])].append(str(row["name"]))
    return tuple(
        Office(
            iri=iri,
            name=kinds["full"][0],
            division=next(iter(kinds["division"]), None),
            short_names=tuple(dict.fromkeys(kinds["short"])),
            nameplates=tuple(dict.fromkeys(kinds["nameplate"])),
        )
        for iri, kinds in names.items()
    )


def find_office(graph: Graph, name: str, *, base: str = DEFAULT_BASE) -> Office:
    """The office that is called so: by IRI, full name, shorter name, nameplate, or by its region
    when only one office of it discloses. Width, white space and （本级） make no difference.

    Raises:
        AmbiguousOfficeError: several offices are called so.
        UnknownOfficeError: none is; the error lists the nearest names.
    """
    return choose_office(read_offices(graph, base=base), name)


def find_offices(
    graph: Graph, names: Sequence[str], *, base: str = DEFAULT_BASE
) -> tuple[Office, ...]:
    """Several offices at once; as `find_office`."""
    offices = read_offices(graph, base=base)
    return tuple(choose_office(offices, name) for name in names)


def choose_office(offices: Sequence[Office], name: str) -> Office:
    """The one of some offices that is called so. Raises as `find_office` does."""
    wanted = fold_name(name)
    ranks: defaultdict[int, dict[str, Office]] = defaultdict(dict)
    for office in offices:
        for rank, names in enumerate(office.names()):
            if wanted in names:
                ranks[rank][office.iri] = office
    if not ranks:
        raise UnknownOfficeError(name, nearest_names(offices, wanted))
    found = [*ranks[min(ranks)].values()]
    if len(found) > 1:
        raise AmbiguousOfficeError(name, sorted(office.name for office in found))
    return found[0]


def nearest_names(offices: Sequence[Office], wanted: str) -> list[str]:
    """The full names of the offices with a name that holds the wanted one, or is spelled like it."""
    called = {
        name: office.name
        for office in offices
        for rank, names in enumerate(office.names())
        for name in names
        if not (rank == 0 and name == office.iri)
    }
    holding = [name for name in called if wanted and wanted in name]
    alike = get_close_matches(wanted[:LONGEST_NAME], called, n=3 * NEAREST, cutoff=0.0)
    return [*dict.fromkeys(called[name] for name in (*holding, *alike))][:NEAREST]
