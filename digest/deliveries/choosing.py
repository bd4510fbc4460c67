"""Choosing what each digest of a batch holds, and freezing it, so that a retry says the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from digest.deliveries.planning import THRESHOLDS
from digest.digests import Candidate, Digest, Item, choose
from digest.matches import paper_value
from digest.matching import Reason
from digest.models import (
    Change,
    Delivery,
    DeliveryStatus,
    Edition,
    Entry,
    MailKind,
    Match,
    Paper,
    Subscriber,
    Subscription,
    Topic,
)

Content = dict[str, Any]
"""A digest as JSON: the papers' ids and why each was chosen, what was cut, what was changed."""

_NEVER_ARRIVED = (
    DeliveryStatus.EXPIRED,
    DeliveryStatus.FAILED,
    DeliveryStatus.UNCERTAIN,
    DeliveryStatus.BOUNCED,
)


@dataclass(frozen=True, slots=True)
class Offer:
    """A paper that a topic brings, with why; the same for all who follow the topic."""

    candidate: Candidate
    reason: dict[str, Any] | None


class Offers:
    """What topics brought in closed editions; that never changes, so it is read once."""

    def __init__(self, most: int = 20_000) -> None:
        self._most = most
        self._kept: dict[_Stretch, tuple[Offer, ...]] = {}

    def of(self, session: Session, wanted: Set[_Stretch]) -> Mapping[_Stretch, tuple[Offer, ...]]:
        """Return the offers of topics in stretches of editions, best reason and all."""
        if len(self._kept) + len(wanted) > self._most:
            self._kept.clear()
        missing = defaultdict(set)
        for stretch in wanted - self._kept.keys():
            missing[stretch.after, stretch.through].add(stretch.topic_id)
        for (after, through), topic_ids in missing.items():
            self._kept |= _read_offers(session, topic_ids, after, through)
        return {stretch: self._kept[stretch] for stretch in wanted}


class _Stretch(NamedTuple):
    topic_id: int | None
    """None: the trending list."""
    after: int
    through: int


def choose_contents(
    session: Session, deliveries: Sequence[Delivery], offers: Offers
) -> dict[int, Content]:
    """Choose the papers of many digests with a handful of queries; by delivery id."""
    ids = [delivery.id for delivery in deliveries]
    topics = topics_followed(session, ids)
    stretches = {d.id: _stretches(d, topics.get(d.id)) for d in deliveries}
    offered = offers.of(session, set().union(*stretches.values()))
    undelivered = _undelivered_through(session, ids)
    changes = _changes_since_last_digest(session, ids)
    days = _days(session, offered)
    contents = {}
    for delivery in deliveries:
        reader = _subscriber(delivery)
        least = 0.0 if delivery.id not in topics else THRESHOLDS[reader.selectivity]
        mine = {
            (offer.candidate.topic_id, offer.candidate.paper_id): offer
            for stretch in stretches[delivery.id]
            for offer in offered[stretch]
            if offer.candidate.score >= least
        }
        choice = choose((offer.candidate for offer in mine.values()), reader.max_papers)
        contents[delivery.id] = {
            "items": [
                {
                    "paper": chosen.paper_id,
                    "topic": chosen.topic_id,
                    "score": round(chosen.score, 4),
                    "reason": mine[chosen.topic_id, chosen.paper_id].reason,
                    "day": days[chosen.sequence].isoformat(),
                    "is_leftover": chosen.sequence <= undelivered.get(delivery.id, 0),
                }
                for chosen in choice.chosen
            ],
            "cut": choice.cut,
            "topics": {str(number): query for number, query in topics.get(delivery.id, {}).items()},
            "changes": changes.get(delivery.id, []),
        }
    return contents


def digests(session: Session, contents: Mapping[int, Content]) -> dict[int, Digest]:
    """Turn frozen contents back into digests, by delivery id; papers since deleted are left out."""
    wanted = {item["paper"] for content in contents.values() for item in content["items"]}
    rows = session.scalars(select(Paper).where(Paper.id.in_(wanted)))
    papers = {row.id: paper_value(row) for row in rows}
    return {
        delivery_id: Digest(
            day=max((item.day for item in items), default=date.min),
            items=items,
            cut=content["cut"],
            topics=tuple(content["topics"].values()),
            changes=tuple(content["changes"]),
        )
        for delivery_id, content in contents.items()
        if (
            items := tuple(
                _item(item, papers[item["paper"]], content["topics"])
                for item in content["items"]
                if item["paper"] in papers
            )
        )
    }


def _item(item: Mapping[str, Any], paper: Any, topics: Mapping[str, str]) -> Item:
    return Item(
        paper=paper,
        topic=topics.get(str(item["topic"])),
        score=item["score"],
        reason=Reason.from_json(item["reason"]) if item["reason"] else None,
        day=date.fromisoformat(item["day"]),
        is_leftover=item["is_leftover"],
    )


