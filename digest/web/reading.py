"""A digest in the browser."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, PlainTextResponse, Response
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from digest.deliveries import Composer
from digest.models import Delivery
from digest.subscribers import NotSubscribed
from digest.tokens import Scope
from digest.web.site import Here

router = APIRouter()
MAIL_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'; "
    "frame-ancestors 'self'"
)
"""Mails carry their style with them, and nothing else."""


@router.get("/digests/{token}", response_class=HTMLResponse)
def read(site: Here, token: str, as_text: bool = False) -> Response:
    """Show a digest as it was mailed."""
    number = site.token(token, Scope.VIEW).subject
    with site.database.read() as session:
        delivery = session.scalar(
            select(Delivery).where(Delivery.id == number).options(joinedload(Delivery.subscriber))
        )
        if delivery is None or delivery.subscriber is None:
            raise NotSubscribed
        mail = Composer.of(site.settings).mail(session, delivery)
    if mail is None:
        raise NotSubscribed
    if as_text:
        return PlainTextResponse(mail.text)
    return HTMLResponse(mail.html, headers={"Content-Security-Policy": MAIL_POLICY})
