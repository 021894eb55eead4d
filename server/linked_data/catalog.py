"""The catalogue in DCAT 3: the data set, its releases, and the ways to get each.

What it tells follows from the release: its id is the version (dcat:version), the fiscal years of its documents
the time it covers, the divisions of its offices the places. There is no date of issue: a release is made from
content alone and knows no clock, so that the same content is the same release, bytes and all.
"""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Quad

from ontology.writing import Statement
from server.linked_data.hydra import dataset_iri
from server.linked_data.statements import XSD, at, both, described_as, kind, number
from server.linked_data.void import DESCRIPTION, TITLE, dump_iri
from server.publication import Publication, Row
from server.settings import Settings
from store.published import Dump, Published, data_folder
from store.releases import DataFolder

MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"
DUMP_TYPES = {"nq": "application/n-quads", "trig": "application/trig"}
LANGUAGE = NamedNode("http://publications.europa.eu/resource/authority/language/ZHO")
SHA256 = NamedNode("http://spdx.org/rdf/terms#checksumAlgorithm_sha256")
PROTOCOL = NamedNode("https://www.w3.org/TR/sparql11-protocol/")
OPENAPI = NamedNode("https://spec.openapis.org/oas/v3.1.0")


def catalog_quads(
    publication: Publication, settings: Settings, made: Published | None
) -> list[Quad]:
    """The whole catalogue; without sizes and checksums as long as the dumps are not made."""
    base_iri = publication.links.base_iri
    catalog, dataset = at(base_iri, "catalog"), dataset_iri(base_iri)
    return [
        *described_as(catalog, base_iri, catalog_statements(publication, settings)),
        *publisher_quads(base_iri, settings),
        *described_as(dataset, base_iri, dataset_statements(publication, settings)),
        *coverage_quads(publication, dataset),
        *release_quads(publication, dataset, made),
        *service_quads(publication, dataset, settings),
    ]


def catalog_statements(publication: Publication, settings: Settings) -> Iterator[Statement]:
    base_iri = publication.links.base_iri
    yield kind("dcat:Catalog")
    yield from both("dcterms:title", "官联数据目录", "Guanlian data catalogue")
    yield from both("dcterms:description", *DESCRIPTION)
    yield "foaf:homepage", at(base_iri, "")
    yield "dcterms:language", LANGUAGE
    yield from rights(base_iri, settings)
    yield "dcat:dataset", dataset_iri(base_iri)
    for release_id in release_ids(publication):
        yield "dcat:dataset", release_iri(base_iri, release_id)
    yield "dcat:service", at(base_iri, "sparql")
    yield "dcat:service", at(base_iri, "openapi.json")


def rights(base_iri: str, settings: Settings) -> Iterator[Statement]:
    """Who publishes, and under which licence: what only those who run the server know."""
    yield "dcterms:publisher", at(base_iri, "catalog#publisher")
    if settings.license_iri:
        yield "dcterms:license", NamedNode(settings.license_iri)


def publisher_quads(base_iri: str, settings: Settings) -> Iterator[Quad]:
    statements: tuple[Statement, ...] = (
        kind("foaf:Agent"),
        ("foaf:name", Literal(settings.publisher)),
    )
    yield from described_as(at(base_iri, "catalog#publisher"), base_iri, statements)


def dataset_statements(publication: Publication, settings: Settings) -> Iterator[Statement]:
    """The data set as it goes on: its releases are versions of it."""
    base_iri = publication.links.base_iri
    yield kind("dcat:Dataset")
    yield from both("dcterms:title", *TITLE)
    yield from both("dcterms:description", *DESCRIPTION)
    yield from rights(base_iri, settings)
    yield "dcterms:language", LANGUAGE
    yield "dcat:landingPage", at(base_iri, "")
    yield "dcterms:conformsTo", at(base_iri, "ns")
    yield "dcat:hasCurrentVersion", release_iri(base_iri, publication.release.release_id)
    for release_id in release_ids(publication):
        yield "dcat:hasVersion", release_iri(base_iri, release_id)
    for keyword in ("部门决算", "预算公开", "政府机构", "三公经费"):
        yield "dcat:keyword", Literal(keyword, language="zh")


def coverage_quads(publication: Publication, dataset: NamedNode) -> Iterator[Quad]:
    """The years and the places that the documents are about."""
    base_iri = publication.links.base_iri
    period = at(base_iri, "catalog#period")
    for row in covered_years(publication):
        years: tuple[Statement, ...] = (
            kind("dcterms:PeriodOfTime"),
            ("dcat:startDate", Literal(row["first_year"], datatype=NamedNode(XSD + "gYear"))),
            ("dcat:endDate", Literal(row["last_year"], datatype=NamedNode(XSD + "gYear"))),
        )
        yield from described_as(dataset, base_iri, [("dcterms:temporal", period)])
        yield from described_as(period, base_iri, years)
    for row in covered_places(publication):
        place = NamedNode(row["place"])
        yield from described_as(dataset, base_iri, [("dcterms:spatial", place)])
        yield from described_as(place, base_iri, [kind("dcterms:Location")])


