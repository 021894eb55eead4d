"""The application: which path is answered where."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware
from fastapi.staticfiles import StaticFiles
from starlette.types import Lifespan, Receive, Scope, Send

from server import (
    compare,
    documents,
    graphs,
    health,
    home,
    networks,
    offices,
    questions,
    sparql,
    things,
)
from server.answer_cache import AnswerCache
from server.conditional import ConditionalRequests
from server.links import Links
from server.problems import add_problem_handlers
from server.publication import Publications
from server.query_exchange import AnswerLimits
from server.query_service import PATH as QUERY_PATH
from server.query_service import QueryService
from server.settings import MEBIBYTE, Settings
from store.nursery import Nurseries
from store.pool import WorkerPool
from store.releases import CurrentId, DataFolder

STATIC = Path(__file__).parent / "static"
CORS_METHODS = ("GET", "HEAD", "POST")


def create_app(settings: Settings, nurseries: Path | None = None) -> FastAPI:
    """The service over the data folder of the settings.

    Args:
        settings: what to serve, and within which limits.
        nurseries: the directory of the nurseries that workers come from; without it the application runs
            its own for as long as it runs.
    """
    app = Application(settings, running_workers(nurseries))
    app.state.links = Links(settings.base_iri)
    app.include_router(home.router)
    app.include_router(offices.router)
    app.include_router(compare.router)
    app.include_router(documents.router)
    app.include_router(things.router)
    app.include_router(graphs.router)
    app.include_router(questions.router)
    app.include_router(networks.router)
    app.include_router(sparql.router)
    app.include_router(health.router)
    app.mount("/static", StaticFiles(directory=STATIC))
    app.add_middleware(ConditionalRequests, release_id=CurrentId(DataFolder(settings.data)))
    app.add_middleware(
        CORSMiddleware, allow_origins=["*"], allow_methods=CORS_METHODS, allow_headers=["*"]
    )
    add_problem_handlers(app)
    return app


class Application(FastAPI):
    """The paths of the framework, and before them the queries of programs."""

    def __init__(self, settings: Settings, lifespan: Lifespan[FastAPI]) -> None:
        super().__init__(title="官联 Guanlian", docs_url=None, redoc_url=None, lifespan=lifespan)
        self.state.settings = settings
        self.query_service = QueryService(
            super().__call__,
            lambda: self.state.publications,
            answer_limits(settings),
            AnswerCache(settings.cache_mib * MEBIBYTE // settings.workers),
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request, or the life of the application."""
        if scope["type"] == "http" and scope["path"] == QUERY_PATH:
            await self.query_service({**scope, "app": self}, receive, send)
        else:
            await super().__call__(scope, receive, send)


def answer_limits(settings: Settings) -> AnswerLimits:
    """The limits of the settings, in bytes and seconds."""
    return AnswerLimits(
        seconds=settings.query_timeout_seconds,
        rows=settings.row_limit,
        answer_bytes=settings.answer_mib * MEBIBYTE,
        request_bytes=settings.request_mib * MEBIBYTE,
        idle_client_seconds=settings.idle_client_seconds,
    )


def running_workers(nurseries: Path | None) -> Lifespan[FastAPI]:
    """The pool of worker processes, which lives as long as the application."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        settings: Settings = app.state.settings
        with WorkerPool(
            queries_at_once(settings),
            timeout_seconds=settings.query_timeout_seconds,
            nurseries=nurseries or started_nurseries(settings),
        ) as pool:
            folder = DataFolder(settings.data)
            app.state.publications = Publications(folder, pool, app.state.links)
            yield

    return lifespan


def queries_at_once(settings: Settings) -> int:
    """The share of one of the processes that serve the port: two at least, so that none is alone with one
    long query."""
    return max(2, settings.queries_at_once // settings.workers)


def started_nurseries(settings: Settings) -> Nurseries:
    """The nurseries that workers come from."""
    return Nurseries(
        query_memory_bytes=settings.query_memory_mib * MEBIBYTE,
        memory_bytes=settings.memory_mib * MEBIBYTE,
    )
