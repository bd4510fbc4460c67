"""How one would do it first: a Celery task a reader, EmailMessage, a connection each.

Not a straw man: the same database, the same templates and papers, both signatures (dkimpy), and a
row written when done. Run as a Celery app by `benchmarks.delivering`.
"""

from __future__ import annotations

import os
import smtplib
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from functools import lru_cache
from pathlib import Path

import dkim
from celery import Celery
from cryptography.hazmat.primitives import serialization
from sqlalchemy import select, update

from digest import config, database
from digest.deliveries import Composer
from digest.models import Delivery, DeliveryStatus

app = Celery("naive", broker=os.environ["DIGEST_BROKER_URL"])
app.conf.update(task_ignore_result=True, worker_prefetch_multiplier=4)


@lru_cache(maxsize=1)
def _resources() -> tuple[config.Settings, database.Database, Composer]:
    settings = config.load()
    return settings, database.connect(settings.database), Composer.of(settings)


@app.task(name="naive.send")
def send(delivery_id: int) -> None:
    settings, opened, composer = _resources()
    with opened.read() as session:
        delivery = session.get_one(Delivery, delivery_id)
        reader = delivery.subscriber
        mail = composer.mail(session, delivery)
    assert mail is not None
    assert reader is not None
    message = EmailMessage()
    message["From"] = settings.from_
    message["To"] = reader.address
    message["Subject"] = mail.subject
    message["Date"] = format_datetime(delivery.planned_at)
    message["Message-ID"] = make_msgid(domain="papers.example.org")
    message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(mail.text)
    message.add_alternative(mail.html, subtype="html")
    octets = message.as_bytes().replace(b"\n", b"\r\n")
    for selector, key, algorithm in _keys(settings.dkim_dir):
        signature = dkim.sign(
            octets, selector, b"papers.example.org", key, signature_algorithm=algorithm
        )
        octets = signature + octets
    with smtplib.SMTP("127.0.0.1", int(settings.smtp_url.rsplit(":", 1)[1])) as server:
        server.sendmail(settings.from_, [reader.address], octets)
    with opened.write() as session:
        session.execute(
            update(Delivery)
            .where(Delivery.id == delivery_id)
            .values(status=DeliveryStatus.SENT, finished_at=delivery.planned_at)
        )


def send_all(opened: database.Database) -> None:
    """Queue one task for each planned digest."""
    with opened.read() as session:
        wanted = select(Delivery.id).where(Delivery.status == DeliveryStatus.PLANNED)
        ids = session.scalars(wanted).all()
    for delivery_id in ids:
        send.delay(delivery_id)


@lru_cache(maxsize=1)
def _keys(folder: Path | None) -> list[tuple[bytes, bytes, bytes]]:
    found = []
    for path in sorted(folder.glob("*.pem")) if folder else []:
        selector = path.name.split(".")[0].encode()
        pem = path.read_bytes()
        key = serialization.load_pem_private_key(pem, None)
        if hasattr(key, "private_bytes_raw"):
            from base64 import b64encode

            found.append((selector, b64encode(key.private_bytes_raw()), b"ed25519-sha256"))
        else:
            found.append((selector, pem, b"rsa-sha256"))
    return found
