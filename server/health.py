"""`/health`: whether the server can answer, and from what; `/health/live`: whether it runs."""

from __future__ import annotations

import asyncio
from typing import Any

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.concurrency import run_in_threadpool
from pydantic import BaseModel, ConfigDict

from server.conditional import NO_STORE
from server.pages import program_version
from server.problems import OTHER_PROBLEMS, RETRY_SECONDS, Problem, told_problem
from server.publication import CurrentPublication, Publication
from store.errors import QueryError

#: How long a worker may take to say yes, queue included.
PATIENCE_SECONDS = 2.0
#: The least of queries: it needs a worker and nothing of the release.
PROBE = "ASK {}"
router = APIRouter(tags=["service"])


class Health(BaseModel):
    """The release that is served, and its size."""

    release: str
    documents: int
    quads: int
    program_version: str

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "release": "20260304T050607Z-0a1b2c3d",
                "documents": 4,
                "quads": 12345,
                "program_version": "0.1.0",
            }
        }
    )


class Alive(BaseModel):
    """The process runs, whether or not there is something to answer from."""

    program_version: str


RESPONSES: dict[int | str, dict[str, Any]] = {
    503: told_problem("There is no release, or no query worker answers within two seconds."),
    **OTHER_PROBLEMS,
}


@router.get("/health", summary="状态 · Readiness", responses=RESPONSES)
async def health(request: Request, response: Response, publication: CurrentPublication) -> Health:
    """200 with the current release when a query is answered; else 503."""
    await probed(request.app, publication)
    response.headers["Cache-Control"] = NO_STORE
    manifest = publication.release.manifest
    return Health(
        release=publication.release.release_id,
        documents=len(manifest.documents),
        quads=manifest.quads,
        program_version=manifest.program_version,
    )


@router.get("/health/live", summary="存活 · Liveness", responses={**OTHER_PROBLEMS})
async def alive(response: Response) -> Alive:
    """200 as long as the process answers at all: for those who would restart it otherwise."""
    response.headers["Cache-Control"] = NO_STORE
    return Alive(program_version=program_version())


async def probed(app: FastAPI, publication: Publication) -> None:
    """Return when a worker has answered. Raises Problem 503.

    All who ask at once wait for one and the same probe, so that asking often costs no workers.
    """
    probe: asyncio.Task[object] | None = getattr(app.state, "probe", None)
    if probe is None or probe.done():
        probe = asyncio.create_task(run_in_threadpool(ask, publication))
        app.state.probe = probe
    finished, _ = await asyncio.wait([probe], timeout=PATIENCE_SECONDS)
    if not finished:
        raise unready(f"No query worker answered within {PATIENCE_SECONDS:g} seconds.")
    if isinstance(probe.exception(), QueryError):
        raise unready("The query workers do not answer.") from probe.exception()
    probe.result()


def ask(publication: Publication) -> object:
    return publication.graph.query(PROBE, timeout_seconds=PATIENCE_SECONDS)


def unready(detail: str) -> Problem:
    return Problem(503, "Server busy", detail, headers={"Retry-After": RETRY_SECONDS})
