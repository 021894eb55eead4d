"""What search engines read in our pages: schema.org types, as JSON-LD in a data block.

A data block (`<script type="application/ld+json">`) is no script: it is never run, and a content security
policy that forbids inline scripts does not speak of it (HTML, 4.12.1.1).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from fastapi import Response
from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup

from server.linked_data.catalog import DUMP_TYPES
from server.linked_data.hydra import dataset_iri
from server.linked_data.link_header import add_links, link
from server.linked_data.statements import at
from server.linked_data.void import DESCRIPTION, TITLE, dump_iri
from server.links import Links
from server.publication import Publication, Row
from server.settings import Settings
from store.media_types import JSON_LD, TURTLE
from store.published import Published

Thing = dict[str, Any]
CONTEXT = "https://schema.org/"


def data_block(thing: Thing) -> Markup:
    """A thing as the content of a data block; nothing in it can end the block."""
    said = {name: value for name, value in thing.items() if value not in ("", [], None)}
    return htmlsafe_json_dumps({"@context": CONTEXT, **said}, ensure_ascii=False)


def office_thing(iri: str, about: Mapping[str, list[Row]], links: Links) -> Thing:
    """An office that discloses (schema:GovernmentOrganization)."""
    return {
        "@type": "GovernmentOrganization",
        "@id": iri,
        "name": about["prefLabel"][0]["value"],
        "alternateName": values(about["altLabel"]),
        "url": page_address(links, links.office(iri)),
        "identifier": [*values(about["uscc"]), *values(about["budgetUnitCode"])],
        "areaServed": [
            {"@type": "AdministrativeArea", "@id": row["value"], "name": row["label"]}
            for row in about["division"]
        ],
        "parentOrganization": [reference(row) for row in about["^hasSubordinateUnit"]],
        "subOrganization": [reference(row) for row in about["hasSubordinateUnit"]],
    }


def reference(row: Row) -> Thing:
    return {"@type": "GovernmentOrganization", "@id": row["value"], "name": row["label"]}


def values(rows: Iterable[Row]) -> list[str]:
    return [row["value"] for row in rows]


def document_thing(document: Row, links: Links) -> Thing:
    """A document that discloses (schema:DigitalDocument)."""
    office = {
        "@type": "GovernmentOrganization",
        "@id": document["office"],
        "name": document["name"],
    }
    return {
        "@type": ["DigitalDocument", "Report"],
        "@id": document["document"],
        "name": document["title"],
        "url": page_address(links, links.document(document["document"])),
        "temporalCoverage": document["year"],
        "inLanguage": "zh-Hans",
        "publisher": office,
        "about": office,
        "isPartOf": {
            "@type": "Dataset",
            "@id": dataset_iri(links.base_iri).value,
            "name": TITLE[0],
        },
    }


def dataset_thing(
    publication: Publication,
    settings: Settings,
    made: Published | None,
    coverage: Iterable[Row],
    places: Iterable[Row],
) -> Thing:
    """The data set with its downloads (schema:Dataset)."""
    base_iri = publication.links.base_iri
    years = [f"{row['first_year']}/{row['last_year']}" for row in coverage]
    return {
        "@type": "Dataset",
        "@id": dataset_iri(base_iri).value,
        "name": TITLE[0],
        "alternateName": TITLE[1],
        "description": DESCRIPTION[0],
        "url": at(base_iri, "void").value,
        "version": publication.release.release_id,
        "license": settings.license_iri,
        "creator": {"@type": "Organization", "name": settings.publisher},
        "temporalCoverage": years[0] if years else None,
        "spatialCoverage": [
            {"@type": "Place", "@id": row["place"], "name": row.get("name", row["place"])}
            for row in places
        ],
        "includedInDataCatalog": {"@type": "DataCatalog", "@id": at(base_iri, "catalog").value},
        "distribution": [
            {
                "@type": "DataDownload",
                "contentUrl": dump_iri(publication, form).value,
                "encodingFormat": media_type,
                **({"sha256": made.dumps[form].sha256} if made else {}),
            }
            for form, media_type in DUMP_TYPES.items()
        ],
    }


def page_address(links: Links, path: str) -> str:
    """The address of a page under the base IRI, whatever host shows it."""
    return at(links.base_iri, path).value


def add_description_links(response: Response, links: Links, iri: str) -> None:
    """What the page of a thing tells of its description: where it is, and its RDF forms."""
    description = (links.path(iri) or iri).replace("/id/", "/doc/", 1)
    add_links(
        response,
        [
            link(description, "describedby"),
            link(f"{description}.ttl", "alternate", TURTLE),
            link(f"{description}.jsonld", "alternate", JSON_LD),
        ],
    )
