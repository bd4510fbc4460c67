"""Editions: fetch a day's list, store its papers, close it when the day is over."""

from __future__ import annotations

import logging
import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, func, literal, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, selectinload

from digest.database import Database
from digest.enums import EditionStatus
from digest.models import Edition, Entry, Paper
from digest.papers import Paper as PaperValue
from digest.sources import HttpClient, Listing, Outcome, Source, SourceUnavailable, Validators
from digest.sources.arxiv import categories

UNAVAILABLE = "unavailable"
_log = logging.getLogger(__name__)
_ENRICHED_FOR = timedelta(days=7)
_GIVE_UP_AFTER = timedelta(days=3)
_FIRST_RETRY_SECONDS = 60.0
_LONGEST_RETRY_SECONDS = 3600.0


@dataclass(frozen=True, slots=True)
class FetchReport:
    """What one fetch of one day brought."""

    source: str
    day: date
    status: str
    """An Outcome, "closed" (nothing to do any more), or "unavailable"."""
    listed: int = 0
    new: int = 0
    skipped: tuple[str, ...] = ()
    note: str = ""


def fetch(database: Database, source: Source, day: date, now: datetime) -> FetchReport:
    """Ask the source for a day's list and store it; the same twice is the same as once.

    1. Open the day's edition, unless it exists (unique: source and day).
    2. Ask the source, outside any transaction.
    3. Lock the edition; if it was closed meanwhile, keep nothing.
    4. Store papers and entries. A paper is new in the edition that names it first (partial
       unique index); in every later one it is an old acquaintance.
    """
    edition = _opened(database, source.name, day, now)
    if edition.status is EditionStatus.CLOSED:
        return FetchReport(source.name, day, "closed")
    try:
        listing = source.fetch(day, Validators(edition.etag, edition.last_modified))
    except SourceUnavailable as error:
        return _failed(database, edition, error, now)
    with database.write() as session:
        locked = session.get(Edition, edition.id, with_for_update=True)
        if locked is None or locked.status is EditionStatus.CLOSED:
            return FetchReport(source.name, day, "closed")
        new = _store(session, locked, listing.papers, now)
        _note_success(locked, listing, now)
    return FetchReport(source.name, day, listing.outcome, len(listing.papers), new, listing.skipped)


def days_to_fetch(database: Database, source: str, now: datetime, backfill_days: int) -> list[date]:
    """Return today, and the days before it that are not closed yet and may be asked for now."""
    today = now.astimezone(UTC).date()
    days = [today - timedelta(days=back) for back in range(backfill_days, -1, -1)]
    with database.read() as session:
        waiting = select(Edition.day).where(
            Edition.source == source,
            Edition.day < today,
            or_(Edition.status == EditionStatus.CLOSED, Edition.next_fetch_at > now),
        )
        settled = set(session.scalars(waiting))
    return [day for day in days if day not in settled]


def fetch_due(
    database: Database, source: Source, now: datetime, backfill_days: int
) -> list[FetchReport]:
    """Fetch today's list and every earlier one that is still open, oldest first."""
    days = days_to_fetch(database, source.name, now, backfill_days)
    return [fetch(database, source, day, now) for day in days]


def close_due(database: Database, now: datetime, close_hours: int) -> list[Edition]:
    """Close every edition whose day is over and whose whole list was received.

    An edition whose source stayed silent is closed as it is three days later.
    """
    with database.write() as session:
        _lock_row_of_editions(session)
        due = [
            edition
            for edition in session.scalars(
                select(Edition)
                .where(Edition.status == EditionStatus.OPEN)
                .order_by(Edition.day, Edition.id)
            )
            if _is_complete(edition, now, close_hours)
        ]
        for edition in due:
            _close(session, edition, now)
        return due


def close(database: Database, edition_id: int, now: datetime) -> Edition:
    """Close one edition now, whatever the hour; closing a closed one changes nothing."""
    with database.write() as session:
        _lock_row_of_editions(session)
        edition = session.get_one(Edition, edition_id)
        if edition.status is EditionStatus.OPEN:
            _close(session, edition, now)
        return edition


