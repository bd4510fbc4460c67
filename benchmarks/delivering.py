"""Digests a second: ours, the naive way, Django's, and Postfix's smtp-source, into one sink."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from celery import Celery
from sqlalchemy import func, select

from benchmarks import processes, servers
from benchmarks.pages import Latency, pages
from benchmarks.servers import Postgres, Sink, wait_until
from benchmarks.world import NOW, World, world
from digest import deliveries
from digest.deliveries import Sending
from digest.enums import DeliveryStatus
from digest.models import Delivery

PROCESSES = os.cpu_count() or 2
"""How many Celery runs, the naive way's and ours alike."""
_OCTETS = 32_000
"""A digest of nine papers, as ours are."""


@dataclass(frozen=True, slots=True)
class Rate:
    name: str
    digests: int
    seconds: float

    @property
    def per_second(self) -> float:
        return self.digests / self.seconds


@dataclass(frozen=True, slots=True)
class Run:
    """A run of our own workers, from planning to the last answer recorded."""

    rate: Rate
    planning_seconds: float
    accepted: int
    """How many messages the sink took."""
    sent: int
    """How many the ledger calls sent; every other delivery is in `others`."""
    others: int
    peak_mb: float
    """Of the largest worker process."""
    worker_us: float
    """Processor time a digest, in microseconds."""
    postgres_us: float
    sink_us: float
    pages: list[Latency]


@dataclass(frozen=True, slots=True)
class Bench:
    """The servers that all measurements share."""

    postgres: Postgres
    broker_url: str
    sink: Sink

    @property
    def smtp_url(self) -> str:
        return f"smtp://127.0.0.1:{self.sink.port}"


def ours(bench: Bench, readers: int, *, signed: bool = True, with_pages: bool = False) -> Run:
    """Measure Celery's workers, and the pages while the readers are stored."""
    name = f"digest, {'both signatures' if signed else 'unsigned'}"
    with world(bench.postgres.url, readers, bench.smtp_url, signed=signed) as place:
        environment = _environment(place, bench.broker_url)
        latencies = pages(place, environment, readers) if with_pages else []
        began = time.perf_counter()
        planned = deliveries.plan(place.database, NOW).planned
        planning = time.perf_counter() - began
        with _worker("digest.tasks", environment, place.folder) as worker:
            roots = (worker.pid, bench.postgres.pid, bench.sink.pid)
            before, accepted = [processes.cpu_seconds(pid) for pid in roots], bench.sink.accepted()
            seconds = _until_sent(bench, place, lambda: _knock(bench.broker_url), planned)
            spent = [processes.cpu_seconds(pid) for pid in roots]
            sent, others = _ledger(place)
            costs = [(a - b) / planned * 1e6 for a, b in zip(spent, before, strict=True)]
            return Run(
                Rate(name, planned, seconds),
                planning,
                bench.sink.accepted() - accepted,
                sent,
                others,
                processes.peak_mb(processes.tree(worker.pid)),
                *costs,
                latencies,
            )


def naive(bench: Bench, readers: int) -> Rate:
    """Measure a Celery task a reader with the standard library."""
    with world(bench.postgres.url, readers, bench.smtp_url) as place:
        planned = deliveries.plan(place.database, NOW).planned
        environment = _environment(place, bench.broker_url)
        with _worker("benchmarks.naive", environment, place.folder):
            os.environ["DIGEST_BROKER_URL"] = bench.broker_url
            from benchmarks import naive as way

            seconds = _until_sent(bench, place, lambda: way.send_all(place.database), planned)
            return Rate("a Celery task a reader, EmailMessage, dkimpy", planned, seconds)


def embedded(bench: Bench, readers: int) -> Rate:
    """Measure one process on SQLite."""
    with world("", readers, bench.smtp_url) as place:
        deliveries.plan(place.database, NOW)
        sending = Sending.of(place.settings, place.database, "bench", lambda: NOW)
        began = time.perf_counter()
        sent = deliveries.deliver(sending).sent
        return Rate(
            "digest, one process on SQLite, both signatures", sent, time.perf_counter() - began
        )


