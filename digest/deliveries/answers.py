"""What a mail server's answer means for a delivery and its reader."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from digest.models import DeliveryStatus
from digest.smtp import Answer

_NO_SUCH_MAILBOX = frozenset({"5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1"})
_NOT_FOR_GOOD = frozenset({"5.2.2", "5.2.3", "5.3.4", "5.4.7"})
"""A full mailbox, a mail too large for it, a time that ran out."""
_OUR_FAULT = re.compile(r"5\.7\.\d+")
_OUR_FAULT_CODES = frozenset({530, 534, 535, 538})
"""The server wants us to log in (RFC 4954 section 6)."""
_FIRST_RETRY = timedelta(minutes=30)
_LONGEST_RETRY = timedelta(hours=8)
_FIRST_RECONNECT = timedelta(minutes=1)
_LONGEST_RECONNECT = timedelta(minutes=15)
_OUR_FAULT_RETRY = timedelta(hours=1)


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


def judge(answer: Answer, attempt: int, jitter: float) -> Verdict:
    """Read an answer (RFC 5321 section 4.2, RFC 3463); `jitter` in 0..1 spreads the retries."""
    if answer.code // 100 == 2:
        return Verdict(DeliveryStatus.SENT)
    if answer.code == 421:
        return unreachable(attempt, jitter)
    if answer.code in _OUR_FAULT_CODES or _OUR_FAULT.match(answer.enhanced_code):
        return _ours(jitter)
    if answer.code // 100 == 4:
        retry = _grown(_FIRST_RETRY, _LONGEST_RETRY, attempt, jitter)
        return Verdict(DeliveryStatus.DEFERRED, Blame.NOBODY, retry)
    return Verdict(DeliveryStatus.FAILED, blame_for(answer.enhanced_code))


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
    return _ours(jitter) if answer.code // 100 == 5 else unreachable(attempt, jitter)


def unreachable(attempt: int, jitter: float) -> Verdict:
    """The server could not be reached, hung up or asked us to: slow down, and blame no reader."""
    retry = _grown(_FIRST_RECONNECT, _LONGEST_RECONNECT, attempt, jitter)
    return Verdict(DeliveryStatus.DEFERRED, Blame.SERVER, retry)


def _ours(jitter: float) -> Verdict:
    return Verdict(DeliveryStatus.DEFERRED, Blame.OURS, _spread(_OUR_FAULT_RETRY, jitter))


def _grown(first: timedelta, longest: timedelta, attempt: int, jitter: float) -> timedelta:
    doubled: timedelta = first * 2 ** min(max(attempt - 1, 0), 10)
    return _spread(min(doubled, longest), jitter)


def _spread(wait: timedelta, jitter: float) -> timedelta:
    return wait * (0.85 + 0.3 * jitter)
