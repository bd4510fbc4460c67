"""What every page needs: settings, database, clock, templates, limits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from ipaddress import ip_address, ip_network
from typing import Annotated, Any

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined
from limits import RateLimitItem, parse
from limits.storage import Storage, storage_from_string
from limits.strategies import MovingWindowRateLimiter
from markupsafe import Markup

from digest import rendering, tokens
from digest.config import Settings
from digest.database import Database
from digest.tokens import Scope, Token

_MARK = Markup("<mark>{}</mark>")


class TooManyRequests(Exception):
    """One address asks too often; says when it may ask again."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"too many requests; again in {seconds} seconds")
        self.seconds = seconds


@dataclass(frozen=True, slots=True)
class Site:
    """One running web server's resources."""

    settings: Settings
    database: Database
    poke: Callable[[str], None]
    """Tell a worker that a stage ("deliver") has something to do; never fails, may do nothing."""
    clock: Callable[[], datetime]
    limiter: MovingWindowRateLimiter

    def page(self, name: str, status: int = 200, **facts: Any) -> HTMLResponse:
        """Render a template of templates/web."""
        today = self.clock().date()
        html = _templates().get_template(f"web/{name}.html").render(site=self, today=today, **facts)
        return HTMLResponse(html, status)

    def token(self, text: str, scope: Scope) -> Token:
        """Read a signed link; raises TokenError."""
        return tokens.verify(self.settings.keys, text, scope, self.clock())

    def manage_url(self, subscriber_id: int) -> str:
        """Return a fresh link to a subscription, for who has just shown that it is theirs."""
        expires = self.clock() + timedelta(days=1)
        token = tokens.sign(self.settings.keys, Scope.MANAGE, subscriber_id, expires=expires)
        return f"/manage/{token}"

    def allow(self, request: Request, limit: RateLimitItem, name: str) -> None:
        """Count a request of this client; raises TooManyRequests beyond the limit."""
        client = _network(request.client.host if request.client else "")
        if not self.limiter.hit(limit, name, client):
            resets_at, _ = self.limiter.get_window_stats(limit, name, client)
            raise TooManyRequests(max(1, int(resets_at - datetime.now(UTC).timestamp())))


def site_of(request: Request) -> Site:
    site: Site = request.app.state.site
    return site


Here = Annotated[Site, Depends(site_of)]

FORMS = parse("20 per hour")
"""Forms that make us send mail."""
LOOKS = parse("120 per minute")
"""Searching and trying topics."""


def limiter(settings: Settings) -> MovingWindowRateLimiter:
    """Return the counter of requests: shared by all web processes where there is a Redis."""
    url = settings.broker_url if settings.broker_url.startswith("redis") else "memory://"
    storage = storage_from_string(url.replace("redis+socket:", "redis+unix:"))
    if not isinstance(storage, Storage):
        raise TypeError(f"{type(storage).__name__} cannot count requests")
    return MovingWindowRateLimiter(storage)


def _network(address: str) -> str:
    """Return what stands for one household: the address, or the /64 of an IPv6 address."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    return str(ip_network((parsed, 64), strict=False)) if parsed.version == 6 else address


@lru_cache(maxsize=1)
def _templates() -> Environment:
    environment = Environment(
        loader=PackageLoader("digest"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "byline": rendering.byline,
        "day": rendering.spoken_day,
        "link": rendering.web_link,
        "teaser": rendering.teaser,
        "mark": lambda text, terms: rendering.marked(text, terms, _MARK),
    }
    return environment
