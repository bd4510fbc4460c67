"""The mails of embedded mode, which go to a folder instead of a mail server."""

from __future__ import annotations

import email
import email.policy
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, PlainTextResponse, Response
from starlette.exceptions import HTTPException

from digest.web.middleware import POLICY
from digest.web.reading import MAIL_POLICY
from digest.web.site import Here, Site

router = APIRouter()
_SHOWN = 100
_NAME_LENGTH = 64


@dataclass(frozen=True, slots=True)
class KeptMail:
    name: str
    recipient: str
    subject: str
    date: datetime


@router.get("/outbox", response_class=HTMLResponse)
def outbox(site: Here) -> HTMLResponse:
    """List the newest mails."""
    paths = sorted(_folder(site).glob("*.eml"), reverse=True)[:_SHOWN]
    return site.page("outbox", mails=[_kept(path) for path in paths])


@router.get("/outbox/{name}", response_class=HTMLResponse)
def show(site: Here, name: str) -> HTMLResponse:
    """Show one mail with its headers."""
    path = _path(site, name)
    page = site.page("mail", mail=_kept(path), headers=_read(path).items())
    page.headers["Content-Security-Policy"] = f"{POLICY}; frame-src 'self'"
    return page


@router.get("/outbox/{name}/html", response_class=HTMLResponse)
def html(site: Here, name: str) -> HTMLResponse:
    """Show the HTML part; its links open in the whole window."""
    content = _part(_read(_path(site, name)), "html")
    framed = content.replace("<head>", '<head><base target="_top">', 1)
    headers = {"Content-Security-Policy": MAIL_POLICY, "X-Frame-Options": "SAMEORIGIN"}
    return HTMLResponse(framed, headers=headers)


@router.get("/outbox/{name}/text")
def text(site: Here, name: str) -> PlainTextResponse:
    """Show the plain-text part."""
    return PlainTextResponse(_part(_read(_path(site, name)), "plain"))


@router.get("/outbox/{name}/source")
def source(site: Here, name: str) -> Response:
    """Hand over the octets as they would be sent."""
    return Response(_path(site, name).read_bytes(), media_type="text/plain; charset=us-ascii")


def _folder(site: Site) -> Path:
    return site.settings.outbox or Path()


def _path(site: Site, name: str) -> Path:
    path = _folder(site) / f"{name}.eml"
    if not name.isalnum() or len(name) > _NAME_LENGTH or not path.is_file():
        raise HTTPException(404)
    return path


def _read(path: Path) -> EmailMessage:
    return email.message_from_bytes(path.read_bytes(), policy=email.policy.default)


def _kept(path: Path) -> KeptMail:
    message = _read(path)
    date = parsedate_to_datetime(str(message["Date"]))
    return KeptMail(path.stem, str(message["To"]), str(message["Subject"]), date)


def _part(message: EmailMessage, kind: str) -> str:
    part = message.get_body(preferencelist=(kind,))
    content = part.get_content() if part else ""
    return str(content)
