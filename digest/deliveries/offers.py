"""Offers: what topics bring to digests, read and made ready once for all who follow them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Text, cast, select
from sqlalchemy.orm import Session

from digest.database import write_json
from digest.digests import Candidate, Item
from digest.library import paper_value
from digest.matching import Reason
from digest.models import Edition, Entry, Match, Paper, Topic
from digest.papers import Paper as PaperValue

_KEPT_FOR = timedelta(minutes=10)
OfferKey = tuple[int | None, int]


class Stretch(NamedTuple):
    topic_id: int | None
    """None: the trending list."""
    after: int
    through: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer(Candidate):
    """A paper that a topic brings, and why; the same for all who follow the topic."""

    query: str | None
    reason: str | None
    """As JSON: most offers are never chosen."""
    day: date

    @property
    def key(self) -> OfferKey:
        return self.topic_id, self.paper_id


class Kept(NamedTuple):
    """A paper of a digest as it is frozen with the delivery: in JSON a short list."""

    paper_id: int
    topic_id: int | None
    score: float
    reason: dict[str, Any] | None
    day: str
    is_leftover: bool = False


class Shown(NamedTuple):
    """A chosen offer as it is shown, and as it is frozen."""

    item: Item
    kept: str
    """A Kept as JSON."""

    def as_leftover(self) -> Shown:
        """Return it as of a digest that should have brought it and never arrived."""
        kept = Kept(*json.loads(self.kept))._replace(is_leftover=True)
        return Shown(replace(self.item, is_leftover=True), write_json(kept))


class Offers:
    """What topics brought in closed editions, read once for all who follow them."""

    def __init__(self, most: int = 100_000) -> None:
        self._most = most
        self._since: datetime | None = None
        self._forget()

    def refresh(self, now: datetime) -> None:
        """Forget what was read a while ago: a paper may have been corrected meanwhile."""
        if self._since is None or now - self._since > _KEPT_FOR:
            self._forget()
            self._since = now

    def of(self, session: Session, wanted: Set[Stretch]) -> Mapping[Stretch, tuple[Offer, ...]]:
        """Return the offers of topics in stretches of editions."""
        if sum(map(len, self._kept.values())) > self._most:
            self._forget()
        kept, missing = self._kept, defaultdict(set)
        for stretch in wanted - kept.keys():
            missing[stretch.after, stretch.through].add(stretch.topic_id)
        for (after, through), topic_ids in missing.items():
            kept |= _read_offers(session, topic_ids, after, through)
        return kept

    def queries(self, session: Session, topic_ids: Set[int]) -> Mapping[int, str]:
        """Return what topics ask for, by number."""
        missing = topic_ids - self._queries.keys()
        if missing:
            wanted = select(Topic.id, Topic.query).where(Topic.id.in_(missing))
            self._queries |= dict(session.execute(wanted).all())
        return self._queries

    def shown(self, session: Session, offers: Iterable[Offer]) -> Mapping[OfferKey, Shown]:
        """Return chosen offers ready to show and to freeze, by topic and paper."""
        shown, papers = self._shown, self._papers
        fresh = {offer.key: offer for offer in offers if offer.key not in shown}
        papers |= papers_by_id(
            session, {offer.paper_id for offer in fresh.values()} - papers.keys()
        )
        for key, offer in fresh.items():
            shown[key] = _show(offer, papers[offer.paper_id])
        return shown

    def _forget(self) -> None:
        self._kept: dict[Stretch, tuple[Offer, ...]] = {}
        self._queries: dict[int, str] = {}
        self._papers: dict[int, PaperValue] = {}
        self._shown: dict[OfferKey, Shown] = {}


def papers_by_id(session: Session, ids: Set[int]) -> dict[int, PaperValue]:
    """Return papers as values; deleted ones are missing."""
    if not ids:
        return {}
    rows = session.scalars(select(Paper).where(Paper.id.in_(ids)))
    return {row.id: paper_value(row) for row in rows}


def _read_offers(
    session: Session, topic_ids: Set[int | None], after: int, through: int
) -> dict[Stretch, tuple[Offer, ...]]:
    found: defaultdict[int | None, list[Offer]] = defaultdict(list)
    if None in topic_ids:
        found[None] = _trending(session, after, through)
    rows = session.execute(
        select(
            Match.topic_id,
            Topic.query,
            Match.score,
            cast(Match.reason, Text).label("reason"),
            Match.paper_id,
            Paper.upvotes,
            Entry.rank,
            Match.sequence,
            Edition.day,
        )
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
    for row in rows:
        found[row.topic_id].append(Offer(**row._mapping))
    return {Stretch(number, after, through): tuple(found[number]) for number in topic_ids}


def _trending(session: Session, after: int, through: int) -> list[Offer]:
    """Return the new papers of some editions for readers without topics."""
    rows = session.execute(
        select(Entry.paper_id, Paper.upvotes, Entry.rank, Edition.sequence, Edition.day)
        .join(Edition, Edition.id == Entry.edition_id)
        .join(Paper, Paper.id == Entry.paper_id)
        .where(Entry.is_new, Edition.sequence > after, Edition.sequence <= through)
    )
    return [
        Offer(topic_id=None, query=None, score=0.0, reason=None, **row._mapping) for row in rows
    ]


def _show(offer: Offer, paper: PaperValue) -> Shown:
    reason = json.loads(offer.reason) if offer.reason else None
    score = round(offer.score, 4)
    item = Item(
        paper=paper,
        topic=offer.query,
        score=score,
        reason=Reason.from_json(reason) if reason else None,
        day=offer.day,
    )
    kept = Kept(offer.paper_id, offer.topic_id, score, reason, offer.day.isoformat())
    return Shown(item, write_json(kept))
