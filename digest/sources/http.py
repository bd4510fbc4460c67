"""Asking a web server politely: time-outs, bounded size, few retries, and its own wishes heeded."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from importlib.metadata import version

import httpx

from digest.sources.base import SourceUnavailable

_MAX_OCTETS = 20_000_000
_LONGEST_WAIT_SECONDS = 60.0
_WORTH_RETRYING = frozenset({408, 425, 429, 500, 502, 503, 504})


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: httpx.Headers
    body: bytes


@dataclass(slots=True)
class HttpClient:
    """Fetches from one server; `sleep` and `jitter` are handed in so that tests need not wait."""

    base_url: str
    contact: str
    """Where the server's people can reach us; part of the User-Agent."""
    seconds_between: float = 0.0
    """The least time between two requests."""
    timeout_seconds: float = 20.0
    tries: int = 4
    sleep: Callable[[float], None] = time.sleep
    jitter: Callable[[], float] = random.random
    _last_request: float = field(default=-1e9, init=False)
    _is_out_of_reach: bool = field(default=False, init=False)
    """Nobody answered, however often asked; from then on once is enough, until somebody does."""

    def get(
        self,
        path: str,
        params: Mapping[str, str | int] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Return any answer below 500 that is worth reading; raises SourceUnavailable."""
        failure = SourceUnavailable("never asked")
        for attempt in range(1 if self._is_out_of_reach else self.tries):
            if attempt:
                self.sleep(self._pause(attempt, failure))
            try:
                return self._get_once(path, params, headers)
            except SourceUnavailable as error:
                failure = error
                if (error.retry_after_seconds or 0) > _LONGEST_WAIT_SECONDS:
                    break
        self._is_out_of_reach = isinstance(failure.__cause__, httpx.TransportError)
        raise failure

    def _pause(self, attempt: int, failure: SourceUnavailable) -> float:
        backoff = 2.0**attempt * (0.5 + self.jitter())
        return max(backoff, failure.retry_after_seconds or 0.0)

    def _get_once(
        self,
        path: str,
        params: Mapping[str, str | int] | None,
        headers: Mapping[str, str] | None,
    ) -> Answer:
        self._keep_distance()
        agent = {"User-Agent": f"digest/{version('digest')} ({self.contact})"}
        url = self.base_url.rstrip("/") + path
        try:
            with httpx.stream(
                "GET",
                url,
                params=dict(params or {}),
                headers=agent | dict(headers or {}),
                timeout=self.timeout_seconds,
                follow_redirects=True,
            ) as response:
                answer = Answer(response.status_code, response.headers, _bounded_body(response))
        except httpx.HTTPError as error:
            raise SourceUnavailable(f"{url}: {error or type(error).__name__}") from error
        self._is_out_of_reach = False
        if answer.status in _WORTH_RETRYING:
            raise SourceUnavailable(f"{url} answered {answer.status}", wish(answer.headers))
        return answer

    def _keep_distance(self) -> None:
        waited = time.monotonic() - self._last_request
        if waited < self.seconds_between:
            self.sleep(self.seconds_between - waited)
        self._last_request = time.monotonic()


def wish(headers: Mapping[str, str]) -> float | None:
    """Return how many seconds the server asks us to stay away, if it does.

    Reads Retry-After (RFC 9110 section 10.2.3: seconds or a date) and the `t` of an exhausted
    RateLimit or the customary X-RateLimit-Reset.
    """
    value = headers.get("retry-after", "").strip()
    if value.isdigit():
        return float(value)
    if value:
        try:
            return max(0.0, (parsedate_to_datetime(value) - datetime.now(UTC)).total_seconds())
        except ValueError:
            return None
    if headers.get("x-ratelimit-remaining", headers.get("ratelimit-remaining")) == "0":
        reset = headers.get("x-ratelimit-reset", headers.get("ratelimit-reset", ""))
        return float(reset) if reset.isdigit() else None
    return None


def _bounded_body(response: httpx.Response) -> bytes:
    body = bytearray()
    for chunk in response.iter_bytes():
        body += chunk
        if len(body) > _MAX_OCTETS:
            raise SourceUnavailable(f"{response.url}: more than {_MAX_OCTETS} octets")
    return bytes(body)
