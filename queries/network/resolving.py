"""Which thing of a network a name means: an IRI, what an office is called, a label, a notation."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from difflib import get_close_matches

from pyoxigraph import NamedNode

from ontology.namespaces import DEFAULT_BASE
from queries.concepts import concept_names
from queries.errors import AmbiguousThingError, UnknownOfficeError, UnknownThingError
from queries.network.questions import solutions_of
from queries.network.relations import kinds
from queries.network.things import ThingNetwork, fold_label
from queries.offices import Office, choose_office
from store.graph import Graph

NEAREST = 5
# The code lists whose concepts are things of a network, by kind; and what stands before a code there.
LISTS = {"theme": ("theme", ""), "cause": ("cause", ""), "class": ("item", "func-")}


def find_thing(
    graph: Graph,
    things: ThingNetwork,
    name: str,
    offices: Callable[[], Sequence[Office]],
    *,
    base: str = DEFAULT_BASE,
) -> str:
    """The IRI of the thing that is called so.

    A name is an IRI, or one without the base (`org/500116-a2a15146`, `code/theme/training`); else a
    label, a shorter name of an office, or a notation or word for a concept. `theme:…`, `cause:…`,
    `class:…`, `project:…`, `office:…`, `division:…` before it tells which kind is meant. `offices`
    gives the offices that disclose, should the name be none of the labels.

    Raises:
        AmbiguousThingError: several things are called so.
        UnknownThingError: none is; the error lists the nearest labels.
    """
    wanted = name.strip()
    if (iri := find_iri(graph, things, wanted, base)) is not None:
        return iri
    kind, label = split_kind(wanted)
    found = labelled(things, kind, label) or named(offices, things, kind, label, base)
    if len(found) == 1:
        return found[0]
    if found:
        raise AmbiguousThingError(name, [f"{things.label(iri)} <{iri}>" for iri in found])
    raise UnknownThingError(name, nearest_labels(things, kind, label))


def find_iri(graph: Graph, things: ThingNetwork, wanted: str, base: str) -> str | None:
    """The IRI itself or completed with the base, when the release says anything of it."""
    if not wanted or any(character.isspace() for character in wanted):
        return None
    candidates = [wanted, base + wanted, f"{base}id/{wanted}"] if "/" in wanted else []
    for candidate in candidates:
        if candidate in things or ("://" in candidate and is_known(graph, candidate, base)):
            return candidate
    return None


def is_known(graph: Graph, iri: str, base: str) -> bool:
    """Whether any triple names the IRI."""
    try:
        node = NamedNode(iri)
    except ValueError:
        return False
    text = f"SELECT ?p {{ {{ {node} ?p ?o }} UNION {{ ?s ?p {node} }} }} LIMIT 1"
    return any(True for _ in solutions_of(graph, text, base))


def split_kind(wanted: str) -> tuple[str | None, str]:
    """The kind that a name says first, and the rest of it."""
    kind, colon, rest = wanted.partition(":")
    return (kind, rest.strip()) if colon and kind in kinds() else (None, wanted)


def labelled(things: ThingNetwork, kind: str | None, label: str) -> list[str]:
    """The things with that label. An office that discloses has the first claim to its name."""
    found = [
        iri
        for iri in things.by_label.get(fold_label(label), ())
        if kind in (None, things.kind(iri))
    ]
    disclosing = [iri for iri in found if discloses(things, iri)]
    return disclosing or found


def discloses(things: ThingNetwork, iri: str) -> bool:
    return things.kind(iri) == "office" and any(
        things.kind(other) == "document" for other in things.graph[iri]
    )


def named(
    offices: Callable[[], Sequence[Office]],
    things: ThingNetwork,
    kind: str | None,
    name: str,
    base: str,
) -> list[str]:
    """The office that is called so otherwise, else the concepts that the word may mean."""
    if kind in (None, "office"):
        try:
            office = choose_office(offices(), name)
        except UnknownOfficeError:
            pass
        else:
            return [office.iri] if office.iri in things else []
    concepts = [
        f"{base}code/{code_list}/{notation}"
        for of_kind, (code_list, prefix) in LISTS.items()
        if kind in (None, of_kind)
        for word in dict.fromkeys((name, prefix + name))
        for notation in concept_names(code_list).find(word)
    ]
    return [iri for iri in dict.fromkeys(concepts) if iri in things]


def nearest_labels(things: ThingNetwork, kind: str | None, label: str) -> list[str]:
    """The labels that hold the wanted one, or are spelled like it."""
    wanted = fold_label(label)
    known = {
        folded: things.label(next((iri for iri in iris if discloses(things, iri)), iris[0]))
        for folded, iris in things.by_label.items()
        if kind is None or any(things.kind(iri) == kind for iri in iris)
    }
    holding = sorted((folded for folded in known if wanted and wanted in folded), key=len)
    # Only labels with a character of the wanted one can be spelled like it.
    alike = [folded for folded in known if not set(folded).isdisjoint(wanted)]
    near = get_close_matches(wanted, alike, n=NEAREST, cutoff=0.4)
    return [*dict.fromkeys(known[folded] for folded in (*holding[:NEAREST], *near))][:NEAREST]
