"""Subscribing, confirming, trying topics, and asking for a fresh link."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from fastapi import Form as Posted
from fastapi.responses import HTMLResponse

from digest import feedback, subscribers
from digest.enums import SignUpKind
from digest.search import try_topic
from digest.signups import TooManySignUps
from digest.subscribers import AddressRefused, PreferenceError
from digest.tokens import Scope
from digest.topics import TopicSyntaxError
from digest.web.asking import HURRIED, Guarded, ask, sentence, turned_away
from digest.web.forms import Form, TopicTrial
from digest.web.limits import FORMS, LOOKS
from digest.web.papers import front_page
from digest.web.site import Here, Site

router = APIRouter()
Text = Annotated[str, Posted(max_length=20_000)]


def _posted(
    address: Text = "",
    topics: Text = "",
    frequency: Text = "daily",
    weekday: Text = "0",
    hour: Text = "8",
    time_zone: Text = "",
    max_papers: Text = "10",
    selectivity: Text = "normal",
) -> Form:
    return Form(
        address=address.strip(),
        topics=topics,
        frequency=frequency,
        weekday=weekday,
        hour=hour,
        time_zone=time_zone,
        max_papers=max_papers,
        selectivity=selectivity,
    )


Filled = Annotated[Form, Depends(_posted)]


@router.post("/subscribe", response_class=HTMLResponse)
def subscribe(request: Request, site: Here, form: Filled, guard: Guarded) -> HTMLResponse:
    """Mail a confirmation; the answer is the same for every address that can be mailed."""
    site.allow(request, FORMS, "subscribe")
    checked = _checked(site, form)
    if isinstance(checked, Form):
        return front_page(site, checked, 422)
    address, preferences = checked
    if guard.is_hurried(site):
        return front_page(site, replace(form, address_error=HURRIED), 422)
    if not guard.is_trapped:
        try:
            ask(site, request, SignUpKind.SUBSCRIBE, address, preferences, guard.altcha)
        except TooManySignUps as error:
            told = replace(form, address_error=sentence(error))
            return turned_away(front_page(site, told, 429), error)
    return site.page("sent", title="Check your inbox", address=address, kind="confirmation")


@router.post("/try", response_class=HTMLResponse)
def try_topics(request: Request, site: Here, form: Filled) -> HTMLResponse:
    """Show the front page with what the typed topics would have brought."""
    site.allow(request, LOOKS, "try")
    trials = tuple(_tried(site, query) for query in form.queries[: site.settings.max_topics])
    error = "" if trials else "Write a topic first, one a line."
    return front_page(site, replace(form, trials=trials, topics_error=error))


@router.get("/try", response_class=HTMLResponse)
def try_one(
    request: Request, site: Here, q: Annotated[str, Query(max_length=500)] = ""
) -> HTMLResponse:
    """Show what one topic would have brought, as a piece of a page."""
    site.allow(request, LOOKS, "try")
    return site.page("trial", tried=_tried(site, q.strip()))


@router.get("/confirm/{token}", response_class=HTMLResponse)
def ask_to_confirm(site: Here, token: str) -> HTMLResponse:
    """Ask; mail scanners open every link, so only the button confirms."""
    site.token(token, Scope.CONFIRM)
    return site.page(
        "question",
        title="One click, and the papers come",
        text="Press the button, and your digests come to this address.",
        button="Yes, send me papers",
        actions={},
    )


@router.post("/confirm/{token}", response_class=HTMLResponse)
def confirm(site: Here, token: str) -> HTMLResponse:
    """Begin to send."""
    opened = site.token(token, Scope.CONFIRM)
    feedback.pressed(site.database, site.settings.keys, int(opened.detail), site.clock())
    done = subscribers.confirm(site.database, opened.subject, int(opened.detail), site.clock())
    site.poke("deliver")
    return site.page(
        "confirmed",
        title="Moved" if done.has_moved else "You are subscribed",
        done=done,
        manage=site.manage_url(opened.subject),
    )


@router.get("/refuse/{token}", response_class=HTMLResponse)
def ask_to_refuse(site: Here, token: str) -> HTMLResponse:
    """Ask before an address is shut for good."""
    site.token(token, Scope.REFUSE)
    return site.page(
        "question",
        title="No mail from us, ever?",
        text="Then nobody can subscribe this address again, not even you.",
        button="Never mail me",
        actions={},
    )


@router.post("/refuse/{token}", response_class=HTMLResponse)
def refuse(site: Here, token: str) -> HTMLResponse:
    """Shut the address for good."""
    opened = site.token(token, Scope.REFUSE)
    subscribers.refuse(site.database, site.settings.keys, opened.subject, site.clock())
    text = "We will not mail this address again."
    return site.page("message", title="Understood", text=text)


@router.get("/link", response_class=HTMLResponse)
def ask_for_link(site: Here) -> HTMLResponse:
    """Show the form for who has lost the mail."""
    return site.page("link", address="", error="")


@router.post("/link", response_class=HTMLResponse)
def send_link(request: Request, site: Here, guard: Guarded, address: Text = "") -> HTMLResponse:
    """Mail a fresh link; the answer is the same whether or not somebody reads there."""
    site.allow(request, FORMS, "link")
    try:
        checked = subscribers.checked_address(address.strip())
    except AddressRefused as error:
        return site.page("link", 422, address=address, error=str(error))
    if guard.is_hurried(site):
        return site.page("link", 422, address=address, error=HURRIED)
    if not guard.is_trapped:
        try:
            ask(site, request, SignUpKind.LINK, checked, altcha=guard.altcha)
        except TooManySignUps as error:
            page = site.page("link", 429, address=address, error=sentence(error))
            return turned_away(page, error)
    return site.page("sent", title="Check your inbox", address=checked, kind="link")


def _checked(site: Site, form: Form) -> Form | tuple[str, subscribers.Preferences]:
    """Return the address and wishes, or the form with what is wrong."""
    errors: dict[str, Any] = {}
    address, preferences = "", subscribers.Preferences()
    try:
        address = subscribers.checked_address(form.address, check_dns=site.settings.asks_dns)
    except AddressRefused as error:
        errors["address_error"] = str(error) if form.address else "Write your address here."
    try:
        preferences = form.preferences(site.settings.max_topics)
    except TopicSyntaxError:
        errors["topics_error"] = "A topic cannot be read:"
        errors["trials"] = tuple(t for t in (_tried(site, q) for q in form.queries) if t.error)
    except PreferenceError as error:
        errors["schedule_error"] = str(error)
    except ValueError:
        errors["schedule_error"] = "One of the choices is not among those offered."
    return replace(form, **errors) if errors else (address, preferences)


def _tried(site: Site, query: str) -> TopicTrial:
    try:
        return TopicTrial(text=query, trial=try_topic(site.database, query, site.clock()))
    except TopicSyntaxError as error:
        return TopicTrial(text=query, error=error)
