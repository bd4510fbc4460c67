"""News: whether something new lies in front of a reader, and from which score on it is theirs."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select
from sqlalchemy.orm import Session

from digest.enums import Selectivity
from digest.matches import newest_with_papers
from digest.matching import FEWER, MORE, NORMAL
from digest.models import Edition, Match, Subscriber, Subscription, Topic

THRESHOLDS = {Selectivity.FEWER: FEWER, Selectivity.NORMAL: NORMAL, Selectivity.MORE: MORE}
"""The score from which a paper belongs, by the reader's own wish."""


def matched_through(session: Session) -> int:
    """Return the last edition that every topic was held against."""
    newest = session.scalar(select(func.max(Edition.sequence))) or 0
    slowest = session.scalar(select(func.min(Topic.matched_through)))
    return newest if slowest is None else min(newest, slowest)


def has_news(session: Session, through: int) -> ColumnElement[bool]:
    """Whether an edition in front of the reader holds something for them."""
    return or_(_has_matches(through), _has_whole_list(session, through))


def _has_matches(through: int) -> ColumnElement[bool]:
    """Whether a topic of theirs matched something in front of the reader."""
    # One match is enough: joined, a reader would be held against every match of every topic.
    matched = (
        select(Match.topic_id)
        .where(
            Match.topic_id == Subscription.topic_id,
            Match.sequence > Subscriber.read_through,
            Match.sequence <= through,
            Match.score >= case(THRESHOLDS, value=Subscriber.selectivity),
        )
        .correlate(Subscription, Subscriber)
    )
    return exists().where(
        Subscription.subscriber_id == Subscriber.id, ~Subscription.is_paused, matched.exists()
    )


def _has_whole_list(session: Session, through: int) -> ColumnElement[bool]:
    """Whether papers lie in front of a reader without topics, who gets the whole list."""
    # Compared as a value, since for an EXISTS PostgreSQL may list all readers.
    followed = select(Subscription.id).where(Subscription.subscriber_id == Subscriber.id).limit(1)
    return and_(
        followed.scalar_subquery().is_(None),
        Subscriber.read_through < newest_with_papers(session, through),
    )
