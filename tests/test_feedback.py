"""Feedback: who is affected by a bounce or complaint, who never is, in whatever order it comes."""

from __future__ import annotations

import email
import shutil
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from digest import tokens
from digest.config import Settings
from digest.database import Database, connect
from digest.deliveries import Composer, plan, plan_mail, purge, read_jobs
from digest.deliveries.answers import Blame
from digest.enums import DeliveryStatus, FeedbackKind, MailKind, SubscriberStatus
from digest.feedback import Event, FeedbackCounts, act
from digest.feedback.events import outcome
from digest.matches import match
from digest.models import Delivery, FeedbackEvent, FrozenDigest, Subscriber, Suppression
from digest.suppressions import is_suppressed
from digest.tokens import Scope
from digest.web import create_app
from tests.factories import NOW, closed_edition, stored_paper, subscriber

KEYS = (b"k" * 32,)
HANDED_OVER = {DeliveryStatus.SENT, DeliveryStatus.UNCERTAIN}
DAY = timedelta(days=1)


def reader(database: Database, **changes: Any) -> int:
    with database.write() as session:
        return subscriber(session, **{"confirmed_at": NOW - 30 * DAY} | changes).id


def delivery(
    database: Database,
    reader_id: int | None,
    status: DeliveryStatus = DeliveryStatus.SENT,
    *,
    stretch: tuple[int, int] = (0, 1),
    at: datetime = NOW,
) -> int:
    is_open = status in {DeliveryStatus.PLANNED, DeliveryStatus.CLAIMED, DeliveryStatus.DEFERRED}
    with database.write() as session:
        row = Delivery(
            subscriber_id=reader_id,
            kind=MailKind.DIGEST,
            status=status,
            due_on=at.date(),
            from_sequence=stretch[0],
            through_sequence=stretch[1],
            planned_at=at,
            next_attempt_at=at,
            expires_at=at + DAY,
            finished_at=None if is_open else at,
        )
        session.add(row)
        session.flush()
        session.add(FrozenDigest(delivery_id=row.id, content={"items": []}))
        return row.id


def event(delivery_id: int | None, kind: FeedbackKind, **changes: Any) -> Event:
    defaults: dict[str, Any] = {"source": "dsn", "id": f"{delivery_id}:{kind}"}
    return Event(**defaults | {"kind": kind, "delivery_id": delivery_id} | changes)


def bounce(delivery_id: int | None, blame: Blame = Blame.ADDRESS, **changes: Any) -> Event:
    changes = {"id": f"{delivery_id}:{blame}"} | changes
    return event(delivery_id, FeedbackKind.BOUNCED, blame=blame, **changes)


def status(database: Database, delivery_id: int) -> DeliveryStatus:
    with database.read() as session:
        return session.get_one(Delivery, delivery_id).status


def who(database: Database, reader_id: int) -> Subscriber:
    with database.read() as session:
        return session.get_one(Subscriber, reader_id)


def test_a_bounce_from_an_unknown_mailbox_suppresses_its_reader_and_nobody_else(
    any_database: Database,
) -> None:
    affected = reader(any_database, address="gone@example.org")
    other = reader(any_database, address="here@example.org")
    number = delivery(any_database, affected)
    assert act(any_database, KEYS, [bounce(number)], NOW) == FeedbackCounts(applied=1)
    assert status(any_database, number) is DeliveryStatus.BOUNCED
    assert who(any_database, affected).status is SubscriberStatus.SUPPRESSED
    assert who(any_database, other).status is SubscriberStatus.ACTIVE
    with any_database.read() as session:
        assert is_suppressed(session, KEYS, "gone@example.org")
        assert not is_suppressed(session, KEYS, "here@example.org")


def test_a_complaint_suppresses(any_database: Database) -> None:
    number = delivery(any_database, reader(any_database))
    act(any_database, KEYS, [event(number, FeedbackKind.COMPLAINED)], NOW)
    assert status(any_database, number) is DeliveryStatus.COMPLAINED
    assert who(any_database, 1).status is SubscriberStatus.SUPPRESSED


