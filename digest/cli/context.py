"""What commands share: the settings, the database, and how results and errors are told."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, is_dataclass
from datetime import UTC, date, datetime
from typing import Annotated, Any, NoReturn

import typer
from rich.console import Console
from rich.progress import MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from sqlalchemy import func, select

from digest import config, database
from digest.deliveries import DeliverCounts, Sending, deliver
from digest.enums import DeliveryStatus
from digest.models import Delivery

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document, for scripts.")]

console = Console()
error_console = Console(stderr=True)


def fail(text: str) -> NoReturn:
    """Print what is wrong and what to do, and end with exit code 1."""
    error_console.print(text, style="red", highlight=False, markup=False, soft_wrap=True)
    raise typer.Exit(1)


def warn(text: str) -> None:
    """Print what is doubtful, beside the result."""
    error_console.print(text, style="yellow", highlight=False, markup=False, soft_wrap=True)


@contextmanager
def opened() -> Iterator[tuple[config.Settings, database.Database]]:
    """Open the database of the settings for the length of one command."""
    settings = config.load()
    opened_database = database.connect(settings.database)
    try:
        yield settings, opened_database
    finally:
        opened_database.close()


def now() -> datetime:
    return datetime.now(UTC)


def day_given(text: str | None) -> date | None:
    """Read YYYY-MM-DD; ends the command when it is something else."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        fail(f"{text!r} is not a date; write it as 2026-06-02.")


def report(result: Any, text: str, *, as_json: bool) -> None:
    """Print `text` for people, or `result` (a dataclass, list or dict) as JSON for scripts."""
    if not as_json:
        console.print(text, highlight=False, markup=False, soft_wrap=True)
        return
    json.dump(result, sys.stdout, indent=2, default=_plain, ensure_ascii=False)
    sys.stdout.write("\n")


def deliver_all(settings: config.Settings, opened_database: database.Database) -> DeliverCounts:
    """Send everything that is ready, with a progress bar where somebody watches."""
    sending = Sending.of(settings, opened_database, f"cli:{sys.argv[0][:100]}", now)
    with _progress(_ready(opened_database)) as tell:
        return deliver(sending, tell=tell)


@contextmanager
def _progress(total: int) -> Iterator[Callable[[DeliverCounts], None]]:
    columns = (
        SpinnerColumn(),
        TextColumn("sending"),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=error_console, transient=True) as progress:
        bar = progress.add_task("sending", total=total)
        yield lambda counts: progress.update(bar, completed=counts.total)


def _ready(opened_database: database.Database) -> int:
    waiting = (DeliveryStatus.PLANNED, DeliveryStatus.DEFERRED)
    with opened_database.read() as session:
        return (
            session.scalar(
                select(func.count(Delivery.id)).where(
                    Delivery.status.in_(waiting), Delivery.next_attempt_at <= now()
                )
            )
            or 0
        )


def _plain(value: Any) -> Any:
    is_record = is_dataclass(value) and not isinstance(value, type)
    return asdict(value) if is_record else str(value)
