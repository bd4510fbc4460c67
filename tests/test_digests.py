from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.digests import Candidate, Schedule, choose, due_after, local_day, next_due
from digest.enums import Frequency

ZONES = (
    "UTC",
    "Europe/Paris",
    "America/Los_Angeles",
    "Asia/Kolkata",
    "Pacific/Apia",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
    "America/Sao_Paulo",
)
MOMENTS = st.datetimes(
    min_value=datetime(2024, 1, 1),  # noqa: DTZ001 - the zone is given apart
    max_value=datetime(2030, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)
SCHEDULES = st.builds(
    Schedule,
    frequency=st.sampled_from(Frequency),
    weekday=st.integers(0, 6),
    hour=st.integers(0, 23),
    time_zone=st.sampled_from(ZONES),
)
CANDIDATES = st.lists(
    st.builds(
        Candidate,
        paper_id=st.integers(1, 20),
        topic_id=st.sampled_from([1, 2, 3, None]),
        score=st.floats(0, 1),
        upvotes=st.integers(0, 50),
        rank=st.integers(1, 50),
        sequence=st.just(1),
    ),
    max_size=40,
)


def candidate(
    paper_id: int, topic_id: int | None = 1, score: float = 0.5, upvotes: int = 0
) -> Candidate:
    return Candidate(
        paper_id=paper_id,
        topic_id=topic_id,
        score=score,
        upvotes=upvotes,
        rank=paper_id,
        sequence=1,
    )


def daily(hour: int, time_zone: str) -> Schedule:
    return Schedule(Frequency.DAILY, 0, hour, time_zone)


def test_best_papers_come_first_and_the_rest_is_counted() -> None:
    choice = choose([candidate(1, score=0.2), candidate(2, score=0.9), candidate(3, score=0.4)], 2)
    assert [c.paper_id for c in choice.chosen] == [2, 3]
    assert choice.cut == 1


def test_a_loud_topic_does_not_starve_a_quiet_one() -> None:
    loud = [candidate(n, topic_id=1, score=0.9) for n in range(1, 20)]
    quiet = [candidate(50, topic_id=2, score=0.3)]
    assert 50 in [c.paper_id for c in choose(loud + quiet, 3).chosen]


def test_a_paper_of_two_topics_comes_once_for_the_better_match() -> None:
    choice = choose([candidate(1, topic_id=1, score=0.4), candidate(1, topic_id=2, score=0.8)], 5)
    assert [(c.paper_id, c.topic_id) for c in choice.chosen] == [(1, 2)]
    assert choice.cut == 0


def test_upvotes_break_ties() -> None:
    choice = choose([candidate(1, upvotes=3), candidate(2, upvotes=30)], 2)
    assert [c.paper_id for c in choice.chosen] == [2, 1]


@given(CANDIDATES, st.integers(1, 12), st.randoms())
def test_the_order_of_candidates_never_matters(
    candidates: list[Candidate], limit: int, random: object
) -> None:
    unique = {(c.paper_id, c.topic_id): c for c in candidates}
    shuffled = list(unique.values())
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert choose(shuffled, limit) == choose(unique.values(), limit)


@given(CANDIDATES, st.integers(1, 12))
def test_every_offered_paper_is_either_chosen_once_or_counted_as_cut(
    candidates: list[Candidate], limit: int
) -> None:
    choice = choose(candidates, limit)
    papers = [c.paper_id for c in choice.chosen]
    assert len(papers) == len(set(papers)) <= limit
    assert len(papers) + choice.cut == len({c.paper_id for c in candidates})


def test_a_daily_digest_is_due_at_the_readers_hour() -> None:
    noon = datetime(2026, 6, 3, 12, tzinfo=UTC)
    assert next_due(daily(8, "America/Los_Angeles"), noon) == datetime(2026, 6, 3, 15, tzinfo=UTC)


def test_due_now_means_next_due_tomorrow() -> None:
    due = datetime(2026, 6, 3, 8, tzinfo=UTC)
    assert next_due(daily(8, "UTC"), due) == due + timedelta(days=1)


def test_an_hour_that_the_clocks_skip_is_due_when_they_jump() -> None:
    before = datetime(2026, 3, 28, 12, tzinfo=UTC)  # clocks go from 2:00 to 3:00 on the 29th
    assert next_due(daily(2, "Europe/Paris"), before) == datetime(2026, 3, 29, 1, tzinfo=UTC)


def test_an_hour_that_comes_twice_is_due_once() -> None:
    before = datetime(2026, 10, 24, 12, tzinfo=UTC)  # 2:00 comes twice on the 25th
    first = next_due(daily(2, "Europe/Paris"), before)
    assert first == datetime(2026, 10, 25, 0, tzinfo=UTC)
    assert local_day(next_due(daily(2, "Europe/Paris"), first), "Europe/Paris") == date(
        2026, 10, 26
    )


def test_a_day_that_had_its_digest_gets_no_other() -> None:
    due = datetime(2026, 6, 3, 8, tzinfo=UTC)
    schedule = daily(8, "Asia/Tokyo")
    assert due_after(schedule, due, None) == due
    assert due_after(schedule, due, date(2026, 6, 2)) == due
    assert due_after(schedule, due, date(2026, 6, 3)) == datetime(2026, 6, 3, 23, tzinfo=UTC)


def test_weekdays_leave_out_the_weekend() -> None:
    friday = datetime(2026, 6, 5, 12, tzinfo=UTC)
    schedule = Schedule(Frequency.WEEKDAYS, 0, 8, "UTC")
    assert next_due(schedule, friday) == datetime(2026, 6, 8, 8, tzinfo=UTC)


def test_weekly_comes_on_its_day() -> None:
    wednesday = datetime(2026, 6, 3, 12, tzinfo=UTC)
    assert next_due(Schedule(Frequency.WEEKLY, 1, 8, "UTC"), wednesday) == datetime(
        2026, 6, 9, 8, tzinfo=UTC
    )


@given(SCHEDULES, MOMENTS)
def test_due_times_lie_ahead_and_never_twice_on_a_local_day(
    schedule: Schedule, after: datetime
) -> None:
    first = next_due(schedule, after)
    second = next_due(schedule, first)
    assert after < first < second
    assert local_day(first, schedule.time_zone) < local_day(second, schedule.time_zone)


@given(MOMENTS, st.sampled_from(ZONES), st.integers(0, 23))
def test_a_daily_reader_misses_no_local_day(after: datetime, zone: str, hour: int) -> None:
    first = next_due(daily(hour, zone), after)
    second = next_due(daily(hour, zone), first)
    skipped = local_day(second, zone) - local_day(first, zone)
    assert skipped == timedelta(days=1)


@pytest.mark.parametrize("hour", [0, 8, 23])
def test_the_local_clock_shows_the_hour_all_year(hour: int) -> None:
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    for _ in range(365):
        moment = next_due(daily(hour, "America/New_York"), moment)
        assert moment.astimezone(ZoneInfo("America/New_York")).hour == hour
