"""Who may write, and the one process of the application that writes."""

from __future__ import annotations

import hmac
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI, Request
from fastapi.concurrency import run_in_threadpool

from server.problems import Problem
from server.settings import Settings
from store.editing import Edit, EditOutcome
from store.releases import DataFolder
from store.writer import Writer

SCHEME = "bearer"


@asynccontextmanager
async def running_writer(app: FastAPI) -> AsyncIterator[None]:
    """The writer of the application; its process starts with the first write."""
    settings: Settings = app.state.settings
    folder = DataFolder(settings.data)
    app.state.writer = Writer(folder, timeout_seconds=settings.write_timeout_seconds)
    try:
        yield
    finally:
        app.state.writer.close()


async def written(request: Request, change: Edit) -> EditOutcome:
    """Make the change. Raises StoreError."""
    writer: Writer = request.app.state.writer
    return await run_in_threadpool(writer.edit, change)


def require_token(request: Request) -> None:
    """Let only the bearer of the write token pass (RFC 6750), before anything of the body is read.

    Raises Problem 401 without a token, 403 with another one, 404 when the server has none.
    """
    settings: Settings = request.app.state.settings
    if settings.write_token is None:
        raise Problem(404, "Not found", "This server is for reading only.")
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != SCHEME or not token.strip():
        raise Problem(
            401,
            "Token wanted",
            "Writing needs the header Authorization: Bearer TOKEN.",
            headers={"WWW-Authenticate": 'Bearer realm="guanlian"'},
        )
    expected = settings.write_token.get_secret_value()
    if not hmac.compare_digest(token.strip().encode(), expected.encode()):
        raise Problem(403, "Wrong token", "The token is not the one that may write here.")