def enrich(database: Database, arxiv: HttpClient, now: datetime) -> int:
    """Ask arXiv for the categories of new papers; returns how many it knew.

    Papers go out without categories when arXiv is silent: nothing waits for it.
    """
    wanted = without_categories(database, (now - _ENRICHED_FOR).date())
    try:
        return set_categories(database, categories(arxiv, wanted)) if wanted else 0
    except SourceUnavailable as error:
        _log.warning("categories are missing for now: %s", error)
        return 0


def set_categories(database: Database, found: Mapping[str, Sequence[str]]) -> int:
    """Keep the categories found for stored papers, by arXiv id; returns how many changed."""
    with database.write() as session:
        papers = session.scalars(select(Paper).where(Paper.arxiv_id.in_(found))).all()
        for paper in papers:
            paper.categories = list(found[paper.arxiv_id])
        return len(papers)


def without_categories(database: Database, since: date) -> list[str]:
    """Return the arXiv ids listed since a day whose categories are not known yet."""
    with database.read() as session:
        listed = session.execute(
            select(Paper.arxiv_id, Paper.categories).where(Paper.listed_on >= since)
        )
        return [arxiv_id for arxiv_id, categories in listed if not categories]


def on_day(session: Session, day: date) -> list[Edition]:
    """Return the day's editions that hold papers, with entries and papers loaded."""
    return list(session.scalars(_with_papers().where(Edition.day == day).order_by(Edition.id)))


def latest_day(session: Session) -> date | None:
    """Return the newest day that has papers."""
    return session.scalar(select(func.max(Edition.day)).where(Edition.entries.any()))


@dataclass(frozen=True, slots=True)
class Place:
    """Where a day stands among the days that have papers."""

    day: date
    before: date | None
    """The nearest day with papers before it, and after it."""
    after: date | None
    version: object
    """Changes when anything that a day's page shows has changed."""


def place(session: Session, day: date) -> Place:
    """Return where a day stands."""
    return Place(day, *_around(session, literal(day))[1:])


def newest_place(session: Session) -> Place | None:
    """Return where the newest day with papers stands; None while there is none."""
    newest = select(func.max(Edition.day)).where(Edition.entries.any()).scalar_subquery()
    day, *around = _around(session, newest)
    return Place(day, *around) if day else None


def _around(session: Session, wanted: ColumnElement[Any]) -> tuple[Any, ...]:
    """Ask for all that makes a place in one statement: every visitor of the front page does."""
    here = select(wanted.label("day")).cte("here")
    filled = Edition.entries.any()
    before = select(func.max(Edition.day)).where(filled, Edition.day < here.c.day)
    after = select(func.min(Edition.day)).where(filled, Edition.day > here.c.day)
    # Counts are refreshed by any later list that names the paper, so every fetch counts.
    fetched = select(func.max(Edition.fetched_at))
    listed = select(func.count(Entry.paper_id)).join(Entry.edition).where(Edition.day == here.c.day)
    asked = (before, after, fetched, listed)
    row = session.execute(select(here.c.day, *(one.scalar_subquery() for one in asked))).one()
    day, previous, following, *version = row
    return day, previous, following, tuple(version)


def _with_papers() -> Select[Edition]:
    return (
        select(Edition)
        .where(Edition.entries.any())
        .options(selectinload(Edition.entries).joinedload(Entry.paper))
    )


def _opened(database: Database, source: str, day: date, now: datetime) -> Edition:
    wanted = select(Edition).where(Edition.source == source, Edition.day == day)
    try:
        with database.write() as session:
            edition = session.scalar(wanted)
            if edition is None:
                edition = Edition(source=source, day=day, status=EditionStatus.OPEN, opened_at=now)
                session.add(edition)
            return edition
    except IntegrityError:
        # Another process opened it between our look and our insert.
        with database.read() as session:
            return session.scalars(wanted).one()


def _failed(
    database: Database, edition: Edition, error: SourceUnavailable, now: datetime
) -> FetchReport:
    wait = error.retry_after_seconds or _retry_seconds(edition, now, random.random)
    with database.write() as session:
        session.execute(
            update(Edition)
            .where(Edition.id == edition.id)
            .values(
                fetch_status=UNAVAILABLE,
                fetch_note=str(error)[:1000],
                next_fetch_at=now + timedelta(seconds=wait),
            )
        )
    return FetchReport(edition.source, edition.day, UNAVAILABLE, note=str(error))


