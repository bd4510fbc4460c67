"""Floods from one household are turned away, whichever web process they reach."""

from __future__ import annotations

import pytest

from digest.config import Settings
from digest.web.limits import FORMS, LOOKS, Limiter, TooManyRequests


@pytest.fixture(params=["memory", "redis"])
def settings(request: pytest.FixtureRequest, settings: Settings) -> Settings:
    """Settings with the counter of one process, and with a real Redis."""
    if request.param == "memory":
        return settings
    return settings.model_copy(update={"broker_url": request.getfixturevalue("redis_url")})


def allowed(limiter: Limiter, client: str, tries: int) -> int:
    """Count how many of so many requests get through."""
    for number in range(tries):
        try:
            limiter.allow(client, FORMS, f"test {client[:9]}")
        except TooManyRequests:
            return number
    return tries


def test_a_household_may_send_sixty_forms_an_hour(settings: Settings) -> None:
    limiter = Limiter.of(settings)
    assert allowed(limiter, "192.0.2.1", 70) == 60
    with pytest.raises(TooManyRequests) as refused:
        limiter.allow("192.0.2.1", FORMS, "test 192.0.2.1")
    assert 0 < refused.value.seconds <= 3600


def test_hosts_of_one_household_share_and_neighbours_do_not(settings: Settings) -> None:
    limiter = Limiter.of(settings)
    assert allowed(limiter, "2001:db8:1:1::1", 60) == 60
    assert allowed(limiter, "2001:db8:1:1:ffff::2", 1) == 0
    assert allowed(limiter, "2001:db8:1:2::1", 1) == 1


def test_web_processes_count_together_where_there_is_redis(settings: Settings) -> None:
    one, other = Limiter.of(settings), Limiter.of(settings)
    assert allowed(one, "198.51.100.1", 60) == 60
    is_shared = settings.broker_url.startswith("redis")
    assert allowed(other, "198.51.100.1", 1) == (0 if is_shared else 1)


def test_without_redis_each_process_counts_for_itself(settings: Settings) -> None:
    gone = settings.model_copy(update={"broker_url": "redis://127.0.0.1:9/0"})
    assert allowed(Limiter.of(gone), "203.0.113.1", 62) == 60


def test_looking_is_counted_apart_from_asking(settings: Settings) -> None:
    limiter = Limiter.of(settings)
    assert allowed(limiter, "233.252.0.1", 60) == 60
    limiter.allow("233.252.0.1", LOOKS, "search")
