"""How long questions about networks take at many offices, beside a plain networkx projection.

    uv run python -m benchmarks.networks [--offices N] [--data DIR]

Theme sets are made by chance, those of some offices nearly alike, as they are in reality. The peer is
networkx's own weighted projection of the bipartite graph with the same similarity; it makes all pairs.
With --data, the questions are also asked of a release: cold, from opened store to answer.
"""

from __future__ import annotations

import argparse
import random
import time
import tracemalloc
from collections.abc import Callable
from functools import partial
from pathlib import Path

import networkx

from guanlian.asking import open_networks
from ontology.themes import THEMES
from queries.network import Holder, Networks, ThemeSets, neighbour_graph, office_theme_graph
from queries.network import networks as defaults
from queries.network.communities import find_communities
from queries.network.offices import rank_nearest
from queries.network.sisters import sister_groups

FEWEST, MOST = 6, 20
# How many kinds of office there are (services, civil affairs, …), each with its usual themes.
KINDS = 12


def main() -> None:
    """Print a line a question."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--offices", type=int, default=2000)
    parser.add_argument("--data", type=Path)
    arguments = parser.parse_args()
    measure_theme_sets(arguments.offices)
    if arguments.data:
        measure_release(arguments.data)


def make_theme_sets(offices: int, seed: int = 1) -> ThemeSets:
    """Offices of some kinds, each with most themes of its kind and some by chance."""
    chance = random.Random(seed)
    labels = {theme.id: theme.label_zh for theme in THEMES}
    names = sorted(labels)
    kinds = [chance.sample(names, MOST) for _ in range(KINDS)]
    holders = {}
    for number in range(offices):
        usual, size = chance.choice(kinds), chance.randint(FEWEST, MOST)
        found = {*chance.sample(usual, size * 3 // 4), *chance.sample(names, size // 4)}
        holders[f"o{number:05d}"] = Holder(f"o{number:05d}", f"示例{number}局", frozenset(found))
    return ThemeSets(holders, labels)


def measure_theme_sets(offices: int) -> None:
    themes = make_theme_sets(offices)
    themes.office_parts  # noqa: B018 - weights are read with the theme sets, not with a question
    print(
        f"{offices} offices, {sum(len(h.themes) for h in themes.holders.values())} themes of theirs"
    )
    theirs, peak_theirs = measured("peer: projection", partial(projection, themes))
    ours, peak_ours = measured("neighbour graph", partial(neighbour_graph, themes))
    print(
        f"    {theirs / ours:.0f} × faster, {peak_theirs / peak_ours:.0f} × less memory than the peer"
    )
    network = neighbour_graph(themes)
    questions: dict[str, Callable[[], object]] = {
        "nearest of one": partial(rank_nearest, themes, "o00000", 10),
        "sisters": partial(sister_groups, themes, defaults.THRESHOLD),
        "communities": partial(
            find_communities, network, resolution=defaults.RESOLUTION, seed=defaults.SEED
        ),
    }
    for name, question in questions.items():
        measured(name, question)


def projection(themes: ThemeSets) -> networkx.Graph[str]:
    """All pairs of offices that share a theme, as networkx projects them."""
    graph = office_theme_graph(themes)
    projected: networkx.Graph[str] = networkx.bipartite.generic_weighted_projected_graph(
        graph,
        [*themes.holders],
        weight_function=lambda _, one, other: themes.similarity(one, other),
    )
    return projected


def measure_release(data: Path) -> None:
    """Ask a release the questions, each as if it were the first."""
    office = next(iter(open_networks(data).offices)).iri
    theme = min(open_networks(data).themes.labels)
    questions: dict[str, Callable[[Networks], object]] = {
        "bipartite": Networks.bipartite,
        "neighbours": Networks.neighbours,
        "communities": Networks.communities,
        "similar": lambda networks: networks.similar(office),
        "sisters": Networks.sisters,
        "themes": Networks.frequencies,
        "neighbourhood": lambda networks: networks.neighbourhood(theme),
        "path": lambda networks: networks.paths(office, theme),
    }
    for name, question in questions.items():
        networks = open_networks(data)
        cold = seconds(partial(question, networks))
        warm = seconds(partial(question, networks))
        print(f"{name:20s} cold {cold * 1000:8.0f} ms  again {warm * 1000:8.0f} ms")


def measured(name: str, question: Callable[[], object]) -> tuple[float, int]:
    """Seconds of this process and peak bytes of Python's memory, asked twice for either."""
    taken = seconds(question)
    tracemalloc.start()
    question()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    print(f"{name:20s} {taken * 1000:8.0f} ms  {peak / 2**20:7.1f} MiB")
    return taken, peak


def seconds(question: Callable[[], object]) -> float:
    """Processor time: other programs on the machine make no difference."""
    start = time.process_time()
    question()
    return time.process_time() - start


if __name__ == "__main__":
    main()
