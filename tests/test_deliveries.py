"""Deliveries: a digest reaches its reader, exactly once, whatever breaks on the way."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from digest.config import Settings
from digest.database import Database
from digest.deliveries import (
    Composer,
    DeliverCounts,
    NotUncertain,
    PlanCounts,
    Sending,
    deliver,
    plan,
    settle,
    sweep,
)
from digest.deliveries.claiming import LEASE, claim
from digest.enums import DeliveryStatus, Frequency, Phase, SubscriberStatus
from digest.models import Attempt, Delivery, Subscriber, Suppression, Topic
from digest.smtp import Answer, AnswerLost, Connection, ConnectionFailed, Dialogue, Parcel, Refused
from tests.deliveries import edition, position, statuses
from tests.factories import NOW
from tests.readers import reader

DAY = timedelta(days=1)


class PostOffice:
    """Takes parcels in memory; a test says what goes wrong with which recipient."""

    def __init__(self) -> None:
        self.taken: list[Parcel] = []
        self.faults: dict[str, Exception | Answer] = {}
        self.before_offer: Callable[[Parcel], None] = lambda _: None
        self.before_conclude: Callable[[], None] = lambda: None

    def connect(self) -> Connection:
        return Counter(self)


class Counter:
    def __init__(self, office: PostOffice) -> None:
        self.office = office
        self.parcel: Parcel | None = None

    def offer(self, parcel: Parcel) -> Dialogue[None]:
        yield
        self.office.before_offer(parcel)
        fault = self.office.faults.get(parcel.recipient)
        if isinstance(fault, Refused | ConnectionFailed):
            raise fault
        self.parcel = parcel

    def conclude(self) -> Dialogue[Answer]:
        yield
        self.office.before_conclude()
        assert self.parcel is not None
        fault = self.office.faults.get(self.parcel.recipient)
        if isinstance(fault, Answer):
            return fault
        self.office.taken.append(self.parcel)
        if isinstance(fault, AnswerLost):
            raise fault
        return Answer(250, "2.0.0 Ok: queued as ABC123")

    def abandon(self) -> None:
        self.parcel = None

    def close(self) -> None:
        self.parcel = None


@pytest.fixture
def office() -> PostOffice:
    return PostOffice()


@pytest.fixture
def send(
    any_database: Database, office: PostOffice, tmp_path: Path
) -> Callable[..., DeliverCounts]:
    settings = Settings(data_dir=tmp_path)

    def run(now: datetime = NOW) -> DeliverCounts:
        composer = Composer.of(settings)
        return deliver(Sending(any_database, composer, office, "test", lambda: now, 4))

    return run


def test_a_reader_gets_the_papers_of_their_topics_and_no_others(
    any_database: Database, office: PostOffice, send: Callable[..., DeliverCounts]
) -> None:
    reader(any_database, "diffusion", address="a@example.org")
    edition(any_database, 1, "Diffusion Models at Rest", "A Survey of Robots")
    assert plan(any_database, NOW) == PlanCounts(candidates=1, planned=1)
    assert send() == DeliverCounts(sent=1)
    assert b"Diffusion Models at Rest" in office.taken[0].octets
    assert b"Robots" not in office.taken[0].octets


def test_a_reader_without_topics_gets_the_whole_list(
    any_database: Database, office: PostOffice, send: Callable[..., DeliverCounts]
) -> None:
    reader(any_database)
    edition(any_database, 1, "Diffusion Models at Rest", "A Survey of Robots")
    plan(any_database, NOW)
    send()
    assert b"Diffusion Models at Rest" in office.taken[0].octets
    assert b"Robots" in office.taken[0].octets


def test_a_paper_comes_once(
    any_database: Database, office: PostOffice, send: Callable[..., DeliverCounts]
) -> None:
    reader(any_database)
    edition(any_database, 1, "One")
    plan(any_database, NOW)
    send()
    edition(any_database, 2, "Two")
    plan(any_database, NOW + DAY)
    send(NOW + DAY)
    assert b"One" in office.taken[0].octets
    assert b"Two" in office.taken[1].octets
    assert b"Subject: One" not in office.taken[1].octets


def test_a_weekly_reader_gets_the_whole_week(
    any_database: Database, office: PostOffice, send: Callable[..., DeliverCounts]
) -> None:
    reader(any_database, frequency=Frequency.WEEKLY, weekday=NOW.weekday())
    for sequence in range(1, 6):
        edition(any_database, sequence, f"Paper{sequence}")
    plan(any_database, NOW)
    send()
    assert all(b"Paper%d" % number in office.taken[0].octets for number in range(1, 6))


def test_what_could_not_be_sent_is_in_the_next_digest_and_says_so(
    any_database: Database, office: PostOffice, send: Callable[..., DeliverCounts]
) -> None:
    number = reader(any_database, address="a@example.org")
    edition(any_database, 1, "One")
    plan(any_database, NOW)
    office.faults["a@example.org"] = Refused(Answer(451, "4.3.0 later"))
    assert send() == DeliverCounts(deferred=1)
    edition(any_database, 2, "Two")
    assert plan(any_database, NOW + DAY).planned == 1
    office.faults.clear()
    send(NOW + DAY)
    assert statuses(any_database) == [DeliveryStatus.EXPIRED, DeliveryStatus.SENT]
    assert b"One" in office.taken[0].octets
    assert b"Also from" in office.taken[0].octets
    assert position(any_database, number) == 2


def test_a_temporary_refusal_is_tried_again_later_with_the_same_message(
    any_database: Database, office: PostOffice, send: Callable[..., DeliverCounts]
) -> None:
    reader(any_database, address="a@example.org")
    edition(any_database, 1, "One")
    plan(any_database, NOW)
    office.faults["a@example.org"] = Answer(451, "4.3.0 after the body")
    assert send() == DeliverCounts(deferred=1)
    assert send(NOW + timedelta(minutes=5)) == DeliverCounts()
    office.faults.clear()
    later = NOW + timedelta(hours=1)
    assert send(later) == DeliverCounts(sent=1)
    with any_database.read() as session:
        row = session.scalars(select(Delivery)).one()
        assert (row.attempt, row.finished_at) == (2, later)


def test_an_unknown_mailbox_is_suppressed(
    any_database: Database, office: PostOffice, send: Callable[..., DeliverCounts]
) -> None:
    number = reader(any_database, address="gone@example.org")
    edition(any_database, 1, "One")
    plan(any_database, NOW)
    office.faults["gone@example.org"] = Refused(Answer(550, "5.1.1 no such user"))
    assert send() == DeliverCounts(failed=1)
    with any_database.read() as session:
        assert session.get_one(Subscriber, number).status is SubscriberStatus.SUPPRESSED
        assert session.scalars(select(Suppression)).one().reason == "refused 5.1.1"


def test_a_domain_in_any_script_is_written_in_plain_letters_on_the_wire(
    any_database: Database, office: PostOffice, send: Callable[..., DeliverCounts]
) -> None:
    reader(any_database, address="ada@bücher.example")
    edition(any_database, 1, "One")
    plan(any_database, NOW)
    assert send() == DeliverCounts(sent=1)
    assert [parcel.recipient for parcel in office.taken] == ["ada@xn--bcher-kva.example"]


def test_a_refusal_that_blames_us_suppresses_nobody(
    any_database: Database, office: PostOffice, send: Callable[..., DeliverCounts]
) -> None:
    number = reader(any_database, address="a@example.org")
    edition(any_database, 1, "One")
    plan(any_database, NOW)
    office.faults["a@example.org"] = Refused(Answer(550, "5.7.1 your reputation"))
    assert send() == DeliverCounts(deferred=1)
    with any_database.read() as session:
        assert session.get_one(Subscriber, number).status is SubscriberStatus.ACTIVE


def test_an_unexplained_refusal_suppresses_at_the_second_strike_a_day_apart(
    any_database: Database, office: PostOffice, send: Callable[..., DeliverCounts]
) -> None:
    number = reader(any_database, address="a@example.org")
    office.faults["a@example.org"] = Refused(Answer(554, "no"))
    seen = []
    for day in range(2):
        edition(any_database, day + 1, f"Paper {day}")
        plan(any_database, NOW + day * DAY)
        send(NOW + day * DAY)
        with any_database.read() as session:
            seen.append(session.get_one(Subscriber, number).status)
    assert seen == [SubscriberStatus.ACTIVE, SubscriberStatus.SUPPRESSED]


def test_a_full_mailbox_is_no_strike_and_after_two_weeks_gets_no_more(
    any_database: Database, office: PostOffice, send: Callable[..., DeliverCounts]
) -> None:
    number = reader(any_database, address="a@example.org")
    said = ["5.2.2 full", "no", "quota exceeded", "5.2.2 full"]
    seen = []
    for week, words in enumerate(said):
        office.faults["a@example.org"] = Refused(Answer(554 if words == "no" else 552, words))
        edition(any_database, week + 1, f"Paper {week}")
        plan(any_database, NOW + week * 7 * DAY)
        send(NOW + week * 7 * DAY)
        with any_database.read() as session:
            seen.append(session.get_one(Subscriber, number).status)
    assert seen == [SubscriberStatus.ACTIVE] * 3 + [SubscriberStatus.UNSUBSCRIBED]


def test_a_server_out_of_reach_ends_the_run_and_costs_no_reader_a_strike(
    any_database: Database, office: PostOffice, send: Callable[..., DeliverCounts]
) -> None:
    for number in range(9):
        reader(any_database, address=f"r{number}@example.org")
        office.faults[f"r{number}@example.org"] = ConnectionFailed("refused")
    edition(any_database, 1, "One")
    plan(any_database, NOW)
    assert send() == DeliverCounts(deferred=4)
    office.faults.clear()
    assert send(NOW + timedelta(minutes=2)) == DeliverCounts(sent=9)


def test_who_unsubscribes_while_the_message_is_on_its_way_gets_nothing(
    any_database: Database, office: PostOffice, send: Callable[..., DeliverCounts]
) -> None:
    number = reader(any_database)
    edition(any_database, 1, "One")
    plan(any_database, NOW)
    with any_database.write() as session:
        session.get_one(Subscriber, number).status = SubscriberStatus.UNSUBSCRIBED
    assert send() == DeliverCounts(cancelled=1)
    assert office.taken == []


def test_a_lost_answer_is_uncertain_never_sent_again_and_its_papers_come_again(
    any_database: Database, office: PostOffice, send: Callable[..., DeliverCounts]
) -> None:
    number = reader(any_database, address="a@example.org")
    edition(any_database, 1, "One")
    plan(any_database, NOW)
    office.faults["a@example.org"] = AnswerLost("reset")
    assert send() == DeliverCounts(uncertain=1)
    assert send(NOW + timedelta(hours=3)) == DeliverCounts()
    assert position(any_database, number) == 0
    assert plan(any_database, NOW + DAY).planned == 1


def test_a_delivery_whose_subscriber_is_gone_is_cancelled(
    any_database: Database, send: Callable[..., DeliverCounts]
) -> None:
    reader(any_database)
    edition(any_database, 1, "One")
    plan(any_database, NOW)
    with any_database.write() as session:
        session.delete(session.scalars(select(Subscriber)).one())
    assert send() == DeliverCounts()
    assert statuses(any_database) == [DeliveryStatus.CANCELLED]


def test_a_worker_that_died_before_the_terminator_loses_nothing(
    any_database: Database, send: Callable[..., DeliverCounts]
) -> None:
    reader(any_database)
    edition(any_database, 1, "One")
    plan(any_database, NOW)
    assert len(claim(any_database, NOW, 10)) == 1
    assert send(NOW + timedelta(minutes=1)) == DeliverCounts()
    later = NOW + LEASE
    assert sweep(any_database, later).again == 1
    assert send(later) == DeliverCounts(sent=1)
    assert sweep(any_database, later + LEASE).again == 0


def test_a_worker_that_died_after_the_terminator_leaves_it_uncertain(
    any_database: Database, office: PostOffice, send: Callable[..., DeliverCounts]
) -> None:
    reader(any_database)
    edition(any_database, 1, "One")
    plan(any_database, NOW)
    (job,) = claim(any_database, NOW, 10)
    with any_database.write() as session:
        session.add(Attempt(delivery_id=job.id, number=1, worker="dead", phase=Phase.TERMINATOR))
    assert sweep(any_database, NOW + LEASE).uncertain == 1
    assert send(NOW + LEASE) == DeliverCounts()
    assert office.taken == []


def test_a_worker_that_lost_its_lease_before_the_gate_sends_nothing(
    any_database: Database, tmp_path: Path
) -> None:
    reader(any_database)
    edition(any_database, 1, "One")
    plan(any_database, NOW)

    class Slow(PostOffice):
        def connect(self) -> Connection:
            return SlowCounter(self)

    class SlowCounter(Counter):
        def offer(self, parcel: Parcel) -> Dialogue[None]:
            sweep(any_database, NOW + LEASE)
            claim(any_database, NOW + LEASE, 1)
            yield from super().offer(parcel)

    slow = Slow()
    composer = Composer.of(Settings(data_dir=tmp_path))
    counts = deliver(Sending(any_database, composer, slow, "slow", lambda: NOW, 1))
    assert counts == DeliverCounts()
    assert slow.taken == []
    assert statuses(any_database) == [DeliveryStatus.CLAIMED]


def test_what_was_answered_is_recorded_before_the_next_mails_are_offered(
    any_database: Database, office: PostOffice, send: Callable[..., DeliverCounts]
) -> None:
    for number in range(5):
        reader(any_database, address=f"r{number}@example.org")
    edition(any_database, 1, "One")
    plan(any_database, NOW)
    seen: list[list[DeliveryStatus]] = []
    office.before_offer = lambda _: seen.append(statuses(any_database))
    assert send() == DeliverCounts(sent=5)
    assert seen[-1] == [DeliveryStatus.SENT] * 4 + [DeliveryStatus.CLAIMED]


def test_an_answer_that_comes_after_the_sweep_is_still_believed(
    any_database: Database, office: PostOffice, send: Callable[..., DeliverCounts]
) -> None:
    number = reader(any_database)
    edition(any_database, 1, "One")
    plan(any_database, NOW)
    office.before_conclude = lambda: assert_uncertain(any_database)
    assert send() == DeliverCounts(sent=1)
    assert statuses(any_database) == [DeliveryStatus.SENT]
    assert position(any_database, number) == 1


def assert_uncertain(database: Database) -> None:
    assert sweep(database, NOW + LEASE).uncertain == 1


def test_a_late_refusal_of_an_uncertain_digest_does_not_collide_with_the_next_one(
    any_database: Database, office: PostOffice, send: Callable[..., DeliverCounts]
) -> None:
    reader(any_database, address="a@example.org")
    edition(any_database, 1, "One")
    plan(any_database, NOW)

    def overtaken() -> None:
        sweep(any_database, NOW + LEASE)
        edition(any_database, 2, "Two")
        plan(any_database, NOW + DAY)

    office.before_conclude = overtaken
    office.faults["a@example.org"] = Answer(452, "4.2.2 full")
    send()
    assert statuses(any_database) == [DeliveryStatus.FAILED, DeliveryStatus.PLANNED]


@pytest.mark.parametrize(("was_sent", "expected"), [(True, 1), (False, 0)])
def test_an_uncertain_delivery_is_settled_by_hand(
    any_database: Database,
    office: PostOffice,
    send: Callable[..., DeliverCounts],
    was_sent: bool,
    expected: int,
) -> None:
    number = reader(any_database, address="a@example.org")
    edition(any_database, 1, "One")
    plan(any_database, NOW)
    office.faults["a@example.org"] = AnswerLost("reset")
    send()
    settle(any_database, 1, was_sent=was_sent, now=NOW)
    assert position(any_database, number) == expected
    with pytest.raises(NotUncertain):
        settle(any_database, 1, was_sent=was_sent, now=NOW)


def test_a_digest_too_late_expires(
    any_database: Database, send: Callable[..., DeliverCounts]
) -> None:
    reader(any_database)
    edition(any_database, 1, "One")
    plan(any_database, NOW)
    assert sweep(any_database, NOW + 2 * DAY).expired == 1
    assert send(NOW + 2 * DAY) == DeliverCounts()


def test_one_topic_that_no_longer_parses_does_not_stop_the_others(
    any_database: Database, send: Callable[..., DeliverCounts]
) -> None:
    reader(any_database, "diffusion", address="a@example.org")
    with any_database.write() as session:
        session.add(Topic(query='"not closed', created_at=NOW))
    edition(any_database, 1, "Diffusion Models at Rest")
    plan(any_database, NOW)
    assert send() == DeliverCounts(sent=1)
