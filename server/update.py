"""`/update`: the update operation of the SPARQL 1.1 Protocol. It is there when there is a write token."""

from __future__ import annotations

from fastapi import APIRouter, Request
from pydantic import BaseModel

from server.settings import Settings
from server.update_operation import read_update_operation
from server.writing import require_token, running_writer, written
from store.update_evaluation import UpdateRequest

router = APIRouter(lifespan=running_writer)


class WrittenRelease(BaseModel):
    """What a write has made."""

    release: str
    created: bool


@router.post("/update")
async def update(request: Request) -> WrittenRelease:
    """SPARQL 1.1 Update, as form (`update=`) or directly; the answer names the release it made."""
    require_token(request)
    return await answer_update(request, await request.body())


async def answer_update(request: Request, body: bytes) -> WrittenRelease:
    """Do the update of a request whose sender may write. Raises Problem, StoreError."""
    settings: Settings = request.app.state.settings
    operation = read_update_operation(
        request.scope["query_string"], request.headers.get("content-type"), body
    )
    change = UpdateRequest(
        operation.update,
        settings.base_iri,
        using=operation.using,
        allowed_services=settings.allowed_services,
        allowed_sources=settings.allowed_sources,
    )
    outcome = await written(request, change)
    return WrittenRelease(release=outcome.release.release_id, created=outcome.created)
