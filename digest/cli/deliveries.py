"""`digest deliveries`: what became of each mail, what waits, and settling what is uncertain."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from digest import deliveries, feedback
from digest.cli.context import AsJson, fail, now, opened, report
from digest.deliveries import NotHeld, NotUncertain
from digest.enums import DeliveryStatus, HoldKind
from digest.models import Delivery, PlanRun

app = typer.Typer(help="What became of each mail.", no_args_is_help=True)


@app.command()
def summary(as_json: AsJson = False) -> None:
    """Count the deliveries by status."""
    with opened() as (_, database), database.read() as session:
        rows = session.execute(
            select(Delivery.status, func.count(Delivery.id)).group_by(Delivery.status)
        ).all()
    counts = {status.value: count for status, count in rows}
    lines = [f"{counts.get(status.value, 0):>8}  {status.value}" for status in DeliveryStatus]
    report(counts, "\n".join(lines), as_json=as_json)


@app.command("list")
def list_deliveries(
    status: Annotated[DeliveryStatus | None, typer.Option(help="Only these.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=10_000)] = 50,
    as_json: AsJson = False,
) -> None:
    """List the newest deliveries, one a line; uncertain ones are for `settle`."""
    wanted = (
        select(Delivery)
        .options(joinedload(Delivery.subscriber))
        .order_by(Delivery.id.desc())
        .limit(limit)
    )
    if status is not None:
        wanted = wanted.where(Delivery.status == status)
    with opened() as (_, database), database.read() as session:
        records: list[dict[str, Any]] = [
            {
                "id": row.id,
                "kind": row.kind.value,
                "status": row.status.value,
                "address": row.subscriber.address if row.subscriber else None,
                "planned_at": row.planned_at.isoformat(timespec="minutes"),
                "attempts": row.attempt,
                "answer": row.answer,
            }
            for row in session.scalars(wanted)
        ]
    lines = [
        f"{r['id']:>8}  {r['planned_at'][:16]}  {r['kind']:<12}  {r['status']:<10}  "
        f"{r['address'] or '(erased)'}  {r['answer']}"
        for r in records
    ]
    report(records, "\n".join(lines) or "None.", as_json=as_json)


@app.command()
def holds(as_json: AsJson = False) -> None:
    """List what has to wait now, and why: the server, a domain, or an edition."""
    with opened() as (_, database), database.read() as session:
        records = [
            {
                "kind": hold.kind.value,
                "name": hold.name,
                "since": hold.since.isoformat(timespec="minutes"),
                "until": hold.until.isoformat(timespec="minutes"),
                "reason": hold.reason,
            }
            for hold in deliveries.active(session, now())
        ]
    lines = [
        f"{r['kind']:<8} {r['name'] or '-':<24} until {r['until'][:16]}  {r['reason']}"
        for r in records
    ]
    report(records, "\n".join(lines) or "Nothing is held.", as_json=as_json)


@app.command()
def release(
    kind: Annotated[HoldKind, typer.Argument(help="What `holds` says.")],
    name: Annotated[str, typer.Argument(help="The domain or edition; none for the server.")] = "",
) -> None:
    """End a hold: its mails go again at once."""
    with opened() as (_, database):
        try:
            count = deliveries.release(database, kind, name, now())
        except NotHeld as error:
            fail(str(error))
    report(None, f"Released; {count} mails had been put off for it.", as_json=False)


@app.command()
def plans(
    limit: Annotated[int, typer.Option(min=1, max=10_000)] = 20, as_json: AsJson = False
) -> None:
    """List what the newest planning runs counted: candidates are planned, or say why not."""
    wanted = select(PlanRun).order_by(PlanRun.id.desc()).limit(limit)
    with opened() as (_, database), database.read() as session:
        records: list[dict[str, Any]] = [
            {
                "planned_at": run.planned_at.isoformat(timespec="seconds"),
                "through_sequence": run.through_sequence,
                "candidates": run.candidates,
                "planned": run.planned,
                "quiet": run.quiet,
                "waiting": run.waiting,
                "repeated": run.repeated,
            }
            for run in session.scalars(wanted)
        ]
    lines = [
        f"{r['planned_at'][:19]}  edition {r['through_sequence']:<5} {r['candidates']:>7} due = "
        f"{r['planned']} planned + {r['quiet']} quiet + {r['waiting']} waiting + "
        f"{r['repeated']} repeated"
        for r in records
    ]
    report(records, "\n".join(lines) or "None.", as_json=as_json)


@app.command()
def settle(
    delivery: Annotated[int, typer.Argument(help="Its number, from `list`.")],
    was_sent: Annotated[
        bool,
        typer.Option(
            "--sent/--not-sent", help="What the mail server's log or the reader says.", prompt=True
        ),
    ],
) -> None:
    """Say whether an uncertain mail was sent; if not, its papers come again."""
    with opened() as (_, database):
        try:
            deliveries.settle(database, delivery, was_sent=was_sent, now=now())
        except NotUncertain as error:
            fail(str(error))
    report(None, f"Delivery {delivery} is settled.", as_json=False)


@app.command()
def reconcile(
    log: Annotated[Path, typer.Argument(metavar="LOGFILE", help="Postfix's; - for stdin.")],
    as_json: AsJson = False,
) -> None:
    """Settle the uncertain mails that the mail server's log tells about."""
    with opened() as (settings, database):
        try:
            file = sys.stdin.buffer if log == Path("-") else log.open("rb")
        except OSError as error:
            fail(f"{log} cannot be read ({error.strerror}); name Postfix's log, or - for stdin")
        with io.TextIOWrapper(file, errors="replace") as lines:
            result = feedback.reconcile(database, settings.keys, lines, now())
    report(result, f"{result.uncertain} uncertain, {result.settled} settled.", as_json=as_json)
