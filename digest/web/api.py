"""The JSON API: papers, search, trying a topic, subscribing. Documented at /api/v1/openapi.json."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

from digest import challenges, editions, subscribers
from digest.matches import Hit, paper_value, search, try_topic
from digest.models import Frequency, Selectivity, SignUpKind
from digest.papers import Paper
from digest.signups import TooManySignUps
from digest.subscribers import AddressRefused, PreferenceError, Preferences
from digest.topics import TopicSyntaxError
from digest.web.asking import ask, sentence
from digest.web.limits import FORMS, LOOKS
from digest.web.site import Here

router = APIRouter()


class PaperOut(BaseModel):
    """A paper."""

    id: str
    title: str
    abstract: str
    summary: str | None
    authors: list[str]
    organization: str | None
    keywords: list[str]
    categories: list[str]
    upvotes: int
    comments: int
    url: str
    pdf_url: str
    code_url: str | None
    published_on: date | None

    @classmethod
    def of(cls, paper: Paper) -> PaperOut:
        own = {name: getattr(paper, name) for name in cls.model_fields if name != "id"}
        return cls(id=paper.arxiv_id, **own)


class HitOut(BaseModel):
    """A paper that belongs to a query, and why."""

    paper: PaperOut
    day: date
    score: float
    reason: str

    @classmethod
    def of(cls, hit: Hit) -> HitOut:
        score, reason = round(hit.match.score, 4), hit.match.reason.sentence()
        return cls(paper=PaperOut.of(hit.paper), day=hit.day, score=score, reason=reason)


class Day(BaseModel):
    """One day's papers, in trending order."""

    day: date | None
    papers: list[PaperOut]


class Found(BaseModel):
    """The papers that belong to a query, best first."""

    query: str
    total: int
    hits: list[HitOut]


class Tried(BaseModel):
    """What a topic would have brought in the last 30 days."""

    query: str
    papers_a_day: float
    last_7_days: int
    last_30_days: int
    is_too_broad: bool
    newest: list[HitOut]


class Wish(BaseModel):
    """Who wants what, and when."""

    address: Annotated[str, Field(max_length=320)]
    topics: Annotated[list[str], Field(max_length=500)] = []
    frequency: Frequency = Frequency.DAILY
    weekday: int = 0
    hour: int = 8
    time_zone: str = "UTC"
    max_papers: int = 10
    selectivity: Selectivity = Selectivity.NORMAL
    altcha: Annotated[str, Field(max_length=4000)] = ""


class Accepted(BaseModel):
    """The same for every address."""

    status: str = "confirmation mailed"


@router.get("/papers")
def papers(site: Here, day: date | None = None) -> Day:
    """Return a day's papers; without a day, the newest."""
    with site.database.read() as session:
        wanted = day or editions.latest_day(session)
        found = editions.on_day(session, wanted) if wanted else []
    listed = [PaperOut.of(paper_value(e.paper)) for edition in found for e in edition.entries]
    return Day(day=wanted, papers=listed)


@router.get("/search", responses={422: {"description": "The query cannot be read."}})
def search_papers(
    request: Request,
    site: Here,
    q: Annotated[str, Query(max_length=500)],
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
    offset: Annotated[int, Query(ge=0, le=5000)] = 0,
) -> Any:
    """Return the stored papers that belong to a query, best first."""
    site.allow(request, LOOKS, "search")
    try:
        results = search(site.database, q, limit, offset)
    except TopicSyntaxError as error:
        return _syntax_error(error)
    hits = [HitOut.of(hit) for hit in results.hits]
    return Found(query=results.query, total=results.total, hits=hits)


@router.get("/topics/try", responses={422: {"description": "The topic cannot be read."}})
def try_a_topic(request: Request, site: Here, q: Annotated[str, Query(max_length=500)]) -> Any:
    """Return what a topic would have brought."""
    site.allow(request, LOOKS, "try")
    try:
        trial = try_topic(site.database, q, site.clock())
    except TopicSyntaxError as error:
        return _syntax_error(error)
    return Tried(
        query=trial.query,
        papers_a_day=round(trial.per_day, 3),
        last_7_days=trial.last_week,
        last_30_days=trial.hits,
        is_too_broad=trial.is_too_broad,
        newest=[HitOut.of(hit) for hit in trial.newest],
    )


@router.get("/challenge")
def challenge(request: Request, site: Here) -> dict[str, Any]:
    """Return a proof-of-work challenge (ALTCHA v2); its solution lets one sign-up in."""
    site.allow(request, LOOKS, "challenge")
    return challenges.make(site.settings.keys, site.clock())


@router.post("/subscriptions", status_code=202)
def subscribe(request: Request, site: Here, wish: Wish) -> Any:
    """Mail a confirmation to an address; nothing is sent before its owner confirms."""
    site.allow(request, FORMS, "subscribe")
    wishes = wish.model_dump(exclude={"address", "topics", "altcha"})
    try:
        address = subscribers.checked_address(wish.address, check_dns=site.settings.asks_dns)
        preferences = Preferences.wished(tuple(wish.topics), site.settings.max_topics, **wishes)
    except TopicSyntaxError as error:
        return _syntax_error(error)
    except (AddressRefused, PreferenceError) as error:
        return JSONResponse({"error": str(error)}, 422)
    try:
        ask(site, request, SignUpKind.SUBSCRIBE, address, preferences, wish.altcha)
    except TooManySignUps as error:
        return JSONResponse({"error": sentence(error)}, 429)
    return Accepted()


def _syntax_error(error: TopicSyntaxError) -> JSONResponse:
    content = {"error": error.message, "position": error.position, "hint": error.hint}
    return JSONResponse(content, 422)
