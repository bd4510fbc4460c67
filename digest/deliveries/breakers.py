"""Breakers: digests of an edition that does harm are stopped until somebody has looked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import Row, Select, distinct, func, select, text
from sqlalchemy.orm import Session, aliased

from digest.database import Database
from digest.deliveries.answers import Blame
from digest.deliveries.holds import hold
from digest.enums import DeliveryStatus, FeedbackKind, HoldKind, MailKind
from digest.models import Attempt, Delivery, FeedbackEvent, Hold

_LEAST_TRIED = 100
_LEAST_TROUBLE = 3
"""Fewer are chance, not a share."""
_MOST_REFUSED_BY_POLICY = 0.01
_MOST_COMPLAINTS = 0.001
_MOST_BOUNCED = 0.05
_LOOKED_AT = timedelta(days=3)
_BOUNCED = (DeliveryStatus.FAILED, DeliveryStatus.BOUNCED)
_TROUBLE = (*_BOUNCED, DeliveryStatus.COMPLAINED)


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What became of the digests that reach up to one edition."""

    tried: int = 0
    refused_by_policy: int = 0
    complained: int = 0
    bounced: int = 0
    """Refused for good at once, or returned later."""
    sent_twice: int = 0


def verdict(outcomes: Outcomes) -> str:
    """Say why an edition must stop, or nothing."""
    if outcomes.sent_twice:
        return f"{outcomes.sent_twice} digests were taken twice, which must never happen"
    shares = (
        (outcomes.refused_by_policy, _MOST_REFUSED_BY_POLICY, "refused by policy (5.7.x)"),
        (outcomes.complained, _MOST_COMPLAINTS, "reported as spam"),
        (outcomes.bounced, _MOST_BOUNCED, "refused for good or returned"),
    )
    if outcomes.tried < _LEAST_TRIED:
        return ""
    for count, most, what in shares:
        if count >= _LEAST_TROUBLE and count > most * outcomes.tried:
            return f"{count} of {outcomes.tried} digests were {what}; the limit is {most:.1%}"
    return ""


def trip(database: Database, now: datetime) -> int:
    """Stop every edition that deserves it; return how many. A released one is not stopped again."""
    with database.write() as session:
        stopped = set(session.scalars(select(Hold.name).where(Hold.kind == HoldKind.EDITION)))
        reasons = {
            str(sequence): reason
            for sequence, outcomes in _troubled(session, now).items()
            if str(sequence) not in stopped and (reason := verdict(outcomes))
        }
        for name, reason in sorted(reasons.items()):
            hold(session, HoldKind.EDITION, name, reason, now)
        return len(reasons)


def _troubled(session: Session, now: datetime) -> dict[int, Outcomes]:
    """Return the outcomes of the editions that had any trouble in the last days.

    Partial indexes hold nothing but trouble, so a day without any costs nothing.
    """
    since = now - _LOOKED_AT
    found: dict[int, Outcomes] = {}
    for sequence, bounced, complained in session.execute(_returned(since)):
        found[sequence] = Outcomes(bounced=bounced, complained=complained)
    for refusals in (_refused_by_policy(since), _returned_by_policy(since)):
        for sequence, refused in session.execute(refusals):
            before = found.get(sequence, Outcomes())
            together = before.refused_by_policy + refused
            found[sequence] = replace(before, refused_by_policy=together)
    for sequence, twice in session.execute(_sent_twice(since)):
        found[sequence] = replace(found.get(sequence, Outcomes()), sent_twice=twice)
    tried = dict(_tried(session, found))
    return {key: replace(one, tried=tried.get(key, 0)) for key, one in found.items()}


def _returned(since: datetime) -> Select[int, int, int]:
    bounced = func.count(Delivery.id).filter(Delivery.status.in_(_BOUNCED))
    complained = func.count(Delivery.id).filter(Delivery.status == DeliveryStatus.COMPLAINED)
    return (
        select(Delivery.through_sequence, bounced, complained)
        .where(
            Delivery.kind == MailKind.DIGEST,
            Delivery.status.in_(_TROUBLE),
            Delivery.planned_at > since,
        )
        .group_by(Delivery.through_sequence)
    )


def _refused_by_policy(since: datetime) -> Select[int, int]:
    return (
        select(Delivery.through_sequence, func.count(distinct(Delivery.id)))
        .join(Attempt, Attempt.delivery_id == Delivery.id)
        .where(
            Delivery.kind == MailKind.DIGEST,
            text("attempts.enhanced_code LIKE '5.7.%'"),
            Attempt.answered_at > since,
        )
        .group_by(Delivery.through_sequence)
    )


def _returned_by_policy(since: datetime) -> Select[int, int]:
    """Behind a relay of our own, a refusal by policy comes as a bounce."""
    return (
        select(Delivery.through_sequence, func.count(distinct(Delivery.id)))
        .join(FeedbackEvent, FeedbackEvent.delivery_id == Delivery.id)
        .where(
            Delivery.kind == MailKind.DIGEST,
            FeedbackEvent.kind == FeedbackKind.BOUNCED,
            FeedbackEvent.blame == Blame.OURS,
            FeedbackEvent.heard_at > since,
        )
        .group_by(Delivery.through_sequence)
    )


def _sent_twice(since: datetime) -> Select[int, int]:
    first = aliased(Attempt)
    return (
        select(Delivery.through_sequence, func.count(distinct(Delivery.id)))
        .join(Attempt, Attempt.delivery_id == Delivery.id)
        .join(first, (first.delivery_id == Delivery.id) & (first.number < Attempt.number))
        .where(
            Delivery.kind == MailKind.DIGEST,
            Attempt.number > 1,
            Attempt.answered_at > since,
            Attempt.code.between(200, 299),
            first.code.between(200, 299),
        )
        .group_by(Delivery.through_sequence)
    )


def _tried(session: Session, sequences: Iterable[int]) -> Iterable[Row[int, int]]:
    wanted = list(sequences)
    if not wanted:
        return ()
    return session.execute(
        select(Delivery.through_sequence, func.count(Delivery.id))
        .where(
            Delivery.kind == MailKind.DIGEST,
            Delivery.through_sequence.in_(wanted),
            Delivery.attempt > 0,
        )
        .group_by(Delivery.through_sequence)
    ).all()
