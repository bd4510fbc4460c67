"""One thing heard about a delivery after it was handed over, whoever told it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from digest.deliveries.answers import Blame, blame_for
from digest.enums import DeliveryStatus, FeedbackKind
from digest.message import bounced_delivery, delivery_of

_ADDRESS = re.compile(r"[^\s<>@,;:()\"]+@[^\s<>@,;:()\"]+")
_CODE = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.]*\d)")
_MOST_WORDS = 64
_LONGEST_TEXT = 300
_TOLD = {
    FeedbackKind.DELIVERED: DeliveryStatus.SENT,
    FeedbackKind.DELAYED: DeliveryStatus.SENT,
    FeedbackKind.BOUNCED: DeliveryStatus.BOUNCED,
    FeedbackKind.COMPLAINED: DeliveryStatus.COMPLAINED,
}
_WEIGHT = {DeliveryStatus.SENT: 1, DeliveryStatus.BOUNCED: 2, DeliveryStatus.COMPLAINED: 3}


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What became of a delivery; one without a proven delivery changes nothing."""

    source: str
    """Who told it: dsn, arf, log, link, or a provider."""
    id: str
    """The same whenever the same thing is told again by the same source."""
    kind: FeedbackKind
    delivery_id: int | None
    """The delivery whose signed address or Message-ID it carries."""
    blame: Blame = Blame.NOBODY
    recipient: str = ""
    """The address it speaks of, which behind a forwarder is not the reader's; "" if untold."""
    enhanced_code: str = ""
    text: str = ""
    """The other side's words, without addresses."""


def outcome(status: DeliveryStatus, kind: FeedbackKind) -> DeliveryStatus:
    """Return what a delivery is after something was heard of it.

    Complained outweighs bounced, bounced outweighs sent, sent outweighs everything we only
    assumed; so the order in which things are heard never matters.
    """
    told = _TOLD[kind]
    return told if _WEIGHT[told] > _WEIGHT.get(status, 0) else status


def proven_delivery(keys: Sequence[bytes], texts: Iterable[str]) -> int | None:
    """Return the delivery named by the first signed bounce address or Message-ID in some texts."""
    for text in texts:
        for word in re.split(r"[\s<>,;\"]+", text)[:_MOST_WORDS]:
            found = bounced_delivery(keys, word) or delivery_of(keys, word)
            if found is not None:
                return found
    return None


def telling_code(*texts: str) -> str:
    """Return the enhanced code (RFC 3463) that says most among several texts, or "".

    One that blames us wins, because then nobody may be suppressed; x.0.0 says nothing.
    """
    codes = [found[1] for text in texts if (found := _CODE.search(text))]
    ranked = sorted(codes, key=lambda c: (blame_for(c) is not Blame.OURS, c.endswith(".0.0")))
    return ranked[0] if ranked else ""


def nameless(text: str) -> str:
    """Return a server's words on one line, cut short, each address replaced."""
    return _ADDRESS.sub("(address)", " ".join(text.split()))[:_LONGEST_TEXT]
