"""What search engines may look at (RFC 9309)."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import PlainTextResponse

from digest.web.middleware import PRIVATE

router = APIRouter()
_CLOSED = (*PRIVATE, "/feed/", "/api/", "/try", "/link", "/outbox")
_RULES = "\n".join(("User-agent: *", *(f"Disallow: {path}" for path in _CLOSED), ""))


@router.get("/robots.txt", response_class=PlainTextResponse)
def robots() -> str:
    """Leave out what a token opens and what is for programs."""
    return _RULES
