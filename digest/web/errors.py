"""Errors as pages, or for programs as problem details (RFC 9457)."""

from __future__ import annotations

from collections.abc import Callable

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from digest.subscribers import LinkUsed, NothingToUndo, NotSubscribed, OnItsWay
from digest.tokens import TokenError
from digest.web.limits import TooManyRequests
from digest.web.middleware import safe_headers
from digest.web.problems import is_for_programs, problem
from digest.web.site import Site

_HTTP_ERRORS = {
    400: ("This cannot be read", "What was sent is damaged."),
    404: ("Nothing is here", "The address may be mistyped."),
    405: ("That does not work", "This address takes other methods."),
}
_NO_LINK = "This link does not work"
_NO_LINK_TEXT = (
    "It may have expired, or been cut off in the mail, or the subscription has ended. "
    "Ask for a fresh one."
)
"""The same whatever is wrong with it, so that trying links teaches nothing."""


def add_error_pages(app: FastAPI) -> None:
    """Tell each error that a page may end with in words."""
    site: Site = app.state.site

    def tell(status: int, title: str, text: str) -> Callable[[Request, Exception], Response]:
        return lambda request, _: answer(site, request, status, title, text)

    for error in (TokenError, NotSubscribed):
        app.add_exception_handler(error, tell(404, _NO_LINK, _NO_LINK_TEXT))
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
        LinkUsed, lambda request, error: answer(site, request, 410, "Already done", f"{error}.")
    )
    app.add_exception_handler(
        RequestValidationError, lambda request, error: _unreadable(site, request, error)
    )
    app.add_exception_handler(TooManyRequests, lambda request, e: _slow_down(site, request, e))
    app.add_exception_handler(HTTPException, lambda request, e: _http_error(site, request, e))
    app.add_exception_handler(Exception, lambda request, _: _our_fault(site, request))


def answer(site: Site, request: Request, status: int, title: str, text: str) -> Response:
    """Tell what is wrong, in the form that who asks can read."""
    if is_for_programs(request.url.path):
        return problem(status, title, text)
    return site.page("message", status, title=title, text=text)


def _unreadable(site: Site, request: Request, error: Exception) -> Response:
    title = "This cannot be read"
    if is_for_programs(request.url.path) and isinstance(error, RequestValidationError):
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"][1:]) or "the body"
        return problem(422, title, f"{place}: {first['msg']}"[:500])
    text = "A part of the address or form is not what it should be."
    return answer(site, request, 422, title, text)


def _slow_down(site: Site, request: Request, error: Exception) -> Response:
    seconds = error.seconds if isinstance(error, TooManyRequests) else 60
    text = f"Please try again in {max(1, seconds // 60)} minutes."
    response = answer(site, request, 429, "That was a lot at once", text)
    response.headers["Retry-After"] = str(seconds)
    return response


def _http_error(site: Site, request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    title, text = _HTTP_ERRORS.get(status, ("That does not work", "Please try another way."))
    response = answer(site, request, status, title, text)
    response.headers.update((error.headers or {}) if isinstance(error, HTTPException) else {})
    return response


def _our_fault(site: Site, request: Request) -> Response:
    text = "It has been written down. Please try again."
    response = answer(site, request, 500, "That was our fault", text)
    # Made outside of all middleware.
    response.headers.update(safe_headers(site.settings))
    return response
