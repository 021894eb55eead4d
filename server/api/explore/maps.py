"""The map of a whole network, as JSON."""

from __future__ import annotations

from pydantic import BaseModel, Field

from queries.network.maps import NetworkMap
from server.api.explore.answers import InBothLanguages
from server.networks import explored_networks
from server.publication import Publication


class PlacedNode(BaseModel):
    """A node of a map; community 0 is joined to nothing."""

    iri: str
    name: str
    name_en: str
    kind: str
    community: int
    x: float
    y: float
    degree: int


class PlacedEdge(BaseModel):
    """An edge of a map, between two positions in the list of nodes."""

    source: int
    target: int
    weight: float


class PlacedCommunity(BaseModel):
    """A community of a map: its disc, its size, the themes that tell it from others."""

    number: int
    x: float
    y: float
    radius: float
    size: int
    themes: list[InBothLanguages]
    central: str = Field(description="the node that is joined most in it")


class MapAnswer(BaseModel):
    """A whole network with places; x and y in units of the distance that nodes keep."""

    release: str
    method: str
    nodes: list[PlacedNode]
    edges: list[PlacedEdge] = Field(description="those that say most")
    all_edges: int
    left_out: int = Field(description="nodes that are too many to draw")
    communities: list[PlacedCommunity]


def told_map(publication: Publication, found: NetworkMap) -> MapAnswer:
    projection = explored_networks(publication).projection

    def both(iri: str) -> InBothLanguages:
        number = projection.numbers[iri]
        return InBothLanguages(zh=projection.label(number, "zh"), en=projection.label(number, "en"))

    return MapAnswer(
        release=publication.release.release_id,
        method=found.account.method,
        nodes=[
            PlacedNode(
                iri=node.iri,
                name=both(node.iri).zh,
                name_en=both(node.iri).en,
                kind=node.kind,
                community=node.community,
                x=node.x,
                y=node.y,
                degree=node.degree,
            )
            for node in found.nodes
        ],
        edges=[
            PlacedEdge(source=edge.source, target=edge.target, weight=edge.weight)
            for edge in found.edges
        ],
        all_edges=found.all_edges,
        left_out=found.left_out,
        communities=[
            PlacedCommunity(
                number=community.number,
                x=community.disc.x,
                y=community.disc.y,
                radius=community.disc.radius,
                size=community.size,
                themes=[both(theme) for theme in community.themes],
                central=community.central,
            )
            for community in found.communities
        ],
    )
