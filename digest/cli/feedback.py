"""`digest feedback`: what came back about mails already handed over."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any

import typer
from sqlalchemy import select

from digest import feedback
from digest.cli.context import AsJson, fail, now, opened, report
from digest.feedback import (
    CertificateUnusable,
    FeedbackCounts,
    Listener,
    Mailbox,
    MailboxUnreachable,
    NotMail,
)
from digest.message import domain_of
from digest.models import FeedbackEvent

app = typer.Typer(help="Bounces, complaints, proofs of delivery.", no_args_is_help=True)


@app.command()
def read(
    path: Annotated[Path, typer.Argument(help="A mail, an mbox or a Maildir; - for stdin.")],
    as_json: AsJson = False,
) -> None:
    """Act on the bounces and complaints in a file; reading it again changes nothing."""
    total, mails, unread = FeedbackCounts(), 0, 0
    with opened() as (settings, database):
        try:
            for octets in _mails(path):
                events = feedback.read(octets, settings.keys)
                total += feedback.act(database, settings.keys, events, now())
                mails += 1
                unread += not events
        except NotMail as error:
            fail(str(error))
    result = {"mails": mails, "unread": unread, "feedback": total}
    report(result, f"{_count(mails, 'mail')}: {told(total)}, {unread} no report.", as_json=as_json)


@app.command()
def poll(as_json: AsJson = False) -> None:
    """Act on the unread mails of the mailbox at DIGEST_IMAP_URL, and mark them as read."""
    with opened() as (settings, database):
        if not settings.imap_url:
            fail("Set DIGEST_IMAP_URL, such as imaps://user:password@host/INBOX.")
        try:
            box = Mailbox.at(settings.imap_url)
            polled = feedback.poll(database, settings.keys, box, now())
        except MailboxUnreachable as error:
            fail(f"The mailbox cannot be read: {error}")
    text = f"{_count(polled.mails, 'mail')}: {told(polled.feedback)}."
    report(polled, text, as_json=as_json)


@app.command()
def listen() -> None:
    """Take bounces and complaints from a mail server, at DIGEST_FEEDBACK_LISTEN, until Ctrl-C."""
    with opened() as (settings, database):
        if not settings.feedback_listen:
            fail("Set DIGEST_FEEDBACK_LISTEN, such as lmtp://127.0.0.1:2424, and start it again.")

        def take(octets: bytes, recipients: Sequence[str]) -> None:
            events = feedback.read(octets, settings.keys, recipients)
            feedback.act(database, settings.keys, events, now())

        domain = domain_of(settings.from_)
        listener = Listener.at(
            settings.feedback_listen, settings.keys, domain, take, settings.feedback_certificate
        )
        with suppress(KeyboardInterrupt):
            asyncio.run(_listen(listener, settings.feedback_listen))


async def _listen(listener: Listener, url: str) -> None:
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    try:
        async with listener.listening():
            report(None, f"Taking bounces and complaints at {url} (Ctrl-C stops it)", as_json=False)
            await stop.wait()
    except CertificateUnusable as error:
        fail(f"DIGEST_FEEDBACK_CERTIFICATE: {error}; write FULLCHAIN.pem,KEY.pem, readable for us")
    except OSError as error:
        fail(f"cannot listen at {url} ({error.strerror}); stop what runs there, or choose another")


@app.command("list")
def list_events(
    limit: Annotated[int, typer.Option(min=1, max=10_000)] = 50, as_json: AsJson = False
) -> None:
    """List what was heard and acted on, newest first."""
    with opened() as (_, database), database.read() as session:
        rows = session.scalars(
            select(FeedbackEvent).order_by(FeedbackEvent.id.desc()).limit(limit)
        ).all()
    records: list[dict[str, Any]] = [
        {
            "heard_at": row.heard_at.isoformat(timespec="minutes"),
            "source": row.source,
            "delivery": row.delivery_id,
            "kind": row.kind.value,
            "blame": row.blame,
            "code": row.enhanced_code,
            "text": row.text,
        }
        for row in rows
    ]
    lines = [
        f"{r['heard_at'][:16]}  {r['source']:<8}  {r['delivery']:>8}  {r['kind']:<10}  "
        f"{r['code'] or r['blame']:<8}  {r['text']}"
        for r in records
    ]
    report(records, "\n".join(lines) or "None.", as_json=as_json)


def told(counts: FeedbackCounts) -> str:
    """Say what became of some events."""
    return f"{counts.applied} acted on, {counts.known} known before, {counts.unproven} unproven"


def _mails(path: Path) -> Iterator[bytes]:
    if path == Path("-"):
        yield sys.stdin.buffer.read()
    else:
        yield from feedback.mails(path)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
