"""The application: which path is answered where."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware
from fastapi.staticfiles import StaticFiles

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
from server.conditional import ConditionalRequests
from server.linked_data import dataset, dumps, terms
from server.links import Links
from server.problems import add_problem_handlers
from server.publication import Publications
from server.settings import Settings
from store.embedded import WorkerPool
from store.published import Publisher
from store.releases import DataFolder

STATIC = Path(__file__).parent / "static"
CORS_METHODS = ("GET", "HEAD", "POST")


def create_app(settings: Settings) -> FastAPI:
    """The service over the data folder of the settings; its workers live as long as it runs."""
    app = FastAPI(title="官联 Guanlian", docs_url=None, redoc_url=None, lifespan=running_workers)
    app.state.settings = settings
    app.state.links = Links(settings.base_iri)
    app.state.publisher = Publisher()
    app.include_router(home.router)
    app.include_router(offices.router)
    app.include_router(compare.router)
    app.include_router(documents.router)
    app.include_router(things.router)
    app.include_router(terms.router)
    app.include_router(dataset.router)
    app.include_router(dumps.router)
    app.include_router(graphs.router)
    app.include_router(questions.router)
    app.include_router(networks.router)
    app.include_router(sparql.router)
    app.include_router(health.router)
    app.mount("/static", StaticFiles(directory=STATIC))
    app.add_middleware(ConditionalRequests, release_id=DataFolder(settings.data).current_id)
    app.add_middleware(
        CORSMiddleware, allow_origins=["*"], allow_methods=CORS_METHODS, allow_headers=["*"]
    )
    add_problem_handlers(app)
    return app


@asynccontextmanager
async def running_workers(app: FastAPI) -> AsyncIterator[None]:
    """The worker processes, started with the application and stopped with it."""
    settings: Settings = app.state.settings
    folder = DataFolder(settings.data)
    seconds = settings.query_timeout_seconds
    with WorkerPool(settings.workers, timeout_seconds=seconds) as pool:
        app.state.publications = Publications(folder, pool, app.state.links)
        yield
