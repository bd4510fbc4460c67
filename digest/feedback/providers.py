"""Webhooks of mail providers: is it genuine, and what does it say?

Each reader takes the request's body as it came. Each checks before it reads, and raises NotGenuine;
a genuine body without anything for us gives no events. The delivery is the one whose Message-ID,
which the provider repeats, carries our signature.
"""

from __future__ import annotations

import hmac
import json
from base64 import b64decode
from binascii import Error as Base64Error
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_der_public_key

from digest.deliveries.answers import Blame, blame_for
from digest.enums import FeedbackKind
from digest.feedback.events import Event, nameless, proven_delivery, telling_code

_MAILGUN_WINDOW = timedelta(hours=24)
"""Mailgun tries for eight hours; older than this is a replay."""
_POSTMARK_BLAMES = {
    "HardBounce": Blame.ADDRESS,
    "BadEmailAddress": Blame.ADDRESS,
    "SoftBounce": Blame.NOBODY,
    "DnsError": Blame.NOBODY,
    "Unknown": Blame.UNKNOWN,
    "Blocked": Blame.OURS,
    "SpamNotification": Blame.OURS,
    "VirusNotification": Blame.OURS,
    "DMARCPolicy": Blame.OURS,
    "SMTPApiError": Blame.OURS,
}
_DROPPED = {
    "Bounced Address": (FeedbackKind.BOUNCED, Blame.ADDRESS),
    "Invalid": (FeedbackKind.BOUNCED, Blame.ADDRESS),
    "Spam Reporting Address": (FeedbackKind.COMPLAINED, Blame.NOBODY),
}


class NotGenuine(Exception):
    """The request was not made by the provider."""


class Unreadable(ValueError):
    """The provider sent something else than its documentation says."""


