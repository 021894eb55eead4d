"""The words that a query of this release may be written with: prefixes, classes, properties, concepts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from server.linked_data.making import made_of
from server.publication import Publication
from store.media_types import PREFIXES
from store.search.functions import NAMESPACE as FUNCTIONS

OWL = "http://www.w3.org/2002/07/owl#"
CLASS, PROPERTIES = f"{OWL}Class", (f"{OWL}ObjectProperty", f"{OWL}DatatypeProperty")


@dataclass(frozen=True, slots=True)
class Term:
    """A class or a property.

    `uses` counts the things of a class, or the triples of a property, None where that took too long;
    `code_list` is the list that the values of a property come from.
    """

    iri: str
    zh: str
    en: str
    definition_zh: str
    definition_en: str
    code_list: str | None
    uses: int | None


@dataclass(frozen=True, slots=True)
class Concept:
    """A concept of code lists, with all its names in small letters, to be searched."""

    iri: str
    schemes: tuple[str, ...]
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Definition:
    """What the model says of a term."""

    is_class: bool
    code_list: str | None
    words: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The terms of the model and those of others that the release uses, by IRI.

    `is_whole` is False where the uses could not be counted in time, and with them what others define.
    """

    classes: tuple[Term, ...]
    properties: tuple[Term, ...]
    is_whole: bool


def vocabulary(publication: Publication) -> Vocabulary:
    """The classes and properties of a release."""
    defined = defined_terms(publication)
    classes, properties = used_terms(publication) or (None, None)
    return Vocabulary(
        tuple(terms(publication, defined, classes, of_classes=True)),
        tuple(terms(publication, defined, properties, of_classes=False)),
        is_whole=classes is not None,
    )


def defined_terms(publication: Publication) -> Mapping[str, Definition]:
    """The definitions of the model, by IRI."""
    rows: defaultdict[str, list[dict[str, str]]] = defaultdict(list)
    for row in publication.ask("vocabulary-terms"):
        rows[row["term"]].append(row)
    known = (CLASS, *PROPERTIES)
    return {
        iri: Definition(
            is_class=any(row["kind"] == CLASS for row in found),
            code_list=found[0].get("list"),
            words={row["language"]: row["definition"] for row in found if "definition" in row},
        )
        for iri, found in rows.items()
        if any(row["kind"] in known for row in found)
    }


def used_terms(publication: Publication) -> tuple[Mapping[str, int], Mapping[str, int]] | None:
    """How often each class and each property is used, as counted for the data set where that is done;
    None when counting took too long."""
    made = made_of(publication)
    if made is not None:
        counted = made.statistics
        return {iri: each.entities for iri, each in counted.classes.items()}, counted.properties
    classes = publication.once("used-classes", lambda each: uses(each, "used-classes"))
    properties = publication.once("used-properties", lambda each: uses(each, "used-properties"))
    return None if classes is None or properties is None else (classes, properties)


def uses(publication: Publication, query: str) -> Mapping[str, int]:
    return {row["term"]: int(row["uses"]) for row in publication.ask(query)}


def terms(
    publication: Publication,
    defined: Mapping[str, Definition],
    used: Mapping[str, int] | None,
    *,
    of_classes: bool,
) -> Iterator[Term]:
    """The classes, or the properties: those that the model defines, and those of others that are used."""
    own = {iri for iri, definition in defined.items() if definition.is_class is of_classes}
    for iri in sorted(own | set(used or ())):
        definition = defined.get(iri) or Definition(of_classes, None, {})
        yield Term(
            iri,
            publication.labels.by_language["zh"].get(iri, ""),
            publication.labels.en(iri),
            definition.words.get("zh", ""),
            definition.words.get("en", ""),
            definition.code_list,
            None if used is None else used.get(iri, 0),
        )


def code_lists(publication: Publication) -> list[str]:
    """The code lists of a release."""
    return sorted({scheme for concept in concepts(publication) for scheme in concept.schemes})


def concepts(publication: Publication) -> tuple[Concept, ...]:
    """The concepts of the code lists, read once a release."""
    return publication.kept("concepts", read_concepts)


def read_concepts(publication: Publication) -> tuple[Concept, ...]:
    schemes: defaultdict[str, dict[str, None]] = defaultdict(dict)
    names: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for row in publication.ask("concept-names"):
        schemes[row["concept"]][row["scheme"]] = None
        names[row["concept"]][row["label"].lower()] = None
    return tuple(Concept(iri, tuple(schemes[iri]), tuple(names[iri])) for iri in schemes)


def found_concepts(known: Iterable[Concept], words: str, scheme: str | None) -> list[Concept]:
    """The concepts one of whose names has the words in it, the nearest first: those that are named so, then
    those whose name begins so, then the shortest."""
    wanted = words.strip().lower()
    found = [
        (nearness, concept)
        for concept in known
        if scheme is None or scheme in concept.schemes
        if (nearness := nearest(concept, wanted)) is not None
    ]
    return [concept for _, concept in sorted(found, key=lambda each: (each[0], each[1].iri))]


def nearest(concept: Concept, wanted: str) -> tuple[int, int] | None:
    """How near the nearest name is; None when none has the words, nor the end of the IRI."""
    code = concept.iri.rsplit("/", 1)[-1].lower()
    near = [
        (0 if name == wanted else 1 if name.startswith(wanted) else 2, len(name))
        for name in (*concept.names, code)
        if wanted in name
    ]
    return min(near, default=None)


def prefixes(publication: Publication) -> dict[str, str]:
    """The prefixes for queries: those of vocabularies, of the search functions, and one for each code list.

    A code list whose name is a prefix already is written with its IRI.
    """
    base_iri = publication.links.base_iri
    namespaces = {**PREFIXES, "gl": f"{base_iri}ns#", "fn": f"{base_iri}{FUNCTIONS}"}
    for scheme in code_lists(publication):
        namespaces.setdefault(scheme.rstrip("/").rsplit("/", 1)[-1], f"{scheme}/")
    return namespaces
