"""The JSON API: papers, search, trying a topic, subscribing. Documented at /api/v1/openapi.json."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import JSONResponse

from digest import challenges, editions, subscribers
from digest.enums import SignUpKind
from digest.library import paper_value
from digest.search import search, try_topic
from digest.signups import ChallengeNeeded, TooManySignUps
from digest.subscribers import AddressRefused, PreferenceError, Preferences
from digest.topics import TopicSyntaxError
from digest.web.asking import ask, sentence
from digest.web.limits import FORMS, LOOKS
from digest.web.messages import (
    Accepted,
    Challenge,
    Day,
    Found,
    HitOut,
    IsoDay,
    PaperOut,
    Problem,
    Tried,
)
from digest.web.messages import Wish as WishIn
from digest.web.problems import PROBLEM, problem
from digest.web.site import Here

router = APIRouter()
_PROBLEMS = {
    400: "The body is not JSON in UTF-8.",
    408: "The body took too long to arrive.",
    413: "The body is larger than 64 KiB.",
    422: "A parameter, or the body, cannot be read; `position` and `hint` where it is a topic.",
    429: (
        "Too much at once: again after `Retry-After` seconds, or at once with a solved "
        "`challenge`, where that is named."
    ),
}
_EVERY = (408, 413, 422)
_QUERY = Query(
    max_length=500,
    description="A topic: words, “exact phrases”, OR, -not, title:, author:, org:, cat:.",
    examples=["latent arithmetic", 'author:"Kaiming He"', "diffusion -video"],
)


def _problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    content = {PROBLEM: {"schema": Problem.model_json_schema()}}
    return {status: {"description": _PROBLEMS[status], "content": content} for status in statuses}


@router.get("/papers", summary="A day's papers", responses=_problems(*_EVERY))
def papers(
    site: Here,
    day: Annotated[
        IsoDay | None, Query(description="Such as `2026-06-02`; without it, the newest.")
    ] = None,
) -> Day:
    """Return a day's papers in trending order; without a day, the newest."""
    with site.database.read() as session:
        wanted = day or editions.latest_day(session)
        found = editions.on_day(session, wanted) if wanted else []
    listed = [PaperOut.of(paper_value(e.paper)) for edition in found for e in edition.entries]
    return Day(day=wanted, papers=listed)


@router.get(
    "/search",
    summary="Search",
    response_model=Found,
    responses=_problems(*_EVERY, 429),
)
def search_papers(
    request: Request,
    site: Here,
    q: Annotated[str, _QUERY],
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
    offset: Annotated[int, Query(ge=0, le=5000)] = 0,
) -> Found | JSONResponse:
    """Return the stored papers that belong to a query, best first."""
    site.allow(request, LOOKS, "search")
    try:
        results = search(site.database, q, limit, offset)
    except TopicSyntaxError as error:
        return _syntax_error(error)
    hits = [HitOut.of(hit) for hit in results.hits]
    return Found(query=results.query, total=results.total, hits=hits)


@router.get(
    "/topics/try",
    summary="Try a topic",
    response_model=Tried,
    responses=_problems(*_EVERY, 429),
)
def try_a_topic(request: Request, site: Here, q: Annotated[str, _QUERY]) -> Tried | JSONResponse:
    """Return what a topic would have brought in the last 30 days."""
    site.allow(request, LOOKS, "try")
    try:
        trial = try_topic(site.database, q, site.clock())
    except TopicSyntaxError as error:
        return _syntax_error(error)
    return Tried.of(trial)


@router.get("/challenge", summary="A challenge", responses=_problems(408, 413, 429))
def challenge(request: Request, site: Here) -> Challenge:
    """Return a proof-of-work challenge (ALTCHA v2); its solution lets one sign-up in.

    Find the `counter` for which PBKDF2 of the octets of `nonce` followed by the counter as four
    octets, big-endian, begins with `keyPrefix`.
    """
    site.allow(request, LOOKS, "challenge")
    return Challenge.model_validate(challenges.make(site.settings.keys, site.clock()))


@router.post(
    "/subscriptions",
    summary="Subscribe",
    status_code=202,
    response_model=Accepted,
    responses=_problems(400, *_EVERY, 429),
)
def subscribe(request: Request, site: Here, wish: WishIn) -> Accepted | JSONResponse:
    """Mail a confirmation to an address; nothing else is sent before its owner agrees.

    The answer is the same for every address that can be mailed. The limits are those of the form:
    while they are not near, no challenge needs to be solved.
    """
    site.allow(request, FORMS, "subscribe")
    wishes = wish.model_dump(exclude={"address", "topics", "altcha"})
    try:
        address = subscribers.checked_address(wish.address, check_dns=site.settings.asks_dns)
        preferences = Preferences.wished(tuple(wish.topics), site.settings.max_topics, **wishes)
        ask(site, request, SignUpKind.SUBSCRIBE, address, preferences, wish.altcha)
    except TopicSyntaxError as error:
        return _syntax_error(error)
    except (AddressRefused, PreferenceError) as error:
        return problem(422, "This cannot be done", str(error))
    except TooManySignUps as error:
        return _too_many(error)
    return Accepted()


def _too_many(error: TooManySignUps) -> JSONResponse:
    headers = {"Retry-After": str(error.seconds)}
    if isinstance(error, ChallengeNeeded):
        detail = "Many sign-ups come in: solve the challenge, and send the solution as `altcha`."
        return problem(429, "Solve a challenge", detail, headers, challenge="/api/v1/challenge")
    return problem(429, "Too many sign-ups", sentence(error), headers)


def _syntax_error(error: TopicSyntaxError) -> JSONResponse:
    title, place = "The topic cannot be read", error.position
    return problem(422, title, error.message, position=place, hint=error.hint)
