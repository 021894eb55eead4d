"""What a search asks for: words, and the values that hits are narrowed to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Literal
from urllib.parse import urlencode

from fastapi import Query
from pydantic import BaseModel, ConfigDict, Field

from server.links import Links
from server.problems import Problem
from store.search.entries import KINDS
from store.search.index import SearchIndex

LONGEST_QUERY = 200
KindName = Literal[
    "document",
    "office",
    "theme",
    "concept",
    "project",
    "internal-office",
    "division",
    "ontology-term",
    "function",
    "reason",
    "definition",
    "indicator",
    "sentence",
]
assert KindName.__args__ == tuple(kind.name for kind in KINDS)  # type: ignore[attr-defined]
#: Where the things of a dimension are, below the base IRI; the rest of the IRI is what a parameter names.
PLACES = {"office": "id/org/", "document": "id/doc/", "theme": "code/theme/"}


class SearchParameters(BaseModel):
    """The parameters of a search. One given several times keeps the hits of any of its values."""

    model_config = ConfigDict(extra="forbid")

    q: str = Field(
        "",
        max_length=LONGEST_QUERY,
        description='Words, all of which are to be found; "…" for words next to each other, OR between two of '
        "which one will do, - before one that must not be there, * behind the beginning of a word. "
        "Names of offices and themes also by pinyin or its initials (jyj).",
        examples=["教育", "政务服务 OR 大数据", "jyj"],
    )
    kind: list[KindName] = Field(
        [], description=f"Kinds of things: {', '.join(kind.name for kind in KINDS)}."
    )
    office: list[str] = Field([], description="Offices, by id as in /offices/{id}.")
    year: list[Annotated[str, Field(pattern="^[12][0-9]{3}$")]] = Field(
        [], description="Fiscal years."
    )
    document: list[str] = Field([], description="Documents, by id as in /documents/{id}.")
    theme: list[str] = Field([], description="Themes, by code as in /code/theme/{code}.")
    page: int = Field(1, ge=1, le=100_000)
    size: int = Field(20, ge=1, le=100, description="Hits on a page.")

    @property
    def first(self) -> int:
        """The place of the first hit of the page, counted from 0."""
        return (self.page - 1) * self.size

    def values(self, index: SearchIndex, links: Links) -> dict[str, list[str]]:
        """The values by dimension, as the index has them. Raises Problem 400 for an unknown thing."""
        found = {name: self._iris(name, index, links) for name in PLACES}
        return {"kind": list(self.kind), "year": self.year, **found}

    def _iris(self, dimension: str, index: SearchIndex, links: Links) -> list[str]:
        values: list[str] = getattr(self, dimension)
        iris = [index_value(dimension, value, links) for value in values]
        for iri, value in zip(iris, values, strict=True):
            if not index.has_value(dimension, iri):
                raise Problem(
                    400,
                    "Wrong parameter",
                    f"{dimension} is {value[:80]!r}, which is not in the current release.",
                    detail_zh=f"当前发布中没有 {dimension} 为“{value[:80]}”的。",
                )
        return iris

    def address(self, path: str, **changes: object) -> str:
        """The address of this search with other parameters, on its first page unless one is named."""
        values = self.model_dump(exclude_defaults=True) | {"page": 1} | changes
        return f"{path}?{urlencode([*pairs(values)])}"

    def toggled(self, path: str, dimension: str, value: str) -> str:
        """The address of this search with a value more, or without it if it is asked for."""
        chosen: list[str] = getattr(self, dimension)
        others = [one for one in chosen if one != value]
        return self.address(path, **{dimension: others if value in chosen else [*chosen, value]})


def pairs(values: dict[str, object]) -> Iterable[tuple[str, str]]:
    for name, value in values.items():
        if isinstance(value, list):
            yield from ((name, str(one)) for one in value)
        elif (name, value) != ("page", 1):
            yield name, str(value)


def parameter_value(dimension: str, value: str, links: Links) -> str:
    """A value of the index as a parameter names it."""
    return (
        value.removeprefix(f"{links.base_iri}{PLACES[dimension]}") if dimension in PLACES else value
    )


def index_value(dimension: str, value: str, links: Links) -> str:
    """A value of a parameter as the index has it."""
    return f"{links.base_iri}{PLACES[dimension]}{value}" if dimension in PLACES else value


Asked = Annotated[SearchParameters, Query()]
