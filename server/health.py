"""`/health`: whether the server serves, and what."""

from __future__ import annotations

from fastapi import APIRouter
from pydantic import BaseModel

from server.publication import CurrentPublication

router = APIRouter()


class Health(BaseModel):
    """The release that is served, and its size."""

    release: str
    documents: int
    quads: int
    program_version: str


@router.get("/health")
def health(publication: CurrentPublication) -> Health:
    """200 with the current release; 503 when there is none."""
    manifest = publication.release.manifest
    return Health(
        release=publication.release.release_id,
        documents=len(manifest.documents),
        quads=manifest.quads,
        program_version=manifest.program_version,
    )
