"""Incoming links as collections of Hydra Core, so that a program can follow their pages."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from urllib.parse import quote

from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from server.linked_data.description import Description, IncomingLinks
from server.links import Links

HYDRA = "http://www.w3.org/ns/hydra/core#"
RDF_TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
SEE_ALSO = NamedNode("http://www.w3.org/2000/01/rdf-schema#seeAlso")
FOAF, VOID = "http://xmlns.com/foaf/0.1/", "http://rdfs.org/ns/void#"
XSD_INTEGER = NamedNode("http://www.w3.org/2001/XMLSchema#integer")


def hydra(name: str) -> NamedNode:
    return NamedNode(HYDRA + name)


def dataset_iri(base_iri: str) -> NamedNode:
    """The data set that every description is part of: what VoID and DCAT describe."""
    return NamedNode(f"{base_iri}void#dataset")


def described_quads(description: Description, document: str, links: Links) -> list[Quad]:
    """The whole answer: the statements, the document about them, and the links by property."""
    return [
        *description.quads,
        *document_quads(description.thing, NamedNode(document), links.base_iri),
        *(quad for incoming in description.incoming for quad in incoming.quads()),
        *(
            quad
            for incoming in description.incoming
            for quad in collection_quads(incoming, document, links)
        ),
    ]


def document_quads(thing: NamedNode, document: NamedNode, base_iri: str) -> Iterator[Quad]:
    """What the description says of itself (VoID, section 6.1)."""
    yield Quad(document, RDF_TYPE, NamedNode(f"{FOAF}Document"))
    yield Quad(document, NamedNode(f"{FOAF}primaryTopic"), thing)
    yield Quad(document, NamedNode(f"{VOID}inDataset"), dataset_iri(base_iri))


def collection_quads(incoming: IncomingLinks, document: str, links: Links) -> Iterator[Quad]:
    """How many links of a property there are, and where their pages begin."""
    collection = NamedNode(page_address(document, links.short(incoming.predicate.value)))
    assertion = BlankNode(f"links{sha256(incoming.predicate.value.encode()).hexdigest()[:12]}")
    total = Literal(str(incoming.total), datatype=XSD_INTEGER)
    yield Quad(incoming.thing, SEE_ALSO, collection)
    yield Quad(collection, RDF_TYPE, hydra("Collection"))
    yield Quad(collection, hydra("totalItems"), total)
    yield Quad(collection, hydra("memberAssertion"), assertion)
    yield Quad(assertion, hydra("property"), incoming.predicate)
    yield Quad(assertion, hydra("object"), incoming.thing)


def page_quads(incoming: IncomingLinks, document: str, links: Links) -> Iterator[Quad]:
    """One page of a collection: its links, its members, and the pages beside it."""
    predicate = links.short(incoming.predicate.value)
    collection = NamedNode(page_address(document, predicate))
    view = NamedNode(page_address(document, predicate, incoming.page))
    yield from incoming.quads()
    yield from collection_quads(incoming, document, links)
    yield from (Quad(collection, hydra("member"), member) for member in incoming.subjects)
    yield Quad(collection, hydra("view"), view)
    yield Quad(view, RDF_TYPE, hydra("PartialCollectionView"))
    for name, page in pages_beside(incoming).items():
        beside = NamedNode(page_address(document, predicate, page))
        yield Quad(view, hydra("previous" if name == "prev" else name), beside)


def pages_beside(incoming: IncomingLinks) -> dict[str, int]:
    """The pages to go on to, by their link relation (RFC 8288)."""
    pages = {"first": 1, "last": incoming.last_page}
    if incoming.page > 1:
        pages["prev"] = incoming.page - 1
    if incoming.page < incoming.last_page:
        pages["next"] = incoming.page + 1
    return pages


def page_address(document: str, predicate: str, page: int | None = None) -> str:
    """The address of the links to a thing by a property, or of one page of them.

    >>> page_address("/doc/org/x", "gl:organization", 2)
    '/doc/org/x?inverse=gl:organization&page=2'
    """
    joint = "&" if "?" in document else "?"
    address = f"{document}{joint}inverse={quote(predicate, safe=':/')}"
    return address if page is None else f"{address}&page={page}"
