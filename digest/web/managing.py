"""A subscription through its link: topics, schedule, pauses, leaving."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi import Form as Posted
from fastapi import Path as PathParameter
from fastapi.responses import (
    HTMLResponse,
    JSONResponse,
    PlainTextResponse,
    RedirectResponse,
    Response,
)

from digest import feedback, subscribers
from digest.addresses import Origin
from digest.digests import local_day
from digest.enums import Frequency, Selectivity, SignUpKind, SubscriberStatus
from digest.signups import TooManySignUps
from digest.subscribers import (
    AddressRefused,
    LastTopic,
    NotSubscribed,
    PreferenceError,
    Preferences,
)
from digest.tokens import Scope
from digest.topics import TopicSyntaxError
from digest.web.asking import ask, sentence
from digest.web.limits import FORMS
from digest.web.site import Here, Site, client_of
from digest.web.topics import last_topic_page

router = APIRouter()
Text = Annotated[str, Posted(max_length=2_000)]
Number = Annotated[int, PathParameter(ge=1, le=2**31 - 1)]
"""An id as the database keeps it."""


@router.get("/manage/{token}", response_class=HTMLResponse)
def manage(site: Here, token: str, done: int = 0, undone: str = "") -> HTMLResponse:
    """Show a subscription to its reader."""
    subject = site.token(token, Scope.MANAGE).subject
    return _manage_page(site, token, subject, done=done, undone=undone)


@router.post("/manage/{token}/topics", response_class=HTMLResponse)
def follow(site: Here, token: str, topic: Text = "") -> Response:
    """Follow one more topic."""
    subject = site.token(token, Scope.MANAGE).subject
    try:
        done = subscribers.follow(
            site.database, subject, topic, site.settings.max_topics, site.clock()
        )
    except (TopicSyntaxError, PreferenceError) as error:
        return _manage_page(site, token, subject, topic=topic, error=str(error), status=422)
    return _back(token, done)


@router.post("/manage/{token}/topics/{topic_id}", response_class=HTMLResponse)
def change_topic(
    site: Here, token: str, topic_id: int, action: Text = "", topic: Text = ""
) -> Response:
    """Edit, drop, pause or resume a topic."""
    subject = site.token(token, Scope.MANAGE).subject
    try:
        done = _change(site, subject, topic_id, action, topic)
    except LastTopic as error:
        return last_topic_page(site, error, f"/manage/{token}")
    except LookupError as error:
        return _manage_page(site, token, subject, error=str(error), status=409)
    except (TopicSyntaxError, PreferenceError) as error:
        return _manage_page(site, token, subject, error=str(error), status=422)
    return _back(token, done)


@router.post("/manage/{token}/schedule", response_class=HTMLResponse)
def set_schedule(
    site: Here,
    token: str,
    frequency: Text = "daily",
    weekday: Text = "0",
    hour: Text = "8",
    time_zone: Text = "UTC",
    max_papers: Text = "10",
    selectivity: Text = "normal",
) -> Response:
    """Change days, hour, time zone and how much."""
    subject = site.token(token, Scope.MANAGE).subject
    try:
        wishes = Preferences(
            frequency=Frequency(frequency),
            weekday=int(weekday),
            hour=int(hour),
            time_zone=time_zone.strip(),
            max_papers=int(max_papers),
            selectivity=Selectivity(selectivity),
        )
    except PreferenceError as error:
        return _manage_page(site, token, subject, error=str(error), status=422)
    except ValueError:
        text = "One of the choices is not among those offered."
        return _manage_page(site, token, subject, error=text, status=422)
    return _back(token, subscribers.set_schedule(site.database, subject, wishes, site.clock()))


@router.post("/manage/{token}/pause", response_class=HTMLResponse)
def pause(site: Here, token: str, until: Text = "", action: Text = "pause") -> Response:
    """Pause until a day, or resume now."""
    subject = site.token(token, Scope.MANAGE).subject
    if action == "resume":
        return _back(token, subscribers.resume(site.database, subject, site.clock()))
    try:
        done = subscribers.pause(site.database, subject, date.fromisoformat(until), site.clock())
    except PreferenceError as error:
        return _manage_page(site, token, subject, error=str(error), status=422)
    except ValueError:
        text = "Choose the day on which the digests come again."
        return _manage_page(site, token, subject, error=text, status=422)
    return _back(token, done)


@router.post("/manage/{token}/undo/{change_id}", response_class=HTMLResponse)
def undo(site: Here, token: str, change_id: Number) -> Response:
    """Put back what a change changed."""
    subject = site.token(token, Scope.MANAGE).subject
    try:
        sentence = subscribers.undo(site.database, subject, change_id, site.clock())
    except LastTopic as error:
        return last_topic_page(site, error, f"/manage/{token}")
    return RedirectResponse(f"/manage/{token}?{urlencode({'undone': sentence})}", 303)


@router.post("/manage/{token}/feed", response_class=HTMLResponse)
def renew_feed(site: Here, token: str) -> Response:
    """Give the reader's feed a new address."""
    subject = site.token(token, Scope.MANAGE).subject
    subscribers.renew_feed(site.database, subject)
    return RedirectResponse(f"/manage/{token}#feed", 303)


