"""The web application: routes put together, headers and limits for all of them, error pages."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from importlib.metadata import version

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException

from digest.config import Settings
from digest.database import Database
from digest.feedback import ses
from digest.subscribers import LinkUsed, NothingToUndo, NotSubscribed, OnItsWay
from digest.tokens import TokenError, TokenExpired
from digest.web import (
    api,
    feeds,
    health,
    managing,
    outbox,
    papers,
    reading,
    subscribing,
    topics,
    webhooks,
)
from digest.web.limits import Limiter, TooManyRequests
from digest.web.site import Site

_MOST_OCTETS = 64 * 1024
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; "
        "img-src 'self' data:; frame-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_PRIVATE = (
    "/manage/",
    "/confirm/",
    "/unsubscribe/",
    "/drop/",
    "/pause/",
    "/refuse/",
    "/account/",
    "/digests/",
)


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
        version=version("digest"),
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/v1/openapi.json",
    )
    app.state.site = Site(settings, database, poke, clock, Limiter.of(settings))
    app.state.ses_topic = ses.Topic(settings.ses_topic)
    app.middleware("http")(_guard)
    _add_error_pages(app)
    app.mount("/static", StaticFiles(packages=[("digest.web", "static")]), name="static")
    for part in (papers, subscribing, managing, topics, reading, feeds, health, webhooks):
        app.include_router(part.router, include_in_schema=False)
    app.include_router(api.router, prefix="/api/v1")
    if settings.outbox:
        app.include_router(outbox.router, include_in_schema=False)
    return app


async def _guard(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
    """Refuse oversized requests, and send the headers that keep pages and links safe."""
    length = request.headers.get("content-length", "0")
    is_webhook = request.url.path.startswith("/webhooks/")
    most = webhooks.LARGEST_OCTETS if is_webhook else _MOST_OCTETS
    if not length.isdigit() or int(length) > most:
        return Response("The form is too large.", 413)
    response = await call_next(request)
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    if request.url.path.startswith(_PRIVATE):
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Robots-Tag"] = "noindex"
    return response


def _add_error_pages(app: FastAPI) -> None:
    site: Site = app.state.site

    def tell(status: int, title: str, text: str) -> Callable[[Request, Exception], Response]:
        return lambda request, _: _answer(site, request, status, title, text)

    app.add_exception_handler(
        TokenExpired,
        tell(410, "This link has expired", "Links live for a limited time. Ask for a fresh one."),
    )
    app.add_exception_handler(
        TokenError,
        tell(
            404,
            "This link does not work",
            "It may have been cut off in the mail. Copy the whole address, or ask for a fresh one.",
        ),
    )
    app.add_exception_handler(
        NotSubscribed,
        tell(404, "There is nothing here any more", "This subscription has ended."),
    )
    app.add_exception_handler(
        NothingToUndo, tell(410, "Nothing to undo", "This was undone before.")
    )
    app.add_exception_handler(
        OnItsWay,
        tell(
            503,
            "In a few minutes, please",
            "A digest is on its way to the old address right now. Then press the button again.",
        ),
    )
    app.add_exception_handler(
        LinkUsed, lambda request, error: _answer(site, request, 410, "Already done", f"{error}.")
    )
    app.add_exception_handler(
        RequestValidationError,
        tell(422, "This cannot be read", "A part of the address or form is not what it should be."),
    )
    app.add_exception_handler(TooManyRequests, lambda request, e: _slow_down(site, request, e))
    app.add_exception_handler(HTTPException, lambda request, e: _http_error(site, request, e))
    app.add_exception_handler(
        Exception, tell(500, "That was our fault", "It has been written down. Please try again.")
    )


def _slow_down(site: Site, request: Request, error: Exception) -> Response:
    seconds = error.seconds if isinstance(error, TooManyRequests) else 60
    text = f"Please try again in {max(1, seconds // 60)} minutes."
    response = _answer(site, request, 429, "That was a lot at once", text)
    response.headers["Retry-After"] = str(seconds)
    return response


def _http_error(site: Site, request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    title = "Nothing is here" if status == 404 else "That does not work"
    return _answer(site, request, status, title, "The address may be mistyped.")


def _answer(site: Site, request: Request, status: int, title: str, text: str) -> Response:
    if request.url.path.startswith("/api/"):
        return JSONResponse({"error": title, "detail": text}, status)
    return site.page("message", status, title=title, text=text)