def django(bench: Bench, mails: int) -> Rate | None:
    """Measure Django's way to send many: ready texts, one connection, nothing recorded."""
    if find_spec("django") is None:
        return None
    from django.conf import settings
    from django.core.mail import EmailMultiAlternatives, get_connection

    if not settings.configured:
        settings.configure(EMAIL_HOST="127.0.0.1", EMAIL_PORT=bench.sink.port)
    html = ("<p>" + "words and more words " * 20 + "</p>\n") * (_OCTETS // 430)
    text = ("words and more words " * 3 + "\n") * 60
    began = time.perf_counter()
    messages = []
    for number in range(mails):
        address = f"reader{number}@example.org"
        message = EmailMultiAlternatives("Trending papers", text, "digest@example.org", [address])
        message.attach_alternative(html, "text/html")
        messages.append(message)
    get_connection("django.core.mail.backends.smtp.EmailBackend").send_messages(messages)
    return Rate("Django, one connection, unsigned, unrecorded", mails, time.perf_counter() - began)


def smtp_source(bench: Bench, mails: int) -> Rate | None:
    """Measure Postfix's smtp-source (C): the same octets over and over, nothing recorded."""
    command = servers.smtp_source()
    if command is None:
        return None
    options = ["-d", "-s", "16", "-m", str(mails), "-l", str(_OCTETS), "-f", "digest@example.org"]
    began = time.perf_counter()
    target = ["-t", "reader@example.org", f"127.0.0.1:{bench.sink.port}"]
    subprocess.run([command, *options, *target], check=True)
    name = "smtp-source -d -s 16: C, one message over and over, unrecorded"
    return Rate(name, mails, time.perf_counter() - began)


@contextmanager
def _worker(
    app: str, environment: dict[str, str], folder: Path
) -> Iterator[subprocess.Popen[bytes]]:
    options = ["worker", "--concurrency", str(PROCESSES), "--loglevel", "ERROR", "--without-mingle"]
    with (folder / "worker.log").open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "celery", "-A", app, *options],
            env=os.environ | environment,
            stdout=output,
            stderr=output,
        )
        try:
            celery = Celery(broker=environment["DIGEST_BROKER_URL"])
            wait_until(lambda: bool(celery.control.ping(timeout=0.5)), seconds=60)
            yield process
        finally:
            process.terminate()
            process.wait(120)


def _environment(place: World, broker_url: str) -> dict[str, str]:
    own = place.settings
    return {
        "DIGEST_DATA_DIR": str(own.data_dir),
        "DIGEST_DATABASE_URL": own.database_url,
        "DIGEST_BROKER_URL": broker_url,
        "DIGEST_SMTP_URL": own.smtp_url,
        "DIGEST_BASE_URL": own.base_url,
        "DIGEST_FROM": own.from_,
        "DIGEST_POSTAL_ADDRESS": own.postal_address,
        "DIGEST_SECRET_KEYS": own.secret_keys[0],
        "DIGEST_DKIM_DIR": str(own.dkim_dir or ""),
        "DIGEST_HF_URL": "http://127.0.0.1:9",
    }


def _knock(broker_url: str) -> None:
    Celery(broker=broker_url).send_task("digest.deliver", queue="digest")


def _until_sent(bench: Bench, place: World, start: Callable[[], None], mails: int) -> float:
    """Return how long it took until the sink had them all and the ledger had the last answers."""
    before, began = bench.sink.accepted(), time.perf_counter()
    start()
    while bench.sink.accepted() - before < mails:
        time.sleep(0.02)
        if time.perf_counter() - began > 7200:
            raise TimeoutError((place.folder / "worker.log").read_text()[-2000:])
    while _under_way(place):
        time.sleep(0.02)
    return time.perf_counter() - began


def _under_way(place: World) -> bool:
    open_ones = (DeliveryStatus.PLANNED, DeliveryStatus.CLAIMED, DeliveryStatus.DEFERRED)
    with place.database.read() as session:
        wanted = select(Delivery.id).where(Delivery.status.in_(open_ones)).limit(1)
        return session.scalar(wanted) is not None


def _ledger(place: World) -> tuple[int, int]:
    """Return how many deliveries are sent, and how many are anything else."""
    sent = func.count().filter(Delivery.status == DeliveryStatus.SENT)
    with place.database.read() as session:
        row = session.execute(select(sent, func.count())).one()
        return row[0], row[1] - row[0]