def _retry_seconds(edition: Edition, now: datetime, jitter: Callable[[], float]) -> float:
    """Wait longer the longer the source has been silent, never more than an hour."""
    silent = (now - (edition.fetched_at or edition.opened_at)).total_seconds()
    grown = min(max(silent / 2, _FIRST_RETRY_SECONDS), _LONGEST_RETRY_SECONDS)
    return grown * (0.75 + jitter() / 2)


def _store(session: Session, edition: Edition, papers: Iterable[PaperValue], now: datetime) -> int:
    listed = list(papers)
    rows = _stored_papers(session, listed, now)
    ids = {row.id for row in rows.values()}
    seen = set(session.scalars(select(Entry.paper_id).where(Entry.is_new, Entry.paper_id.in_(ids))))
    mine = {
        entry.paper_id: entry
        for entry in session.scalars(select(Entry).where(Entry.edition_id == edition.id))
    }
    new = 0
    for rank, paper in enumerate(listed, start=1):
        paper_id = rows[paper.arxiv_id].id
        if paper_id in mine:
            mine[paper_id].rank = rank
            continue
        is_new = paper_id not in seen
        new += is_new
        session.add(Entry(edition_id=edition.id, paper_id=paper_id, rank=rank, is_new=is_new))
    return new


def _stored_papers(
    session: Session, papers: Sequence[PaperValue], now: datetime
) -> dict[str, Paper]:
    ids = [paper.arxiv_id for paper in papers]
    rows = {
        row.arxiv_id: row for row in session.scalars(select(Paper).where(Paper.arxiv_id.in_(ids)))
    }
    for paper in papers:
        row = rows.get(paper.arxiv_id)
        if row is None:
            row = rows[paper.arxiv_id] = Paper(arxiv_id=paper.arxiv_id, first_seen_at=now)
            session.add(row)
        _refresh(row, paper)
    session.flush()
    return rows


def _refresh(row: Paper, paper: PaperValue) -> None:
    """Take what the source says now; what it no longer says, or another source said, stays."""
    row.title = paper.title
    row.abstract = paper.abstract or row.abstract or ""
    row.authors = list(paper.authors) or row.authors or []
    row.organization = paper.organization or row.organization
    row.summary = paper.summary or row.summary
    row.keywords = list(paper.keywords) or row.keywords or []
    row.categories = list(paper.categories) or row.categories or []
    row.upvotes = paper.upvotes or row.upvotes or 0
    row.comments = paper.comments or row.comments or 0
    row.code_url = paper.code_url or row.code_url
    row.code_stars = row.code_stars if paper.code_stars is None else paper.code_stars
    row.project_url = paper.project_url or row.project_url
    row.published_on = paper.published_on or row.published_on
    row.listed_on = row.listed_on or paper.listed_on


def _note_success(edition: Edition, listing: Listing, now: datetime) -> None:
    edition.fetched_at = now
    edition.next_fetch_at = None
    edition.fetch_status = listing.outcome
    if listing.outcome is not Outcome.UNCHANGED:
        edition.etag = listing.validators.etag
        edition.last_modified = listing.validators.last_modified
        edition.skipped = len(listing.skipped)
        edition.fetch_note = "; ".join(listing.skipped)[:1000]


def _is_complete(edition: Edition, now: datetime, close_hours: int) -> bool:
    over = datetime.combine(edition.day, time(), UTC) + timedelta(hours=close_hours)
    if now < over:
        return False
    received = edition.fetched_at is not None and edition.fetched_at >= over
    return received or now >= over + _GIVE_UP_AFTER


def _lock_row_of_editions(session: Session) -> None:
    """Let only one process at a time give out sequences; SQLite's write lock already does."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(7263549)))


def _close(session: Session, edition: Edition, now: datetime) -> None:
    newest = session.scalar(select(func.max(Edition.sequence))) or 0
    edition.status = EditionStatus.CLOSED
    edition.sequence = newest + 1
    edition.closed_at = now
    session.flush()
