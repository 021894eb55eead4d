"""Networks of a release: offices and themes, offices near each other, and all things that are joined.

>>> from queries.network import Networks, nearest_offices, office_network, office_theme_graph
"""

from queries.network.account import Account
from queries.network.communities import Communities, find_communities
from queries.network.exports import to_graphml, to_node_link
from queries.network.frequencies import ThemeFrequencies
from queries.network.neighbourhood import Neighbourhood
from queries.network.networks import Networks
from queries.network.offices import NearOffice, nearest_offices, neighbour_graph, office_network
from queries.network.paths import Path, Paths
from queries.network.results import NetworkResult, WholeNetwork
from queries.network.similar import SimilarOffices
from queries.network.sisters import SisterOffices, sister_groups
from queries.network.themes import Holder, ThemeSets, office_theme_graph, read_theme_sets
from queries.network.things import ThingNetwork, read_things

__all__ = [
    "Account",
    "Communities",
    "Holder",
    "NearOffice",
    "Neighbourhood",
    "NetworkResult",
    "Networks",
    "Path",
    "Paths",
    "SimilarOffices",
    "SisterOffices",
    "ThemeFrequencies",
    "ThemeSets",
    "ThingNetwork",
    "WholeNetwork",
    "find_communities",
    "nearest_offices",
    "neighbour_graph",
    "office_network",
    "office_theme_graph",
    "read_theme_sets",
    "read_things",
    "sister_groups",
    "to_graphml",
    "to_node_link",
]
