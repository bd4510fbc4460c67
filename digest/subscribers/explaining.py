"""Why a mail came, or did not: the question that readers ask most."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, select

from digest.database import Database
from digest.digests import last_due, local_day
from digest.enums import SubscriberStatus
from digest.library import Hit
from digest.models import Edition, Entry
from digest.search import closest
from digest.subscribers.overview import LastDigest, Overview

_CLOSEST = 3
_MOMENT = timedelta(seconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """What became of the mail that was due last."""

    fate: str
    """A name for it: a delivery's status, or first, paused, muted, quiet, empty, waiting."""
    day: date | None = None
    """The reader's local day it was due on."""
    last_digest: LastDigest | None = None
    papers: int = 0
    """How many new papers were held against the topics, or are waiting."""
    closest: tuple[Hit, ...] = ()
    """What came nearest when nothing matched."""


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Editions in a row, and how many new papers they brought."""

    after: int
    through: int
    papers: int


def explain(database: Database, reader: Overview, now: datetime) -> Explanation:
    """Tell what became of a reader's newest mail, and on a quiet day what came closest."""
    if reader.status is SubscriberStatus.PAUSED:
        return Explanation(fate="paused", day=reader.paused_until)
    if reader.topics and not reader.queries:
        return Explanation(fate="muted")
    schedule, last = reader.preferences.schedule, reader.last_digest
    due = last_due(schedule, now)
    day = local_day(due, schedule.time_zone)
    if last is not None and last.due_on >= day:
        return Explanation(fate=last.status, day=last.due_on, last_digest=last)
    if reader.confirmed_at is None or due <= reader.confirmed_at:
        return Explanation(fate="first", last_digest=last)
    return _without_mail(database, reader, due, day)


def _without_mail(database: Database, reader: Overview, due: datetime, day: date) -> Explanation:
    """Tell why nothing was planned at a due time."""
    before = last_due(reader.preferences.schedule, due - _MOMENT)
    seen = _closed_between(database, before, due)
    last = reader.last_digest
    if not seen.papers:
        return Explanation(fate="empty", day=day, last_digest=last)
    if seen.through > reader.read_through:
        return Explanation(fate="waiting", day=day, last_digest=last, papers=seen.papers)
    near = closest(database, reader.queries, seen.after, seen.through, _CLOSEST)
    return Explanation(fate="quiet", day=day, last_digest=last, papers=seen.papers, closest=near)


def _closed_between(database: Database, after: datetime, until: datetime) -> _Stretch:
    with database.read() as session:
        row = session.execute(
            select(
                func.min(Edition.sequence), func.max(Edition.sequence), func.count(Entry.paper_id)
            )
            .join(Entry, (Entry.edition_id == Edition.id) & Entry.is_new)
            .where(Edition.closed_at > after, Edition.closed_at <= until)
        ).one()
    first, last, papers = row
    return _Stretch((first or 1) - 1, last or 0, papers)