@pytest.mark.parametrize("blame", [Blame.NOBODY, Blame.OURS, Blame.UNKNOWN])
def test_any_other_bounce_suppresses_nobody(any_database: Database, blame: Blame) -> None:
    number = delivery(any_database, reader(any_database))
    act(any_database, KEYS, [bounce(number, blame)], NOW)
    assert status(any_database, number) is DeliveryStatus.BOUNCED
    assert who(any_database, 1).status is SubscriberStatus.ACTIVE


def test_an_unproven_event_changes_nothing(any_database: Database) -> None:
    number = delivery(any_database, reader(any_database))
    events = [bounce(None), event(None, FeedbackKind.COMPLAINED), bounce(number + 99)]
    assert act(any_database, KEYS, events, NOW) == FeedbackCounts(unproven=3)
    assert status(any_database, number) is DeliveryStatus.SENT
    with any_database.read() as session:
        assert session.scalar(select(func.count(FeedbackEvent.id))) == 0
        assert session.scalar(select(func.count(Suppression.id))) == 0


def test_the_same_event_told_again_changes_nothing(any_database: Database) -> None:
    number = delivery(any_database, reader(any_database))
    act(any_database, KEYS, [bounce(number)], NOW)
    with any_database.write() as session:
        session.get_one(Subscriber, 1).status = SubscriberStatus.ACTIVE
    assert act(any_database, KEYS, [bounce(number)], NOW + DAY) == FeedbackCounts(known=1)
    assert who(any_database, 1).status is SubscriberStatus.ACTIVE


def test_the_same_event_told_at_the_same_moment_is_done_once(any_database: Database) -> None:
    number = delivery(any_database, reader(any_database))

    def tell(_: int) -> FeedbackCounts:
        return act(any_database, KEYS, [bounce(number)], NOW)

    with ThreadPoolExecutor(4) as threads:
        counts = list(threads.map(tell, range(8)))
    assert sum(one.applied for one in counts) == 1
    assert sum(one.known for one in counts) == 7


def test_a_bounced_digest_comes_again_in_the_next_one(any_database: Database) -> None:
    with any_database.write() as session:
        for sequence in (1, 2):
            day = NOW.date() + timedelta(days=sequence - 3)
            closed_edition(session, [stored_paper(session)], day=day, sequence=sequence)
    match(any_database)
    number = delivery(any_database, reader(any_database, read_through=1), at=NOW - DAY)
    act(any_database, KEYS, [bounce(number, Blame.NOBODY)], NOW)
    plan(any_database, NOW)
    with any_database.read() as session:
        planned = session.scalars(
            select(Delivery).where(Delivery.status == DeliveryStatus.PLANNED)
        ).one()
    assert (planned.from_sequence, planned.through_sequence) == (0, 2)


def test_a_digest_planned_before_the_bounce_came_is_widened(any_database: Database) -> None:
    mine = reader(any_database, read_through=1)
    bounced = delivery(any_database, mine, at=NOW - DAY)
    planned = delivery(any_database, mine, DeliveryStatus.PLANNED, stretch=(1, 2))
    with any_database.write() as session:
        session.delete(session.get_one(FrozenDigest, planned))
    act(any_database, KEYS, [bounce(bounced, Blame.NOBODY)], NOW)
    with any_database.read() as session:
        assert session.get_one(Delivery, planned).from_sequence == 0


