"""How often one client may ask: counted for all web processes together, where there is Redis."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Self

from limits import RateLimitItem, parse
from limits.storage import MemoryStorage, Storage, storage_from_string
from limits.strategies import MovingWindowRateLimiter

from digest.addresses import Origin
from digest.config import Settings

FORMS = parse("60 per hour")
"""Forms that make us look up a domain or send mail; what is mailed has limits of its own."""
LOOKS = parse("120 per minute")
"""Searching and trying topics."""
_PATIENCE = {"socket_connect_timeout": 1, "socket_timeout": 1}


class TooManyRequests(Exception):
    """One household asks too often; says when it may ask again."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"too many requests; again in {seconds} seconds")
        self.seconds = seconds


@dataclass(frozen=True, slots=True)
class Limiter:
    """Counts requests of the recent past."""

    shared: MovingWindowRateLimiter
    own: MovingWindowRateLimiter
    """Counts in this process alone, while the shared one is out of reach."""

    @classmethod
    def of(cls, settings: Settings) -> Self:
        url = settings.broker_url if settings.broker_url.startswith("redis") else "memory://"
        shared = storage_from_string(
            url.replace("redis+socket:", "redis+unix:"), **_PATIENCE if url != "memory://" else {}
        )
        if not isinstance(shared, Storage):
            raise TypeError(f"{type(shared).__name__} cannot count requests")
        return cls(MovingWindowRateLimiter(shared), MovingWindowRateLimiter(MemoryStorage()))

    def allow(self, client: str, limit: RateLimitItem, name: str) -> None:
        """Count a request of this client; raises TooManyRequests beyond the limit."""
        household = Origin.of(client).host
        try:
            seconds = _hit(self.shared, limit, name, household)
        except self.shared.storage.base_exceptions:
            seconds = _hit(self.own, limit, name, household)
        if seconds:
            raise TooManyRequests(seconds)


def _hit(limiter: MovingWindowRateLimiter, limit: RateLimitItem, name: str, client: str) -> int:
    """Count, and return for how many seconds the client has to wait."""
    if limiter.hit(limit, name, client):
        return 0
    resets_at, _ = limiter.get_window_stats(limit, name, client)
    return max(1, int(resets_at - datetime.now(UTC).timestamp()))
