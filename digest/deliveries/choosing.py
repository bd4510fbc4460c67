"""Choosing what each digest of a batch holds, and freezing it, so that a retry says the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
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
from digest.papers import Paper as PaperValue

Content = dict[str, Any]
"""A digest as JSON: the papers' ids and why each was chosen, what was cut, what was changed."""

_NEVER_ARRIVED = (
    DeliveryStatus.EXPIRED,
    DeliveryStatus.FAILED,
    DeliveryStatus.UNCERTAIN,
    DeliveryStatus.BOUNCED,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer(Candidate):
    """A paper that a topic brings, as it is shown and as it is frozen; the same for all readers."""

    item: Item
    frozen: dict[str, Any]


class Offers:
    """What topics brought in closed editions, read once in a run for all who follow them."""

    def __init__(self, most: int = 20_000) -> None:
        self._most = most
        self._kept: dict[_Stretch, tuple[Offer, ...]] = {}

    def forget(self) -> None:
        """Read anew from now on, as a paper may have been corrected or deleted meanwhile."""
        self._kept.clear()

    def of(self, session: Session, wanted: Set[_Stretch]) -> Mapping[_Stretch, tuple[Offer, ...]]:
        """Return the offers of topics in stretches of editions."""
        if len(self._kept) + len(wanted) > self._most:
            self.forget()
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


class Chosen(NamedTuple):
    """What a delivery holds, to freeze and to show."""

    content: Content
    digest: Digest | None
    """None: nothing is left."""


def choose_digests(
    session: Session, deliveries: Sequence[Delivery], offers: Offers
) -> dict[int, Chosen]:
    """Choose the papers of many digests with a handful of queries; by delivery id."""
    ids = [delivery.id for delivery in deliveries]
    topics = topics_followed(session, ids)
    stretches = {d.id: _stretches(d, topics.get(d.id)) for d in deliveries}
    offered = offers.of(session, set().union(*stretches.values()))
    undelivered = _undelivered_through(session, ids)
    changes = _changes_since_last_digest(session, ids)
    return {
        delivery.id: _chosen(
            delivery,
            [offer for stretch in stretches[delivery.id] for offer in offered[stretch]],
            topics.get(delivery.id),
            undelivered.get(delivery.id, 0),
            changes.get(delivery.id, []),
        )
        for delivery in deliveries
    }


def _chosen(
    delivery: Delivery,
    offers: Iterable[Offer],
    topics: Mapping[int, str] | None,
    undelivered: int,
    changes: list[str],
) -> Chosen:
    reader = _subscriber(delivery)
    least = 0.0 if topics is None else THRESHOLDS[reader.selectivity]
    choice = choose((offer for offer in offers if offer.score >= least), reader.max_papers)
    content: Content = {
        "items": [
            {**offer.frozen, "is_leftover": offer.sequence <= undelivered}
            for offer in choice.chosen
        ],
        "cut": choice.cut,
        "topics": {str(number): query for number, query in (topics or {}).items()},
        "changes": changes,
    }
    items = tuple(
        replace(offer.item, is_leftover=True) if offer.sequence <= undelivered else offer.item
        for offer in choice.chosen
    )
    return Chosen(content, _digest(content, items))


def digests(session: Session, contents: Mapping[int, Content]) -> dict[int, Digest]:
    """Turn frozen contents back into digests, by delivery id; papers since deleted are left out."""
    wanted = {item["paper"] for content in contents.values() for item in content["items"]}
    rows = session.scalars(select(Paper).where(Paper.id.in_(wanted)))
    papers = {row.id: paper_value(row) for row in rows}
    return {
        delivery_id: digest
        for delivery_id, content in contents.items()
        if (digest := _digest(content, _items(content, papers)))
    }


def _digest(content: Content, items: tuple[Item, ...]) -> Digest | None:
    if not items:
        return None
    return Digest(
        day=max(item.day for item in items),
        items=items,
        cut=content["cut"],
        topics=tuple(content["topics"].values()),
        changes=tuple(content["changes"]),
    )


def _items(content: Content, papers: Mapping[int, PaperValue]) -> tuple[Item, ...]:
    return tuple(
        _item(item, papers[item["paper"]], content["topics"])
        for item in content["items"]
        if item["paper"] in papers
    )


def _item(item: Mapping[str, Any], paper: PaperValue, topics: Mapping[str, str]) -> Item:
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
        select(Match, Topic.query, Paper, Entry.rank, Edition.day)
        .join(Topic, Topic.id == Match.topic_id)
        .join(Edition, Edition.sequence == Match.sequence)
        .join(Paper, Paper.id == Match.paper_id)
        .join(Entry, (Entry.edition_id == Edition.id) & (Entry.paper_id == Paper.id))
        .where(
            Match.topic_id.in_([number for number in topic_ids if number is not None]),
            Match.sequence > after,
            Match.sequence <= through,
        )
    )
    for match, query, paper, rank, day in rows:
        found[match.topic_id].append(_offer(paper, rank, day, match.sequence, match, query))
    return {_Stretch(number, after, through): tuple(found[number]) for number in topic_ids}


def _trending(session: Session, after: int, through: int) -> list[Offer]:
    """Return the new papers of some editions for readers without topics."""
    rows = session.execute(
        select(Paper, Entry.rank, Edition.day, Edition.sequence)
        .join(Entry, Entry.paper_id == Paper.id)
        .join(Edition, Edition.id == Entry.edition_id)
        .where(Entry.is_new, Edition.sequence > after, Edition.sequence <= through)
    )
    return [_offer(paper, rank, day, sequence or 0) for paper, rank, day, sequence in rows]


def _offer(
    paper: Paper,
    rank: int,
    day: date,
    sequence: int,
    match: Match | None = None,
    query: str | None = None,
) -> Offer:
    topic_id, score = (match.topic_id, match.score) if match else (None, 0.0)
    reason = match.reason if match else None
    return Offer(
        paper_id=paper.id,
        topic_id=topic_id,
        score=score,
        upvotes=paper.upvotes,
        rank=rank,
        sequence=sequence,
        item=Item(
            paper=paper_value(paper),
            topic=query,
            score=round(score, 4),
            reason=Reason.from_json(reason) if reason else None,
            day=day,
        ),
        frozen={
            "paper": paper.id,
            "topic": topic_id,
            "score": round(score, 4),
            "reason": reason,
            "day": day.isoformat(),
        },
    )


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


def _subscriber(delivery: Delivery) -> Subscriber:
    if delivery.subscriber is None:
        raise ValueError(f"delivery {delivery.id} has lost its subscriber")
    return delivery.subscriber
