"""One topic through its own link in a digest: pause it or drop it, each with one button."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from digest import subscribers
from digest.subscribers import FollowedTopic, LastTopic, Overview
from digest.tokens import Scope
from digest.web.site import Here, Site

router = APIRouter()
_ASKED = {
    Scope.PAUSE_TOPIC: (
        "Pause",
        "It brings no papers until you resume it; your others stay.",
    ),
    Scope.DROP_TOPIC: ("Drop", "Your other topics stay."),
}


@router.get("/pause/{token}", response_class=HTMLResponse)
def ask_to_pause(site: Here, token: str) -> HTMLResponse:
    """Ask whether a topic shall rest."""
    return _question(site, token, Scope.PAUSE_TOPIC)


@router.post("/pause/{token}", response_class=HTMLResponse)
def pause(site: Here, token: str) -> Response:
    """Pause a topic, and show it among the others with undo."""
    return _done(site, token, Scope.PAUSE_TOPIC)


@router.get("/drop/{token}", response_class=HTMLResponse)
def ask_to_drop(site: Here, token: str) -> HTMLResponse:
    """Ask whether a topic shall go."""
    return _question(site, token, Scope.DROP_TOPIC)


@router.post("/drop/{token}", response_class=HTMLResponse)
def drop(site: Here, token: str) -> Response:
    """Drop a topic, and show what is left."""
    return _done(site, token, Scope.DROP_TOPIC)


def last_topic_page(site: Site, last: LastTopic, manage_url: str) -> HTMLResponse:
    """Ask what shall come when the last topic goes: nobody gets the whole list by surprise."""
    return site.page("last_topic", last=last, manage=manage_url)


def _question(site: Site, token: str, scope: Scope) -> HTMLResponse:
    reader, topic = _named(site, token, scope)
    manage_url = site.manage_url(reader.id)
    if topic is None:
        text = "You paused this topic before, or do not follow it any more."
        return site.page("message", title="Already done", text=text)
    if scope is Scope.DROP_TOPIC and len(reader.topics) == 1:
        return last_topic_page(site, LastTopic(topic.id, topic.query), manage_url)
    verb, text = _ASKED[scope]
    return site.page(
        "question",
        title=f"{verb} “{topic.query}”?",
        text=text,
        button=f"{verb} this topic",
        actions={"Manage everything": manage_url},
    )


def _done(site: Site, token: str, scope: Scope) -> Response:
    reader, topic = _named(site, token, scope)
    manage_url = site.manage_url(reader.id)
    if topic is None:
        return RedirectResponse(manage_url, 303)
    database, now = site.database, site.clock()
    try:
        if scope is Scope.DROP_TOPIC:
            done = subscribers.drop(database, reader.id, topic.id, now)
        else:
            done = subscribers.pause_topic(database, reader.id, topic.id, is_paused=True, now=now)
    except LastTopic as error:
        return last_topic_page(site, error, manage_url)
    except LookupError:
        return RedirectResponse(manage_url, 303)
    return RedirectResponse(f"{manage_url}?done={done}", 303)


def _named(site: Site, token: str, scope: Scope) -> tuple[Overview, FollowedTopic | None]:
    """Return the reader and the topic that a link names, where there is something left to do."""
    opened = site.token(token, scope)
    reader = subscribers.overview(site.database, opened.subject)
    named = (topic for topic in reader.topics if topic.id == int(opened.detail))
    topic = next(named, None)
    is_done = topic is None or (scope is Scope.PAUSE_TOPIC and topic.is_paused)
    return reader, None if is_done else topic
