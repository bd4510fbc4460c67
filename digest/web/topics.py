"""One topic through its own link in a digest: pause it or drop it, each with one button."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from digest import subscribers
from digest.subscribers import FollowedTopic, LastTopic, Overview
from digest.tokens import Scope, Token
from digest.web.site import Here, Site

router = APIRouter()


@router.get("/pause/{token}", response_class=HTMLResponse)
def ask_to_pause(site: Here, token: str) -> HTMLResponse:
    """Ask whether a topic shall rest."""
    opened = site.token(token, Scope.PAUSE_TOPIC)
    topic = _followed(subscribers.overview(site.database, opened.subject), opened)
    if topic is None or topic.is_paused:
        return _already_done(site)
    return site.page(
        "question",
        title=f"Pause “{topic.query}”?",
        text="It brings no papers until you resume it. Your other topics stay.",
        button="Pause this topic",
        actions={"Manage everything": site.manage_url(opened.subject)},
    )


@router.post("/pause/{token}", response_class=HTMLResponse)
def pause(site: Here, token: str) -> Response:
    """Pause a topic, and show it among the others with undo."""
    opened = site.token(token, Scope.PAUSE_TOPIC)
    manage_url = site.manage_url(opened.subject)
    topic = _followed(subscribers.overview(site.database, opened.subject), opened)
    if topic is None or topic.is_paused:
        return RedirectResponse(manage_url, 303)
    done = subscribers.pause_topic(
        site.database, opened.subject, topic.id, is_paused=True, now=site.clock()
    )
    return RedirectResponse(f"{manage_url}?done={done}", 303)


@router.get("/drop/{token}", response_class=HTMLResponse)
def ask_to_drop(site: Here, token: str) -> HTMLResponse:
    """Ask whether a topic shall go."""
    opened = site.token(token, Scope.DROP_TOPIC)
    reader = subscribers.overview(site.database, opened.subject)
    topic = _followed(reader, opened)
    if topic is None:
        return _already_done(site)
    if len(reader.topics) == 1:
        return last_topic_page(site, LastTopic(topic.id, topic.query), site.manage_url(reader.id))
    return site.page(
        "question",
        title=f"Drop “{topic.query}”?",
        text="Your other topics stay.",
        button="Drop this topic",
        actions={"Manage everything": site.manage_url(opened.subject)},
    )


@router.post("/drop/{token}", response_class=HTMLResponse)
def drop(site: Here, token: str) -> Response:
    """Drop a topic, and show what is left."""
    opened = site.token(token, Scope.DROP_TOPIC)
    manage_url = site.manage_url(opened.subject)
    try:
        done = subscribers.drop(site.database, opened.subject, int(opened.detail), site.clock())
    except LastTopic as error:
        return last_topic_page(site, error, manage_url)
    except LookupError:
        return RedirectResponse(manage_url, 303)
    return RedirectResponse(f"{manage_url}?done={done}", 303)


def last_topic_page(site: Site, last: LastTopic, manage_url: str) -> HTMLResponse:
    """Ask what shall come when the last topic goes: nobody gets the whole list by surprise."""
    return site.page("last_topic", last=last, manage=manage_url)


def _followed(reader: Overview, opened: Token) -> FollowedTopic | None:
    return next((topic for topic in reader.topics if topic.id == int(opened.detail)), None)


def _already_done(site: Site) -> HTMLResponse:
    text = "You paused this topic before, or do not follow it any more."
    return site.page("message", title="Already done", text=text)