@router.post("/manage/{token}/link", response_class=HTMLResponse)
def send_link(request: Request, site: Here, token: str) -> HTMLResponse:
    """Mail the reader a fresh link, which allows more than this one."""
    site.allow(request, FORMS, "link")
    reader = subscribers.overview(site.database, site.token(token, Scope.MANAGE).subject)
    try:
        ask(site, request, SignUpKind.LINK, reader.address)
    except TooManySignUps as error:
        return _manage_page(site, token, reader.id, error=sentence(error), status=429)
    return site.page("sent", title="Check your inbox", address=reader.address, kind="link")


@router.get("/unsubscribe/{token}", response_class=HTMLResponse)
def ask_to_unsubscribe(site: Here, token: str) -> HTMLResponse:
    """Ask with one button, and offer less instead."""
    subject = site.token(token, Scope.UNSUBSCRIBE).subject
    reader = subscribers.overview(site.database, subject)
    return site.page("unsubscribe", reader=reader)


@router.post("/unsubscribe/{token}", response_class=HTMLResponse)
def unsubscribe(
    site: Here,
    token: str,
    action: Text = "",
    one_click: Annotated[str, Posted(alias="List-Unsubscribe")] = "",
) -> Response:
    """Stop all mail at once (RFC 8058 section 3.2), or undo that; repeats change nothing."""
    opened = site.token(token, Scope.UNSUBSCRIBE)
    subject = opened.subject
    if opened.detail:
        feedback.pressed(site.database, site.settings.keys, int(opened.detail), site.clock())
    if one_click:
        subscribers.unsubscribe(site.database, subject, site.clock())
        return PlainTextResponse("You are unsubscribed.\n")
    if action == "undo":
        return _come_back(site, subject)
    if action == "weekly":
        return _weekly(site, subject)
    subscribers.unsubscribe(site.database, subject, site.clock(), with_farewell=True)
    site.poke("deliver")
    return site.page("unsubscribed")


@router.get("/account/{token}", response_class=HTMLResponse)
def account(site: Here, token: str) -> HTMLResponse:
    """Show what a fresh link allows: manage, move, export, erase."""
    opened = site.token(token, Scope.ACCOUNT)
    subscribers.check_link(site.database, opened.subject, int(opened.detail))
    return _account_page(site, token, opened.subject)


