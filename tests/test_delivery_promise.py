"""The promise under any order of events: random days of planning, crashing, leaving, returning."""

from __future__ import annotations

import atexit
import os
import re
import shutil
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule
from sqlalchemy import select, text

from digest import database, models, subscribers
from digest.config import Settings
from digest.deliveries import Composer, Sending, deliver, plan, sweep
from digest.deliveries.answers import Blame
from digest.enums import DeliveryStatus, FeedbackKind, MailKind, SubscriberStatus
from digest.feedback.acting import act
from digest.feedback.events import Event, proven_delivery
from digest.matches import match
from digest.models import Delivery, Subscriber
from digest.smtp import Answer, AnswerLost, Connection, ConnectionFailed, Dialogue, Parcel, Refused
from tests.factories import closed_edition, stored_paper, subscriber

READERS = 3
DAY = timedelta(days=1)
STARTS = (
    datetime(2026, 3, 27, 8, 0, tzinfo=UTC),
    datetime(2026, 10, 24, 8, 0, tzinfo=UTC),
    datetime(2028, 2, 28, 8, 0, tzinfo=UTC),
)
"""Just before the clocks change, both ways, and before a leap day."""
TRANSITIONS = (
    "CREATE TABLE transitions (delivery_id INTEGER, before TEXT, after TEXT)",
    """CREATE TRIGGER made AFTER INSERT ON deliveries
    BEGIN INSERT INTO transitions VALUES (NEW.id, 'new', NEW.status); END""",
    """CREATE TRIGGER changed AFTER UPDATE OF status ON deliveries WHEN OLD.status <> NEW.status
    BEGIN INSERT INTO transitions VALUES (NEW.id, OLD.status, NEW.status); END""",
)
TROUBLES = ("none", "die offering", "die concluding", "busy", "no connection", "answer lost")


class Killed(BaseException):
    """The process is gone: nothing after this runs."""


class PostOffice:
    """Accepts mail, with one trouble at one of its counters."""

    def __init__(self) -> None:
        self.accepted: list[Parcel] = []
        self.trouble = "none"
        self.after = 0

    def connect(self) -> Connection:
        return _Counter(self)

    def strikes(self, trouble: str) -> bool:
        if self.trouble != trouble:
            return False
        self.after -= 1
        return self.after < 0


class _Counter:
    def __init__(self, office: PostOffice) -> None:
        self.office = office
        self.parcel: Parcel | None = None

    def offer(self, parcel: Parcel) -> Dialogue[None]:
        yield
        if self.office.strikes("die offering"):
            raise Killed
        if self.office.strikes("no connection"):
            raise ConnectionFailed("no route")
        if self.office.strikes("busy"):
            raise Refused(Answer(451, "4.3.2 busy"))
        self.parcel = parcel

    def conclude(self) -> Dialogue[Answer]:
        assert self.parcel is not None
        self.office.accepted.append(self.parcel)
        if self.office.strikes("die concluding"):
            raise Killed
        yield
        if self.office.strikes("answer lost"):
            raise AnswerLost("reset")
        return Answer(250, "2.0.0 Ok")

    def abandon(self) -> None:
        self.parcel = None

    def close(self) -> None:
        self.parcel = None


