"""The day's work by hand: migrate, fetch, run, send."""

from __future__ import annotations

from typing import Annotated

import typer

from digest import deliveries, editions, matches, migrations, sources, subscribers
from digest.cli.context import AsJson, day_given, deliver_all, fail, now, opened, report
from digest.database import Database
from digest.editions import UNAVAILABLE, FetchReport
from digest.enums import EditionStatus
from digest.models import Edition

Day = Annotated[
    str | None, typer.Option("--date", metavar="YYYY-MM-DD", help="The day of the list.")
]


def migrate() -> None:
    """Bring the database to the newest schema; safe to run at every start."""
    with opened() as (settings, database):
        migrations.migrate(database)
        report(None, f"{_shown(settings.database)} is up to date.", as_json=False)


def fetch(date: Day = None, as_json: AsJson = False) -> None:
    """Fetch today's papers and whatever earlier day is still open, or one day."""
    day = day_given(date)
    with opened() as (settings, database):
        source = sources.daily_papers(settings)
        if day:
            reports = [editions.fetch(database, source, day, now())]
        else:
            reports = editions.fetch_due(database, source, now(), settings.backfill_days)
        report(reports, "\n".join(map(_told, reports)) or "Nothing to fetch.", as_json=as_json)
        if any(one.status == UNAVAILABLE for one in reports):
            raise typer.Exit(1)


def run(date: Day = None, as_json: AsJson = False) -> None:
    """Fetch, match and send for a day, now: to every active reader, whatever their hour.

    The day's edition is closed. Nobody gets a second digest on the same day of theirs.
    """
    day = day_given(date) or now().date()
    with opened() as (settings, database):
        source = sources.daily_papers(settings)
        fetched = editions.fetch(database, source, day, now())
        if fetched.status == UNAVAILABLE:
            fail(f"{day} could not be fetched: {fetched.note}")
        _close_through(database, fetched)
        matched = matches.match(database)
        planned = deliveries.plan_now(database, now(), settings.send_window)
        sent = deliver_all(settings, database)
        report(
            {"fetched": fetched, "matched": matched, "planned": planned, "delivered": sent},
            f"{_told(fetched)}\n{_counted(planned)}\n{_delivered(sent)}",
            as_json=as_json,
        )


def send(as_json: AsJson = False) -> None:
    """Plan the digests that are due, and send everything that is ready."""
    with opened() as (settings, database):
        matches.match(database)
        subscribers.admit(database, settings.keys, now())
        planned = deliveries.plan(database, now(), settings.send_window)
        sent = deliver_all(settings, database)
        report(
            {"planned": planned, "delivered": sent},
            f"{_counted(planned)}\n{_delivered(sent)}",
            as_json=as_json,
        )


def _close_through(database: Database, fetched: FetchReport) -> None:
    """Close the day's edition, and before it the earlier ones that are complete."""
    editions.close_due(database, now(), close_hours=24)
    with database.read() as session:
        found: list[Edition] = editions.on_day(session, fetched.day)
    for edition in found:
        if edition.source == fetched.source and edition.status is EditionStatus.OPEN:
            editions.close(database, edition.id, now())


def _told(fetched: FetchReport) -> str:
    text = f"{fetched.day}  {fetched.status}: {fetched.listed} papers, {fetched.new} new"
    return "\n".join([text, *(f"  skipped {item}" for item in fetched.skipped)]) + (
        f"\n  {fetched.note}" if fetched.note else ""
    )


def _counted(planned: deliveries.PlanCounts) -> str:
    return (
        f"{planned.candidates} readers due: {planned.planned} digests planned, "
        f"{planned.quiet} without a match, {planned.repeated} had theirs today, "
        f"{planned.waiting} being sent."
    )


def _delivered(sent: deliveries.DeliverCounts) -> str:
    return (
        f"{sent.sent} sent, {sent.deferred} deferred, {sent.failed} failed, "
        f"{sent.uncertain} uncertain, {sent.cancelled} cancelled."
    )


def _shown(url: str) -> str:
    """Leave the password out of a database's address."""
    head, at, host = url.rpartition("@")
    return f"{head.partition('://')[0]}://…@{host}" if at else url