@router.post("/account/{token}/address", response_class=HTMLResponse)
def move(request: Request, site: Here, token: str, address: Text = "") -> HTMLResponse:
    """Ask another address whether the subscription may come."""
    site.allow(request, FORMS, "move")
    opened = site.token(token, Scope.ACCOUNT)
    settings, origin, link = site.settings, Origin.of(client_of(request)), int(opened.detail)
    try:
        checked = subscribers.checked_address(address.strip(), check_dns=settings.asks_dns)
        subscribers.ask_to_move(
            site.database, settings, opened.subject, link, checked, origin, site.clock()
        )
    except AddressRefused as error:
        return _account_page(site, token, opened.subject, address, str(error), 422)
    except TooManySignUps as error:
        return _account_page(site, token, opened.subject, address, sentence(error), 429)
    site.poke("deliver")
    return site.page("sent", title="Check the other inbox", address=checked, kind="move")


@router.post("/account/{token}/export")
def export(site: Here, token: str) -> JSONResponse:
    """Hand over everything kept about the reader."""
    subject = _used_account(site, token)
    headers = {"Content-Disposition": 'attachment; filename="digest.json"'}
    return JSONResponse(subscribers.export(site.database, subject), headers=headers)


@router.post("/account/{token}/erase", response_class=HTMLResponse)
def erase(site: Here, token: str) -> HTMLResponse:
    """Forget the reader."""
    subscribers.erase(site.database, _used_account(site, token), site.clock())
    text = "Your address, topics and history are gone. You can subscribe again at any time."
    return site.page("message", title="Erased", text=text)


def _used_account(site: Site, token: str) -> int:
    opened = site.token(token, Scope.ACCOUNT)
    subscribers.use_link(site.database, opened.subject, int(opened.detail), site.clock())
    return opened.subject


def _account_page(
    site: Site, token: str, subject: int, address: str = "", error: str = "", status: int = 200
) -> HTMLResponse:
    return site.page(
        "account",
        status,
        reader=subscribers.overview(site.database, subject),
        manage=site.manage_url(subject),
        token=token,
        address=address,
        error=error,
    )


def _change(site: Site, subject: int, topic_id: int, action: str, query: str) -> int:
    database, now = site.database, site.clock()
    match action:
        case "edit":
            return subscribers.edit(database, subject, topic_id, query, now)
        case "drop" | "everything":
            everything = action == "everything"
            return subscribers.drop(database, subject, topic_id, now, to_everything=everything)
        case _:
            is_paused = action == "pause"
            return subscribers.pause_topic(
                database, subject, topic_id, is_paused=is_paused, now=now
            )


def _manage_page(
    site: Site,
    token: str,
    subject: int,
    *,
    done: int = 0,
    undone: str = "",
    topic: str = "",
    error: str = "",
    status: int = 200,
) -> HTMLResponse:
    reader = subscribers.overview(site.database, subject)
    if reader.status is SubscriberStatus.UNSUBSCRIBED or reader.status is SubscriberStatus.PENDING:
        raise NotSubscribed
    return site.page(
        "manage",
        status,
        today=local_day(site.clock(), reader.preferences.time_zone),
        reader=reader,
        token=token,
        done=done,
        undone=undone[:200],
        topic=topic,
        error=error,
        feed=site.feed_url(reader),
        unsubscribe=site.unsubscribe_url(subject),
        explanation=subscribers.explain(site.database, reader, site.clock()),
    )


def _back(token: str, done: int = 0) -> RedirectResponse:
    return RedirectResponse(f"/manage/{token}" + (f"?done={done}" if done else ""), 303)


def _come_back(site: Site, subject: int) -> HTMLResponse:
    with suppress(NotSubscribed):
        subscribers.come_back(site.database, subject, site.clock())
    text = "Everything is as it was."
    return site.page("message", title="Welcome back", text=text)


def _weekly(site: Site, subject: int) -> HTMLResponse:
    reader = subscribers.overview(site.database, subject)
    wishes = replace(reader.preferences, frequency=Frequency.WEEKLY, weekday=0)
    subscribers.set_schedule(site.database, subject, wishes, site.clock())
    text = "From now on there is one digest a week, on Mondays, with the best of all seven days."
    return site.page("message", title="Once a week", text=text)
