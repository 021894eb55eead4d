"""What every answer about a network has: an account of how it came about, a graph, plain values."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import networkx

from queries.network.account import Account


@dataclass(frozen=True)
class NetworkResult:
    """An answer with its account; subclasses say what was found."""

    account: Account

    def to_graph(self) -> networkx.Graph[str]:
        """The answer as a graph whose nodes are IRIs."""
        raise NotImplementedError

    def to_json(self) -> dict[str, Any]:
        """The answer as plain values for JSON."""
        return asdict(self)


@dataclass(frozen=True)
class WholeNetwork(NetworkResult):
    """A network that is itself the answer."""

    network: networkx.Graph[str]

    def to_graph(self) -> networkx.Graph[str]:
        return self.network

    def to_json(self) -> dict[str, Any]:
        """Nodes and edges as lists."""
        return {
            "account": asdict(self.account),
            "nodes": [{"iri": iri, **about} for iri, about in self.network.nodes(data=True)],
            "edges": [
                {"source": one, "target": other, **about}
                for one, other, about in self.network.edges(data=True)
            ],
        }
