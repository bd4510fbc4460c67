"""Planning: who gets a digest and when, each reader once, however many plan at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from digest.database import Database
from digest.deliveries import PlanCounts, overdue, plan, plan_now, planning
from digest.deliveries.claiming import claim, give_back
from digest.digests import Schedule, next_due
from digest.enums import DeliveryStatus, Frequency
from digest.models import Delivery, PlanRun, Subscriber
from digest.subscribers import come_back, unsubscribe
from tests.deliveries import edition, position, statuses
from tests.factories import NOW, closed_edition, stored_paper
from tests.readers import reader

DAY = timedelta(days=1)


def counted(database: Database) -> list[PlanCounts]:
    with database.read() as session:
        runs = session.scalars(select(PlanRun).order_by(PlanRun.id))
        return [
            PlanCounts(run.candidates, run.planned, run.quiet, run.waiting, run.repeated)
            for run in runs
        ]


def test_a_reader_whose_topics_are_all_paused_gets_nothing(any_database: Database) -> None:
    number = reader(any_database, "diffusion")
    with any_database.write() as session:
        session.get_one(Subscriber, number).subscriptions[0].is_paused = True
    edition(any_database, 1, "Diffusion Models at Rest")
    assert plan(any_database, NOW) == PlanCounts(candidates=1, quiet=1)


def test_a_quiet_day_sends_nothing_and_moves_the_position(any_database: Database) -> None:
    number = reader(any_database, "quantum")
    edition(any_database, 1, "Diffusion Models at Rest")
    assert plan(any_database, NOW) == PlanCounts(candidates=1, quiet=1)
    assert position(any_database, number) == 1


def test_planning_twice_plans_once(any_database: Database) -> None:
    reader(any_database)
    edition(any_database, 1, "One")
    plan(any_database, NOW)
    assert plan(any_database, NOW) == PlanCounts()
    assert plan_now(any_database, NOW) == PlanCounts(candidates=1, repeated=1)


def test_a_reader_who_is_being_mailed_waits_for_the_next_digest(any_database: Database) -> None:
    reader(any_database)
    edition(any_database, 1, "One")
    plan(any_database, NOW)
    (mailed,) = claim(any_database, NOW, 1)
    edition(any_database, 2, "Two")
    assert plan(any_database, NOW + DAY) == PlanCounts(candidates=1, waiting=1)
    give_back(any_database, [mailed], NOW + DAY)
    assert plan(any_database, NOW + DAY) == PlanCounts(candidates=1, planned=1)
    assert statuses(any_database) == [DeliveryStatus.EXPIRED, DeliveryStatus.PLANNED]


def test_a_digest_of_the_day_that_is_being_mailed_is_that_day_s_digest(
    any_database: Database,
) -> None:
    reader(any_database)
    edition(any_database, 1, "One")
    plan(any_database, NOW)
    claim(any_database, NOW, 1)
    assert plan_now(any_database, NOW) == PlanCounts(candidates=1, repeated=1)
    assert statuses(any_database) == [DeliveryStatus.CLAIMED]


def test_a_reader_with_a_digest_under_way_is_never_quiet(any_database: Database) -> None:
    number = reader(any_database, "diffusion")
    edition(any_database, 1, "Diffusion Models at Rest")
    plan(any_database, NOW)
    with any_database.write() as session:
        session.get_one(Subscriber, number).subscriptions[0].is_paused = True
    assert plan_now(any_database, NOW) == PlanCounts(candidates=1, repeated=1)
    assert position(any_database, number) == 0


def test_an_edition_not_yet_matched_waits(any_database: Database) -> None:
    number = reader(any_database, "diffusion")
    with any_database.write() as session:
        closed_edition(session, [stored_paper(session, title="Diffusion")])
    assert plan(any_database, NOW).planned == 0
    assert position(any_database, number) == 0


@pytest.fixture
def short_stretches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(planning, "_STRETCH", 2)


@pytest.mark.usefixtures("short_stretches")
def test_many_readers_are_planned_in_stretches_and_counted_as_one_run(
    any_database: Database,
) -> None:
    for topic in ("diffusion", "robots", "quantum", "robots", "quantum"):
        reader(any_database, topic)
    edition(any_database, 1, "Diffusion Models at Rest", "A Survey of Robots")
    expected = PlanCounts(candidates=5, planned=3, quiet=2)
    assert plan(any_database, NOW) == expected
    assert counted(any_database) == [expected]


@pytest.mark.usefixtures("short_stretches")
def test_readers_of_many_schedules_are_planned_at_once_each_for_their_own_day(
    any_database: Database,
) -> None:
    zones = ("Pacific/Kiritimati", "UTC", "Pacific/Pago_Pago", "UTC", "Pacific/Kiritimati")
    for zone in zones:
        reader(any_database, time_zone=zone)
    reader(any_database, hour=16, next_due_at=NOW.replace(hour=16))
    edition(any_database, 1, "One")
    assert plan(any_database, NOW) == PlanCounts(candidates=5, planned=5)
    days = {"Pacific/Kiritimati": 3, "UTC": 3, "Pacific/Pago_Pago": 2}
    with any_database.read() as session:
        rows = session.execute(
            select(Subscriber.time_zone, Delivery.due_on, Delivery.expires_at).join(
                Delivery.subscriber
            )
        )
        planned = sorted((zone, day.day, until) for zone, day, until in rows)
    due = {zone: next_due(Schedule(Frequency.DAILY, 0, 8, zone), NOW) for zone in zones}
    assert planned == sorted((zone, days[zone], due[zone]) for zone in zones)
    assert plan(any_database, NOW.replace(hour=16)) == PlanCounts(candidates=1, planned=1)


def test_a_schedule_that_nobody_keeps_is_no_run(any_database: Database) -> None:
    number = reader(any_database)
    unsubscribe(any_database, number, NOW)
    assert plan(any_database, NOW) == PlanCounts()
    assert counted(any_database) == []
    come_back(any_database, number, NOW)
    assert plan(any_database, NOW) == PlanCounts()
    assert plan(any_database, NOW + DAY).candidates == 1


@pytest.mark.usefixtures("short_stretches")
def test_a_stretch_that_fails_leaves_the_others_planned_and_is_planned_by_the_next_run(
    sqlite: Database,
) -> None:
    numbers = [reader(sqlite) for _ in range(6)]
    edition(sqlite, 1, "One")
    with sqlite.write() as session:
        session.execute(
            text(
                f"CREATE TRIGGER fault BEFORE INSERT ON deliveries "
                f"WHEN NEW.subscriber_id = {numbers[3]} BEGIN SELECT RAISE(ABORT, 'fault'); END"
            )
        )
    with pytest.raises(IntegrityError):
        plan(sqlite, NOW)
    with sqlite.write() as session:
        session.execute(text("DROP TRIGGER fault"))
    with sqlite.read() as session:
        assert overdue(session, NOW + DAY / 24) == (2, NOW)
    assert plan(sqlite, NOW) == PlanCounts(candidates=2, planned=2)
    assert counted(sqlite) == [PlanCounts(candidates=6, planned=6)]
    with sqlite.read() as session:
        assert overdue(session, NOW + DAY / 24) == (0, None)


@pytest.mark.usefixtures("short_stretches")
def test_two_planners_at_once_plan_each_reader_once(any_database: Database) -> None:
    for _ in range(9):
        reader(any_database)
    edition(any_database, 1, "One")
    with ThreadPoolExecutor(2) as pool:
        runs = list(pool.map(lambda _: plan(any_database, NOW), range(2)))
    assert sum(counts.planned for counts in runs) == 9
    assert sum(counts.candidates for counts in runs) == 9
