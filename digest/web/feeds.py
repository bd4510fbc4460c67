"""Feeds: of any topic, and of a reader's own digests."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Annotated
from urllib.parse import urlencode, urlsplit

from fastapi import APIRouter, Query, Request
from fastapi.responses import PlainTextResponse, Response

from digest import subscribers, tokens
from digest.deliveries import past_digests
from digest.enums import SubscriberStatus
from digest.feeds import Feed, atom, digest_item, json_feed, paper_item
from digest.rendering import subject_of
from digest.search import newest
from digest.subscribers import NotSubscribed
from digest.tokens import Scope
from digest.topics import TopicSyntaxError
from digest.web.limits import LOOKS
from digest.web.site import Here, Site

router = APIRouter()
Topic = Annotated[str, Query(max_length=500)]
_ATOM, _JSON = "application/atom+xml; charset=utf-8", "application/feed+json"
_PAPERS = 50
_DIGESTS = 30
_FRESH_SECONDS = 900


@router.get("/feed.atom")
def topic_as_atom(request: Request, site: Here, q: Topic = "") -> Response:
    """Give the newest papers of a topic, or of all, to a feed reader."""
    return _topic_feed(request, site, q.strip(), "feed.atom", atom, _ATOM)


@router.get("/feed.json")
def topic_as_json(request: Request, site: Here, q: Topic = "") -> Response:
    """Give the newest papers of a topic, or of all, as a JSON Feed."""
    return _topic_feed(request, site, q.strip(), "feed.json", json_feed, _JSON)


@router.get("/feed/{token}.atom")
def own_as_atom(request: Request, site: Here, token: str) -> Response:
    """Give a reader's digests to their feed reader."""
    return _own_feed(request, site, token, ".atom", atom, _ATOM)


@router.get("/feed/{token}.json")
def own_as_json(request: Request, site: Here, token: str) -> Response:
    """Give a reader's digests as a JSON Feed."""
    return _own_feed(request, site, token, ".json", json_feed, _JSON)


def _topic_feed(
    request: Request,
    site: Site,
    query: str,
    name: str,
    write: Callable[[Feed], bytes],
    media_type: str,
) -> Response:
    site.allow(request, LOOKS, "feed")
    try:
        hits = newest(site.database, query, _PAPERS)
    except TopicSyntaxError as error:
        return PlainTextResponse(f"{error}\n", 422)
    asked = f"?{urlencode({'q': query})}" if query else ""
    feed = Feed(
        title=f"Trending papers: {query}" if query else "Trending papers",
        home_url=f"{site.settings.url}/search{asked}" if query else f"{site.settings.url}/",
        url=f"{site.settings.url}/{name}{asked}",
        items=tuple(
            paper_item(hit.paper, hit.day, hit.match.reason if hit.match.reason.terms else None)
            for hit in hits
        ),
    )
    return _answer(request, write(feed), media_type, "public")


def _own_feed(
    request: Request,
    site: Site,
    token: str,
    ending: str,
    write: Callable[[Feed], bytes],
    media_type: str,
) -> Response:
    opened = site.token(token, Scope.FEED)
    reader = subscribers.overview(site.database, opened.subject)
    reads = reader.status in {SubscriberStatus.ACTIVE, SubscriberStatus.PAUSED}
    if not reads or opened.detail != str(reader.feed_number):
        raise NotSubscribed
    host = urlsplit(site.settings.url).hostname
    items = []
    for past in past_digests(site.database, reader.id, _DIGESTS):
        view = tokens.sign(site.settings.keys, Scope.VIEW, past.delivery_id)
        items.append(
            digest_item(
                past.digest,
                # RFC 4151: the same for as long as the digest exists, whatever key signs links.
                f"tag:{host},{past.planned_at:%Y-%m-%d}:digest/{past.delivery_id}",
                f"{site.settings.url}/digests/{view}",
                subject_of(past.digest),
                past.planned_at,
            )
        )
    feed = Feed(
        title="Your trending papers",
        home_url=f"{site.settings.url}/",
        url=f"{site.settings.url}/feed/{token}{ending}",
        items=tuple(items),
    )
    return _answer(request, write(feed), media_type, "private")


def _answer(request: Request, body: bytes, media_type: str, whose: str) -> Response:
    """Send a feed, or say that it has not changed since (RFC 9110 section 13.1.2)."""
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {"ETag": etag, "Cache-Control": f"{whose}, max-age={_FRESH_SECONDS}"}
    if whose == "private":
        headers["X-Robots-Tag"] = "noindex"
    known = request.headers.get("if-none-match", "")
    if etag in {tag.strip().removeprefix("W/") for tag in known.split(",")}:
        return Response(status_code=304, headers=headers)
    return Response(body, media_type=media_type, headers=headers)
