"""The network of offices that share functions: a bipartite graph of offices and themes, projected.

>>> from queries.network import nearest_offices, office_network, office_theme_graph
"""

from queries.network.offices import NearOffice, nearest_offices, office_network
from queries.network.themes import Holder, ThemeSets, office_theme_graph, read_theme_sets

__all__ = [
    "Holder",
    "NearOffice",
    "ThemeSets",
    "nearest_offices",
    "office_network",
    "office_theme_graph",
    "read_theme_sets",
]
