"""The data set in VoID: how to get at it, and what is in it, by class and property.

The partitions have the shape that editors of SPARQL read to complete names (void-generator, the SPARQL
editor of the SIB): a class partition holds property partitions, which tell the classes and the datatypes of
their values. Clause numbers are those of the W3C note of 3 March 2011.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode, Quad

from ontology.writing import Statement
from server.linked_data.hydra import dataset_iri
from server.linked_data.statements import at, both, described_as, kind, number
from server.links import Links
from server.publication import Publication
from store.pieces import FORMS
from store.published import Published
from store.statistics import ClassStatistics, DatasetStatistics, PropertyStatistics

FORMATS = "http://www.w3.org/ns/formats/"
FEATURES = ("Turtle", "JSON-LD", "N-Triples", "RDF_XML", "TriG", "N-Quads")
NAMESPACE = re.compile(r".*[/#]")
TITLE = (
    "官联：政府机构决算与预算公开知识图谱",
    "Guanlian: disclosures of Chinese government offices",
)
DESCRIPTION = (
    "各机构部门决算、预算公开文件中的每一条陈述：职能、收支、变动及其原因，逐条连到原文的一句话。",
    "Every statement of the final-accounts and budget disclosures of government offices: functions, "
    "income and expenditure, changes and their reasons, each linked to its own sentence.",
)


def void_quads(publication: Publication, made: Published | None) -> list[Quad]:
    """The description of the data set; without its counts as long as they are not made."""
    base_iri = publication.links.base_iri
    document, dataset = at(base_iri, "void"), dataset_iri(base_iri)
    about_document: tuple[Statement, ...] = (
        kind("void:DatasetDescription"),
        *both("dcterms:title", "数据集说明", "Description of the data set"),
        ("foaf:primaryTopic", dataset),
    )
    statistics = made.statistics if made else None
    return [
        *described_as(document, base_iri, about_document),
        *described_as(dataset, base_iri, dataset_statements(publication)),
        *described_as(dataset, base_iri, used_vocabularies(publication, statistics)),
        *linkset_quads(publication, dataset),
        *(statistics_quads(statistics, dataset, publication.links) if statistics else ()),
    ]


def dataset_statements(publication: Publication) -> Iterator[Statement]:
    """General and access metadata (sections 2 and 3)."""
    base_iri = publication.links.base_iri
    yield kind("void:Dataset")
    yield from both("dcterms:title", *TITLE)
    yield from both("dcterms:description", *DESCRIPTION)
    yield "dcat:version", Literal(publication.release.release_id)
    yield "foaf:homepage", at(base_iri, "")
    yield "void:sparqlEndpoint", at(base_iri, "sparql")
    yield "void:uriSpace", Literal(f"{base_iri}id/")
    yield "void:rootResource", at(base_iri, "code")
    yield from (("void:feature", NamedNode(FORMATS + name)) for name in FEATURES)
    for form in FORMS:
        yield "void:dataDump", dump_iri(publication, form)
    for row in publication.kept("examples", lambda found: found.ask("dataset-examples")):
        yield "void:exampleResource", NamedNode(row["document"])
        yield "void:exampleResource", NamedNode(row["office"])


def dump_iri(publication: Publication, form: str) -> NamedNode:
    """Where a whole dump of the release is."""
    return at(publication.links.base_iri, dump_path(publication.release.release_id, form))


def dump_path(release_id: str, form: str) -> str:
    return f"/dumps/{release_id}/guanlian.{form}.gz"


def used_vocabularies(
    publication: Publication, statistics: DatasetStatistics | None
) -> Iterator[Statement]:
    """The vocabularies whose classes and properties are used (section 4.3)."""
    if statistics is not None:
        used: Iterable[str] = {*statistics.classes, *statistics.properties}
        for namespace in sorted({found[0] for iri in used if (found := NAMESPACE.match(iri))}):
            yield "void:vocabulary", NamedNode(namespace)


def linkset_quads(publication: Publication, dataset: NamedNode) -> Iterator[Quad]:
    """The links of our concepts to those of others (section 5)."""
    base_iri = publication.links.base_iri
    rows = publication.kept("matches", lambda found: found.ask("dataset-matches"))
    for place, row in enumerate(rows, 1):
        linkset = NamedNode(f"{base_iri}void#links-{place}")
        other = NamedNode(f"{base_iri}void#other-{place}")
        statements: tuple[Statement, ...] = (
            kind("void:Linkset"),
            ("void:subjectsTarget", dataset),
            ("void:objectsTarget", other),
            ("void:linkPredicate", NamedNode(row["relation"])),
            ("void:triples", number(int(row["links"]))),
        )
        yield from described_as(dataset, base_iri, [("void:subset", linkset)])
        yield from described_as(linkset, base_iri, statements)
        target = (kind("void:Dataset"), ("void:uriSpace", Literal(row["other"])))
        yield from described_as(other, base_iri, target)


def statistics_quads(
    statistics: DatasetStatistics, dataset: NamedNode, links: Links
) -> Iterator[Quad]:
    """The counts, of all and by class and property (section 4.6)."""
    totals = {
        "void:triples": statistics.triples,
        "void:entities": statistics.entities,
        "void:distinctSubjects": statistics.subjects,
        "void:classes": len(statistics.classes),
        "void:properties": len(statistics.properties),
    }
    yield from described_as(
        dataset, links.base_iri, ((name, number(total)) for name, total in totals.items())
    )
    for iri, triples in sorted(statistics.properties.items()):
        yield from property_quads(dataset, iri, PropertyStatistics(triples), links)
    for iri, found in sorted(statistics.classes.items()):
        yield from class_quads(dataset, iri, found, links)


def class_quads(
    dataset: NamedNode, iri: str, found: ClassStatistics, links: Links
) -> Iterator[Quad]:
    partition = part_of(dataset, iri, links)
    statements: tuple[Statement, ...] = (
        kind("void:Dataset"),
        ("void:class", NamedNode(iri)),
        ("void:entities", number(found.entities)),
    )
    yield from described_as(dataset, links.base_iri, [("void:classPartition", partition)])
    yield from described_as(partition, links.base_iri, statements)
    for name, said in sorted(found.properties.items()):
        yield from property_quads(partition, name, said, links)


def property_quads(
    whole: NamedNode, iri: str, said: PropertyStatistics, links: Links
) -> Iterator[Quad]:
    partition = part_of(whole, iri, links)
    statements: tuple[Statement, ...] = (
        kind("void:Dataset"),
        ("void:property", NamedNode(iri)),
        ("void:triples", number(said.triples)),
    )
    yield from described_as(whole, links.base_iri, [("void:propertyPartition", partition)])
    yield from described_as(partition, links.base_iri, statements)
    kinds = (("class", said.classes, "void"), ("datatype", said.datatypes, "void-ext"))
    for name, counts, prefix in kinds:
        for value, triples in sorted(counts.items()):
            inner = part_of(partition, value, links)
            about: tuple[Statement, ...] = (
                (f"{prefix}:{name}", NamedNode(value)),
                ("void:triples", number(triples)),
            )
            link = [(f"{prefix}:{name}Partition", inner)]
            yield from described_as(partition, links.base_iri, link)
            yield from described_as(inner, links.base_iri, about)


def part_of(whole: NamedNode, iri: str, links: Links) -> NamedNode:
    """The IRI of a partition: that of the whole, and the name of what it is about."""
    return NamedNode(f"{whole.value};{quote(links.short(iri), safe=':')}")
