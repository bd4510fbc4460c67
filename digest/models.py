"""The tables: data and constraints. Every "only once" of the program is a constraint here."""

from __future__ import annotations

from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import (
    JSON,
    CheckConstraint,
    DateTime,
    Dialect,
    Enum,
    ForeignKey,
    Index,
    LargeBinary,
    MetaData,
    String,
    Text,
    TypeDecorator,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

from digest.enums import (
    DeliveryStatus,
    EditionStatus,
    FeedbackKind,
    Frequency,
    HoldKind,
    MailKind,
    Phase,
    Selectivity,
    SignUpKind,
    SubscriberStatus,
)


class UtcDateTime(TypeDecorator[datetime]):
    """An aware UTC time on every database; SQLite alone would give back a naive one."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("times in the database are aware; this one has no time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: Any, _dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        aware: datetime = value if value.tzinfo else value.replace(tzinfo=UTC)
        return aware.astimezone(UTC)


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: UtcDateTime(),
        list[str]: JSON(),
        list[Any]: JSON(),
        dict[str, Any]: JSON(),
        bytes: LargeBinary(),
    }


def _choice(values: type[StrEnum]) -> Enum:
    return Enum(
        values,
        native_enum=False,
        length=16,
        create_constraint=True,
        name=values.__name__.lower(),
        values_callable=lambda enum: [member.value for member in enum],
    )


class Paper(Base):
    __tablename__ = "papers"

    id: Mapped[int] = mapped_column(primary_key=True)
    arxiv_id: Mapped[str] = mapped_column(String(64), unique=True)
    title: Mapped[str] = mapped_column(Text)
    abstract: Mapped[str] = mapped_column(Text, default="")
    authors: Mapped[list[str]] = mapped_column(default=list)
    organization: Mapped[str | None] = mapped_column(Text)
    summary: Mapped[str | None] = mapped_column(Text)
    keywords: Mapped[list[str]] = mapped_column(default=list)
    categories: Mapped[list[str]] = mapped_column(default=list)
    upvotes: Mapped[int] = mapped_column(default=0)
    comments: Mapped[int] = mapped_column(default=0)
    code_url: Mapped[str | None] = mapped_column(Text)
    code_stars: Mapped[int | None]
    project_url: Mapped[str | None] = mapped_column(Text)
    published_on: Mapped[date | None]
    listed_on: Mapped[date | None]
    first_seen_at: Mapped[datetime]


class Edition(Base):
    """The dated list of one source; `sequence`, given on closing, orders the row of editions."""

    __tablename__ = "editions"
    __table_args__ = (
        UniqueConstraint("source", "day"),
        CheckConstraint("(status = 'closed') = (sequence IS NOT NULL)", name="closed_has_sequence"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[str] = mapped_column(String(32))
    day: Mapped[date]
    status: Mapped[EditionStatus] = mapped_column(_choice(EditionStatus))
    sequence: Mapped[int | None] = mapped_column(unique=True)
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    fetched_at: Mapped[datetime | None]
    """When a list was last received."""
    next_fetch_at: Mapped[datetime | None] = mapped_column(index=True)
    fetch_status: Mapped[str] = mapped_column(String(32), default="")
    fetch_note: Mapped[str] = mapped_column(Text, default="")
    """What went wrong or was skipped in the last fetch, for the operator."""
    skipped: Mapped[int] = mapped_column(default=0)
    etag: Mapped[str | None] = mapped_column(Text)
    last_modified: Mapped[str | None] = mapped_column(Text)

    entries: Mapped[list[Entry]] = relationship(back_populates="edition", order_by="Entry.rank")


class Entry(Base):
    """A paper's place in an edition; `is_new` in exactly one edition, the first that named it."""

    __tablename__ = "entries"
    __table_args__ = (
        Index(
            "uq_entries_new_paper",
            "paper_id",
            unique=True,
            sqlite_where=text("is_new"),
            postgresql_where=text("is_new"),
        ),
    )

    edition_id: Mapped[int] = mapped_column(
        ForeignKey("editions.id", ondelete="CASCADE"), primary_key=True
    )
    paper_id: Mapped[int] = mapped_column(ForeignKey("papers.id"), primary_key=True)
    rank: Mapped[int]
    is_new: Mapped[bool]

    edition: Mapped[Edition] = relationship(back_populates="entries")
    paper: Mapped[Paper] = relationship()


class Schedule(Base):
    """Days, an hour and a time zone, shared by all readers who chose them: when they are due."""

    __tablename__ = "schedules"
    __table_args__ = (UniqueConstraint("frequency", "weekday", "hour", "time_zone"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    frequency: Mapped[Frequency] = mapped_column(_choice(Frequency))
    weekday: Mapped[int]
    hour: Mapped[int]
    time_zone: Mapped[str] = mapped_column(String(64))
    next_due_at: Mapped[datetime]
    """When its readers will be handed to the planner; from then on they are in its stretches."""
    due_on: Mapped[date | None]
    """The local day of the digests that the planner promises."""
    run_id: Mapped[int | None] = mapped_column(ForeignKey("plan_runs.id", ondelete="SET NULL"))
    """Which run of the planner its readers were handed to last."""


class Subscriber(Base):
    """One address and its settings."""

    __tablename__ = "subscribers"
    __table_args__ = (
        CheckConstraint("hour BETWEEN 0 AND 23", name="hour"),
        CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday"),
        CheckConstraint("max_papers BETWEEN 1 AND 30", name="max_papers"),
        Index(
            "ix_subscribers_schedule",
            "schedule_id",
            "id",
            sqlite_where=text("status = 'active'"),
            postgresql_where=text("status = 'active'"),
        ),
        Index(
            "ix_subscribers_due",
            "due_at",
            sqlite_where=text("due_at IS NOT NULL"),
            postgresql_where=text("due_at IS NOT NULL"),
        ),
        # Links carry the id, so that of an erased subscriber is never given out again.
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    address: Mapped[str] = mapped_column(String(254))
    address_key: Mapped[str] = mapped_column(String(254), unique=True)
    """The address case-folded: one subscription an inbox."""
    status: Mapped[SubscriberStatus] = mapped_column(_choice(SubscriberStatus))
    frequency: Mapped[Frequency] = mapped_column(_choice(Frequency), default=Frequency.DAILY)
    weekday: Mapped[int] = mapped_column(default=0)
    """The day of a weekly digest, Monday is 0."""
    hour: Mapped[int] = mapped_column(default=8)
    time_zone: Mapped[str] = mapped_column(String(64), default="UTC")
    max_papers: Mapped[int] = mapped_column(default=10)
    selectivity: Mapped[Selectivity] = mapped_column(
        _choice(Selectivity), default=Selectivity.NORMAL
    )
    read_through: Mapped[int] = mapped_column(default=0)
    """Sequence of the last edition passed: in a digest, or on a quiet day."""
    schedule_id: Mapped[int | None] = mapped_column(ForeignKey("schedules.id"))
    """Where digests are due, while active: on the schedule of the four settings above."""
    due_at: Mapped[datetime | None]
    """A digest is due off schedule: one that could not be planned on time, or has to move."""
    paused_until: Mapped[date | None]
    created_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    left_at: Mapped[datetime | None]
    feed_number: Mapped[int] = mapped_column(default=0, server_default="0")
    """Part of the feed's address; counting it up makes a new address and ends the old one."""

    schedule: Mapped[Schedule | None] = relationship()
    subscriptions: Mapped[list[Subscription]] = relationship(
        back_populates="subscriber",
        cascade="all, delete-orphan",
        passive_deletes=True,
        order_by="Subscription.id",
    )


class Topic(Base):
    """One normalised query, shared by all who wrote it."""

    __tablename__ = "topics"

    id: Mapped[int] = mapped_column(primary_key=True)
    query: Mapped[str] = mapped_column(Text, unique=True)
    matched_through: Mapped[int] = mapped_column(default=0, index=True)
    """Sequence of the last edition whose papers were held against it."""
    created_at: Mapped[datetime]


class Corpus(Base):
    """What the stored papers teach about words; one row, so that nobody counts them twice."""

    __tablename__ = "corpus"

    id: Mapped[int] = mapped_column(primary_key=True)
    through_paper: Mapped[int]
    """The last paper counted."""
    counts: Mapped[bytes]
    """A CorpusStatistics, compressed."""


class Subscription(Base):
    __tablename__ = "subscriptions"
    __table_args__ = (UniqueConstraint("subscriber_id", "topic_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    subscriber_id: Mapped[int] = mapped_column(ForeignKey("subscribers.id", ondelete="CASCADE"))
    topic_id: Mapped[int] = mapped_column(ForeignKey("topics.id"), index=True)
    is_paused: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]

    subscriber: Mapped[Subscriber] = relationship(back_populates="subscriptions")
    topic: Mapped[Topic] = relationship()


class Change(Base):
    """Something changed in a subscription through a link; told in the next digest, with undo."""

    __tablename__ = "changes"

    id: Mapped[int] = mapped_column(primary_key=True)
    subscriber_id: Mapped[int] = mapped_column(
        ForeignKey("subscribers.id", ondelete="CASCADE"), index=True
    )
    made_at: Mapped[datetime]
    sentence: Mapped[str] = mapped_column(Text)
    undo: Mapped[dict[str, Any]]
    """Which settings to put back, or which topic to follow again or to drop."""


class Match(Base):
    """A topic and a new paper of a closed edition that belongs to it."""

    __tablename__ = "matches"

    topic_id: Mapped[int] = mapped_column(
        ForeignKey("topics.id", ondelete="CASCADE"), primary_key=True
    )
    sequence: Mapped[int] = mapped_column(primary_key=True)
    """The edition's."""
    paper_id: Mapped[int] = mapped_column(
        ForeignKey("papers.id", ondelete="CASCADE"), primary_key=True
    )
    score: Mapped[float]
    reason: Mapped[dict[str, Any]]


class Delivery(Base):
    """The promise to send one mail to one subscriber, and what became of it.

    A digest covers the editions after `from_sequence` up to `through_sequence`. The message's
    Date is `planned_at` and its Message-ID derives from `id`, so every retry sends the same.
    """

    __tablename__ = "deliveries"
    __table_args__ = (
        Index(
            "uq_deliveries_digest_day",
            "subscriber_id",
            "due_on",
            unique=True,
        ),
        Index(
            "uq_deliveries_digest_under_way",
            "subscriber_id",
            unique=True,
            sqlite_where=text("kind = 'digest' AND status IN ('planned', 'claimed', 'deferred')"),
            postgresql_where=text(
                "kind = 'digest' AND status IN ('planned', 'claimed', 'deferred')"
            ),
        ),
        Index(
            "ix_deliveries_notes_ready",
            "next_attempt_at",
            sqlite_where=text("kind <> 'digest' AND status IN ('planned', 'claimed', 'deferred')"),
            postgresql_where=text(
                "kind <> 'digest' AND status IN ('planned', 'claimed', 'deferred')"
            ),
        ),
        Index(
            "ix_deliveries_ready",
            "next_attempt_at",
            sqlite_where=text("status IN ('planned', 'claimed', 'deferred')"),
            postgresql_where=text("status IN ('planned', 'claimed', 'deferred')"),
        ),
        Index(
            "ix_deliveries_trouble",
            "through_sequence",
            sqlite_where=text("status IN ('failed', 'bounced', 'complained')"),
            postgresql_where=text("status IN ('failed', 'bounced', 'complained')"),
        ),
        Index(
            "ix_deliveries_never_arrived",
            "subscriber_id",
            sqlite_where=text(
                "kind = 'digest' AND status IN ('expired', 'failed', 'uncertain', 'bounced')"
            ),
            postgresql_where=text(
                "kind = 'digest' AND status IN ('expired', 'failed', 'uncertain', 'bounced')"
            ),
        ),
        # Message-IDs and bounce addresses carry the id.
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    subscriber_id: Mapped[int | None] = mapped_column(
        ForeignKey("subscribers.id", ondelete="SET NULL")
    )
    kind: Mapped[MailKind] = mapped_column(_choice(MailKind))
    status: Mapped[DeliveryStatus] = mapped_column(
        _choice(DeliveryStatus), default=DeliveryStatus.PLANNED
    )
    due_on: Mapped[date | None]
    """The reader's local day, for digests."""
    from_sequence: Mapped[int] = mapped_column(default=0)
    through_sequence: Mapped[int] = mapped_column(default=0)
    planned_at: Mapped[datetime]
    next_attempt_at: Mapped[datetime]
    """Not tried before; while claimed, the end of the lease."""
    expires_at: Mapped[datetime]
    """Not tried after; a digest's papers then go into the next one."""
    attempt: Mapped[int] = mapped_column(default=0)
    """Number of the latest attempt: the fence on every write of a worker."""
    content: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    """What a short mail was asked to say; what a digest says is its FrozenDigest."""
    finished_at: Mapped[datetime | None]
    answer: Mapped[str] = mapped_column(Text, default="")
    """Why it is where it is: the mail server's last words, or ours."""

    subscriber: Mapped[Subscriber | None] = relationship()


class FrozenDigest(Base):
    """What was chosen for a digest (papers, reasons, counts), so that every retry says the same.

    Written with the first gate and never changed; apart from the delivery, of which PostgreSQL
    makes a copy at each change.
    """

    __tablename__ = "frozen_digests"

    delivery_id: Mapped[int] = mapped_column(
        ForeignKey("deliveries.id", ondelete="CASCADE"), primary_key=True
    )
    content: Mapped[dict[str, Any]]


class Attempt(Base):
    """One try to hand a delivery to the mail server; written at the gate, or where it ended."""

    __tablename__ = "attempts"
    __table_args__ = (
        Index(
            "ix_attempts_our_fault",
            "answered_at",
            sqlite_where=text("enhanced_code LIKE '5.7.%'"),
            postgresql_where=text("enhanced_code LIKE '5.7.%'"),
        ),
        Index(
            "ix_attempts_again",
            "answered_at",
            sqlite_where=text("number > 1"),
            postgresql_where=text("number > 1"),
        ),
    )

    delivery_id: Mapped[int] = mapped_column(
        ForeignKey("deliveries.id", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True)
    worker: Mapped[str] = mapped_column(String(128))
    phase: Mapped[Phase] = mapped_column(_choice(Phase), default=Phase.CLAIMED)
    terminator_at: Mapped[datetime | None]
    """Committed just before the terminator is written: from here on it may have been accepted."""
    answered_at: Mapped[datetime | None]
    code: Mapped[int | None]
    enhanced_code: Mapped[str] = mapped_column(String(16), default="")
    answer: Mapped[str] = mapped_column(Text, default="")
    queue_id: Mapped[str] = mapped_column(String(128), default="")


class FeedbackEvent(Base):
    """Something heard about a delivery and acted on: once, whoever tells it how often."""

    __tablename__ = "feedback_events"
    __table_args__ = (UniqueConstraint("source", "event_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[str] = mapped_column(String(16))
    """Who told: dsn, arf, log, link, or a provider."""
    event_id: Mapped[str] = mapped_column(String(128))
    """What the source calls it, or what makes it the same when told again."""
    delivery_id: Mapped[int] = mapped_column(
        ForeignKey("deliveries.id", ondelete="CASCADE"), index=True
    )
    kind: Mapped[FeedbackKind] = mapped_column(_choice(FeedbackKind))
    blame: Mapped[str] = mapped_column(String(16))
    enhanced_code: Mapped[str] = mapped_column(String(16))
    text: Mapped[str] = mapped_column(Text)
    """The other side's words, without addresses."""
    heard_at: Mapped[datetime]


class Hold(Base):
    """Deliveries that have to wait, whoever is to send them."""

    __tablename__ = "holds"
    __table_args__ = (UniqueConstraint("kind", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[HoldKind] = mapped_column(_choice(HoldKind))
    name: Mapped[str] = mapped_column(String(255), default="")
    """The domain, or the edition's sequence; "" for the server."""
    since: Mapped[datetime]
    until: Mapped[datetime]
    times: Mapped[int] = mapped_column(default=1)
    """How often in a row: each wait is longer than the one before."""
    reason: Mapped[str] = mapped_column(Text)


class Pace(Base):
    """Whose turn it is where mail may only go so fast: to one domain, or ("") to anybody."""

    __tablename__ = "paces"

    domain: Mapped[str] = mapped_column(String(255), primary_key=True)
    free_at: Mapped[datetime]
    """When the next mail may go."""
    queue_at: Mapped[datetime]
    """Until when turns are given out already."""


class PlanRun(Base):
    """What a run of the planner counted: candidates = planned + quiet + waiting + repeated."""

    __tablename__ = "plan_runs"

    id: Mapped[int] = mapped_column(primary_key=True)
    planned_at: Mapped[datetime] = mapped_column(index=True)
    through_sequence: Mapped[int]
    candidates: Mapped[int]
    planned: Mapped[int]
    quiet: Mapped[int]
    waiting: Mapped[int]
    repeated: Mapped[int]


class Stretch(Base):
    """Numbers from first to last: their readers on a run's schedules are still to be planned."""

    __tablename__ = "stretches"

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("plan_runs.id", ondelete="CASCADE"))
    first: Mapped[int]
    last: Mapped[int]


class Suppression(Base):
    """An address never to mail again, kept as a keyed hash so that it survives erasure."""

    __tablename__ = "suppressions"

    id: Mapped[int] = mapped_column(primary_key=True)
    address_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    reason: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime]


class SignUp(Base):
    """Somebody asked us to mail an address, a confirmation or a fresh link; kept for the limits."""

    __tablename__ = "signups"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[SignUpKind] = mapped_column(_choice(SignUpKind))
    address: Mapped[str | None] = mapped_column(String(254))
    """Until a worker has decided; with it, what the subscription shall be."""
    preferences: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    host_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    """Keyed hash of the household's network address."""
    network: Mapped[str] = mapped_column(String(64))
    """The network address cut to /24 or /48."""
    inbox_hash: Mapped[bytes | None] = mapped_column(LargeBinary(32), index=True)
    """Keyed hash of the folded address, once a mail was granted: it survives erasure."""
    mailed_at: Mapped[datetime | None]
    asked_at: Mapped[datetime] = mapped_column(index=True)


class SolvedChallenge(Base):
    """A proof, of work or of a fresh link, that was spent on a sign-up and counts no more."""

    __tablename__ = "solved_challenges"

    name: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    solved_at: Mapped[datetime]


class Consent(Base):
    """Who agreed to what, when: the proof that Article 7(1) of the GDPR asks for."""

    __tablename__ = "consents"

    id: Mapped[int] = mapped_column(primary_key=True)
    subscriber_id: Mapped[int] = mapped_column(
        ForeignKey("subscribers.id", ondelete="CASCADE"), index=True
    )
    delivery_id: Mapped[int | None] = mapped_column(
        ForeignKey("deliveries.id", ondelete="SET NULL"), unique=True
    )
    """The confirmation mail."""
    wording: Mapped[str] = mapped_column(String(16))
    """Version of what that mail said."""
    asked_at: Mapped[datetime]
    asked_from: Mapped[str] = mapped_column(String(64))
    """Network address, cut to /24 or /48."""
    confirmed_at: Mapped[datetime | None]
