"""How many sign-ups are let in: from one household, from its network, and in all. Pure counts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum

from digest.config import Challenge

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
FREE_SHARE = 4
"""A quarter of each quota is open to who has not solved a challenge (no JavaScript, say)."""
SCARCE_SHARE = 10
"""A tenth of its quotas is left to each household and network when half of all is used up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Sign-ups let in so far, or at most."""

    host_hour: int
    host_day: int
    network_hour: int
    network_day: int
    all_hour: int
    all_day: int

    def pairs(self, quota: Counts) -> Iterator[tuple[int, int, timedelta]]:
        """Yield each count with its quota and the time over which it is counted."""
        yield self.host_hour, quota.host_hour, HOUR
        yield self.network_hour, quota.network_hour, HOUR
        yield self.all_hour, quota.all_hour, HOUR
        yield self.host_day, quota.host_day, DAY
        yield self.network_day, quota.network_day, DAY
        yield self.all_day, quota.all_day, DAY


class Answer(StrEnum):
    WELCOME = "welcome"
    CHALLENGED = "challenged"
    """Let in with a solved challenge."""
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Verdict:
    answer: Answer
    wait: timedelta = timedelta(0)
    """After how long the count is surely low enough again."""


def quota(per_hour: int, per_day: int) -> Counts:
    """Return the quotas of an installation that lets in so many sign-ups in all."""
    return Counts(
        host_hour=20,
        host_day=40,
        network_hour=60,
        network_day=120,
        all_hour=per_hour,
        all_day=per_day,
    )


def judge(used: Counts, most: Counts, challenge: Challenge, *, has_solved: bool) -> Verdict:
    """Decide about one more sign-up; knows nothing of the address it is for."""
    most = _when_scarce(most) if _is_scarce(used, most) else most
    full = [span for count, limit, span in used.pairs(most) if count >= limit]
    if full:
        return Verdict(Answer.REFUSED, max(full))
    if has_solved or challenge is Challenge.NEVER:
        return Verdict(Answer.WELCOME)
    near = [span for count, limit, span in used.pairs(most) if count >= -(-limit // FREE_SHARE)]
    if near or challenge is Challenge.ALWAYS:
        return Verdict(Answer.CHALLENGED, max(near, default=HOUR))
    return Verdict(Answer.WELCOME)


def _is_scarce(used: Counts, most: Counts) -> bool:
    return used.all_hour * 2 >= most.all_hour or used.all_day * 2 >= most.all_day


def _when_scarce(most: Counts) -> Counts:
    """Keep the second half for many: a few networks that sign up thousands cannot use it up."""
    return replace(
        most,
        host_hour=most.host_hour // SCARCE_SHARE,
        host_day=most.host_day // SCARCE_SHARE,
        network_hour=most.network_hour // SCARCE_SHARE,
        network_day=most.network_day // SCARCE_SHARE,
    )
