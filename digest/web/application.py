"""The web application: routes, what holds for all of them, error pages."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from importlib.metadata import version

from anyio.to_thread import current_default_thread_limiter
from fastapi import FastAPI
from fastapi.middleware.gzip import GZipMiddleware
from fastapi.staticfiles import StaticFiles

from digest.config import Settings
from digest.database import CONNECTIONS, Database
from digest.feedback import ses
from digest.web import (
    api,
    feeds,
    health,
    kinds,
    managing,
    outbox,
    papers,
    reading,
    reference,
    robots,
    subscribing,
    topics,
    webhooks,
)
from digest.web.errors import add_error_pages
from digest.web.limits import Limiter
from digest.web.middleware import BoundedRequest, HeadAsGet, SafeHeaders
from digest.web.site import Site


def create_app(
    settings: Settings,
    database: Database,
    poke: Callable[[str], None],
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> FastAPI:
    """Return the application of one installation."""
    app = FastAPI(
        title="digest",
        summary="Trending papers in your email inbox.",
        description="Errors are problem details (RFC 9457), `application/problem+json`.",
        version=version("digest"),
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/v1/openapi.json",
        lifespan=_a_connection_a_thread,
    )
    app.state.site = Site(settings, database, poke, clock, Limiter.of(settings))
    app.state.ses_topic = ses.Topic(settings.ses_topic)
    app.add_middleware(GZipMiddleware, minimum_size=1000, compresslevel=4)
    app.add_middleware(HeadAsGet)
    app.add_middleware(BoundedRequest, most={"/webhooks/": webhooks.LARGEST_OCTETS})
    app.add_middleware(SafeHeaders, settings=settings)
    add_error_pages(app)
    app.mount("/static", StaticFiles(packages=[("digest.web", "static")]), name="static")
    for part in (
        papers,
        subscribing,
        managing,
        topics,
        reading,
        feeds,
        reference,
        health,
        robots,
        webhooks,
    ):
        app.include_router(part.router, include_in_schema=False)
    app.include_router(api.router, prefix="/api/v1")
    if settings.outbox:
        for part in (kinds, outbox):
            app.include_router(part.router, include_in_schema=False)
    return app


@asynccontextmanager
async def _a_connection_a_thread(_: FastAPI) -> AsyncIterator[None]:
    """Let no more pages be made at once than connections are kept: opening one costs more."""
    current_default_thread_limiter().total_tokens = CONNECTIONS
    yield