def parsed(body: bytes) -> Any:
    """Return a JSON body's value; raises Unreadable."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        raise Unreadable("the body is no JSON") from None


def at(value: Any, *path: str) -> Any:
    """Return what lies at a path of keys in a JSON value, or None."""
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def text(value: Any, *path: str) -> str:
    """Return the text or number at a path of keys, or ""."""
    found = at(value, *path)
    return str(found) if isinstance(found, str | int) else ""


def given_up(code: str, verdict: Blame) -> Blame:
    """Return who is to blame for a bounce that a provider calls permanent.

    Its verdict holds where the code says nothing; where the code excuses the address, the code.
    """
    told = blame_for(code)
    return verdict if told is Blame.UNKNOWN else told


def postmark(
    body: bytes, keys: Sequence[bytes], credentials: str, authorization: str
) -> tuple[Event, ...]:
    """Read a webhook of Postmark, which signs nothing: the URL it calls holds a password."""
    scheme, _, encoded = authorization.partition(" ")
    try:
        told = b64decode(encoded, validate=True)
    except (Base64Error, ValueError):
        told = b""
    if scheme.lower() != "basic" or not hmac.compare_digest(told, credentials.encode()):
        raise NotGenuine("wrong user or password")
    value = parsed(body)
    record, kind, blame, code = text(value, "RecordType"), *_postmark_outcome(value)
    if kind is None:
        return ()
    event = Event(
        source="postmark",
        id=f"{record}:{text(value, 'ID') or text(value, 'MessageID')}",
        kind=kind,
        delivery_id=proven_delivery(keys, [text(value, "Metadata", "delivery")]),
        blame=blame,
        recipient=text(value, "Email") or text(value, "Recipient"),
        enhanced_code=code,
        text=nameless(text(value, "Details") or text(value, "Description")),
    )
    return (event,)


def _postmark_outcome(value: Any) -> tuple[FeedbackKind | None, Blame, str]:
    record, kind = text(value, "RecordType"), text(value, "Type")
    if record == "Delivery":
        return FeedbackKind.DELIVERED, Blame.NOBODY, ""
    if record == "SpamComplaint" or kind == "SpamComplaint":
        return FeedbackKind.COMPLAINED, Blame.NOBODY, ""
    if record == "Bounce" and kind == "Transient":
        return FeedbackKind.DELAYED, Blame.NOBODY, ""
    if record == "Bounce" and kind in _POSTMARK_BLAMES:
        code = telling_code(text(value, "Details"), text(value, "Description"))
        verdict = _POSTMARK_BLAMES[kind]
        is_hard = verdict is Blame.ADDRESS
        return FeedbackKind.BOUNCED, given_up(code, verdict) if is_hard else verdict, code
    return None, Blame.NOBODY, ""


def sendgrid(
    body: bytes, keys: Sequence[bytes], public_key: str, signature: str, timestamp: str
) -> tuple[Event, ...]:
    """Read a signed event webhook of SendGrid: ECDSA over timestamp and body."""
    try:
        verifier = load_der_public_key(b64decode(public_key))
        if not isinstance(verifier, ec.EllipticCurvePublicKey):
            raise NotGenuine("the key is not one for ECDSA")
        signed = timestamp.encode() + body
        verifier.verify(b64decode(signature, validate=True), signed, ec.ECDSA(SHA256()))
    except (InvalidSignature, Base64Error, ValueError):
        raise NotGenuine("wrong signature") from None
    values = parsed(body)
    if not isinstance(values, list):
        raise Unreadable("the body is no list of events")
    return tuple(event for value in values for event in _sendgrid_event(value, keys))


def _sendgrid_event(value: Any, keys: Sequence[bytes]) -> Iterator[Event]:
    code = telling_code(text(value, "status"), text(value, "reason"))
    kind, blame = _sendgrid_outcome(value, code)
    if kind is not None:
        yield Event(
            source="sendgrid",
            id=text(value, "sg_event_id"),
            kind=kind,
            delivery_id=proven_delivery(keys, [text(value, "smtp-id")]),
            blame=blame,
            recipient=text(value, "email"),
            enhanced_code=code,
            text=nameless(text(value, "reason") or text(value, "response")),
        )


def _sendgrid_outcome(value: Any, code: str) -> tuple[FeedbackKind | None, Blame]:
    match text(value, "event"):
        case "processed" | "delivered":
            return FeedbackKind.DELIVERED, Blame.NOBODY
        case "deferred":
            return FeedbackKind.DELAYED, Blame.NOBODY
        case "spamreport":
            return FeedbackKind.COMPLAINED, Blame.NOBODY
        case "dropped":
            return _DROPPED.get(text(value, "reason"), (FeedbackKind.BOUNCED, Blame.UNKNOWN))
        case "bounce" if text(value, "type") == "blocked":
            return FeedbackKind.BOUNCED, blame_for(code)
        case "bounce":
            return FeedbackKind.BOUNCED, given_up(code, Blame.ADDRESS)
        case _:
            return None, Blame.NOBODY


def mailgun(
    body: bytes, keys: Sequence[bytes], signing_key: str, now: datetime
) -> tuple[Event, ...]:
    """Read a webhook of Mailgun: HMAC over timestamp and token, which must be fresh."""
    value = parsed(body)
    timestamp, token = text(value, "signature", "timestamp"), text(value, "signature", "token")
    right = hmac.new(signing_key.encode(), f"{timestamp}{token}".encode(), "sha256").hexdigest()
    told = text(value, "signature", "signature")
    if not hmac.compare_digest(right.encode(), told.encode("utf-8", "replace")):
        raise NotGenuine("wrong signature")
    try:
        made_at = datetime.fromtimestamp(float(timestamp), UTC)
    except (ValueError, OverflowError, OSError):
        raise NotGenuine("no time of signing") from None
    if abs(now - made_at) > _MAILGUN_WINDOW:
        raise NotGenuine("signed too long ago")
    return tuple(_mailgun_event(at(value, "event-data"), keys))


def _mailgun_event(value: Any, keys: Sequence[bytes]) -> Iterator[Event]:
    said = [text(value, "delivery-status", name) for name in ("enhanced-code", "message")]
    code = telling_code(*said)
    kind, blame = _mailgun_outcome(value, code)
    if kind is not None:
        message_id = text(value, "message", "headers", "message-id")
        yield Event(
            source="mailgun",
            id=text(value, "id"),
            kind=kind,
            delivery_id=proven_delivery(keys, [message_id]),
            blame=blame,
            recipient=text(value, "recipient"),
            enhanced_code=code,
            text=nameless(said[1] or text(value, "reason")),
        )


def _mailgun_outcome(value: Any, code: str) -> tuple[FeedbackKind | None, Blame]:
    match text(value, "event"):
        case "accepted" | "delivered":
            return FeedbackKind.DELIVERED, Blame.NOBODY
        case "complained":
            return FeedbackKind.COMPLAINED, Blame.NOBODY
        case "rejected":
            return FeedbackKind.BOUNCED, Blame.OURS
        case "failed" if text(value, "severity") == "temporary":
            return FeedbackKind.DELAYED, Blame.NOBODY
        case "failed":
            return _mailgun_failure(text(value, "reason"), code)
        case _:
            return None, Blame.NOBODY


def _mailgun_failure(reason: str, code: str) -> tuple[FeedbackKind, Blame]:
    if reason == "suppress-complaint":
        return FeedbackKind.COMPLAINED, Blame.NOBODY
    if reason == "old":
        return FeedbackKind.BOUNCED, Blame.NOBODY
    return FeedbackKind.BOUNCED, given_up(code, Blame.ADDRESS)
