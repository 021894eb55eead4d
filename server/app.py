"""The application: which path is answered where."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI
from starlette.types import Lifespan, Receive, Scope, Send

from server import (
    audit as audit_pages,
)
from server import (
    audit_feed,
    audit_quality,
    compare,
    documents,
    explore,
    graph_store,
    graphs,
    health,
    home,
    metrics_text,
    network_questions,
    networks,
    office_list,
    offices,
    questions,
    search,
    sparql,
    things,
    update,
)
from server.answer_cache import AnswerCache
from server.api import audit, flows, office, query_editing, vocabulary
from server.api import offices as listed_offices
from server.api.explore import operations as explored
from server.built_files import BuiltFiles
from server.conditional import ConditionalRequests
from server.cross_origin import CrossOriginReads
from server.documentation import pages as documentation
from server.islands import ADDRESS, BUILT
from server.language import without_language
from server.linked_data import dataset, dumps, terms
from server.links import Links
from server.measured import MeasuredRequests
from server.metrics import Metrics
from server.openapi.document import DescribedAPI
from server.problems import FaultsToldAsProblems, add_problem_handlers
from server.publication import Publications
from server.query_exchange import AnswerLimits, client_of
from server.query_service import QueryService, is_query_path
from server.request_limits import RequestLimits
from server.settings import MEBIBYTE, Settings
from server.static_files import CompressedFiles
from store.nursery import Nurseries
from store.pool import WorkerPool, asking_client
from store.published import Publisher
from store.releases import CurrentId, DataFolder
from store.search.opening import SearchIndexes

STATIC = Path(__file__).parent / "static"
CORS_METHODS = ("GET", "HEAD", "POST", "QUERY")


def create_app(
    settings: Settings, nurseries: Path | None = None, metrics: Metrics | None = None
) -> FastAPI:
    """The service over the data folder of the settings.

    Args:
        settings: what to serve, and within which limits.
        nurseries: the directory of the nurseries that workers come from; without it the application runs
            its own for as long as it runs.
        metrics: where to count, if other processes of the server count there too.
    """
    app = Application(settings, running_workers(nurseries), metrics or Metrics())
    app.state.links = Links(settings.base_iri)
    app.state.search_indexes = SearchIndexes()
    app.state.publisher = Publisher()
    app.include_router(home.router)
    app.include_router(office_list.router)
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
    app.include_router(explore.router)
    app.include_router(network_questions.router)
    app.include_router(listed_offices.router)
    app.include_router(office.router)
    app.include_router(flows.router)
    app.include_router(audit.router)
    app.include_router(audit_pages.router)
    app.include_router(audit_feed.router)
    app.include_router(audit_quality.router)
    app.include_router(explored.router)
    app.include_router(search.router)
    app.include_router(vocabulary.router)
    app.include_router(query_editing.router)
    app.include_router(sparql.router)
    app.include_router(graph_store.reading)
    if settings.write_token is not None:
        app.include_router(graph_store.writing)
        app.include_router(update.router)
    app.include_router(health.router)
    app.include_router(metrics_text.router)
    app.include_router(documentation.router)
    app.mount(ADDRESS.rstrip("/"), BuiltFiles(BUILT))
    app.mount("/static", CompressedFiles(directory=STATIC))
    app.add_middleware(FaultsToldAsProblems)
    app.add_middleware(RequestLimits, largest_body_bytes=settings.largest_body_bytes)
    app.add_middleware(ConditionalRequests, release_id=CurrentId(DataFolder(settings.data)))
    app.add_middleware(
        CrossOriginReads, allow_origins=["*"], allow_methods=CORS_METHODS, allow_headers=["*"]
    )
    app.add_middleware(MeasuredRequests, metrics=app.state.metrics)
    add_problem_handlers(app)
    return app


class Application(DescribedAPI):
    """The paths of the framework, and before them the queries of programs."""

    def __init__(self, settings: Settings, lifespan: Lifespan[FastAPI], metrics: Metrics) -> None:
        super().__init__(docs_url=None, redoc_url=None, lifespan=lifespan)
        self.state.settings, self.state.metrics = settings, metrics
        self.query_service = QueryService(
            super().__call__,
            lambda: self.state.publications,
            answer_limits(settings),
            AnswerCache(settings.cache_mib * MEBIBYTE // settings.workers),
            metrics,
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request, or the life of the application."""
        scope = without_language(scope)
        if is_query_path(scope):
            await self.query_service({**scope, "app": self}, receive, send)
        else:
            asking_client.set(client_of(scope))
            await super().__call__(scope, receive, send)


def answer_limits(settings: Settings) -> AnswerLimits:
    """The limits of the settings, in bytes and seconds."""
    return AnswerLimits(
        seconds=settings.query_timeout_seconds,
        rows=settings.row_limit,
        answer_bytes=settings.answer_mib * MEBIBYTE,
        request_bytes=settings.largest_body_bytes,
    )


def running_workers(nurseries: Path | None) -> Lifespan[FastAPI]:
    """The pool of worker processes, which lives as long as the application."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        settings: Settings = app.state.settings
        with (
            app.state.publisher,
            WorkerPool(
                queries_at_once(settings),
                timeout_seconds=settings.query_timeout_seconds,
                nurseries=nurseries or started_nurseries(settings),
            ) as pool,
        ):
            folder = DataFolder(settings.data)
            app.state.publications = Publications(
                folder, pool, app.state.links, settings.allowed_services
            )
            try:
                yield
            finally:
                app.state.search_indexes.close()

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
