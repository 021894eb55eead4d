"""Finding an office by what people call it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from pyoxigraph import Literal, NamedNode

from ontology.namespaces import DEFAULT_BASE
from queries.answering import ask, with_base
from queries.errors import AmbiguousOfficeError, UnknownOfficeError
from queries.office_names import bare_names, fold_name, regions
from queries.parameter_values import query_text
from queries.table import Table
from store.graph import Graph, Solutions, Term

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
    return offices_of(ask(graph, "office-names", base=base))


def offices_of(table: Table) -> tuple[Office, ...]:
    """The offices whose names a table lists."""
    names: defaultdict[str, defaultdict[str, list[str]]]
    names = defaultdict(lambda: defaultdict(list))
    for row in table.records():
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
    exact = office_of_name(graph, name.strip(), base)
    return exact or choose_office(read_offices(graph, base=base), name)


def office_of_name(graph: Graph, name: str, base: str) -> Office | None:
    """The office whose full name or IRI this is to the letter, if one is: found without reading the
    names of all others."""
    term: dict[str, Term]
    if name.startswith(f"{base}id/org/") and is_iri(name):
        term = {"office": NamedNode(name)}
    elif not any("\ud800" <= character <= "\udfff" for character in name):
        term = {"name": Literal(name, language="zh")}
    else:
        return None
    found = graph.query(with_base(query_text("office-of-name"), base), substitutions=term)
    assert isinstance(found, Solutions)
    offices = [one["office"] for one in found]
    if len(offices) != 1:
        return None
    return offices_of(ask(graph, "office-names", {"office": offices[0]}, base=base))[0]


def is_iri(text: str) -> bool:
    try:
        NamedNode(text)
    except ValueError:
        return False
    return True


def find_offices(
    graph: Graph, names: Sequence[str], *, base: str = DEFAULT_BASE
) -> tuple[Office, ...]:
    """Several offices at once; as `find_office`."""
    return tuple(find_office(graph, name, base=base) for name in names)


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
