"""The promise under any order of events: random days of planning, crashing, leaving, returning."""

from __future__ import annotations

import shutil
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import mkdtemp

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule
from sqlalchemy import select

from digest import database, models, subscribers
from digest.config import Settings
from digest.deliveries import Composer, Sending, deliver, plan, sweep
from digest.matches import match
from digest.models import Delivery, DeliveryStatus, MailKind, Subscriber
from digest.smtp import Answer, AnswerLost, Connection, ConnectionFailed, Dialogue, Parcel, Refused
from tests.factories import closed_edition, stored_paper, subscriber

READERS = 3
DAY = timedelta(days=1)
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

    @initialize()
    def begin(self) -> None:
        self.folder = Path(mkdtemp(prefix="digest-promise-"))
        self.database = database.connect(f"sqlite:///{self.folder / 'digest.db'}")
        models.Base.metadata.create_all(self.database.engine)
        self.now = datetime(2026, 3, 27, 8, 0, tzinfo=UTC)
        self.office = PostOffice()
        self.composer = Composer.of(Settings(data_dir=self.folder))
        self.editions = 0
        self.has_left: set[int] = set()
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

    @rule()
    def planning(self) -> None:
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

    @rule(reader=st.integers(1, READERS))
    def unsubscribing(self, reader: int) -> None:
        self.has_left.add(reader)
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
            self.database.close()
            shutil.rmtree(self.folder)

    def settle_down(self) -> None:
        """Two quiet days: whatever was left behind is taken up."""
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
                select(Subscriber).where(Subscriber.status == models.SubscriberStatus.ACTIVE)
            ).all()
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
            doubtful = sum(
                d.status is DeliveryStatus.UNCERTAIN and d.subscriber_id == one.id
                for d in deliveries
            )
            for number in range(1, self.editions + 1):
                title = f"Paper {number:03d} of Many".encode()
                copies = sum(
                    parcel.recipient == one.address and title in parcel.octets
                    for parcel in self.office.accepted
                )
                assert copies <= 1 + doubtful, "a paper came twice though nothing was uncertain"
                assert copies >= 1, "a paper never came"


DeliveryPromise.TestCase.settings = settings(
    max_examples=50,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
TestDeliveryPromise = DeliveryPromise.TestCase
