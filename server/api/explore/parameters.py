"""What the questions of the explorer take: things by name, and what of the network is looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Annotated, Literal

from fastapi import Query
from pydantic import AfterValidator, Field, WithJsonSchema

from queries.network.relations import kinds, relations
from server.networks import NAMES

#: The most things of which it is told how they are joined: what a screen holds, and an address.
MOST_SELECTED = 300


def one_of(names: Iterable[str]) -> Callable[[str], str]:
    """What refuses a text that is none of the names of a table."""
    known = list(names)

    def check(name: str) -> str:
        if name not in known:
            raise ValueError(f"{name[:40]!r} is none of {', '.join(known)}")
        return name

    return check


KindName = Annotated[
    str,
    AfterValidator(one_of(kinds())),
    WithJsonSchema({"type": "string", "enum": [*kinds()]}),
]
RelationName = Annotated[
    str,
    AfterValidator(one_of(relations())),
    WithJsonSchema({"type": "string", "enum": [*relations()]}),
]
Direction = Literal["out", "in"]

NodeParameter = Annotated[str, Query(min_length=1, description=f"事物 · the thing. {NAMES}")]
KindsParameter = Annotated[
    list[KindName],
    Query(alias="kind", description="只要这些种类 · only things of these kinds; all without it"),
]
YearsParameter = Annotated[
    list[Annotated[str, Field(pattern="^[0-9]{4}$")]],
    Query(
        alias="year",
        description="只要这些年度 · only what is stated for these fiscal years, and what has none",
    ),
]
