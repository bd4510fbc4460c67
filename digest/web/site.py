"""What every page needs: settings, database, clock, templates, limits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from ipaddress import ip_address, ip_network
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined
from limits import RateLimitItem, parse
from limits.storage import MemoryStorage, Storage, storage_from_string
from limits.strategies import MovingWindowRateLimiter
from markupsafe import Markup

from digest import rendering, tokens
from digest.config import Settings
from digest.database import Database
from digest.subscribers import Overview
from digest.tokens import Scope, Token

_PATIENCE = {"socket_connect_timeout": 1, "socket_timeout": 1}
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
    own_limiter: MovingWindowRateLimiter
    """Counts in this process alone, while the shared one is out of reach."""

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

    def unsubscribe_url(self, subscriber_id: int) -> str:
        """Return a link to leave, for who has just shown that the subscription is theirs."""
        return f"/unsubscribe/{tokens.sign(self.settings.keys, Scope.UNSUBSCRIBE, subscriber_id)}"

    def feed_url(self, reader: Overview) -> str:
        """Return the address of a reader's feed, without its ending."""
        number = str(reader.feed_number)
        token = tokens.sign(self.settings.keys, Scope.FEED, reader.id, detail=number)
        return f"{self.settings.url}/feed/{token}"

    def allow(self, request: Request, limit: RateLimitItem, name: str) -> None:
        """Count a request of this client; raises TooManyRequests beyond the limit."""
        client = _network(request.client.host if request.client else "")
        try:
            seconds = _hit(self.limiter, limit, name, client)
        except self.limiter.storage.base_exceptions:
            seconds = _hit(self.own_limiter, limit, name, client)
        if seconds:
            raise TooManyRequests(seconds)


def piece(name: str, **facts: Any) -> Markup:
    """Render a piece of a page, to be put into pages as it is."""
    return Markup(_templates().get_template(f"web/{name}.html").render(**facts))  # noqa: S704


def _hit(limiter: MovingWindowRateLimiter, limit: RateLimitItem, name: str, client: str) -> int:
    """Count, and return for how many seconds the client has to wait."""
    if limiter.hit(limit, name, client):
        return 0
    resets_at, _ = limiter.get_window_stats(limit, name, client)
    return max(1, int(resets_at - datetime.now(UTC).timestamp()))


def site_of(request: Request) -> Site:
    site: Site = request.app.state.site
    return site


Here = Annotated[Site, Depends(site_of)]

FORMS = parse("20 per hour")
"""Forms that make us send mail."""
LOOKS = parse("120 per minute")
"""Searching and trying topics."""


def limiters(settings: Settings) -> tuple[MovingWindowRateLimiter, MovingWindowRateLimiter]:
    """Return the counter all web processes share (in Redis, where there is one), and our own."""
    url = settings.broker_url if settings.broker_url.startswith("redis") else "memory://"
    shared = storage_from_string(
        url.replace("redis+socket:", "redis+unix:"), **_PATIENCE if url != "memory://" else {}
    )
    if not isinstance(shared, Storage):
        raise TypeError(f"{type(shared).__name__} cannot count requests")
    return MovingWindowRateLimiter(shared), MovingWindowRateLimiter(MemoryStorage())


def _network(address: str) -> str:
    """Return what stands for one household: the address, or the /64 of an IPv6 address."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    return str(ip_network((parsed, 64), strict=False)) if parsed.version == 6 else address


def _moment(moment: datetime, time_zone: str) -> str:
    """Write a time on the reader's own clock, as in "on Monday, 8 June at 8:00"."""
    local = moment.astimezone(ZoneInfo(time_zone))
    return f"on {rendering.spoken_day(local.date(), local.date())} at {local:%H:%M}"


@lru_cache(maxsize=1)
def _templates() -> Environment:
    environment = Environment(
        loader=PackageLoader("digest"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters |= {
        "byline": rendering.byline,
        "day": rendering.spoken_day,
        "link": rendering.web_link,
        "moment": _moment,
        "teaser": rendering.teaser,
        "mark": lambda text, terms: rendering.marked(text, terms, _MARK),
    }
    return environment
