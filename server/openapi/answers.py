"""The types behind the JSON answers that are made from dataclasses, as JSON Schemas by path."""

from __future__ import annotations

from functools import cache
from typing import Any

from pydantic import BaseModel, ConfigDict, TypeAdapter

from queries.comparison import Comparison
from queries.network.account import Account
from queries.network.communities import Community
from queries.network.frequencies import ThemeFrequencies
from queries.network.neighbourhood import Neighbourhood
from queries.network.paths import Paths
from queries.network.similar import SimilarOffices
from queries.network.sisters import SisterOffices
from server.openapi.question_schemas import ListedQuestion

Schema = dict[str, Any]


class Node(BaseModel):
    """A node of a network; the others of its members depend on its kind."""

    model_config = ConfigDict(extra="allow")
    iri: str
    kind: str
    label: str


class Edge(BaseModel):
    """An edge of a network with its weight and what it rests on."""

    model_config = ConfigDict(extra="allow")
    source: str
    target: str
    weight: float


class NetworkAnswer(BaseModel):
    """A network that is itself the answer (`queries.network.results.WholeNetwork`)."""

    account: Account
    nodes: list[Node]
    edges: list[Edge]


class CommunitiesAnswer(BaseModel):
    """The communities of a neighbour graph (`queries.network.communities.Communities`)."""

    account: Account
    modularity: float
    communities: list[Community]


ANSWERS: dict[str, TypeAdapter[Any]] = {
    path: TypeAdapter(kind)
    for path, kind in {
        "/compare": Comparison,
        "/queries": list[ListedQuestion],
        "/api/graph/bipartite": NetworkAnswer,
        "/api/graph/neighbours": NetworkAnswer,
        "/api/graph/similar": SimilarOffices,
        "/api/graph/sisters": SisterOffices,
        "/api/graph/themes": ThemeFrequencies,
        "/api/graph/communities": CommunitiesAnswer,
        "/api/graph/neighbourhood": Neighbourhood,
        "/api/graph/path": Paths,
    }.items()
}


@cache
def answer_schemas() -> tuple[dict[str, Schema], dict[str, Schema]]:
    """The schema of the answer of each path, and the definitions that they refer to."""
    by_path, definitions = TypeAdapter.json_schemas(
        [(path, "serialization", adapter) for path, adapter in ANSWERS.items()],
        ref_template="#/components/schemas/{model}",
    )
    return {path: schema for (path, _), schema in by_path.items()}, definitions.get("$defs", {})
