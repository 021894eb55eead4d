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
    metrics_text,
    networks,
    offices,
    questions,
    sparql,
    things,
)
from server.api import audit, office
from server.api import offices as listed_offices
from server.conditional import ConditionalRequests
from server.documentation import pages as documentation
from server.links import Links
from server.measured import MeasuredRequests
from server.metrics import Metrics
from server.openapi.document import DescribedAPI
from server.problems import FaultsToldAsProblems, add_problem_handlers
from server.publication import Publications
from server.request_limits import RequestLimits
from server.settings import Settings
from store.embedded import WorkerPool
from store.releases import DataFolder

STATIC = Path(__file__).parent / "static"
CORS_METHODS = ("GET", "HEAD", "POST")


def create_app(settings: Settings) -> FastAPI:
    """The service over the data folder of the settings; its workers live as long as it runs."""
    app = DescribedAPI(docs_url=None, redoc_url=None, lifespan=running_workers)
    app.state.settings = settings
    app.state.links = Links(settings.base_iri)
    app.state.metrics = Metrics()
    app.include_router(home.router)
    app.include_router(offices.router)
    app.include_router(compare.router)
    app.include_router(documents.router)
    app.include_router(things.router)
    app.include_router(graphs.router)
    app.include_router(questions.router)
    app.include_router(networks.router)
    app.include_router(listed_offices.router)
    app.include_router(office.router)
    app.include_router(audit.router)
    app.include_router(sparql.router)
    app.include_router(health.router)
    app.include_router(metrics_text.router)
    app.include_router(documentation.router)
    app.mount("/static", StaticFiles(directory=STATIC))
    app.add_middleware(FaultsToldAsProblems)
    app.add_middleware(RequestLimits, largest_body_bytes=settings.largest_body_bytes)
    app.add_middleware(ConditionalRequests, release_id=DataFolder(settings.data).current_id)
    app.add_middleware(
        CORSMiddleware, allow_origins=["*"], allow_methods=CORS_METHODS, allow_headers=["*"]
    )
    app.add_middleware(MeasuredRequests, metrics=app.state.metrics)
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