def test_a_late_bounce_does_not_repeat_what_arrived_since(any_database: Database) -> None:
    mine = reader(any_database, read_through=2)
    bounced = delivery(any_database, mine, at=NOW - DAY)
    delivery(any_database, mine, stretch=(1, 2))
    act(any_database, KEYS, [bounce(bounced, Blame.NOBODY)], NOW)
    assert who(any_database, mine).read_through == 2


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_bounces_of_several_digests_step_back_to_the_first_in_any_order(
    any_database: Database, order: tuple[int, ...]
) -> None:
    mine = reader(any_database, read_through=4)
    delivery(any_database, mine, stretch=(0, 1), at=NOW - 3 * DAY)
    numbers = [
        delivery(any_database, mine, stretch=(n, n + 1), at=NOW + (n - 3) * DAY) for n in (1, 2, 3)
    ]
    act(any_database, KEYS, [bounce(numbers[n], Blame.NOBODY) for n in order], NOW)
    assert who(any_database, mine).read_through == 1


@pytest.mark.parametrize("kind", [FeedbackKind.DELIVERED, FeedbackKind.DELAYED])
def test_proof_that_it_was_handed_over_settles_an_uncertain_digest(
    any_database: Database, kind: FeedbackKind
) -> None:
    number = delivery(any_database, reader(any_database), DeliveryStatus.UNCERTAIN)
    act(any_database, KEYS, [event(number, kind, source="log")], NOW)
    assert status(any_database, number) is DeliveryStatus.SENT
    assert who(any_database, 1).read_through == 1
    with any_database.read() as session:
        assert "told by log on 2026-06-03 09:30 UTC" in session.get_one(Delivery, number).answer


def test_a_bounce_settles_an_uncertain_digest_and_its_papers_stay_ahead(
    any_database: Database,
) -> None:
    number = delivery(any_database, reader(any_database), DeliveryStatus.UNCERTAIN)
    act(any_database, KEYS, [bounce(number, Blame.NOBODY)], NOW)
    assert status(any_database, number) is DeliveryStatus.BOUNCED
    assert who(any_database, 1).read_through == 0


def test_reports_of_success_about_sent_mail_are_not_kept(any_database: Database) -> None:
    number = delivery(any_database, reader(any_database))
    counts = act(any_database, KEYS, [event(number, FeedbackKind.DELIVERED)], NOW)
    assert counts == FeedbackCounts(known=1)
    with any_database.read() as session:
        assert session.scalar(select(func.count(FeedbackEvent.id))) == 0


@pytest.mark.parametrize("start", DeliveryStatus)
def test_the_order_of_events_never_matters(start: DeliveryStatus) -> None:
    ends = set()
    for order in permutations(FeedbackKind):
        state = start
        for kind in order:
            state = outcome(state, kind)
        ends.add(state)
    assert ends == {DeliveryStatus.COMPLAINED}
    pairs = permutations(FeedbackKind, 2)
    for first, second in pairs:
        assert outcome(outcome(start, first), second) is outcome(outcome(start, second), first)


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_two_unexplained_bounces_a_day_apart_suppress_in_any_order(
    any_database: Database, order: tuple[int, int]
) -> None:
    mine = reader(any_database)
    numbers = [delivery(any_database, mine, at=NOW - days * DAY) for days in (1, 0)]
    events = [bounce(numbers[n], Blame.UNKNOWN) for n in order]
    act(any_database, KEYS, events[:1], NOW)
    assert who(any_database, mine).status is SubscriberStatus.ACTIVE
    act(any_database, KEYS, events[1:], NOW)
    assert who(any_database, mine).status is SubscriberStatus.SUPPRESSED


def test_a_mail_that_arrives_forgives_the_strike_before_it(any_database: Database) -> None:
    mine = reader(any_database)
    first, _, third = (delivery(any_database, mine, at=NOW - days * DAY) for days in (2, 1, 0))
    events = [bounce(first, Blame.UNKNOWN), bounce(third, Blame.UNKNOWN)]
    act(any_database, KEYS, events, NOW)
    assert who(any_database, mine).status is SubscriberStatus.ACTIVE


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_a_mailbox_full_for_two_weeks_is_unsubscribed_in_any_order(
    any_database: Database, order: tuple[int, ...]
) -> None:
    mine = reader(any_database)
    numbers = [delivery(any_database, mine, at=NOW - days * DAY) for days in (14, 7, 0)]
    delivery(any_database, mine, at=NOW + DAY)
    events = [bounce(numbers[n], Blame.NOBODY, enhanced_code="4.2.2") for n in order]
    act(any_database, KEYS, events[:2], NOW)
    assert who(any_database, mine).status is SubscriberStatus.ACTIVE
    act(any_database, KEYS, events[2:], NOW)
    assert who(any_database, mine).status is SubscriberStatus.UNSUBSCRIBED
    with any_database.read() as session:
        assert not is_suppressed(session, KEYS, who(any_database, mine).address_key)


