"""The maps of the whole networks of a release: made at first use, once, and kept as long as it is served."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum

from queries.network.maps import NetworkMap
from queries.network.networks import Networks
from server.networks import networks_of
from server.publication import Publication


class MapName(StrEnum):
    """The networks that have a map."""

    OFFICES = "offices"
    THEMES = "themes"


MADE_BY: Mapping[MapName, Callable[[Networks], NetworkMap]] = {
    MapName.OFFICES: Networks.map_of_offices,
    MapName.THEMES: Networks.map_of_themes,
}


def map_of(publication: Publication, name: MapName) -> NetworkMap:
    """A map of the release; one takes seconds of computing at a thousand offices."""
    return publication.kept(
        f"map of {name}", lambda publication: MADE_BY[name](networks_of(publication))
    )
