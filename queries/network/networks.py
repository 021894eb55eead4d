"""The networks of one release: every question about them, asked by names that people use.

>>> from queries.network import Networks
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import networkx

from ontology.namespaces import DEFAULT_BASE
from queries.errors import NetworkError
from queries.network.account import Account, Setting
from queries.network.adjacency import (
    Adjacency,
    Selection,
    adjacent_of,
    allowed_from,
    count_relations,
    joined_among,
    years_of,
)
from queries.network.communities import (
    Communities,
    describe_community,
    find_communities,
    modularity,
)
from queries.network.frequencies import ThemeFrequencies, theme_frequencies
from queries.network.maps import NetworkMap, draw, map_communities, map_edges, map_nodes
from queries.network.neighbourhood import Neighbourhood, Walk
from queries.network.offices import NEIGHBOURS, neighbour_graph
from queries.network.paths import Paths, cheapest_paths, tell_path, thing_of
from queries.network.projection import Projection, read_projection
from queries.network.resolving import find_thing
from queries.network.results import WholeNetwork
from queries.network.routes import Routes, RouteSearch, find_routes, numbered_thing
from queries.network.similar import SimilarOffices, similar_offices
from queries.network.sisters import SisterOffices, sister_groups
from queries.network.themes import ThemeSets, office_theme_graph, read_theme_sets
from queries.network.things import ThingNetwork, read_things
from queries.offices import Office, choose_office, read_offices
from store.graph import Graph

WEIGHTS = "theme weight ln(1 + offices / offices with the theme)"
JACCARD = f"Jaccard similarity of theme sets, {WEIGHTS}"
BIPARTITE = f"offices joined to the function themes of their duties, {WEIGHTS}"
NEAREST = f"each office joined to its nearest by {JACCARD}"
SIMILAR = f"nearest offices by {JACCARD}"
SISTERS = f"groups joined by {JACCARD}, at or above the threshold, single linkage"
FREQUENCIES = f"themes by the number of offices that have them, {WEIGHTS}"
LOUVAIN = f"Louvain communities of the neighbour graph; {NEAREST}"
BREADTH_FIRST = (
    "breadth-first walk over the relations of things; what is joined to least comes first, "
    "and things joined to more than `hub` others are not followed"
)
CHEAPEST = (
    "shortest simple paths over the relations of things; a hop costs 1, "
    "and a thing on the way ln(things that it is joined to)"
)
SHORTEST = (
    "breadth-first search from both ends over the relations of things; of the shortest paths those "
    "first that pass what is joined to little (ln of the number of things that it is joined to)"
)
RELATED = "the relations of a thing, counted, and the things of one of them by label"
MAPPED = (
    "springs inside every Louvain community and between communities; edges by the disparity filter"
)
SELECTED = "some things, and all relations that join them among each other"

DEPTH = 1
DEEPEST = 2
MOST_THINGS = 100
HUB = 50
PATHS = 3
RESOLUTION = 1.0
SEED = 1
THRESHOLD = 0.9
LISTED = 20
STEPS = 6
MOST_STEPS = 12


@dataclass(frozen=True)
class Networks:
    """The networks of a release; what is read for one question is kept for the next.

    release: the id of the release, told with every answer.
    """

    graph: Graph
    release: str
    base: str = DEFAULT_BASE
    _neighbour_graphs: dict[int, networkx.Graph[str]] = field(default_factory=dict, repr=False)

    @cached_property
    def themes(self) -> ThemeSets:
        """The theme sets of the offices, read at first use."""
        return read_theme_sets(self.graph, base=self.base)

    @cached_property
    def things(self) -> ThingNetwork:
        """The network of things, read at first use."""
        return read_things(self.graph, base=self.base)

    @cached_property
    def projection(self) -> Projection:
        """The network of things in compact form with fiscal years, read at first use."""
        return read_projection(self.graph, self.things, base=self.base)

    @cached_property
    def offices(self) -> tuple[Office, ...]:
        """The offices that disclose with all their names, read at first use."""
        return read_offices(self.graph, base=self.base)

    def bipartite(self) -> WholeNetwork:
        """The bipartite graph of offices and their themes."""
        return WholeNetwork(self.account(BIPARTITE), office_theme_graph(self.themes))

    def neighbours(self, neighbours: int = NEIGHBOURS) -> WholeNetwork:
        """The graph in which every office is joined to its nearest, at most `neighbours` of them.

        The projection onto offices itself is never made: at 2,000 offices it has 600,000 edges.
        """
        account = self.account(NEAREST, neighbours=neighbours)
        return WholeNetwork(account, self.neighbour_graph(neighbours))

    def map_of_offices(self) -> NetworkMap:
        """The neighbour graph with a place for every office."""
        return self.mapped(f"{MAPPED}; {NEAREST}", self.neighbour_graph(NEIGHBOURS))

    def map_of_themes(self) -> NetworkMap:
        """The bipartite graph of offices and themes with a place for each."""
        return self.mapped(f"{MAPPED}; {BIPARTITE}", office_theme_graph(self.themes))

    def mapped(self, method: str, network: networkx.Graph[str]) -> NetworkMap:
        """A network with places."""
        drawn = draw(network)
        nodes, discs = map_nodes(drawn)
        return NetworkMap(
            self.account(method, seed=SEED),
            nodes,
            map_edges(drawn, nodes),
            map_communities(drawn, discs, self.themes),
            drawn.network.number_of_edges(),
            drawn.left_out,
        )

    def similar(self, office: str, limit: int = NEIGHBOURS) -> SimilarOffices:
        """The offices most like one, with shared themes and clauses as the reason.

        Raises:
            OfficeError: the office is unknown or ambiguous.
        """
        found = choose_office(self.offices, office)
        return SimilarOffices(
            self.account(SIMILAR, office=found.iri, limit=limit),
            found.iri,
            found.name,
            similar_offices(self.graph, self.themes, found.iri, limit, base=self.base),
        )

    def sisters(self, threshold: float = THRESHOLD) -> SisterOffices:
        """Groups of offices with nearly the same themes.

        Raises:
            NetworkError: the threshold is not above 0 and at most 1.
        """
        if not 0 < threshold <= 1:
            raise NetworkError(f"The threshold is {threshold}; above 0 and at most 1 is wanted.")
        account = self.account(SISTERS, threshold=threshold)
        return SisterOffices(account, sister_groups(self.themes, threshold))

    def frequencies(self, limit: int = LISTED) -> ThemeFrequencies:
        """The `limit` rarest and commonest themes; an office is named under a theme that at most
        `limit` offices have."""
        ranked = theme_frequencies(self.themes, limit)
        return ThemeFrequencies(
            self.account(FREQUENCIES, limit=limit),
            len(self.themes.holders),
            rare=ranked[:limit],
            common=ranked[::-1][:limit],
        )

    def communities(
        self, *, resolution: float = RESOLUTION, seed: int = SEED, neighbours: int = NEIGHBOURS
    ) -> Communities:
        """Communities of offices in the neighbour graph, the same for the same seed.

        Raises:
            NetworkError: the resolution is not above 0.
        """
        if not resolution > 0:
            raise NetworkError(f"The resolution is {resolution}; a number above 0 is wanted.")
        network = self.neighbour_graph(neighbours)
        found = find_communities(network, resolution=resolution, seed=seed)
        return Communities(
            self.account(LOUVAIN, resolution=resolution, seed=seed, neighbours=neighbours),
            modularity(network, found, resolution),
            tuple(
                describe_community(self.themes, network, number, members)
                for number, members in enumerate(found, start=1)
            ),
            network,
        )

    def neighbourhood(
        self, thing: str, *, depth: int = DEPTH, most: int = MOST_THINGS, hub: int = HUB
    ) -> Neighbourhood:
        """What a thing is joined to within `depth` hops, at most `most` things.

        Raises:
            ThingError: the thing is unknown or ambiguous.
            NetworkError: the depth is not 1 or 2.
        """
        if not 1 <= depth <= DEEPEST:
            raise NetworkError(f"The depth is {depth}; 1 or {DEEPEST} is wanted.")
        start = self.find(thing)
        walk = Walk(self.graph, self.things, self.base, depth, most, hub)
        walk.run(start)
        return Neighbourhood(
            self.account(BREADTH_FIRST, thing=start, depth=depth, most=most, hub=hub),
            start,
            walk.neighbours(),
            tuple(walk.stated_joints(start)),
            truncated=bool(walk.left_out),
            left_out=len(walk.left_out),
        )

    def paths(self, start: str, end: str, limit: int = PATHS) -> Paths:
        """The cheapest paths between two things, told with the words of every hop.

        Raises:
            ThingError: one of them is unknown or ambiguous.
            NetworkError: one of them is no thing of the network, but for instance a clause.
        """
        ends = [self.joined_thing(name) for name in (start, end)]
        found = cheapest_paths(self.things.graph, ends[0], ends[1], limit)
        paths = tuple(tell_path(self.graph, self.things, nodes, base=self.base) for nodes in found)
        first, last = (thing_of(self.things, iri) for iri in ends)
        return Paths(
            self.account(CHEAPEST, start=ends[0], end=ends[1], limit=limit),
            first,
            last,
            paths,
            paths[0].sentence_zh if paths else f"{first.label}与{last.label}之间没有路径。",
            paths[0].sentence_en
            if paths
            else f"No path joins {self.things.label_en(ends[0])} and {self.things.label_en(ends[1])}.",
        )

    def routes(
        self,
        start: str,
        end: str,
        *,
        limit: int = PATHS,
        most_steps: int = STEPS,
        kinds: Collection[str] = (),
        years: Collection[str] = (),
    ) -> Routes:
        """The shortest paths between two things, those first that say most.

        kinds: of what kinds the things on the way may be; any without them.
        years: for which fiscal years a step may be stated; any without them. What has no year may always
            be taken.

        Raises:
            ThingError, NetworkError: as `paths`.
        """
        ends = [self.projection.numbers[self.joined_thing(name)] for name in (start, end)]
        search = RouteSearch(ends[0], ends[1], limit, most_steps, kinds, years)
        account = self.account(
            SHORTEST,
            limit=limit,
            most_steps=most_steps,
            kinds=" ".join(kinds),
            years=" ".join(years),
        )
        return find_routes(self.graph, self.projection, search, account, base=self.base)

    def adjacency(
        self,
        thing: str,
        *,
        relation: str = "",
        is_forward: bool = True,
        kinds: Collection[str] = (),
        years: Collection[str] = (),
        offset: int = 0,
        limit: int = LISTED,
    ) -> Adjacency:
        """The relations of a thing, and a part of the things that one of them joins to it.

        Raises:
            ThingError, NetworkError: as `paths`.
        """
        projection = self.projection
        number = projection.numbers[self.joined_thing(thing)]
        allowed = projection.allowed_steps(kinds, years)
        steps = [*allowed_from(projection, number, allowed)]
        chosen = [s for s in steps if (s.relation, s.is_forward) == (relation, is_forward)]
        return Adjacency(
            self.account(RELATED, thing=projection.iris[number], relation=relation),
            numbered_thing(projection, number),
            count_relations(steps),
            tuple(adjacent_of(projection, step) for step in chosen[offset : offset + limit]),
            len(chosen),
            years_of(projection, number),
        )

    def selection(self, names: Sequence[str], years: Collection[str] = ()) -> Selection:
        """Some things, and how they are joined among each other.

        Raises:
            ThingError, NetworkError: as `paths`, of the first that is unknown.
        """
        projection = self.projection
        numbers = [*dict.fromkeys(projection.numbers[self.joined_thing(name)] for name in names)]
        return Selection(
            self.account(SELECTED, things=len(numbers)),
            tuple(numbered_thing(projection, number) for number in numbers),
            joined_among(projection, numbers, projection.allowed_steps(years=years)),
            projection.years,
        )

    def find(self, name: str) -> str:
        """The IRI of the thing that is called so. Raises ThingError, AmbiguousOfficeError."""
        return find_thing(self.graph, self.things, name, lambda: self.offices, base=self.base)

    def joined_thing(self, name: str) -> str:
        iri = self.find(name)
        if iri not in self.things:
            raise NetworkError(
                f"{name} is in the release, but paths lead over offices, themes, causes, classes, "
                "projects, divisions and documents only."
            )
        return iri

    def neighbour_graph(self, neighbours: int) -> networkx.Graph[str]:
        """The neighbour graph; the last one asked for is kept."""
        known = self._neighbour_graphs.get(neighbours)
        if known is None:
            known = neighbour_graph(self.themes, neighbours=neighbours)
            self._neighbour_graphs.clear()
            self._neighbour_graphs[neighbours] = known
        return known

    def account(self, method: str, **parameters: Setting) -> Account:
        return Account(method, parameters, self.release)
