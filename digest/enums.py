"""The kinds of things and the states they can be in, as the database spells them."""

from __future__ import annotations

from enum import StrEnum


class EditionStatus(StrEnum):
    OPEN = "open"
    CLOSED = "closed"


class SubscriberStatus(StrEnum):
    PENDING = "pending"
    ACTIVE = "active"
    PAUSED = "paused"
    UNSUBSCRIBED = "unsubscribed"
    SUPPRESSED = "suppressed"


class Frequency(StrEnum):
    DAILY = "daily"
    WEEKDAYS = "weekdays"
    WEEKLY = "weekly"


class Selectivity(StrEnum):
    """How sure a match must be before this reader sees it."""

    FEWER = "fewer"
    NORMAL = "normal"
    MORE = "more"


class MailKind(StrEnum):
    DIGEST = "digest"
    CONFIRMATION = "confirmation"
    WELCOME = "welcome"
    FRESH_LINK = "fresh_link"
    FAREWELL = "farewell"


class SignUpKind(StrEnum):
    """Which mail somebody wants to have sent to an address."""

    SUBSCRIBE = "subscribe"
    LINK = "link"


class DeliveryStatus(StrEnum):
    PLANNED = "planned"
    CLAIMED = "claimed"
    DEFERRED = "deferred"
    SENT = "sent"
    FAILED = "failed"
    UNCERTAIN = "uncertain"
    EXPIRED = "expired"
    CANCELLED = "cancelled"
    BOUNCED = "bounced"
    COMPLAINED = "complained"


class FeedbackKind(StrEnum):
    """What was heard about a mail after it was handed over."""

    DELIVERED = "delivered"
    """Taken by the reader's mail server, or by one on the way."""
    DELAYED = "delayed"
    """On its way still: so it was handed over."""
    BOUNCED = "bounced"
    COMPLAINED = "complained"


class HoldKind(StrEnum):
    """What waits in a hold."""

    SERVER = "server"
    """Everything: the mail server cannot be reached, or wants us to log in."""
    DOMAIN = "domain"
    """Mail to one recipient domain, which refuses us."""
    EDITION = "edition"
    """Digests up to one edition, stopped by a breaker."""


class Phase(StrEnum):
    """How far an attempt got in the SMTP dialogue."""

    CLAIMED = "claimed"
    CONNECT = "connect"
    ENVELOPE = "envelope"
    BODY = "body"
    TERMINATOR = "terminator"
    ANSWERED = "answered"
