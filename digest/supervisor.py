"""`digest up`: web, beat and worker as one program, for one box and for a first look."""

from __future__ import annotations

import gc
import logging
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from threading import Event, Thread, Timer
from typing import Any

import uvicorn
from celery.beat import Scheduler, Service
from sqlalchemy import func, select

from digest import editions, matches, migrations, sources
from digest.config import Settings
from digest.database import Database, connect
from digest.editions import UNAVAILABLE
from digest.enums import EditionStatus
from digest.library import keep_ready
from digest.models import Entry
from digest.sources import Sample
from digest.web import create_app
from digest.web.middleware import MOST_HEADERS

_INDEX_AFTER_SECONDS = 2.0
"""Papers are indexed when the server has begun to answer, not while it starts."""
_log = logging.getLogger(__name__)
_KNOCKING: set[str] = set()
"""Stages with a knock about to be sent; one is enough for whatever waits."""
Say = Callable[[str], None]


class PortTaken(Exception):
    """Something else listens where the web pages should; says what to do."""


def up(settings: Settings, say: Say) -> None:
    """Migrate, then run everything until Ctrl-C; raises PortTaken."""
    listening = listen(settings)
    database = connect(settings.database)
    try:
        migrations.migrate(database)
        with _worker_and_beat():
            port = listening.getsockname()[1]
            say(f"digest is at {settings.base_url or f'http://localhost:{port}'} (Ctrl-C stops it)")
            if settings.outbox:
                say(f"Mail is kept, not sent: http://localhost:{port}/outbox")
            light = Thread(target=first_light, args=(settings, database, say), daemon=True)
            light.start()
            serve(settings, database, listening)
            say("Stopping …")
    finally:
        listening.close()
        database.close()


def serve(settings: Settings, database: Database, listening: socket.socket) -> None:
    """Serve the web pages until a signal says stop."""
    # Looking for cycles makes a page wait: seldom through what stays, a little at a time else.
    gc.freeze()
    gc.set_threshold(1_000, 20, 500)
    # And so does a thread that indexes papers: it has to let others in sooner than after 5 ms.
    sys.setswitchinterval(0.0005)
    stop = Event()
    library = Timer(_INDEX_AFTER_SECONDS, keep_ready, (database, stop))
    library.daemon = True
    library.start()
    # uvicorn raises the signal again after a clean stop; the commands end here instead.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with suppress(KeyboardInterrupt):
        web_server(settings, database).run(sockets=[listening])
    stop.set()


def web_server(settings: Settings, database: Database) -> uvicorn.Server:
    """Return the web server: no access log, since paths hold tokens; short heads; trusted hops."""
    return uvicorn.Server(
        uvicorn.Config(
            create_app(settings, database, poke),
            log_level="warning",
            access_log=False,
            proxy_headers=bool(settings.trusted_proxies),
            forwarded_allow_ips=list(settings.trusted_proxies),
            server_header=False,
            http="h11",  # httptools would read a head without end
            h11_max_incomplete_event_size=MOST_HEADERS,
            timeout_graceful_shutdown=5,
        )
    )


def listen(settings: Settings) -> socket.socket:
    """Take the port before anything else starts; raises PortTaken."""
    listening = socket.socket(socket.AF_INET6 if ":" in settings.host else socket.AF_INET)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((settings.host, settings.port))
    except OSError as error:
        listening.close()
        raise PortTaken(
            f"cannot listen at {settings.host} port {settings.port} ({error.strerror}); stop what "
            f"runs there, or choose another port: DIGEST_PORT={settings.port + 1}"
        ) from None
    return listening


def poke(stage: str) -> None:
    """Knock on a stage's door, and wait for nothing: a broker out of reach costs seconds."""
    if stage not in _KNOCKING:
        _KNOCKING.add(stage)
        Thread(target=_knock, args=(stage,), name=f"poke {stage}", daemon=True).start()


def _knock(stage: str) -> None:
    from digest.tasks import app

    # Whatever is written from here on is knocked for anew.
    _KNOCKING.discard(stage)
    try:
        app.send_task(f"digest.{stage}", expires=55, retry=False)
    except Exception as error:
        _log.warning("the broker is out of reach, beat will make up for it: %s", error)


def first_light(settings: Settings, database: Database, say: Say) -> None:
    """Fetch the newest lists on starting; without internet and papers, show the samples."""
    try:
        _first_light(settings, database, say)
    except Exception:
        _log.exception(
            "the first fetch failed; the next one is in %d minutes", settings.fetch_minutes
        )


def _first_light(settings: Settings, database: Database, say: Say) -> None:
    now = datetime.now(UTC)
    probe = editions.fetch(database, sources.daily_papers(settings, tries=1), now.date(), now)
    if probe.status == UNAVAILABLE:
        _show_samples(settings, database, now, say)
        return
    source = sources.daily_papers(settings)
    reports = editions.fetch_due(database, source, now, settings.backfill_days)
    editions.close_due(database, datetime.now(UTC), settings.close_hours)
    matches.match(database)
    say(f"Fetched {sum(report.new for report in (probe, *reports))} new papers.")
    editions.enrich(database, sources.arxiv_client(settings), now)


def _show_samples(settings: Settings, database: Database, now: datetime, say: Say) -> None:
    with database.read() as session:
        papers = session.scalar(select(func.count()).select_from(Entry)) or 0
    if papers:
        say(f"{settings.hf_url} cannot be reached; the stored papers are shown until it can.")
        return
    day = (now - timedelta(days=1)).date()
    sample = Sample()
    editions.fetch(database, sample, day, now)
    with database.read() as session:
        found = editions.on_day(session, day)
    for edition in found:
        if edition.source == sample.name and edition.status is EditionStatus.OPEN:
            editions.close(database, edition.id, now)
    matches.match(database)
    say(f"{settings.hf_url} cannot be reached; {day} is a sample edition of invented papers.")


@contextmanager
def _worker_and_beat() -> Iterator[None]:
    """Run Celery's worker and beat as threads of this process."""
    from digest.tasks import app

    # Threads see only the default app.
    app.finalize()
    app.set_default()
    logging.getLogger("celery").setLevel(logging.WARNING)
    logging.getLogger("digest.tasks").setLevel(logging.WARNING)
    worker: Any = app.WorkController(pool="solo", without_mingle=True, without_gossip=True)
    beat = Service(app, scheduler_cls=Scheduler)
    threads = [
        Thread(target=worker.start, name="worker", daemon=True),
        Thread(target=beat.start, name="beat", daemon=True),
    ]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        beat.stop()
        worker.stop()
