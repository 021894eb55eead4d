"""What is made of a release on the side (`store.published`), as the pages ask for it."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from fastapi import Request

from server.problems import Problem
from server.publication import Publication
from store.errors import DataFolderError
from store.published import Published, Publisher, published
from store.release import Release

#: How long a page waits for what is not made yet; then it shows what there is.
WAIT_SECONDS = 2.0
RETRY_SECONDS = "20"


class NotMadeError(Exception):
    """Nothing was made of the release yet."""


def made_of(publication: Publication) -> Published | None:
    """What was made of the release, None as long as it is not finished."""
    try:
        return made_in(publication.release.directory)
    except NotMadeError:
        return None


@lru_cache(maxsize=4)
def made_in(directory: Path) -> Published:
    found = published(Release(directory))
    if found is None:
        raise NotMadeError  # an exception is not kept: the next request looks again
    return found


def awaited(request: Request, publication: Publication) -> Published | None:
    """What was made of the release; when nothing was, the making is started and waited for a moment.

    Raises DataFolderError when the data folder cannot be written.
    """
    publisher: Publisher = request.app.state.publisher
    found = made_of(publication)
    return found or publisher.wait(publication.release, WAIT_SECONDS)


def made(request: Request, publication: Publication) -> Published:
    """As `awaited`. Raises Problem 503 when it takes longer than a moment, or cannot be done."""
    try:
        found = awaited(request, publication)
    except DataFolderError as error:
        raise Problem(
            503, "Data unusable", "The dumps of this release cannot be made here."
        ) from error
    if found is None:
        detail = "The dumps of this release are being made; please ask again in a minute."
        headers = {"Retry-After": RETRY_SECONDS}
        raise Problem(503, "Being made", detail, headers=headers)
    return found


def awaited_if_possible(request: Request, publication: Publication) -> Published | None:
    """As `awaited`; None too where nothing can be made, for descriptions that tell what they can."""
    try:
        return awaited(request, publication)
    except DataFolderError:
        return None
