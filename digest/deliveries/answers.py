"""What a mail server's answer means for a delivery, its reader and those behind it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from digest.enums import DeliveryStatus, HoldKind
from digest.smtp import Answer

_NO_SUCH_MAILBOX = frozenset({"5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1"})
_NOT_FOR_GOOD = frozenset({"5.2.2", "5.2.3", "5.3.4", "5.4.7"})
"""A full mailbox, a mail too large for it, a time that ran out."""
FULL = frozenset({"4.2.2", "5.2.2"})
"""The mailbox is full; a mail server that tried in vain for days reports the first."""
_OUR_FAULT = re.compile(r"5\.(7\.\d+|1\.[78])")
"""Policy and reputation; 5.1.7 and 5.1.8 do not like our own address."""
_OUR_FAULT_CODES = frozenset({530, 534, 535, 538})
"""The server wants us to log in (RFC 4954 section 6)."""
_HINT = re.compile(r"\b(\d{1,5}) ?(s|m|h)(ec|ecs|econds?|in|ins|inutes?|ours?)?\b", re.IGNORECASE)
_HINT_UNITS = {"s": timedelta(seconds=1), "m": timedelta(minutes=1), "h": timedelta(hours=1)}
_FIRST_RETRY = timedelta(minutes=30)
_LONGEST_RETRY = timedelta(hours=8)
_FIRST_RECONNECT = timedelta(minutes=1)
_LONGEST_RECONNECT = timedelta(minutes=15)
_FIRST_RETRY_OF_OURS = timedelta(hours=1)


class Blame(StrEnum):
    """Whose fault it is that a mail was not taken."""

    NOBODY = "nobody"
    SERVER = "server"
    """Busy or gone; the reader's strikes do not count."""
    OURS = "ours"
    """Policy, reputation or login: the operator must act, nobody is suppressed."""
    ADDRESS = "address"
    """The mailbox does not exist; never mail it again."""
    UNKNOWN = "unknown"
    """A refusal that does not say why: two of them a day apart count as ADDRESS."""


@dataclass(frozen=True, slots=True)
class Verdict:
    status: DeliveryStatus
    blame: Blame = Blame.NOBODY
    retry_after: timedelta | None = None
    holds: HoldKind | None = None
    """What else has to wait: the recipient's domain; or all mail, when a whole group fared so."""


def judge(answer: Answer, attempt: int, jitter: float) -> Verdict:
    """Read an answer (RFC 5321 section 4.2, RFC 3463); `jitter` in 0..1 spreads the retries."""
    if answer.code // 100 == 2:
        return Verdict(DeliveryStatus.SENT)
    if answer.code == 421:
        return unreachable(attempt, jitter)
    if answer.code in _OUR_FAULT_CODES:
        return _ours(HoldKind.SERVER, attempt, jitter)
    if _OUR_FAULT.fullmatch(answer.enhanced_code):
        return _ours(HoldKind.DOMAIN, attempt, jitter)
    if answer.code // 100 == 4:
        return Verdict(DeliveryStatus.DEFERRED, Blame.NOBODY, _later(answer, attempt, jitter))
    if says_full(answer.code, answer.enhanced_code):
        return Verdict(DeliveryStatus.FAILED)
    return Verdict(DeliveryStatus.FAILED, blame_for(answer.enhanced_code))


def says_full(code: int, enhanced_code: str) -> bool:
    """Whether an answer means a full mailbox; 552 alone does (RFC 5321 section 4.2.3)."""
    return enhanced_code in FULL or (code == 552 and not enhanced_code)


def blame_for(enhanced_code: str) -> Blame:
    """Read the code of a mail that was given up (RFC 3463); "" when none was told."""
    if _OUR_FAULT.fullmatch(enhanced_code):
        return Blame.OURS
    if enhanced_code in _NO_SUCH_MAILBOX:
        return Blame.ADDRESS
    if enhanced_code.startswith("4.") or enhanced_code in _NOT_FOR_GOOD:
        return Blame.NOBODY
    return Blame.UNKNOWN


def judge_turned_away(answer: Answer, attempt: int, jitter: float) -> Verdict:
    """Read a refusal of the connection, the login or the sender: no reader is to blame."""
    if answer.code // 100 == 5:
        return _ours(HoldKind.SERVER, attempt, jitter)
    return unreachable(attempt, jitter)


def unreachable(attempt: int, jitter: float) -> Verdict:
    """The server could not be reached, hung up or asked us to: slow down, and blame no reader."""
    retry = _grown(_FIRST_RECONNECT, _LONGEST_RECONNECT, attempt, jitter)
    return Verdict(DeliveryStatus.DEFERRED, Blame.SERVER, retry, HoldKind.SERVER)


def _ours(holds: HoldKind, attempt: int, jitter: float) -> Verdict:
    retry = _grown(_FIRST_RETRY_OF_OURS, _LONGEST_RETRY, attempt, jitter)
    return Verdict(DeliveryStatus.DEFERRED, Blame.OURS, retry, holds)


def _later(answer: Answer, attempt: int, jitter: float) -> timedelta:
    """When to try again after a 4xx: as the server asks ("in 300 seconds"), or ever later."""
    hint = _HINT.search(answer.text)
    if hint is None:
        return _grown(_FIRST_RETRY, _LONGEST_RETRY, attempt, jitter)
    asked = int(hint[1]) * _HINT_UNITS[hint[2].lower()]
    # A little later than asked: greylisting counts exactly.
    return min(max(asked, _FIRST_RECONNECT), _LONGEST_RETRY) * (1.05 + 0.3 * jitter)


def _grown(first: timedelta, longest: timedelta, attempt: int, jitter: float) -> timedelta:
    doubled: timedelta = first * 2 ** min(max(attempt - 1, 0), 10)
    return _spread(min(doubled, longest), jitter)


def _spread(wait: timedelta, jitter: float) -> timedelta:
    return wait * (0.85 + 0.3 * jitter)
