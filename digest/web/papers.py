"""The day's papers, a day's papers, and search."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse
from markupsafe import Markup

from digest import editions
from digest.database import Database
from digest.editions import Place
from digest.library import paper_value
from digest.search import Results, search
from digest.subscribers import Preferences
from digest.topics import TopicSyntaxError
from digest.web.forms import Form
from digest.web.limits import LOOKS
from digest.web.site import Here, Site, piece

router = APIRouter()
_HITS_A_PAGE = 20


@router.get("/", response_class=HTMLResponse)
def front(site: Here, topic: Annotated[str, Query(max_length=500)] = "") -> HTMLResponse:
    """Show the newest day's papers under the box to subscribe."""
    return front_page(site, Form(topics=topic))


@router.get("/papers/{day}", response_class=HTMLResponse)
def on_day(site: Here, day: date) -> HTMLResponse:
    """Show one day's papers."""
    with site.database.read() as session:
        place = editions.place(session, day)
    return _papers_page(site, place, Form(), is_front=False)


@router.get("/search", response_class=HTMLResponse)
def search_papers(
    request: Request,
    site: Here,
    q: Annotated[str, Query(max_length=500)] = "",
    page: Annotated[int, Query(ge=1, le=50)] = 1,
) -> HTMLResponse:
    """Rank all stored papers by the matcher that fills digests."""
    site.allow(request, LOOKS, "search")
    results, error = Results("", 0, ()), None
    if q.strip():
        try:
            results = search(site.database, q, _HITS_A_PAGE, (page - 1) * _HITS_A_PAGE)
        except TopicSyntaxError as wrong:
            error = wrong
    pages = -(-results.total // _HITS_A_PAGE)
    return site.page("search", q=q, results=results, error=error, page=page, pages=pages)


def front_page(site: Site, form: Form, status: int = 200) -> HTMLResponse:
    """Show the front page with what was filled in, and what was wrong with it."""
    with site.database.read() as session:
        place = editions.newest_place(session)
    if place is None:
        return site.page("empty", status, form=form, defaults=Preferences())
    return _papers_page(site, place, form, is_front=True, status=status)


def _papers_page(
    site: Site, place: Place, form: Form, *, is_front: bool, status: int = 200
) -> HTMLResponse:
    level = "h3" if is_front else "h2"
    listed = _listed(site.database, place.day, place.version, level, site.clock().date())
    return site.page(
        "papers",
        status if listed.count else 404,
        day=place.day,
        listed=listed,
        before=place.before,
        after=place.after,
        form=form,
        heading="h2" if is_front else "h1",
        is_front=is_front,
    )


@dataclass(frozen=True, slots=True)
class _Listed:
    """A day's cards, ready to put into a page."""

    cards: Markup
    count: int
    new: int
    is_sample: bool


@lru_cache(maxsize=64)
def _listed(database: Database, day: date, _version: object, level: str, today: date) -> _Listed:
    """Render a day's cards; kept for as long as the stored version is the same."""
    with database.read() as session:
        found = editions.on_day(session, day)
    entries = [(entry, paper_value(entry.paper)) for e in found for entry in e.entries]
    new = sum(entry.is_new for entry, _ in entries)
    return _Listed(
        piece("_cards", entries=entries, new=new, level=level, today=today),
        len(entries),
        new,
        any(edition.source == "sample" for edition in found),
    )