def topics_followed(session: Session, ids: Sequence[int]) -> dict[int, dict[int, str]]:
    """Return the queries each delivery's reader follows, by topic id, paused ones left out.

    A delivery whose reader has no topics at all is missing from the answer.
    """
    rows = session.execute(
        select(Delivery.id, Topic.id, Topic.query, Subscription.is_paused)
        .join(Subscription, Subscription.subscriber_id == Delivery.subscriber_id)
        .join(Topic, Topic.id == Subscription.topic_id)
        .where(Delivery.id.in_(ids))
        .order_by(Subscription.id)
    )
    topics: dict[int, dict[int, str]] = {}
    for delivery_id, topic_id, query, is_paused in rows:
        followed = topics.setdefault(delivery_id, {})
        if not is_paused:
            followed[topic_id] = query
    return topics


def _stretches(delivery: Delivery, topics: Mapping[int, str] | None) -> set[_Stretch]:
    after, through = delivery.from_sequence, delivery.through_sequence
    followed: Iterable[int | None] = [None] if topics is None else topics
    return {_Stretch(topic_id, after, through) for topic_id in followed}


def _read_offers(
    session: Session, topic_ids: Set[int | None], after: int, through: int
) -> dict[_Stretch, tuple[Offer, ...]]:
    found: defaultdict[int | None, list[Offer]] = defaultdict(list)
    if None in topic_ids:
        found[None] = _trending(session, after, through)
    rows = session.execute(
        select(
            Match.topic_id,
            Match.paper_id,
            Match.score,
            Match.sequence,
            Match.reason,
            Paper.upvotes,
            Entry.rank,
        )
        .join(Edition, Edition.sequence == Match.sequence)
        .join(Paper, Paper.id == Match.paper_id)
        .join(Entry, (Entry.edition_id == Edition.id) & (Entry.paper_id == Paper.id))
        .where(
            Match.topic_id.in_([number for number in topic_ids if number is not None]),
            Match.sequence > after,
            Match.sequence <= through,
        )
    )
    for row in rows:
        candidate = Candidate(
            paper_id=row.paper_id,
            topic_id=row.topic_id,
            score=row.score,
            upvotes=row.upvotes,
            rank=row.rank,
            sequence=row.sequence,
        )
        found[row.topic_id].append(Offer(candidate, row.reason))
    return {_Stretch(number, after, through): tuple(found[number]) for number in topic_ids}


def _trending(session: Session, after: int, through: int) -> list[Offer]:
    """Return the new papers of some editions for readers without topics."""
    rows = session.execute(
        select(Entry.paper_id, Entry.rank, Edition.sequence, Paper.upvotes)
        .join(Edition, Edition.id == Entry.edition_id)
        .join(Paper, Paper.id == Entry.paper_id)
        .where(Entry.is_new, Edition.sequence > after, Edition.sequence <= through)
    )
    return [
        Offer(
            Candidate(
                paper_id=row.paper_id,
                topic_id=None,
                score=0.0,
                upvotes=row.upvotes,
                rank=row.rank,
                sequence=row.sequence,
            ),
            None,
        )
        for row in rows
    ]


def _undelivered_through(session: Session, ids: Sequence[int]) -> dict[int, int]:
    """Return how far earlier digests reached that never arrived, by delivery id."""
    earlier = aliased(Delivery)
    rows = session.execute(
        select(Delivery.id, func.max(earlier.through_sequence).label("through"))
        .join(earlier, earlier.subscriber_id == Delivery.subscriber_id)
        .where(
            Delivery.id.in_(ids),
            earlier.id < Delivery.id,
            earlier.kind == MailKind.DIGEST,
            earlier.status.in_(_NEVER_ARRIVED),
        )
        .group_by(Delivery.id)
    )
    return {row.id: row.through for row in rows}


def _changes_since_last_digest(session: Session, ids: Sequence[int]) -> dict[int, list[str]]:
    earlier = aliased(Delivery)
    last_sent = (
        select(func.max(earlier.planned_at))
        .where(
            earlier.subscriber_id == Delivery.subscriber_id,
            earlier.kind == MailKind.DIGEST,
            earlier.status == DeliveryStatus.SENT,
        )
        .scalar_subquery()
    )
    rows = session.execute(
        select(Delivery.id, Change.sentence)
        .join(Change, Change.subscriber_id == Delivery.subscriber_id)
        .where(Delivery.id.in_(ids), Change.made_at > last_sent)
        .order_by(Change.id)
    )
    changes: dict[int, list[str]] = {}
    for delivery_id, sentence in rows:
        changes.setdefault(delivery_id, []).append(sentence)
    return changes


def _days(session: Session, offered: Mapping[_Stretch, object]) -> dict[int, date]:
    """Return the days of the editions in question, by sequence."""
    earliest = min((stretch.after for stretch in offered), default=0)
    rows = session.execute(select(Edition.sequence, Edition.day).where(Edition.sequence > earliest))
    return {sequence: day for sequence, day in rows if sequence is not None}


def _subscriber(delivery: Delivery) -> Subscriber:
    if delivery.subscriber is None:
        raise ValueError(f"delivery {delivery.id} has lost its subscriber")
    return delivery.subscriber
