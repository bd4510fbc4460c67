"""How one would do it first: a Celery task a reader, EmailMessage, a connection each.

Not a straw man: the same database and papers, a smaller mail, both signatures (dkimpy), and a row
written when done. Run as a Celery app by `benchmarks.delivering`.
"""

from __future__ import annotations

import os
import smtplib
from base64 import b64encode
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from functools import lru_cache
from pathlib import Path

import dkim
from celery import Celery
from cryptography.hazmat.primitives import serialization
from jinja2 import Environment
from sqlalchemy import select, update

from digest import config, database
from digest.enums import DeliveryStatus
from digest.models import Delivery, Match, Paper, Subscription, Topic

_CARD_STYLE = "margin:9px 0 0;font-family:Georgia,serif;font-size:15px;line-height:23px;color:#222"
_HTML = Environment(autoescape=True).from_string(
    """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Digest</title></head>
<body style="margin:0;background:#f3f1ea"><table role="presentation" width="600">
{% for paper, query in chosen %}<tr><td style="padding:18px 28px;border-bottom:1px solid #ddd">
<h3 style="{{ style }}"><a href="https://huggingface.co/papers/{{ paper.arxiv_id }}"
 style="{{ style }}">{{ paper.title }}</a></h3>
<p style="{{ style }}">{{ paper.organization }} · {{ paper.authors|join(", ") }} ·
 {{ paper.upvotes }} upvotes</p>
<p style="{{ style }}">{{ paper.summary }}</p><p style="{{ style }}">Why: {{ query }}</p>
<p style="{{ style }}"><a href="https://arxiv.org/pdf/{{ paper.arxiv_id }}"
 style="{{ style }}">PDF</a> <a href="{{ paper.code_url }}" style="{{ style }}">Code</a></p>
</td></tr>{% endfor %}</table><p><a href="{{ leave }}">Unsubscribe</a></p></body></html>"""
)
_TEXT = Environment(autoescape=False).from_string(
    """{% for paper, query in chosen %}* {{ paper.title }}
  {{ paper.summary|wordwrap(70) }}
  Why: {{ query }}
  https://huggingface.co/papers/{{ paper.arxiv_id }}

{% endfor %}Unsubscribe: {{ leave }}
"""
)

app = Celery("naive", broker=os.environ["DIGEST_BROKER_URL"])
app.conf.update(task_ignore_result=True, worker_prefetch_multiplier=4)


@lru_cache(maxsize=1)
def _resources() -> tuple[config.Settings, database.Database]:
    settings = config.load()
    return settings, database.connect(settings.database)


@app.task(name="naive.send")
def send(delivery_id: int) -> None:
    settings, opened = _resources()
    with opened.read() as session:
        delivery = session.get_one(Delivery, delivery_id)
        reader = delivery.subscriber
        assert reader is not None
        rows = session.execute(
            select(Paper, Topic.query)
            .join(Match, Match.paper_id == Paper.id)
            .join(Topic, Topic.id == Match.topic_id)
            .join(Subscription, Subscription.topic_id == Topic.id)
            .where(Subscription.subscriber_id == reader.id)
            .order_by(Match.score.desc())
            .limit(10)
        ).all()
    facts = {"chosen": rows, "style": _CARD_STYLE, "leave": f"{settings.url}/leave/{reader.id}"}
    message = EmailMessage()
    message["From"] = settings.from_
    message["To"] = reader.address
    message["Subject"] = rows[0][0].title
    message["Date"] = format_datetime(delivery.planned_at)
    message["Message-ID"] = make_msgid(domain="papers.example.org")
    message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(_TEXT.render(facts))
    message.add_alternative(_HTML.render(facts), subtype="html")
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
            found.append((selector, b64encode(key.private_bytes_raw()), b"ed25519-sha256"))
        else:
            found.append((selector, pem, b"rsa-sha256"))
    return found
