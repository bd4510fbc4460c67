"""A digest in the browser."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, PlainTextResponse, Response
from markupsafe import Markup

from digest import citations
from digest.deliveries import Composer, past_digest, read_jobs
from digest.enums import MailKind
from digest.papers import Paper
from digest.subscribers import NotSubscribed
from digest.tokens import Scope
from digest.web.site import Here, Site

router = APIRouter()
MAIL_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'; "
    "frame-ancestors 'self'"
)
"""Mails carry their style with them, and nothing else."""
_BODY = re.compile(r"<body[^>]*>")
_BAR = Markup(
    '<nav aria-label="References" style="padding:10px;text-align:center;font:14px sans-serif">'
    'References: <a class="accent" style="color:#8a2f1d" href="{0}.bib">BibTeX</a> &nbsp;·&nbsp; '
    '<a class="accent" style="color:#8a2f1d" href="{0}.ris">RIS</a></nav>'
)
"""Stands over a digest in the browser."""


@router.get("/digests/{token}", response_class=HTMLResponse)
def read(site: Here, token: str, as_text: bool = False) -> Response:
    """Show a digest as it was mailed."""
    number = site.token(token, Scope.VIEW).subject
    with site.database.read() as session:
        jobs = read_jobs(session, [number])
        mail = Composer.of(site.settings).mail(session, jobs[0]) if jobs else None
    if mail is None:
        raise NotSubscribed
    if as_text:
        return PlainTextResponse(mail.text)
    bar = _BAR.format(f"/digests/{token}/papers") if jobs[0].kind is MailKind.DIGEST else Markup()
    html = _BODY.sub(lambda body: f"{body[0]}{bar}<main>", mail.html, count=1)
    html = html.replace("</body>", "</main></body>")
    return HTMLResponse(html, headers={"Content-Security-Policy": MAIL_POLICY})


@router.get("/digests/{token}/papers.bib")
def as_bibtex(site: Here, token: str) -> Response:
    """Hand over a digest's papers as BibTeX."""
    return _cited(site, token, citations.bibtex, "application/x-bibtex", "bib")


@router.get("/digests/{token}/papers.ris")
def as_ris(site: Here, token: str) -> Response:
    """Hand over a digest's papers as RIS."""
    return _cited(site, token, citations.ris, "application/x-research-info-systems", "ris")


def _cited(
    site: Site, token: str, cite: Callable[[Iterable[Paper]], str], media_type: str, ending: str
) -> Response:
    digest = past_digest(site.database, site.token(token, Scope.VIEW).subject)
    if digest is None:
        raise NotSubscribed
    name = f"digest-{digest.day}.{ending}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    text = cite(item.paper for item in digest.items)
    return Response(text, media_type=f"{media_type}; charset=utf-8", headers=headers)
