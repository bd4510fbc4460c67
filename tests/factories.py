"""Small builders of real objects; every default can be named away."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

from sqlalchemy.orm import Session

from digest import models, tokens
from digest.config import Settings
from digest.deliveries import enlist
from digest.enums import EditionStatus, SubscriberStatus
from digest.papers import Paper
from digest.tokens import Scope

NOW = datetime(2026, 6, 3, 9, 30, tzinfo=UTC)
_numbers = count(1)


def paper(**changes: Any) -> Paper:
    number = next(_numbers)
    defaults: dict[str, Any] = {
        "arxiv_id": f"2606.{number:05d}",
        "title": f"Latent Arithmetic for Small Models, Part {number}",
        "abstract": "We add and subtract in latent space. The results hold for small models.",
        "authors": ("Ada Example", "Ben Example"),
        "upvotes": 5,
        "listed_on": date(2026, 6, 2),
    }
    return Paper(**defaults | changes)


def stored_paper(session: Session, **changes: Any) -> models.Paper:
    number = next(_numbers)
    defaults: dict[str, Any] = {
        "arxiv_id": f"2606.{number:05d}",
        "title": f"Latent Arithmetic for Small Models, Part {number}",
        "abstract": "We add and subtract in latent space. The results hold for small models.",
        "authors": ["Ada Example", "Ben Example"],
        "upvotes": 5,
        "listed_on": date(2026, 6, 2),
        "first_seen_at": NOW,
    }
    row = models.Paper(**defaults | changes)
    session.add(row)
    session.flush()
    return row


def closed_edition(
    session: Session, papers: list[models.Paper], *, day: date = date(2026, 6, 2), sequence: int = 1
) -> models.Edition:
    row = models.Edition(
        source="huggingface",
        day=day,
        status=EditionStatus.CLOSED,
        sequence=sequence,
        opened_at=NOW,
        closed_at=NOW,
        fetched_at=NOW,
    )
    row.entries = [
        models.Entry(paper_id=paper.id, rank=rank, is_new=True)
        for rank, paper in enumerate(papers, start=1)
    ]
    session.add(row)
    session.flush()
    return row


def subscriber(session: Session, *queries: str, **changes: Any) -> models.Subscriber:
    """An active subscriber, due now, following the topics `queries` (already normalised).

    Their schedule is due at `next_due_at`, for all who share it.
    """
    next_due_at, due_at = changes.pop("next_due_at", NOW), changes.pop("due_at", None)
    address = changes.pop("address", f"reader{next(_numbers)}@example.org")
    defaults: dict[str, Any] = {
        "address": address,
        "address_key": address.casefold(),
        "status": SubscriberStatus.ACTIVE,
        "created_at": NOW,
        "confirmed_at": NOW,
    }
    row = models.Subscriber(**defaults | changes)
    for query in queries:
        row.subscriptions.append(
            models.Subscription(topic=topic(session, query), created_at=NOW, is_paused=False)
        )
    session.add(row)
    session.flush()
    enlist(session, row, NOW)
    row.due_at = due_at
    session.get_one(models.Schedule, row.schedule_id).next_due_at = next_due_at
    session.flush()
    return row


def topic(session: Session, query: str, **changes: Any) -> models.Topic:
    found = session.query(models.Topic).filter_by(query=query).one_or_none()
    if found:
        return found
    row = models.Topic(**{"query": query, "created_at": NOW, "matched_through": 0} | changes)
    session.add(row)
    session.flush()
    return row


def form_token(settings: Settings, shown_at: datetime = NOW - timedelta(minutes=1)) -> str:
    """What a form carries that was shown a minute ago."""
    detail, expires = str(int(shown_at.timestamp())), shown_at + timedelta(days=1)
    return tokens.sign(settings.keys, Scope.FORM, 0, detail=detail, expires=expires)
