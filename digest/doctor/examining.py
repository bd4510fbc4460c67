"""One look at everything, in the order in which things depend on each other."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import dns.resolver

from digest.config import Settings
from digest.database import Database
from digest.doctor.findings import Finding, State, doubtful, ok
from digest.doctor.records import mail_records
from digest.doctor.services import broker, mail_server, mailbox, pages, source, storage
from digest.doctor.work import work


def examine(
    settings: Settings, database: Database, resolver: dns.resolver.Resolver, now: datetime
) -> Iterator[Finding]:
    """Look at each part in turn; takes seconds where something does not answer."""
    yield _keys(settings)
    stored = storage(database)
    yield stored
    yield from source(settings, now)
    yield from broker(settings)
    if stored.state is not State.WRONG:
        yield from work(settings, database, now)
    yield mail_server(settings)
    if settings.outbox is None:
        yield from pages(settings)
        yield from mail_records(settings, resolver)
        yield _feedback(settings)
    if settings.imap_url:
        yield mailbox(settings)


def _keys(settings: Settings) -> Finding:
    if settings.secret_keys:
        return ok("settings", "readable; links are signed with DIGEST_SECRET_KEYS")
    kept = f"readable; links are signed with the key in {settings.data_dir / 'secret.key'}"
    if settings.is_embedded:
        return ok("settings", f"{kept}: back it up with the database")
    return doubtful(
        "settings",
        f"{kept}. Processes that do not share this folder make keys of their own, and the links "
        "of one do not work at another: put one key into DIGEST_SECRET_KEYS everywhere",
    )


def _feedback(settings: Settings) -> Finding:
    ways = {
        "DIGEST_FEEDBACK_LISTEN": settings.feedback_listen,
        "DIGEST_IMAP_URL": settings.imap_url,
        "DIGEST_SES_TOPIC": settings.ses_topic,
        "DIGEST_POSTMARK_WEBHOOK": settings.postmark_webhook,
        "DIGEST_SENDGRID_WEBHOOK_KEY": settings.sendgrid_webhook_key,
        "DIGEST_MAILGUN_SIGNING_KEY": settings.mailgun_signing_key,
    }
    open_ways = ", ".join(name for name, value in ways.items() if value)
    if open_ways:
        return ok("feedback", f"bounces and complaints come by {open_ways}")
    return doubtful(
        "feedback",
        "bounces and complaints are not heard, so mail goes on to addresses that are gone; "
        "docs/feedback.md names six ways",
    )
