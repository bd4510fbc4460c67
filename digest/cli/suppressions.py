"""`digest suppressions`: who must never be mailed, as keyed hashes."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from sqlalchemy import select

from digest import subscribers, suppressions
from digest.cli.context import AsJson, fail, now, opened, report
from digest.models import Suppression
from digest.subscribers import AddressRefused
from digest.suppressions import UnusableList

app = typer.Typer(help="Addresses that are never mailed, kept as hashes.", no_args_is_help=True)
Address = Annotated[str, typer.Argument(metavar="ADDRESS")]


@app.command("list")
def list_suppressions(
    limit: Annotated[int, typer.Option(min=1, max=1_000_000)] = 50, as_json: AsJson = False
) -> None:
    """List the newest: hash, since when, and why. The addresses are not kept."""
    with opened() as (_, database), database.read() as session:
        rows = session.scalars(select(Suppression).order_by(Suppression.id.desc()).limit(limit))
        records: list[dict[str, Any]] = [
            {
                "hash": row.address_hash.hex(),
                "reason": row.reason,
                "suppressed_at": row.created_at.isoformat(timespec="minutes"),
            }
            for row in rows
        ]
    lines = [f"{r['suppressed_at'][:16]}  {r['hash'][:16]}…  {r['reason']}" for r in records]
    report(records, "\n".join(lines) or "None.", as_json=as_json)


@app.command()
def check(address: Address) -> None:
    """Say whether an address is suppressed; exit code 1 when it is not."""
    with opened() as (settings, database), database.read() as session:
        is_in = suppressions.is_suppressed(session, settings.keys, _key(address))
    report(None, f"{address} is {'' if is_in else 'not '}suppressed.", as_json=False)
    raise typer.Exit(0 if is_in else 1)


@app.command()
def add(
    address: Address,
    reason: Annotated[str, typer.Option(help="For the list; without the address.")] = "by hand",
) -> None:
    """Never mail an address again, whether it is subscribed or not."""
    with opened() as (settings, database), database.write() as session:
        suppressions.suppress(session, settings.keys, [_key(address)], reason[:64], now())
    report(None, f"{address} is suppressed.", as_json=False)


@app.command()
def remove(address: Address) -> None:
    """Allow an address again; nothing is sent to it before its owner subscribes anew."""
    with opened() as (settings, database), database.write() as session:
        was_in = suppressions.unsuppress(session, settings.keys, _key(address))
    if not was_in:
        fail(f"{address} is not suppressed.")
    report(None, f"{address} may subscribe again.", as_json=False)


@app.command("import")
def import_list(
    path: Annotated[Path, typer.Argument(metavar="FILE", help="- for stdin.")],
    as_json: AsJson = False,
) -> None:
    """Add an export of ours, a list of addresses, or another system's CSV.

    All of it or nothing. Exit code 1 when some lines could not be read.
    """
    with opened() as (settings, database):
        try:
            file = sys.stdin.buffer if path == Path("-") else path.open("rb")
            with io.TextIOWrapper(file, encoding="utf-8-sig", errors="replace") as lines:
                result = suppressions.bring_in(database, settings.keys, lines, now())
        except OSError as error:
            fail(f"{path} cannot be read: {error.strerror}")
        except UnusableList as error:
            fail(f"{path}: {error}")
    text = f"{result.added} added, {result.known} known before, {len(result.unread)} not read."
    if result.unread:
        shown = ", ".join(map(str, result.unread[:20]))
        text += f"\nNeither an address nor a hash in line {shown}" + (
            " and more." if len(result.unread) > 20 else "."
        )
    report(result, text, as_json=as_json)
    raise typer.Exit(1 if result.unread else 0)


@app.command()
def export(
    out: Annotated[Path | None, typer.Option(help="Write here instead of printing.")] = None,
) -> None:
    """Write the list as hashes; only an installation with the same key can use it."""
    with opened() as (settings, database):
        lines = [f"{line}\n" for line in suppressions.export(database, settings.keys)]
    if out is None:
        sys.stdout.writelines(lines)
        return
    with os.fdopen(os.open(out, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.writelines(lines)
    report(None, f"{len(lines) - 2} suppressions written to {out}.", as_json=False)


def _key(address: str) -> str:
    try:
        return subscribers.address_key(subscribers.checked_address(address))
    except AddressRefused as error:
        fail(str(error))
