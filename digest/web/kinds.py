"""Every kind of mail, to look at before the first one goes out; in embedded mode only."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, PlainTextResponse, RedirectResponse
from starlette.exceptions import HTTPException

from digest.deliveries import Composer
from digest.specimens import Scheme, Specimen, in_scheme, specimens
from digest.web.middleware import POLICY
from digest.web.reading import MAIL_POLICY
from digest.web.site import Here, Site

router = APIRouter()


@router.get("/outbox/kinds")
def first() -> RedirectResponse:
    """Begin with the digest."""
    return RedirectResponse("/outbox/kinds/digest", 307)


@router.get("/outbox/kinds/{name}", response_class=HTMLResponse)
def kind(site: Here, name: str) -> HTMLResponse:
    """Show one kind of mail on a phone and a desk, light and dark."""
    every = _specimens(site)
    page = site.page("kinds", every=tuple(every.values()), shown=_named(every, name))
    page.headers["Content-Security-Policy"] = f"{POLICY}; frame-src 'self'"
    return page


@router.get("/outbox/kinds/{name}/html", response_class=HTMLResponse)
def html(site: Here, name: str, scheme: Scheme = Scheme.LIGHT) -> HTMLResponse:
    """Show it alone, in the given colours whatever the browser prefers."""
    shown = _named(_specimens(site), name)
    headers = {"Content-Security-Policy": MAIL_POLICY, "X-Frame-Options": "SAMEORIGIN"}
    return HTMLResponse(in_scheme(shown.mail.html, scheme), headers=headers)


@router.get("/outbox/kinds/{name}/text")
def text(site: Here, name: str) -> PlainTextResponse:
    """Show its plain text."""
    return PlainTextResponse(_named(_specimens(site), name).mail.text)


def _specimens(site: Site) -> dict[str, Specimen]:
    sender = Composer.of(site.settings).sender
    return {specimen.name: specimen for specimen in specimens(sender, site.clock().date())}


def _named(every: dict[str, Specimen], name: str) -> Specimen:
    if name not in every:
        raise HTTPException(404)
    return every[name]
