"""What holds for every request and answer: bounds, HEAD as GET, headers that keep safe."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from digest.config import Settings
from digest.web.problems import is_for_programs, problem

MOST_OCTETS = 64 * 1024
MOST_HEADERS = 16 * 1024
BODY_SECONDS = 20
"""A form that is still not here by then is given up."""
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; "
    "img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""Nothing from elsewhere, nothing inline."""
_YEAR = 365 * 24 * 3600
PRIVATE = (
    "/manage/",
    "/confirm/",
    "/unsubscribe/",
    "/drop/",
    "/pause/",
    "/refuse/",
    "/account/",
    "/digests/",
)
"""Pages that a token opens."""
_OPEN = {"/api/v1/papers", "/api/v1/search", "/api/v1/topics/try"}
"""Answers about public papers, which pages of any origin may read."""


class BoundedRequest:
    """Reads a request's whole body before anything else does; one too long or slow is refused.

    The body is counted as it comes, so that neither a missing nor a wrong Content-Length helps.
    """

    def __init__(self, app: ASGIApp, most: Mapping[str, int]) -> None:
        self.app = app
        self.most = most
        """Octets for paths that begin so; MOST_OCTETS for all others."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        if sum(len(name) + len(value) for name, value in scope["headers"]) > MOST_HEADERS:
            return await _refusal(scope, 431, "The headers are too large.")(scope, receive, send)
        begins = (octets for begin, octets in self.most.items() if scope["path"].startswith(begin))
        try:
            async with asyncio.timeout(BODY_SECONDS):
                body = await _body(receive, next(begins, MOST_OCTETS))
        except TimeoutError:
            return await _refusal(scope, 408, "What was sent took too long to arrive.")(
                scope, receive, send
            )
        if body is None:
            return await _refusal(scope, 413, "What was sent is too large.")(scope, receive, send)
        given = False

        async def receive_again() -> Message:
            nonlocal given
            if given:
                return await receive()
            given = True
            return {"type": "http.request", "body": body, "more_body": False}

        return await self.app(scope, receive_again, send)


class HeadAsGet:
    """Answers HEAD as GET without the body (RFC 9110 section 9.3.2), on every page."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "HEAD":
            return await self.app(scope, receive, send)

        async def send_head(message: Message) -> None:
            if message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        return await self.app({**scope, "method": "GET"}, receive, send_head)


class SafeHeaders:
    """Adds the headers that keep pages and links safe, where a page has not set its own."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.headers = safe_headers(settings)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)

        async def send_safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self.headers.items():
                    headers.setdefault(name, value)
                if scope["path"].startswith(PRIVATE):
                    headers["Cache-Control"] = "no-store"
                    headers["X-Robots-Tag"] = "noindex"
                if scope["path"] in _OPEN and scope["method"] in {"GET", "HEAD"}:
                    headers["Access-Control-Allow-Origin"] = "*"
            await send(message)

        return await self.app(scope, receive, send_safely)


def safe_headers(settings: Settings) -> dict[str, str]:
    """Return the headers of every answer; an https address is to be kept to for a year."""
    headers = {
        "Content-Security-Policy": POLICY,
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    if settings.url.startswith("https:"):
        headers["Strict-Transport-Security"] = f"max-age={_YEAR}"
    return headers


async def _body(receive: Receive, most: int) -> bytes | None:
    """Return the body, or None when it grows too long."""
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return bytes(body)
        body += message.get("body", b"")
        if len(body) > most:
            return None
        if not message.get("more_body", False):
            return bytes(body)


def _refusal(scope: Scope, status: int, text: str) -> Response:
    headers = {"Connection": "close"}
    if is_for_programs(scope["path"]):
        return problem(status, "This is not read", text, headers)
    return PlainTextResponse(text, status, headers=headers)
