"""How an answer about a network is written: JSON, GraphML or node-link JSON."""

from __future__ import annotations

import json
from collections.abc import Callable
from enum import StrEnum
from typing import Annotated, Any

from fastapi import Query, Request, Response

from queries.network import NetworkResult, to_graphml, to_node_link
from server.negotiation import best_media_type
from server.problems import OTHER_PROBLEMS, not_acceptable, told_problem


class NetworkFormat(StrEnum):
    """The forms of an answer; each has its media type."""

    JSON = "json"
    GRAPHML = "graphml"
    NODE_LINK = "node-link"


MEDIA_TYPES = {
    "application/json": NetworkFormat.JSON,
    "application/graphml+xml": NetworkFormat.GRAPHML,
    "application/vnd.networkx.node-link+json": NetworkFormat.NODE_LINK,
}
OFFERED = [*MEDIA_TYPES]
WRITERS: dict[NetworkFormat, Callable[[NetworkResult], str]] = {
    NetworkFormat.JSON: lambda result: as_json(result.to_json()),
    NetworkFormat.GRAPHML: lambda result: to_graphml(result.to_graph(), result.account),
    NetworkFormat.NODE_LINK: lambda result: as_json(
        to_node_link(result.to_graph(), result.account)
    ),
}
# For the description of the service: what a good answer and a mistaken question look like.
RESPONSES: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The answer, with its method, parameters and release.",
        "content": {
            media_type: {"schema": {"type": "object" if media_type.endswith("json") else "string"}}
            for media_type in OFFERED
        },
    },
    **{
        status: told_problem(meaning)
        for status, meaning in {
            400: "A parameter is missing or out of bounds.",
            404: "Nothing is called so; `nearest` are names like it.",
            409: "Several things are called so; `candidates` are they.",
        }.items()
    },
    **OTHER_PROBLEMS,
}
FormatParameter = Annotated[
    NetworkFormat | None,
    Query(
        alias="format",
        description="How the answer is written: json, graphml (Gephi, networkx) or node-link "
        "(networkx, D3); without it, as the Accept header says.",
    ),
]


def as_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def chosen_type(request: Request, chosen: NetworkFormat | None) -> str:
    """The media type to answer in. Raises Problem 406 when none will do."""
    if chosen is not None:
        return next(media_type for media_type, form in MEDIA_TYPES.items() if form == chosen)
    media_type = best_media_type(request.headers.get("accept"), OFFERED)
    if media_type is None:
        raise not_acceptable(OFFERED)
    return media_type


def written(result: NetworkResult, media_type: str) -> Response:
    """The answer in that media type."""
    return Response(WRITERS[MEDIA_TYPES[media_type]](result), media_type=media_type)