@pytest.mark.parametrize("days", [(14, 0), (13, 12, 0), (28, 14, 0)])
def test_a_mailbox_full_for_less_or_with_room_in_between_is_kept(
    any_database: Database, days: tuple[int, ...]
) -> None:
    mine = reader(any_database)
    numbers = [delivery(any_database, mine, at=NOW - ago * DAY) for ago in days]
    delivery(any_database, mine, at=NOW - 20 * DAY)
    act(any_database, KEYS, [bounce(n, Blame.NOBODY, enhanced_code="5.2.2") for n in numbers], NOW)
    assert who(any_database, mine).status is SubscriberStatus.ACTIVE


@pytest.mark.parametrize(
    ("recipient", "expected"),
    [
        ("Me@Example.org", SubscriberStatus.SUPPRESSED),
        ("", SubscriberStatus.SUPPRESSED),
        ("elsewhere@example.net", SubscriberStatus.ACTIVE),
    ],
)
def test_an_unknown_mailbox_behind_a_forwarder_is_only_a_strike(
    any_database: Database, recipient: str, expected: SubscriberStatus
) -> None:
    mine = reader(any_database, address="me@example.org")
    number = delivery(any_database, mine)
    act(any_database, KEYS, [bounce(number, recipient=recipient)], NOW)
    assert who(any_database, mine).status is expected


def test_a_bounce_that_overtakes_the_answer_ends_the_delivery(any_database: Database) -> None:
    number = delivery(any_database, reader(any_database), DeliveryStatus.CLAIMED)
    act(any_database, KEYS, [bounce(number, Blame.NOBODY)], NOW)
    with any_database.read() as session:
        row = session.get_one(Delivery, number)
    assert (row.status, row.finished_at) == (DeliveryStatus.BOUNCED, NOW)


@pytest.mark.parametrize("kind", [FeedbackKind.BOUNCED, FeedbackKind.COMPLAINED])
def test_feedback_about_a_digest_sent_before_its_reader_moved_spares_the_new_address(
    any_database: Database, kind: FeedbackKind
) -> None:
    mine = reader(any_database, confirmed_at=NOW)
    number = delivery(any_database, mine, at=NOW - DAY)
    act(any_database, KEYS, [event(number, kind, blame=Blame.ADDRESS)], NOW)
    assert status(any_database, number) in {DeliveryStatus.BOUNCED, DeliveryStatus.COMPLAINED}
    assert who(any_database, mine).status is SubscriberStatus.ACTIVE


def test_feedback_about_an_erased_reader_is_written_down_and_harms_nobody(
    any_database: Database,
) -> None:
    number = delivery(any_database, None)
    assert act(any_database, KEYS, [bounce(number)], NOW) == FeedbackCounts(applied=1)
    assert status(any_database, number) is DeliveryStatus.BOUNCED


def test_events_are_purged_with_their_delivery(any_database: Database) -> None:
    number = delivery(any_database, reader(any_database))
    act(any_database, KEYS, [bounce(number)], NOW)
    assert purge(any_database, NOW + 91 * DAY, 90 * DAY) == 1
    with any_database.read() as session:
        assert session.scalar(select(func.count(FeedbackEvent.id))) == 0


