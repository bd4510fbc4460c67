"""`digest deliveries`: what became of each mail, and settling what is uncertain."""

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
from digest.deliveries import NotUncertain
from digest.models import Delivery, DeliveryStatus

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