class DeliveryPromise(RuleBasedStateMachine):
    """A small world on SQLite whose clock the rules move."""

    @initialize(start=st.sampled_from(STARTS))
    def begin(self, start: datetime) -> None:
        self.folder = Path(mkdtemp(prefix="digest-promise-"))
        shutil.copy(empty_database(), self.folder / "digest.db")
        self.database = database.connect(f"sqlite:///{self.folder / 'digest.db'}")
        self.now = self.latest = start
        self.office = PostOffice()
        self.composer = composer()
        self.editions = 0
        self.reports = 0
        with self.database.write() as session:
            for number in range(READERS):
                zone = ("UTC", "Europe/Berlin", "America/New_York")[number]
                subscriber(
                    session,
                    address=f"r{number}@example.org",
                    time_zone=zone,
                    next_due_at=self.now,
                    max_papers=30,
                )

    @rule()
    def a_new_edition(self) -> None:
        self.editions += 1
        with self.database.write() as session:
            paper = stored_paper(session, title=f"Paper {self.editions:03d} of Many")
            day = date(2026, 3, 1) + timedelta(days=self.editions)
            closed_edition(session, [paper], day=day, sequence=self.editions)
        match(self.database)

    @rule(hours=st.integers(1, 40))
    def time_passes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @rule(hours=st.integers(1, 30))
    def the_clock_jumps_back(self, hours: int) -> None:
        self.latest = max(self.latest, self.now)
        self.now -= timedelta(hours=hours)

    @rule(beats=st.integers(1, 2))
    def planning(self, beats: int) -> None:
        for _ in range(beats):
            plan(self.database, self.now)

    @rule(trouble=st.sampled_from(TROUBLES), after=st.integers(0, 2))
    def sending(self, trouble: str, after: int) -> None:
        self.office.trouble, self.office.after = trouble, after
        try:
            deliver(Sending(self.database, self.composer, self.office, "w", lambda: self.now, 2))
        except Killed:
            self.now += timedelta(minutes=3)

    @rule()
    def sweeping(self) -> None:
        sweep(self.database, self.now)

    @rule(which=st.integers(0, 50), kind=st.sampled_from(FeedbackKind))
    def hearing_of_a_mail(self, which: int, kind: FeedbackKind) -> None:
        """A report about some mail that was taken; its mailbox is full, so nobody is suppressed."""
        if not self.office.accepted:
            return
        parcel = self.office.accepted[which % len(self.office.accepted)]
        self.reports += 1
        event = Event(
            source="dsn",
            id=str(self.reports),
            delivery_id=proven_delivery(self.composer.keys, [parcel.sender]),
            kind=kind,
            blame=Blame.NOBODY,
            enhanced_code="5.2.2",
        )
        act(self.database, self.composer.keys, [event], self.now)

    @rule(reader=st.integers(1, READERS))
    def unsubscribing(self, reader: int) -> None:
        subscribers.unsubscribe(self.database, reader, self.now)

    @rule(reader=st.integers(1, READERS))
    def coming_back(self, reader: int) -> None:
        try:
            subscribers.come_back(self.database, reader, self.now)
        except subscribers.NotSubscribed:
            return

    def teardown(self) -> None:
        if hasattr(self, "database"):
            self.settle_down()
            self.check()
            assert self.transitions() <= diagram(), "the document does not show this change"
            self.database.close()
            shutil.rmtree(self.folder)

    def settle_down(self) -> None:
        """The clock is set right, and two quiet days take up whatever was left behind."""
        self.now = max(self.latest, self.now)
        for _ in range(2):
            self.now += DAY
            sweep(self.database, self.now)
            plan(self.database, self.now)
            self.sending("none", 0)

    def check(self) -> None:
        with self.database.read() as session:
            deliveries = session.scalars(
                select(Delivery).where(Delivery.kind == MailKind.DIGEST)
            ).all()
            staying = session.scalars(
                select(Subscriber).where(Subscriber.status == SubscriberStatus.ACTIVE)
            ).all()
        in_doubt = self.ever_in_doubt()
        by_mail = Counter(parcel.sender for parcel in self.office.accepted)
        assert max(by_mail.values(), default=0) <= 1, "the same mail was handed over twice"
        unfinished = {DeliveryStatus.CLAIMED, DeliveryStatus.PLANNED, DeliveryStatus.DEFERRED}
        still_reading = {s.id for s in staying}
        assert not [
            d for d in deliveries if d.status in unfinished and d.subscriber_id in still_reading
        ]
        per_day = Counter((d.subscriber_id, d.due_on) for d in deliveries)
        assert max(per_day.values(), default=0) <= 1, "two digests for one day"
        for one in staying:
            doubtful = sum(d.id in in_doubt and d.subscriber_id == one.id for d in deliveries)
            for number in range(1, self.editions + 1):
                title = f"Paper {number:03d} of Many".encode()
                copies = sum(
                    parcel.recipient == one.address and title in parcel.octets
                    for parcel in self.office.accepted
                )
                assert copies <= 1 + doubtful, "a paper came twice though nothing was in doubt"
                assert copies >= 1, "a paper never came"

    def transitions(self) -> set[tuple[str, str]]:
        with self.database.read() as session:
            seen = session.execute(text("SELECT DISTINCT before, after FROM transitions"))
            return {(before, after) for before, after in seen}

    def ever_in_doubt(self) -> set[int]:
        """Deliveries that were once uncertain or bounced, whose papers come again."""
        doubt = "SELECT delivery_id FROM transitions WHERE after IN ('uncertain', 'bounced')"
        with self.database.read() as session:
            return set(session.scalars(text(doubt)))


@cache
def empty_database() -> Path:
    """A database file that writes down each change of a delivery's status; made once."""
    path = Path(mkdtemp(prefix="digest-promise-")) / "empty.db"
    atexit.register(shutil.rmtree, path.parent)
    made = database.connect(f"sqlite:///{path}")
    models.Base.metadata.create_all(made.engine)
    with made.write() as session:
        for statement in TRANSITIONS:
            session.execute(text(statement))
    made.close()
    return path


@cache
def composer() -> Composer:
    return Composer.of(Settings(data_dir=empty_database().parent))


@cache
def diagram() -> set[tuple[str, str]]:
    """The arrows of the state diagram in docs/delivery.md."""
    told = (Path(__file__).parents[1] / "docs" / "delivery.md").read_text()
    arrows = re.findall(r"^ +(\S+) --> (\w+)", told, re.MULTILINE)
    return {("new" if before == "[*]" else before, after) for before, after in arrows}


DeliveryPromise.TestCase.settings = settings(
    max_examples=int(os.environ.get("DIGEST_TEST_RANDOM_RUNS", "40")),
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
TestDeliveryPromise = DeliveryPromise.TestCase
