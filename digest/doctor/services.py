"""What runs beside us: database, broker, mail server, mailbox, source of papers, our own pages."""

from __future__ import annotations

import os
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

import httpx
from celery import Celery
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from digest import migrations, sources
from digest.config import Settings
from digest.database import Database
from digest.doctor.findings import Finding, doubtful, ok, wrong
from digest.feedback import Mailbox, MailboxUnreachable
from digest.smtp import SmtpServer
from digest.sources import SourceUnavailable, Validators

_PATIENCE_SECONDS = 5.0
_CLOCK_TOLERANCE = timedelta(minutes=1)
_LOCAL = {"localhost", "127.0.0.1", "::1"}


def storage(database: Database) -> Finding:
    """Whether the database answers, and has the tables of this release."""
    kind = "SQLite" if database.is_sqlite else "PostgreSQL"
    try:
        with database.read() as session:
            session.execute(text("SELECT 1"))
        schema = migrations.state(database)
    except SQLAlchemyError as error:
        reason = " ".join(str(getattr(error, "orig", error)).split())
        return wrong("database", f"{kind} cannot be used; is DIGEST_DATABASE_URL right? ({reason})")
    if schema.trouble:
        return wrong("database", schema.trouble)
    return ok("database", f"{kind} answers; its schema is the newest ({schema.current})")


def source(settings: Settings, now: datetime) -> Iterator[Finding]:
    """Whether papers can be fetched; the Date of an answer tells whether our clock is right."""
    try:
        listing = sources.daily_papers(settings, tries=1).fetch(now.date(), Validators())
        answer = httpx.head(settings.hf_url, timeout=_PATIENCE_SECONDS)
    except (SourceUnavailable, httpx.HTTPError) as error:
        yield wrong(
            "papers",
            f"{settings.hf_url} cannot be read ({_said(error)}), so no new papers come; can this "
            "machine reach it, or does it need a proxy (HTTPS_PROXY)?",
        )
        return
    yield ok("papers", f"{settings.hf_url} lists {len(listing.papers)} papers for today")
    with suppress(TypeError, ValueError):
        yield _clock(now - parsedate_to_datetime(answer.headers.get("date", "")))


def _clock(off: timedelta) -> Finding:
    if abs(off) <= _CLOCK_TOLERANCE:
        return ok("clock", "right to the minute")
    minutes, way = abs(off) / timedelta(minutes=1), "ahead" if off > timedelta() else "behind"
    return wrong(
        "clock",
        f"{minutes:.0f} minutes {way}: due times and signatures will be wrong. Turn on NTP "
        "(timedatectl set-ntp true)",
    )


def broker(settings: Settings) -> Iterator[Finding]:
    """Whether the broker answers, and workers behind it."""
    if settings.is_embedded:
        yield ok("broker", "inside `digest up`; other processes need DIGEST_BROKER_URL")
        return
    app = Celery(broker=settings.broker_url, set_as_current=False)
    app.conf.broker_transport_options = {
        "socket_connect_timeout": _PATIENCE_SECONDS,
        "socket_timeout": _PATIENCE_SECONDS,
    }
    try:
        with app.connection_for_write() as connection:
            connection.ensure_connection(max_retries=1, timeout=_PATIENCE_SECONDS)
        workers = len(app.control.ping(timeout=2))
    except Exception as error:  # each broker has errors of its own
        yield wrong("broker", f"it cannot be used ({_said(error)}); is DIGEST_BROKER_URL right?")
        return
    yield ok("broker", "answers")
    if workers:
        yield ok("workers", f"{workers} {'answers' if workers == 1 else 'answer'}")
    else:
        yield wrong("workers", "none answers; start `celery -A digest.tasks worker`")


def mail_server(settings: Settings) -> Finding:
    """Whether mail could be handed over: connects and logs in, and sends nothing."""
    if settings.outbox is not None:
        return _outbox(settings)
    server = SmtpServer.at(settings.smtp)
    where = f"{server.host} port {server.port}"
    try:
        is_encrypted = _logged_in(server)
    except smtplib.SMTPAuthenticationError as error:
        said = error.smtp_error
        words = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
        return wrong(
            "mail server",
            f"{where} refuses the login ({error.smtp_code} {words}); are user and password in "
            "DIGEST_SMTP_URL right, @ : / in them written as %40 %3A %2F?",
        )
    except ssl.SSLCertVerificationError as error:
        return wrong(
            "mail server",
            f"the certificate of {where} is not believed ({error.verify_message}); use the name in "
            "it, or name your own CA in SSL_CERT_FILE",
        )
    except (OSError, smtplib.SMTPException) as error:
        remedy = "is DIGEST_SMTP_URL right, and the port open?"
        return wrong("mail server", f"{where} cannot be used ({_said(error)}); {remedy}")
    login = "takes the login" if server.user else "answers, without a login"
    if is_encrypted or server.host in _LOCAL:
        return ok("mail server", f"{where} {login}")
    return doubtful(
        "mail server", f"{where} {login}, but offers no TLS: mail crosses the network in the clear"
    )


def _outbox(settings: Settings) -> Finding:
    folder = settings.outbox or settings.data_dir
    existing = next(parent for parent in (folder, *folder.absolute().parents) if parent.exists())
    if not os.access(existing, os.W_OK):
        return wrong("mail server", f"mail is kept in {folder}, which cannot be written")
    return doubtful(
        "mail server", f"mail is kept in {folder}, not sent; DIGEST_SMTP_URL sends it for real"
    )


def _logged_in(server: SmtpServer) -> bool:
    """Go as far as the login; returns whether it went through TLS."""
    trust = ssl.create_default_context()
    if server.is_tls:
        smtp: smtplib.SMTP = smtplib.SMTP_SSL(
            server.host, server.port, timeout=_PATIENCE_SECONDS, context=trust
        )
    else:
        smtp = smtplib.SMTP(server.host, server.port, timeout=_PATIENCE_SECONDS)
    with smtp:
        smtp.ehlo_or_helo_if_needed()
        if not server.is_tls and smtp.has_extn("starttls"):
            smtp.starttls(context=trust)
            smtp.ehlo()
        if server.user:
            smtp.login(server.user, server.password)
        return isinstance(smtp.sock, ssl.SSLSocket)


def mailbox(settings: Settings) -> Finding:
    """Whether the mailbox with bounces can be opened."""
    try:
        with Mailbox.at(settings.imap_url).opened():
            return ok("mailbox", "can be opened")
    except MailboxUnreachable as error:
        return wrong("mailbox", f"{error}; is DIGEST_IMAP_URL right, and the folder there?")


def pages(settings: Settings) -> Iterator[Finding]:
    """Whether the links in mails open."""
    url = f"{settings.url}/healthz"
    remedy = "is the web server up, and does the proxy pass this name on to it?"
    try:
        answer = httpx.get(url, timeout=_PATIENCE_SECONDS)
    except httpx.HTTPError as error:
        yield wrong("pages", f"{url} cannot be reached ({_said(error)}); {remedy}")
        return
    if answer.status_code != 200 or "last_fetch" not in answer.text:
        yield wrong("pages", f"{url} answers {answer.status_code}, not as ours do; {remedy}")
    elif not settings.url.startswith("https:"):
        yield doubtful("pages", f"{settings.url} is open, without TLS; put a proxy with TLS before")
    else:
        yield ok("pages", f"{settings.url} is open")


def _said(error: Exception) -> str:
    return " ".join(str(error).split()) or type(error).__name__
