"""Digests a second: ours, the naive way, Django's, and Postfix's smtp-source, into one sink."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import func, select

from benchmarks import servers
from benchmarks.world import NOW, World, world
from digest import deliveries
from digest.deliveries import Composer, Sending
from digest.models import Delivery, DeliveryStatus
from digest.smtp import transport

_OCTETS = 33_000
"""A digest of ten papers."""


@dataclass(frozen=True, slots=True)
class Rate:
    name: str
    digests: int
    seconds: float
    peak_mb: float = 0.0

    @property
    def per_second(self) -> float:
        return self.digests / self.seconds


def ours(database_url: str, broker_url: str, port: int, readers: int, *, signed: bool) -> Rate:
    """Measure Celery's worker with two processes, from planned to recorded."""
    name = f"digest{'' if signed else ', unsigned'}"
    with world(database_url, readers, f"smtp://127.0.0.1:{port}", signed=signed) as place:
        deliveries.plan(place.database, NOW)
        with _worker("digest.tasks", place, broker_url) as worker:
            seconds = _until_sent(place, lambda: _knock(broker_url), readers)
            return Rate(name, readers, seconds, _peak_mb(worker))


def naive(database_url: str, broker_url: str, port: int, readers: int) -> Rate:
    """Measure a Celery task a reader with the standard library."""
    with world(database_url, readers, f"smtp://127.0.0.1:{port}") as place:
        deliveries.plan(place.database, NOW)
        with _worker("benchmarks.naive", place, broker_url):
            os.environ["DIGEST_BROKER_URL"] = broker_url
            from benchmarks import naive as way

            seconds = _until_sent(place, lambda: way.send_all(place.database), readers)
            return Rate("a task a reader, standard library, dkimpy", readers, seconds)


def embedded(port: int, readers: int) -> Rate:
    """Measure one process on SQLite."""
    with world("", readers, f"smtp://127.0.0.1:{port}") as place:
        deliveries.plan(place.database, NOW)
        mail = transport(place.settings)
        sending = Sending(place.database, Composer.of(place.settings), mail, "bench", lambda: NOW)
        began = time.perf_counter()
        sent = deliveries.deliver(sending).sent
        return Rate("digest, one process on SQLite", sent, time.perf_counter() - began)


def django(port: int, mails: int) -> Rate:
    """Measure Django's send_mass_mail: a ready HTML text, one connection, nothing recorded."""
    from django.conf import settings
    from django.core.mail import EmailMultiAlternatives, get_connection

    if not settings.configured:
        settings.configure(EMAIL_HOST="127.0.0.1", EMAIL_PORT=port, EMAIL_USE_LOCALTIME=False)
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
    return Rate("Django send_messages, unsigned, unrecorded", mails, time.perf_counter() - began)


def smtp_source(port: int, mails: int) -> Rate | None:
    """Measure Postfix's smtp-source (C): the same octets over and over, nothing recorded."""
    command = servers.smtp_source()
    if command is None:
        return None
    options = ["-d", "-s", "16", "-m", str(mails), "-l", str(_OCTETS), "-f", "digest@example.org"]
    began = time.perf_counter()
    subprocess.run([command, *options, "-t", "reader@example.org", f"127.0.0.1:{port}"], check=True)
    return Rate("smtp-source -d -s 16 (C, one message)", mails, time.perf_counter() - began)


@contextmanager
def _worker(app: str, place: World, broker_url: str) -> Iterator[subprocess.Popen[bytes]]:
    options = ["worker", "--concurrency", "2", "--loglevel", "ERROR", "--without-mingle"]
    log = place.folder / "worker.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "celery", "-A", app, *options],
            env=os.environ | _environment(place, broker_url),
            stdout=output,
            stderr=output,
        )
        try:
            time.sleep(3)
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
    from celery import Celery

    Celery(broker=broker_url).send_task("digest.deliver", queue="digest")


def _until_sent(place: World, start: object, readers: int) -> float:
    assert callable(start)
    began = time.perf_counter()
    start()
    sent = select(func.count(Delivery.id)).where(Delivery.status == DeliveryStatus.SENT)
    while True:
        with place.database.read() as session:
            if (session.scalar(sent) or 0) >= readers:
                return time.perf_counter() - began
        if time.perf_counter() - began > 7200:
            raise TimeoutError((place.folder / "worker.log").read_text()[-2000:])
        time.sleep(0.1 if readers < 100_000 else 2)


def _peak_mb(worker: subprocess.Popen[bytes]) -> float:
    """Return the largest resident size any of the worker's processes has had."""
    children = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(worker.pid)], capture_output=True, text=True, check=False
    )
    pids = [worker.pid, *map(int, children.stdout.split())]
    return max(_high_water_mb(pid) for pid in pids)


def _high_water_mb(pid: int) -> float:
    try:
        with open(f"/proc/{pid}/status") as status:  # noqa: PTH123 - not a file of anybody's
            line = next(line for line in status if line.startswith("VmHWM"))
    except OSError:
        return 0.0
    return int(line.split()[1]) / 1024