OUTCOMES = [
    (FeedbackKind.DELIVERED, Blame.NOBODY),
    (FeedbackKind.DELAYED, Blame.NOBODY),
    (FeedbackKind.COMPLAINED, Blame.NOBODY),
    *((FeedbackKind.BOUNCED, blame) for blame in Blame),
]


def ended(database: Database) -> tuple[list[DeliveryStatus], list[tuple[SubscriberStatus, int]]]:
    with database.read() as session:
        deliveries = session.scalars(select(Delivery).order_by(Delivery.id))
        readers = session.scalars(select(Subscriber).order_by(Subscriber.id))
        return (
            [row.status for row in deliveries],
            [(row.status, row.read_through) for row in readers],
        )


@pytest.fixture
def empty(_empty_sqlite: Path) -> Path:
    """The file of a database with its tables made, to copy."""
    return _empty_sqlite


@given(data=st.data())
@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_events_about_any_digests_end_the_same_in_any_order(
    empty: Path, tmp_path: Path, data: st.DataObject
) -> None:
    possible = st.sampled_from([*HANDED_OVER, DeliveryStatus.FAILED, DeliveryStatus.EXPIRED])
    states = [DeliveryStatus.SENT, *data.draw(st.lists(possible, max_size=3))]
    told_of = [n for n, state in enumerate(states, start=1) if state in HANDED_OVER]
    told = st.tuples(st.sampled_from(told_of), st.sampled_from(OUTCOMES))
    events = [
        event(number, kind, blame=blame, id=f"{number}:{kind}:{blame}")
        for number, (kind, blame) in data.draw(st.lists(told, max_size=6))
    ]
    ends = []
    for number, order in enumerate((events, data.draw(st.permutations(events)))):
        path = shutil.copy(empty, tmp_path / f"{number}.db")
        fresh = connect(f"sqlite:///{path}")
        sent = [n for n, state in enumerate(states, start=1) if state is DeliveryStatus.SENT]
        mine = reader(fresh, read_through=max(sent))
        for day, state in enumerate(states):
            stretch = (max((n for n in sent if n <= day), default=0), day + 1)
            delivery(fresh, mine, state, stretch=stretch, at=NOW + (day - len(states)) * DAY)
        act(fresh, KEYS, order, NOW)
        ends.append(ended(fresh))
        fresh.close()
    assert ends[0] == ends[1]


@pytest.mark.parametrize("form", [{"List-Unsubscribe": "One-Click"}, {"action": "weekly"}])
def test_pressing_a_button_behind_its_own_link_settles_an_uncertain_digest(
    sqlite: Database, tmp_path: Path, form: dict[str, str]
) -> None:
    own = Settings(data_dir=tmp_path)
    mine = reader(sqlite)
    number = delivery(sqlite, mine, DeliveryStatus.UNCERTAIN)
    token = tokens.sign(own.keys, Scope.UNSUBSCRIBE, mine, detail=str(number))
    with TestClient(create_app(own, sqlite, lambda _: None, lambda: NOW)) as web:
        web.get(f"/unsubscribe/{token}")
        assert status(sqlite, number) is DeliveryStatus.UNCERTAIN
        assert web.post(f"/unsubscribe/{token}", data=form).is_success
    assert status(sqlite, number) is DeliveryStatus.SENT


def test_mails_carry_unsubscribe_links_that_name_them(sqlite: Database, tmp_path: Path) -> None:
    own = Settings(data_dir=tmp_path)
    mine = reader(sqlite)
    with sqlite.write() as session:
        plan_mail(session, mine, MailKind.WELCOME, NOW, expires_after=DAY)
        row = read_jobs(session, session.scalars(select(Delivery.id)).all())[0]
        octets = Composer.of(own).compose(session, [row])[row.id].parcel.octets
    link = email.message_from_bytes(octets)["List-Unsubscribe"].strip("<>")
    opened = tokens.verify(own.keys, link.rpartition("/")[2], Scope.UNSUBSCRIBE, NOW)
    assert (opened.subject, opened.detail) == (mine, str(row.id))
