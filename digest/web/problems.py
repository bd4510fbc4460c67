"""Errors for programs: problem details (RFC 9457)."""

from __future__ import annotations

from typing import Any

from fastapi.responses import JSONResponse

PROBLEM = "application/problem+json"


def is_for_programs(path: str) -> bool:
    """Whether what is asked for at `path` is read by programs, errors too."""
    return path.startswith("/api/")


def problem(
    status: int, title: str, detail: str, headers: dict[str, str] | None = None, **more: Any
) -> JSONResponse:
    """Return problem details (RFC 9457 section 3)."""
    content = {"title": title, "status": status, "detail": detail} | more
    return JSONResponse(content, status, headers=headers, media_type=PROBLEM)
