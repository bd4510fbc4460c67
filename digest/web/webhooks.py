"""What mail providers tell us. Each request is checked by its signature before it is read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends, Header, HTTPException, Request
from fastapi.responses import JSONResponse, Response

from digest import feedback
from digest.feedback import Event, providers, ses
from digest.feedback.providers import NotGenuine, Unreadable
from digest.feedback.ses import AmazonUnreachable
from digest.web.site import Here, Site

router = APIRouter(prefix="/webhooks")
LARGEST_OCTETS = 1024 * 1024
"""Providers gather events, and some repeat the headers of the mail."""


async def raw_body(request: Request) -> bytes:
    """Return the body as it came, which is what was signed."""
    return await request.body()


Body = Annotated[bytes, Depends(raw_body)]


@router.post("/ses")
def from_ses(request: Request, site: Here, body: Body) -> Response:
    """Read a notification that Amazon SES published to our SNS topic."""
    topic: ses.Topic = request.app.state.ses_topic
    return _act(site, topic.arn, lambda: topic.read(body, site.settings.keys))


@router.post("/postmark")
def from_postmark(site: Here, body: Body, authorization: Annotated[str, Header()] = "") -> Response:
    """Read a webhook of Postmark."""
    secret = site.settings.postmark_webhook
    return _act(
        site, secret, lambda: providers.postmark(body, site.settings.keys, secret, authorization)
    )


@router.post("/sendgrid")
def from_sendgrid(
    site: Here,
    body: Body,
    signature: Annotated[str, Header(alias="X-Twilio-Email-Event-Webhook-Signature")] = "",
    timestamp: Annotated[str, Header(alias="X-Twilio-Email-Event-Webhook-Timestamp")] = "",
) -> Response:
    """Read an event webhook of SendGrid."""
    key, keys = site.settings.sendgrid_webhook_key, site.settings.keys
    return _act(site, key, lambda: providers.sendgrid(body, keys, key, signature, timestamp))


@router.post("/mailgun")
def from_mailgun(site: Here, body: Body) -> Response:
    """Read a webhook of Mailgun."""
    key, keys = site.settings.mailgun_signing_key, site.settings.keys
    return _act(site, key, lambda: providers.mailgun(body, keys, key, site.clock()))


def _act(site: Site, secret: str, read: Callable[[], tuple[Event, ...]]) -> Response:
    """Check, read, commit, then answer: 200 also for what was told before."""
    if not secret:
        raise HTTPException(404)
    try:
        events = read()
    except NotGenuine as error:
        return JSONResponse({"error": str(error)}, 403)
    except Unreadable as error:
        return JSONResponse({"error": str(error)}, 400)
    except AmazonUnreachable as error:
        return JSONResponse({"error": f"Amazon cannot be asked: {error}"}, 503)
    counts = feedback.act(site.database, site.settings.keys, events, site.clock())
    return JSONResponse({"applied": counts.applied, "known": counts.known})
