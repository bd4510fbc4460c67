"""Recording what became of each delivery, a group in one transaction, fenced by the attempt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Integer,
    and_,
    bindparam,
    case,
    cast,
    column,
    func,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.orm import Session

from digest.database import Database
from digest.deliveries.answers import Blame, Verdict
from digest.deliveries.holds import domain_of, hold
from digest.deliveries.strikes import give_up, has_been_full, has_struck_out
from digest.models import (
    Attempt,
    Delivery,
    DeliveryStatus,
    HoldKind,
    MailKind,
    Phase,
    Subscriber,
)
from digest.smtp import Answer
from digest.suppressions import suppress

_OPEN = (DeliveryStatus.PLANNED, DeliveryStatus.CLAIMED, DeliveryStatus.DEFERRED)


@dataclass(frozen=True, slots=True)
class Result:
    """What one attempt came to."""

    delivery_id: int
    subscriber_id: int
    attempt: int
    kind: MailKind
    verdict: Verdict
    text: str
    phase: Phase
    answer: Answer | None

    @classmethod
    def of(
        cls,
        delivery: Delivery,
        verdict: Verdict,
        text: str = "",
        *,
        answer: Answer | None = None,
        phase: Phase = Phase.CLAIMED,
    ) -> Result:
        return cls(
            delivery_id=delivery.id,
            subscriber_id=delivery.subscriber_id or 0,
            attempt=delivery.attempt,
            kind=delivery.kind,
            verdict=verdict,
            text=f"{answer.code} {answer.text}" if answer else text,
            phase=phase,
            answer=answer,
        )


def record(
    database: Database, keys: Sequence[bytes], results: Sequence[Result], now: datetime
) -> None:
    """Write down what became of a group.

    Only the attempt that is still the delivery's latest may write, and only while the delivery
    is claimed or, after a lost lease, uncertain: a late answer is better than none.
    """
    if not results:
        return
    with database.write() as session:
        connection = session.connection()
        sent = [result for result in results if result.verdict.status is DeliveryStatus.SENT]
        others = [result for result in results if result.verdict.status is not DeliveryStatus.SENT]
        if sent:
            answers = {result.delivery_id: _answer_values(result) for result in sent}
            for statement in (_SET_DELIVERIES_SENT, _SET_ATTEMPTS_SENT):
                connection.execute(statement, {"answers": answers, "now": now})
            connection.execute(_MOVE_POSITIONS, {"deliveries": list(answers)})
        if others:
            connection.execute(_SET_DELIVERY, [_delivery_values(result, now) for result in others])
            connection.execute(_SET_ATTEMPT, [_attempt_values(result, now) for result in others])
        _strike(session, keys, results, now)
        _hold(session, results, now)


def is_server_out(results: Sequence[Result]) -> bool:
    """Whether a whole group found the mail server gone, or was turned away by it."""
    return bool(results) and all(r.verdict.holds is HoldKind.SERVER for r in results)


def _hold(session: Session, results: Sequence[Result], now: datetime) -> None:
    """Let those behind a refusal of us wait too, instead of being refused one by one."""
    if is_server_out(results):
        hold(session, HoldKind.SERVER, "", results[0].text, now)
    for result in (one for one in results if one.verdict.holds is HoldKind.DOMAIN):
        reader = session.get(Subscriber, result.subscriber_id)
        if reader:
            hold(session, HoldKind.DOMAIN, domain_of(reader.address_key), result.text, now)


def _strike(
    session: Session, keys: Sequence[bytes], results: Sequence[Result], now: datetime
) -> None:
    for result in (one for one in results if one.verdict.status is DeliveryStatus.FAILED):
        reader, blame = result.subscriber_id, result.verdict.blame
        if blame is Blame.ADDRESS or (blame is Blame.UNKNOWN and has_struck_out(session, reader)):
            wanted = select(Subscriber.address_key).where(Subscriber.id == reader)
            # Not the server's words: they may hold the address, and a suppression outlives it.
            code = result.answer.enhanced_code or result.answer.code if result.answer else ""
            suppress(session, keys, session.scalars(wanted), f"refused {code}".strip(), now)
        elif has_been_full(session, reader, result.delivery_id):
            give_up(session, reader, now)


# Nearly all are sent: those of a group are written by one statement a table, with the answers by
# delivery id as one JSON object, which both databases read.
_answers = func.json_each(bindparam("answers", type_=JSON)).table_valued(
    "key", column("value", JSON)
)
_answered = cast(_answers.c.key, Integer)
_said = _answers.c.value
_SET_DELIVERIES_SENT = (
    update(Delivery.__table__)  # type: ignore[arg-type]
    .where(
        Delivery.id == _answered,
        Delivery.attempt == _said["number"].as_integer(),
        Delivery.status.in_((DeliveryStatus.CLAIMED, DeliveryStatus.UNCERTAIN)),
    )
    .values(
        status=DeliveryStatus.SENT,
        answer=_said["text"].as_string(),
        finished_at=bindparam("now"),
    )
)
_SET_ATTEMPTS_SENT = (
    update(Attempt.__table__)  # type: ignore[arg-type]
    .where(Attempt.delivery_id == _answered, Attempt.number == _said["number"].as_integer())
    .values(
        phase=Phase.ANSWERED,
        answered_at=bindparam("now"),
        code=_said["code"].as_integer(),
        enhanced_code=_said["enhanced_code"].as_string(),
        answer=_said["text"].as_string(),
        queue_id=_said["queue_id"].as_string(),
    )
)
_MOVE_POSITIONS = (
    update(Subscriber.__table__)  # type: ignore[arg-type]
    .where(
        Delivery.id.in_(bindparam("deliveries", expanding=True)),
        Delivery.kind == MailKind.DIGEST,
        Delivery.status == DeliveryStatus.SENT,
        Delivery.subscriber_id == Subscriber.id,
        Delivery.through_sequence > Subscriber.read_through,
    )
    .values(read_through=Delivery.through_sequence)
)
_SET_DELIVERY = (
    update(Delivery.__table__)  # type: ignore[arg-type]
    .where(
        Delivery.id == bindparam("delivery"),
        Delivery.attempt == bindparam("number"),
        or_(
            Delivery.status == DeliveryStatus.CLAIMED,
            Delivery.status == DeliveryStatus.UNCERTAIN,
        ),
    )
    .values(
        # An uncertain one never goes out again: the reader's next digest may be planned already.
        status=case(
            (
                and_(
                    Delivery.status == DeliveryStatus.UNCERTAIN,
                    bindparam("is_deferred", type_=Boolean),
                ),
                literal(DeliveryStatus.FAILED, Delivery.status.type),
            ),
            else_=bindparam("new_status", type_=Delivery.status.type),
        ),
        answer=bindparam("text"),
        finished_at=bindparam("finished"),
        next_attempt_at=bindparam("again_at"),
    )
)
_SET_ATTEMPT = (
    update(Attempt.__table__)  # type: ignore[arg-type]
    .where(Attempt.delivery_id == bindparam("delivery"), Attempt.number == bindparam("its_number"))
    .values(
        phase=bindparam("its_phase"),
        answered_at=bindparam("at"),
        code=bindparam("its_code"),
        enhanced_code=bindparam("its_enhanced_code"),
        answer=bindparam("text"),
        queue_id=bindparam("its_queue_id"),
    )
)


def _delivery_values(result: Result, now: datetime) -> dict[str, Any]:
    verdict = result.verdict
    return {
        "delivery": result.delivery_id,
        "number": result.attempt,
        "new_status": verdict.status,
        "is_deferred": verdict.status is DeliveryStatus.DEFERRED,
        "text": result.text[:1000],
        "finished": None if verdict.status in _OPEN else now,
        "again_at": now + (verdict.retry_after or timedelta()),
    }


def _attempt_values(result: Result, now: datetime) -> dict[str, Any]:
    answer = result.answer
    return {
        "delivery": result.delivery_id,
        "its_number": result.attempt,
        "its_phase": result.phase,
        "at": now,
        "its_code": answer.code if answer else None,
        "its_enhanced_code": answer.enhanced_code if answer else "",
        "text": result.text[:1000],
        "its_queue_id": answer.queue_id if answer else "",
    }


def _answer_values(result: Result) -> dict[str, Any]:
    """What was said to a sent one, for JSON."""
    answer = result.answer
    return {
        "number": result.attempt,
        "code": answer.code if answer else None,
        "enhanced_code": answer.enhanced_code if answer else "",
        "text": result.text[:1000],
        "queue_id": answer.queue_id if answer else "",
    }
