"""guanlian network: the networks of offices, themes and all things that are joined."""

from __future__ import annotations

import json
import sys
from typing import Annotated, Literal

import typer

from guanlian.asking import open_networks
from guanlian.options import DataOption
from guanlian.showing.networks import show_network
from guanlian.terminal import output
from queries.network import NetworkResult, to_graphml, to_node_link
from queries.network import networks as defaults
from queries.network.offices import NEIGHBOURS

network = typer.Typer(
    name="network",
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Tell which offices are near each other, and what joins things.",
)
FormatOption = Annotated[
    Literal["text", "json", "graphml", "node-link"],
    typer.Option("--format", "-f", help="How the answer is written."),
]
ThingArgument = Annotated[
    str,
    typer.Argument(
        metavar="THING", help="An IRI, an office, or the label or notation of a concept."
    ),
]
NeighboursOption = Annotated[
    int, typer.Option(min=1, help="To how many of its nearest an office is joined.")
]


@network.command()
def bipartite(data: DataOption = None, form: FormatOption = "text") -> int:
    """Offices joined to the themes of their duties."""
    return write(open_networks(data).bipartite(), form)


@network.command()
def neighbours(
    data: DataOption = None,
    neighbours: NeighboursOption = NEIGHBOURS,
    form: FormatOption = "text",
) -> int:
    """Offices joined to those that share most themes with them."""
    return write(open_networks(data).neighbours(neighbours), form)


@network.command()
def neighbourhood(
    thing: ThingArgument,
    data: DataOption = None,
    depth: Annotated[
        int, typer.Option(min=1, max=defaults.DEEPEST, help="How many hops from the thing.")
    ] = defaults.DEPTH,
    most: Annotated[int, typer.Option(min=2, help="The most things shown.")] = defaults.MOST_THINGS,
    hub: Annotated[
        int, typer.Option(min=1, help="A thing joined to more than these is not followed.")
    ] = defaults.HUB,
    form: FormatOption = "text",
) -> int:
    """What any thing is joined to.

    An office, a theme, a cause, a project, a class, a division, a document or a clause.
    """
    found = open_networks(data).neighbourhood(thing, depth=depth, most=most, hub=hub)
    return write(found, form)


@network.command()
def path(
    start: Annotated[str, typer.Argument(metavar="THING", help="One thing.")],
    end: Annotated[str, typer.Argument(metavar="THING", help="The other thing.")],
    data: DataOption = None,
    limit: Annotated[int, typer.Option(min=1, help="The most paths.")] = defaults.PATHS,
    form: FormatOption = "text",
) -> int:
    """What joins two things, in the words of documents."""
    return write(open_networks(data).paths(start, end, limit), form)


@network.command()
def communities(
    data: DataOption = None,
    resolution: Annotated[
        float, typer.Option(help="Above 1 for smaller communities, below for larger.")
    ] = defaults.RESOLUTION,
    seed: Annotated[int, typer.Option(min=0, help="For the order of chance.")] = defaults.SEED,
    neighbours: NeighboursOption = NEIGHBOURS,
    form: FormatOption = "text",
) -> int:
    """Communities of offices, with their telling themes.

    And with their most central offices.
    """
    found = open_networks(data).communities(resolution=resolution, seed=seed, neighbours=neighbours)
    return write(found, form)


@network.command()
def similar(
    office: Annotated[str, typer.Argument(metavar="OFFICE", help="Its name, or its region.")],
    data: DataOption = None,
    limit: Annotated[int, typer.Option(min=1, help="The most offices.")] = NEIGHBOURS,
    form: FormatOption = "text",
) -> int:
    """Offices like one, with the clauses that make them so."""
    return write(open_networks(data).similar(office, limit), form)


@network.command()
def sisters(
    data: DataOption = None,
    threshold: Annotated[
        float, typer.Option(help="The similarity from which offices are sisters, to 1.")
    ] = defaults.THRESHOLD,
    form: FormatOption = "text",
) -> int:
    """Groups of offices with nearly the same themes."""
    return write(open_networks(data).sisters(threshold), form)


@network.command()
def themes(
    data: DataOption = None,
    limit: Annotated[int, typer.Option(min=1, help="How many of either.")] = defaults.LISTED,
    form: FormatOption = "text",
) -> int:
    """The rarest and the commonest themes."""
    return write(open_networks(data).frequencies(limit), form)


def write(result: NetworkResult, form: str) -> int:
    """Write an answer on standard output."""
    match form:
        case "graphml":
            text = to_graphml(result.to_graph(), result.account)
        case "node-link":
            text = json.dumps(to_node_link(result.to_graph(), result.account), ensure_ascii=False)
        case "json":
            text = json.dumps(result.to_json(), ensure_ascii=False, indent=1)
        case _:
            show_network(output(), result)
            return 0
    sys.stdout.write(text + "\n")
    return 0
