"""Which part of a list is asked for, and where the next part is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Query, Request, Response
from pydantic import BaseModel, Field

MOST = 1_000
LIMIT = 100
FURTHEST = 1_000_000


@dataclass(frozen=True)
class Paging:
    """The part of a list; a dependency of the routes that give lists."""

    limit: Annotated[int, Query(ge=1, le=MOST, description="最多多少项 · the most entries")] = LIMIT
    offset: Annotated[
        int, Query(ge=0, le=FURTHEST, description="略去前多少项 · entries to leave out before them")
    ] = 0

    def lead_on(self, request: Request, response: Response) -> None:
        """Tell in the Link header where the entries that follow are (RFC 8288)."""
        kept = [
            (name, value)
            for name, value in request.query_params.multi_items()
            if name not in ("offset", "limit")
        ]
        place = [("offset", str(self.offset + self.limit)), ("limit", str(self.limit))]
        target = f"{request.url.path}?{urlencode([*kept, *place])}"
        response.headers["Link"] = f'<{target}>; rel="next"'


class ListAnswer(BaseModel):
    """What every list tells besides its entries."""

    release: str = Field(description="发布 · the release that answered")
    offset: int
    limit: int
    truncated: bool = Field(description="后面还有 · whether more follow; Link leads to them")