def covered_years(publication: Publication) -> list[Row]:
    """The first and the last fiscal year, and how many documents and offices; nothing without any."""
    return publication.kept("coverage", lambda found: found.ask("dataset-years"))


def covered_places(publication: Publication) -> list[Row]:
    """The divisions of the highest level that the offices are in, each once, with its name."""

    def find(publication: Publication) -> list[Row]:
        rows = publication.ask("dataset-places")
        return [*{row["place"]: row for row in rows}.values()]

    return publication.kept("places", find)


def release_quads(
    publication: Publication, dataset: NamedNode, made: Published | None
) -> Iterator[Quad]:
    """Each release as a version of its own; that which is served with its distributions."""
    base_iri = publication.links.base_iri
    for release_id in release_ids(publication):
        statements: list[Statement] = [
            kind("dcat:Dataset"),
            *both(
                "dcterms:title",
                f"{TITLE[0]}，发布 {release_id}",
                f"{TITLE[1]}, release {release_id}",
            ),
            *both("dcterms:description", *DESCRIPTION),
            ("dcterms:publisher", at(base_iri, "catalog#publisher")),
            ("dcat:version", Literal(release_id)),
            ("dcat:isVersionOf", dataset),
        ]
        yield from described_as(release_iri(base_iri, release_id), base_iri, statements)
    current = release_iri(base_iri, publication.release.release_id)
    for form in DUMP_TYPES:
        dump = made.dumps[form] if made else None
        yield from distribution_quads(publication, current, form, dump)


def distribution_quads(
    publication: Publication, release: NamedNode, form: str, dump: Dump | None
) -> Iterator[Quad]:
    """A dump: where it is, what it is, and how to check it."""
    base_iri, address = publication.links.base_iri, dump_iri(publication, form)
    distribution = NamedNode(f"{base_iri}catalog#{form}")
    checksum = NamedNode(f"{base_iri}catalog#{form}-checksum")
    statements: list[Statement] = [
        kind("dcat:Distribution"),
        *both("dcterms:title", f"全部数据，{form}", f"All of the data, {form}"),
        ("dcat:accessURL", address),
        ("dcat:downloadURL", address),
        ("dcat:mediaType", NamedNode(MEDIA_TYPES + DUMP_TYPES[form])),
        ("dcat:compressFormat", NamedNode(f"{MEDIA_TYPES}application/gzip")),
    ]
    if dump is not None:
        statements.append(("dcat:byteSize", number(dump.bytes, "nonNegativeInteger")))
        statements.append(("spdx:checksum", checksum))
        value = Literal(dump.sha256, datatype=NamedNode(XSD + "hexBinary"))
        yield from described_as(
            checksum,
            base_iri,
            (kind("spdx:Checksum"), ("spdx:algorithm", SHA256), ("spdx:checksumValue", value)),
        )
    yield from described_as(release, base_iri, [("dcat:distribution", distribution)])
    yield from described_as(distribution, base_iri, statements)


def service_quads(
    publication: Publication, dataset: NamedNode, settings: Settings
) -> Iterator[Quad]:
    """The SPARQL endpoint and the API as data services."""
    base_iri = publication.links.base_iri
    services = (
        ("sparql", "SPARQL 端点", "SPARQL endpoint", "service", PROTOCOL, "sparql"),
        ("openapi.json", "问题接口", "API of the questions", "openapi.json", OPENAPI, "queries"),
    )
    for path, chinese, english, description, standard, endpoint in services:
        statements: list[Statement] = [
            kind("dcat:DataService"),
            *both("dcterms:title", chinese, english),
            *rights(base_iri, settings),
            ("dcat:endpointURL", at(base_iri, endpoint)),
            ("dcat:endpointDescription", at(base_iri, description)),
            ("dcterms:conformsTo", standard),
            ("dcat:servesDataset", dataset),
        ]
        yield from described_as(at(base_iri, path), base_iri, statements)


def release_ids(publication: Publication) -> list[str]:
    """All releases of the data folder, by id."""
    releases = DataFolder(data_folder(publication.release)).releases()
    return [release.release_id for release in releases]


def release_iri(base_iri: str, release_id: str) -> NamedNode:
    return NamedNode(f"{base_iri}catalog#release-{release_id}")
