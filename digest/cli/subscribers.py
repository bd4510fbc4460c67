"""`digest subscribers`: see and change who reads."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from digest import subscribers
from digest.cli.context import AsJson, day_given, fail, now, opened, report
from digest.database import Database
from digest.enums import Frequency, Selectivity, SubscriberStatus
from digest.subscribers import (
    AddressRefused,
    NotSubscribed,
    PreferenceError,
    Preferences,
)
from digest.topics import TopicSyntaxError

app = typer.Typer(help="See and change who reads.", no_args_is_help=True)
Address = Annotated[str, typer.Argument(metavar="ADDRESS")]


@app.command("list")
def list_subscribers(
    status: Annotated[SubscriberStatus | None, typer.Option(help="Only these.")] = None,
    as_json: AsJson = False,
) -> None:
    """List subscribers with their topics and next digest."""
    with opened() as (_, database):
        records = subscribers.everyone(database, status)
    lines = [_line(record) for record in records]
    report(records, "\n".join(lines) or "Nobody yet.", as_json=as_json)


@app.command()
def add(
    address: Address,
    topic: Annotated[list[str] | None, typer.Option(help="May be repeated.")] = None,
    frequency: Annotated[Frequency, typer.Option()] = Frequency.DAILY,
    weekday: Annotated[int, typer.Option(help="For weekly digests; Monday is 0.")] = 0,
    hour: Annotated[int, typer.Option(help="0 to 23, on the reader's clock.")] = 8,
    time_zone: Annotated[str, typer.Option(help="Such as Europe/Berlin.")] = "UTC",
    max_papers: Annotated[int, typer.Option(help="Papers a digest, at most.")] = 10,
    selectivity: Annotated[Selectivity, typer.Option()] = Selectivity.NORMAL,
) -> None:
    """Subscribe somebody who has agreed to it; no confirmation is asked for."""
    with opened() as (settings, database):
        try:
            wishes = Preferences.wished(
                tuple(topic or ()),
                settings.max_topics,
                frequency=frequency,
                weekday=weekday,
                hour=hour,
                time_zone=time_zone,
                max_papers=max_papers,
                selectivity=selectivity,
            )
            checked = subscribers.checked_address(address)
            subscribers.add(database, settings.keys, checked, wishes, now())
        except (AddressRefused, PreferenceError, TopicSyntaxError) as error:
            fail(str(error))
    report(None, f"{checked} is subscribed; the first digest is planned.", as_json=False)


@app.command()
def pause(
    address: Address,
    until: Annotated[str, typer.Option(metavar="YYYY-MM-DD", help="The first day with mail.")],
) -> None:
    """Send nothing before a day; what came meanwhile is in the digest after it."""
    day = day_given(until)
    with opened() as (_, database):
        try:
            if day:
                subscribers.pause(database, _number(database, address), day, now())
        except (PreferenceError, NotSubscribed) as error:
            fail(str(error) or f"{address} is not reading")
    report(None, f"{address} is paused until {until}.", as_json=False)


@app.command()
def remove(
    address: Address,
    erase: Annotated[
        bool, typer.Option("--erase", help="Also delete everything kept about them.")
    ] = False,
) -> None:
    """Unsubscribe somebody, or erase them."""
    with opened() as (_, database):
        number = _number(database, address)
        if erase:
            subscribers.erase(database, number, now())
        else:
            subscribers.unsubscribe(database, number, now())
    report(None, f"{address} is {'erased' if erase else 'unsubscribed'}.", as_json=False)


@app.command()
def export(
    address: Annotated[str | None, typer.Argument(help="Without one: everybody.")] = None,
    out: Annotated[Path | None, typer.Option(help="Write here instead of printing.")] = None,
) -> None:
    """Write everything kept about one subscriber, or the list of all, as JSON."""
    with opened() as (_, database):
        found: Any
        if address:
            found = subscribers.export(database, _number(database, address))
        else:
            found = subscribers.everyone(database)
    text = json.dumps(found, indent=2, ensure_ascii=False, default=str) + "\n"
    if out is None:
        sys.stdout.write(text)
    else:
        out.touch(mode=0o600)
        out.write_text(text)


def _number(database: Database, address: str) -> int:
    try:
        return subscribers.find(database, address)
    except NotSubscribed as error:
        fail(str(error))


def _line(record: dict[str, Any]) -> str:
    topics = "; ".join(record["topics"]) or "the whole list"
    due = (record["next_due_at"] or "")[:16].replace("T", " ")
    return f"{record['status']:<12}  {due:<16}  {record['address']}  ({topics})"
