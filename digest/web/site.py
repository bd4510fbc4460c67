"""What every page needs: settings, database, clock, templates, limits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined
from limits import RateLimitItem
from markupsafe import Markup

from digest import tokens, wording
from digest.config import Settings
from digest.database import Database
from digest.subscribers import Overview
from digest.tokens import Scope, Token
from digest.web.limits import Limiter

_MARK = Markup("<mark>{}</mark>")


@dataclass(frozen=True, slots=True)
class Site:
    """One running web server's resources."""

    settings: Settings
    database: Database
    poke: Callable[[str], None]
    """Tell a worker that a stage ("deliver") has something to do; never fails, may do nothing."""
    clock: Callable[[], datetime]
    limiter: Limiter

    def page(self, name: str, status: int = 200, **facts: Any) -> HTMLResponse:
        """Render a template of templates/web."""
        facts = {"site": self, "today": self.clock().date()} | facts
        return HTMLResponse(_templates().get_template(f"web/{name}.html").render(facts), status)

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

    def spoken(self, moment: datetime, time_zone: str) -> str:
        """Say a time on the reader's own clock, as in "today at 08:00"."""
        zone = ZoneInfo(time_zone)
        local, today = moment.astimezone(zone), self.clock().astimezone(zone).date()
        near = {0: "today", 1: "tomorrow", -1: "yesterday"}.get((local.date() - today).days)
        return f"{near or 'on ' + wording.spoken_day(local.date(), today)} at {local:%H:%M}"

    def feed_url(self, reader: Overview) -> str:
        """Return the address of a reader's feed, without its ending."""
        number = str(reader.feed_number)
        token = tokens.sign(self.settings.keys, Scope.FEED, reader.id, detail=number)
        return f"{self.settings.url}/feed/{token}"

    def form_token(self) -> str:
        """Return what a form carries to tell when it was shown."""
        now = self.clock()
        detail, expires = str(int(now.timestamp())), now + timedelta(days=1)
        return tokens.sign(self.settings.keys, Scope.FORM, 0, detail=detail, expires=expires)

    def allow(self, request: Request, limit: RateLimitItem, name: str) -> None:
        """Count a request of this client; raises TooManyRequests beyond the limit."""
        self.limiter.allow(client_of(request), limit, name)


def piece(name: str, **facts: Any) -> Markup:
    """Render a piece of a page, to be put into pages as it is."""
    return Markup(_templates().get_template(f"web/{name}.html").render(**facts))  # noqa: S704


def client_of(request: Request) -> str:
    """Return who asks; behind trusted proxies, the last address they did not add themselves."""
    return request.client.host if request.client else ""


async def site_of(request: Request) -> Site:
    # FastAPI would call a plain function in another thread, and wait for it.
    site: Site = request.app.state.site
    return site


Here = Annotated[Site, Depends(site_of)]


def _date(day: date, today: date) -> str:
    """Write a date, with the year where it is not this year's."""
    return f"{day.day} {day:%B}" + (f" {day.year}" if day.year != today.year else "")


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
        "byline": wording.byline,
        "day": wording.spoken_day,
        "link": wording.web_link,
        "date": _date,
        "teaser": wording.teaser,
        "mark": lambda text, terms: wording.marked(text, terms, _MARK),
    }
    return environment
