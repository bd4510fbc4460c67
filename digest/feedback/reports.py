"""A mail that comes back -> events: delivery status notifications (RFC 3464), complaints (ARF,
RFC 5965), and, through flufl.bounce, what servers wrote before there was a standard."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Sequence
from email import message_from_bytes
from email.message import Message

from flufl.bounce import all_failures

from digest.deliveries.answers import Blame, blame_for
from digest.enums import FeedbackKind
from digest.feedback.events import Event, nameless, proven_delivery, telling_code

LARGEST_OCTETS = 10 * 1024 * 1024
"""A report may bring the whole mail back; nothing larger is one."""
_MOST_BOUNDARIES = 2_000
"""Taking apart a mail of very many parts would cost minutes."""
_MOST_TEXT = 20_000
_MOST_PARTS = 50
_COMPLAINTS = {"abuse", "complaint", "fraud", "opt-out", "opt-out-list"}
"""The Feedback-Types that mean "no more"; not not-spam (RFC 6430) or auth-failure (RFC 6591)."""
_ADDRESSED_TO = ("X-Original-To", "Delivered-To", "Envelope-To", "X-Envelope-To", "To")
_SUBJECT = re.compile(
    r"undeliver|(could not|cannot|can't) be delivered|deliver\w* (has )?failed|failure notice"
    r"|returned mail|mail error",
    re.IGNORECASE,
)
"""What some servers write who name no address: no more than a strike."""
_REPLY_CODE = re.compile(r"(?:\b[45]\d\d[ -]#?|\(#)([45]\.\d{1,3}\.\d{1,3})\b")

# Its detectors log each step, and the exceptions that hostile mail makes them raise.
logging.getLogger("flufl.bounce").setLevel(logging.CRITICAL)


def read(octets: bytes, keys: Sequence[bytes], recipients: Sequence[str] = ()) -> tuple[Event, ...]:
    """Return what a mail reports; nothing for a mail that is no report.

    `recipients` are those of the envelope, where it is known. A delivery is proven by its bounce
    address (there, or in the headers that delivery adds), or by the Message-ID of the mail that
    is quoted.
    """
    if len(octets) > LARGEST_OCTETS or octets.count(b"\n--") > _MOST_BOUNDARIES:
        return ()
    try:
        return _read(message_from_bytes(octets), keys, recipients)
    except RecursionError:
        # Parts in parts in parts: nobody's mail server writes that.
        return ()


def _read(message: Message, keys: Sequence[bytes], recipients: Sequence[str]) -> tuple[Event, ...]:
    parts = list(_parts(message))[:_MOST_PARTS]
    quoted = [header for part in parts for header in _quoted(part)]
    headers = [str(value) for name in _ADDRESSED_TO for value in message.get_all(name, [])]
    proof = [*recipients, *headers, *_original_senders(parts), *quoted]
    delivery_id = proven_delivery(keys, proof)
    return (
        _complaints(parts, delivery_id)
        or _status_reports(parts, delivery_id)
        or _old_formats(message, parts, delivery_id)
    )


def _complaints(parts: Sequence[Message], delivery_id: int | None) -> tuple[Event, ...]:
    kinds = (str(f.get("Feedback-Type", "")).strip().lower() for f in _feedback_fields(parts))
    return tuple(
        Event(
            source="arf",
            id=f"{delivery_id}:{kind}",
            kind=FeedbackKind.COMPLAINED,
            delivery_id=delivery_id,
            text=kind,
        )
        for kind in dict.fromkeys(kinds)
        if kind in _COMPLAINTS
    )


def _status_reports(parts: Sequence[Message], delivery_id: int | None) -> tuple[Event, ...]:
    found = (_status_report(fields, delivery_id) for fields in _recipient_fields(parts))
    return tuple({event.id: event for event in found if event}.values())


def _status_report(fields: Message, delivery_id: int | None) -> Event | None:
    """Read the fields of one recipient (RFC 3464 section 2.3)."""
    kind = _kind(str(fields["Action"]))
    if kind is None:
        return None
    diagnostic = str(fields.get("Diagnostic-Code", ""))
    code = telling_code(str(fields.get("Status", "")), diagnostic)
    recipient = str(fields.get("Final-Recipient") or fields.get("Original-Recipient") or "")
    return _report(kind, delivery_id, code, recipient.rpartition(";")[2], diagnostic)


def _old_formats(
    message: Message, parts: Sequence[Message], delivery_id: int | None
) -> tuple[Event, ...]:
    try:
        delayed, failed = all_failures(message)
    except Exception:
        # Eighteen heuristics, and mail made to break them: no report that we can read.
        return ()
    text = _text(parts)
    codes = {found[1] for found in _REPLY_CODE.finditer(text)}
    code = codes.pop() if len(codes) == 1 else ""
    if failed or (not delayed and _SUBJECT.search(str(message.get("Subject", "")))):
        recipient = min(failed, default=b"").decode("ascii", "replace")
        return (_report(FeedbackKind.BOUNCED, delivery_id, code, recipient, ""),)
    if delayed:
        return (_report(FeedbackKind.DELAYED, delivery_id, code, "", ""),)
    return ()


def _report(
    kind: FeedbackKind, delivery_id: int | None, code: str, recipient: str, text: str
) -> Event:
    return Event(
        source="dsn",
        id=f"{delivery_id}:{kind}:{code}",
        kind=kind,
        delivery_id=delivery_id,
        blame=blame_for(code) if kind is FeedbackKind.BOUNCED else Blame.NOBODY,
        recipient=recipient.strip(" <>\t\r\n"),
        enhanced_code=code,
        text=nameless(text),
    )


def _kind(action: str) -> FeedbackKind | None:
    """Read an Action; some servers write comments after it, and OpenSMTPD says "error"."""
    word = action.strip().lower()
    if word.startswith(("fail", "error")):
        return FeedbackKind.BOUNCED
    if word.startswith("delayed"):
        return FeedbackKind.DELAYED
    if word.startswith(("delivered", "relayed", "expanded")):
        return FeedbackKind.DELIVERED
    return None


def _parts(message: Message) -> Iterator[Message]:
    """Return the parts of a report, without going into the mail it quotes."""
    yield message
    if message.get_content_maintype() != "message":
        for part in _children(message):
            yield from _parts(part)


def _children(part: Message) -> list[Message]:
    payload = part.get_payload()
    return [p for p in payload if isinstance(p, Message)] if isinstance(payload, list) else []


def _recipient_fields(parts: Sequence[Message]) -> Iterator[Message]:
    for part in parts:
        if part.get_content_type() == "message/delivery-status":
            yield from (fields for fields in _children(part)[:_MOST_PARTS] if fields["Action"])


def _feedback_fields(parts: Sequence[Message]) -> list[Message]:
    reports = (p for p in parts if p.get_content_type() == "message/feedback-report")
    return [fields for report in reports for fields in _children(report)]


def _original_senders(parts: Sequence[Message]) -> list[str]:
    return [str(fields.get("Original-Mail-From", "")) for fields in _feedback_fields(parts)]


def _quoted(part: Message) -> list[str]:
    """Return what names a delivery in the mail that a part quotes, whole or its headers only."""
    kind = part.get_content_type()
    if kind in {"text/rfc822-headers", "message/rfc822-headers"} and not part.is_multipart():
        originals = [message_from_bytes(_octets(part))]
    elif kind in {"message/rfc822", "message/global", "message/rfc822-headers"}:
        originals = _children(part)
    else:
        return []
    names = ("Return-Path", "Message-ID")
    return [str(original.get(name, "")) for original in originals for name in names]


def _text(parts: Sequence[Message]) -> str:
    texts = (p for p in parts if p.get_content_maintype() == "text" and not p.is_multipart())
    return " ".join(_octets(p).decode("ascii", "replace")[:_MOST_TEXT] for p in texts)[:_MOST_TEXT]


def _octets(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""
