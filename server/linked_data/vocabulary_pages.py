"""What the pages of the vocabulary show: a term of the model, a code list, a concept of one."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from urllib.parse import urlencode

from pyoxigraph import NamedNode

from queries.catalogue import Catalogue, NamedQuery
from server.linked_data.concept_uses import covered, stated_under
from server.linked_data.description import HIERARCHY, Description
from server.linked_data.making import made_of
from server.publication import Publication, Row, term_value

SKOS = "http://www.w3.org/2004/02/skos/core#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
OWL_CLASS = "http://www.w3.org/2002/07/owl#Class"
MATCHES = ("exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch")
Context = dict[str, object]


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the library about one concept: its title in both languages, and its address."""

    zh: str
    en: str
    address: str


def term_context(publication: Publication, description: Description) -> Context:
    """A class or a property of the model."""
    thing = description.thing
    sides: defaultdict[str, list[str]] = defaultdict(list)
    for row in publication.ask("properties-of", thing=thing):
        sides[row["side"]].append(row["property"])
    is_class = OWL_CLASS in iris(description, RDF_TYPE)
    counts = {links.predicate.value: links.total for links in description.incoming}
    return {
        **words(description),
        "name": publication.labels.name(thing.value),
        "is_class": is_class,
        "uses": counts.get(RDF_TYPE, 0) if is_class else uses_of(publication, thing),
        "broader": iris(description, f"{RDFS}subClassOf", f"{RDFS}subPropertyOf"),
        "domain": iris(description, f"{RDFS}domain"),
        "range": iris(description, f"{RDFS}range"),
        "properties": sides["domain"],
        "leading": sides["range"],
    }


def uses_of(publication: Publication, predicate: NamedNode) -> int:
    """How many triples a property has, as counted for the data set where that is done."""
    made = made_of(publication)
    if made is not None:
        return made.statistics.properties[predicate.value]
    return int(publication.ask("property-uses", thing=predicate)[0]["uses"])


def scheme_context(publication: Publication, description: Description) -> Context:
    """A code list as a tree: the concepts by the one above them."""
    rows = publication.ask("scheme-concepts", scheme=description.thing)
    concepts = {row["concept"]: row for row in rows}
    children: defaultdict[str, list[Row]] = defaultdict(list)
    for concept in concepts.values():
        children[concept.get("broader", "")].append(concept)
    return {**words(description), "children": children, "concepts": len(concepts)}


def concept_context(publication: Publication, description: Description) -> Context:
    """A concept: its words, its place in its list, and what uses it."""
    schemes = iris(description, f"{SKOS}inScheme")
    notations = [term_value(value) for value in description.values(f"{SKOS}notation")]
    narrower = publication.ask("narrower-concepts", thing=description.thing)
    uses = stated_under(publication, description.thing, schemes)
    return {
        **words(description),
        "schemes": schemes,
        "notations": notations,
        "broader": iris(description, f"{SKOS}broader"),
        "narrower": [row["concept"] for row in narrower],
        "matches": iris(description, *(f"{SKOS}{name}" for name in MATCHES)),
        "stated": uses,
        "told_elsewhere": {*HIERARCHY, *covered(uses, publication)},
        "questions": questions_about(publication, schemes, notations),
    }


def words(description: Description) -> Context:
    """Labels, definitions and examples of a thing of the vocabulary."""
    return {
        "definitions": [
            (language, text)
            for language in ("zh", "en")
            for name in ("definition", "scopeNote")
            for text in description.words(f"{SKOS}{name}", language)
        ],
        "examples": description.words(f"{SKOS}example", "zh"),
        "other_labels": description.words(f"{SKOS}altLabel", "zh"),
        "cues": sorted(description.words(f"{SKOS}hiddenLabel", "zh")),
    }


def iris(description: Description, *predicates: str) -> list[str]:
    """The things that some properties lead to, in order."""
    values = {value for name in predicates for value in description.values(name)}
    return sorted(value.value for value in values if isinstance(value, NamedNode))


def questions_about(
    publication: Publication, schemes: list[str], notations: list[str]
) -> list[Question]:
    """The questions of the library that take a concept of these lists, asked about this one."""
    if not notations:
        return []
    kinds = {publication.labels.name(scheme) for scheme in schemes}
    catalogue = Catalogue.load(publication.links.base_iri)
    return [
        question_about(query, name, notations[0])
        for query in catalogue
        for name, parameter in query.definition.parameters.items()
        if parameter.kind in kinds and only_needs(query, name)
    ]


def only_needs(query: NamedQuery, name: str) -> bool:
    """Whether a query can be asked with this parameter alone."""
    return all(
        other == name or parameter.is_optional or parameter.default is not None
        for other, parameter in query.definition.parameters.items()
    )


def question_about(query: NamedQuery, parameter: str, notation: str) -> Question:
    title = query.definition.title
    address = f"/queries/{query.name}?{urlencode({parameter: notation})}"
    return Question(title.zh, title.en, address)
