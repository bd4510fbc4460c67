"""Editions: filled while open, closed once, and a paper new in one of them only."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import select

from digest import editions
from digest.database import Database
from digest.enums import EditionStatus
from digest.models import Edition, Entry, Paper
from digest.papers import Paper as PaperValue
from digest.sources import Listing, Outcome, SourceUnavailable, Validators
from tests.factories import paper

FRIDAY = date(2026, 6, 5)
NOON = datetime(2026, 6, 5, 12, tzinfo=UTC)
AFTER_MIDNIGHT = datetime(2026, 6, 6, 0, 30, tzinfo=UTC)


@dataclass
class Lists:
    """A source that answers from memory."""

    by_day: dict[date, tuple[PaperValue, ...]] = field(default_factory=dict)
    failure: SourceUnavailable | None = None
    name: str = "huggingface"

    def fetch(self, day: date, validators: Validators) -> Listing:
        if self.failure:
            raise self.failure
        papers = self.by_day.get(day, ())
        outcome = Outcome.OK if papers else Outcome.EMPTY
        return Listing(outcome=outcome, papers=papers, validators=validators)


def entries(database: Database, day: date) -> list[tuple[str, bool]]:
    with database.read() as session:
        rows = session.execute(
            select(Paper.arxiv_id, Entry.is_new)
            .join(Entry, Entry.paper_id == Paper.id)
            .join(Edition, Edition.id == Entry.edition_id)
            .where(Edition.day == day)
            .order_by(Entry.rank)
        )
        return [(arxiv_id, is_new) for arxiv_id, is_new in rows]


def edition(database: Database, day: date) -> Edition:
    with database.read() as session:
        return session.scalars(select(Edition).where(Edition.day == day)).one()


def test_an_open_edition_grows_and_its_counts_are_refreshed(any_database: Database) -> None:
    first, second = paper(upvotes=1), paper()
    source = Lists({FRIDAY: (first,)})
    editions.fetch(any_database, source, FRIDAY, NOON)
    risen = paper(arxiv_id=first.arxiv_id, title=first.title, upvotes=9)
    source.by_day[FRIDAY] = (second, risen)
    report = editions.fetch(any_database, source, FRIDAY, NOON)
    assert (report.listed, report.new) == (2, 1)
    assert entries(any_database, FRIDAY) == [(second.arxiv_id, True), (first.arxiv_id, True)]
    with any_database.read() as session:
        stored = session.scalars(select(Paper).where(Paper.arxiv_id == first.arxiv_id)).one()
        assert stored.upvotes == 9


def test_fetching_twice_is_the_same_as_once(any_database: Database) -> None:
    source = Lists({FRIDAY: (paper(), paper())})
    editions.fetch(any_database, source, FRIDAY, NOON)
    before = entries(any_database, FRIDAY)
    assert editions.fetch(any_database, source, FRIDAY, NOON).new == 0
    assert entries(any_database, FRIDAY) == before


def test_a_paper_seen_before_is_not_new_again(any_database: Database) -> None:
    known = paper()
    source = Lists({FRIDAY: (known,), FRIDAY + timedelta(days=3): (known, paper())})
    editions.fetch(any_database, source, FRIDAY, NOON)
    editions.fetch(any_database, source, FRIDAY + timedelta(days=3), NOON + timedelta(days=3))
    assert [new for _, new in entries(any_database, FRIDAY + timedelta(days=3))] == [False, True]


def test_an_edition_closes_when_its_day_is_over_and_its_whole_list_is_here(
    any_database: Database,
) -> None:
    source = Lists({FRIDAY: (paper(),)})
    editions.fetch(any_database, source, FRIDAY, NOON)
    assert editions.close_due(any_database, NOON, 24) == []
    assert editions.close_due(any_database, AFTER_MIDNIGHT, 24) == []
    editions.fetch(any_database, source, FRIDAY, AFTER_MIDNIGHT)
    (closed,) = editions.close_due(any_database, AFTER_MIDNIGHT, 24)
    assert (closed.day, closed.sequence) == (FRIDAY, 1)
    assert editions.close_due(any_database, AFTER_MIDNIGHT, 24) == []


def test_a_closed_edition_never_changes(any_database: Database) -> None:
    source = Lists({FRIDAY: (paper(),)})
    editions.fetch(any_database, source, FRIDAY, AFTER_MIDNIGHT)
    editions.close_due(any_database, AFTER_MIDNIGHT, 24)
    source.by_day[FRIDAY] += (paper(),)
    assert editions.fetch(any_database, source, FRIDAY, AFTER_MIDNIGHT).status == "closed"
    assert len(entries(any_database, FRIDAY)) == 1


def test_editions_are_numbered_in_the_order_of_their_days(any_database: Database) -> None:
    source = Lists({FRIDAY - timedelta(days=n): (paper(),) for n in range(3)})
    for day in source.by_day:
        editions.fetch(any_database, source, day, AFTER_MIDNIGHT)
    closed = editions.close_due(any_database, AFTER_MIDNIGHT, 24)
    assert [(e.day.day, e.sequence) for e in closed] == [(3, 1), (4, 2), (5, 3)]


def test_a_silent_source_is_asked_again_later_and_given_up_after_three_days(
    any_database: Database,
) -> None:
    source = Lists(failure=SourceUnavailable("500", retry_after_seconds=600))
    report = editions.fetch(any_database, source, FRIDAY, AFTER_MIDNIGHT)
    assert (report.status, report.note) == ("unavailable", "500")
    soon, later = AFTER_MIDNIGHT + timedelta(minutes=9), AFTER_MIDNIGHT + timedelta(minutes=11)
    assert FRIDAY not in editions.days_to_fetch(any_database, source.name, soon, 1)
    assert FRIDAY in editions.days_to_fetch(any_database, source.name, later, 1)
    assert editions.close_due(any_database, AFTER_MIDNIGHT + timedelta(days=2), 24) == []
    (closed,) = editions.close_due(any_database, AFTER_MIDNIGHT + timedelta(days=3), 24)
    assert closed.status is EditionStatus.CLOSED


def test_a_failed_refresh_keeps_what_was_there(any_database: Database) -> None:
    source = Lists({FRIDAY: (paper(),)})
    editions.fetch(any_database, source, FRIDAY, NOON)
    source.failure = SourceUnavailable("500")
    editions.fetch(any_database, source, FRIDAY, NOON)
    assert len(entries(any_database, FRIDAY)) == 1
    assert edition(any_database, FRIDAY).fetch_status == "unavailable"


def test_a_new_installation_fetches_the_days_before(any_database: Database) -> None:
    days = editions.days_to_fetch(any_database, "huggingface", NOON, 2)
    assert [day.day for day in days] == [3, 4, 5]


def test_pages_find_a_day_and_its_neighbours(any_database: Database) -> None:
    source = Lists({date(2026, 6, d): (paper(),) for d in (1, 4, 5)})
    for day in source.by_day:
        editions.fetch(any_database, source, day, NOON)
    with any_database.read() as session:
        assert editions.latest_day(session) == FRIDAY
        thursday = editions.place(session, date(2026, 6, 4))
        newest = editions.newest_place(session)
        assert (thursday.before, thursday.after) == (date(2026, 6, 1), FRIDAY)
        assert newest
        assert (newest.day, newest.before, newest.after) == (FRIDAY, date(2026, 6, 4), None)
        (found,) = editions.on_day(session, FRIDAY)
        assert len(found.entries) == 1
