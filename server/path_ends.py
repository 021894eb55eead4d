"""The two ends of a path as its form shows them: by name, with what was meant kept."""

from __future__ import annotations

from dataclasses import dataclass

from queries.errors import NetworkError, ThingError
from queries.network.networks import Networks
from server.language import Language


@dataclass(frozen=True, slots=True)
class PathEnd:
    """What the form shows of an end, and what it sends.

    `iri` is empty where `name` says as much, be it what was typed or a name that only this thing has.
    """

    name: str
    iri: str = ""


def path_end(networks: Networks, asked: str, language: Language) -> PathEnd:
    """The end that was asked for by name or IRI: a thing asked for by IRI is shown by its name."""
    iri = thing_called(networks, asked) if "/" in asked else None
    if iri is None or networks.things.label(iri) == asked:
        return PathEnd(asked)
    things = networks.things
    name = things.label_en(iri) if language == "en" else things.label(iri)
    return PathEnd(name) if thing_called(networks, name) == iri else PathEnd(name, iri)


def thing_called(networks: Networks, name: str) -> str | None:
    """The IRI of the one thing that is called so; none where there is none, or several."""
    try:
        return networks.joined_thing(name)
    except (ThingError, NetworkError):
        return None
