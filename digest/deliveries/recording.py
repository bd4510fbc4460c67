"""Recording what became of each delivery, a group in one transaction, fenced by the attempt."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import (
    Boolean,
    Connection,
    and_,
    bindparam,
    case,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.orm import Session

from digest.database import Database, bound, by_number, insert_into
from digest.deliveries.answers import Blame, Verdict
from digest.deliveries.holds import domain_of, hold
from digest.deliveries.jobs import Job
from digest.deliveries.strikes import give_up, has_been_full, has_struck_out
from digest.enums import DeliveryStatus, HoldKind, MailKind, Phase
from digest.models import Attempt, Delivery, Subscriber
from digest.smtp import Answer
from digest.suppressions import suppress

_OPEN = (DeliveryStatus.PLANNED, DeliveryStatus.CLAIMED, DeliveryStatus.DEFERRED)
# Not a list, which would be written into the statement anew each time it is executed.
_MAY_STILL_HEAR = or_(
    Delivery.status == DeliveryStatus.CLAIMED, Delivery.status == DeliveryStatus.UNCERTAIN
)


class Result(NamedTuple):
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
        job: Job,
        verdict: Verdict,
        text: str = "",
        *,
        answer: Answer | None = None,
        phase: Phase = Phase.CLAIMED,
    ) -> Result:
        return cls(
            delivery_id=job.id,
            subscriber_id=job.subscriber_id,
            attempt=job.attempt,
            kind=job.kind,
            verdict=verdict,
            text=f"{answer.code} {answer.text}" if answer else text,
            phase=phase,
            answer=answer,
        )


def record(
    database: Database,
    keys: Sequence[bytes],
    results: Sequence[Result],
    worker: str,
    now: datetime,
) -> None:
    """Write down what became of a group; done twice, it changes nothing.

    Only the attempt that is still the delivery's latest may write, and only while the delivery
    is claimed or, after a lost lease, uncertain: a late answer is better than none.
    """
    sent = [result for result in results if result.verdict.status is DeliveryStatus.SENT]
    others = [result for result in results if result.verdict.status is not DeliveryStatus.SENT]
    if sent:
        with database.statement() as connection:
            _record_sent(connection, sent, now)
    if others:
        with database.transaction() as connection, Session(connection) as session:
            _record_others(session, others, worker, now)
            _strike(session, keys, others, now)
            _hold(session, results, now)
            session.flush()


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


def _record_sent(connection: Connection, sent: Sequence[Result], now: datetime) -> None:
    """Nearly all are sent: those of a group are written by one statement a table."""
    said = {result.delivery_id: _answer_values(result) for result in sent}
    values = bound("answers", said) | {"now": now}
    if connection.dialect.name == "postgresql":
        connection.execute(_RECORD_SENT, values)
        return
    for statement in (_SET_DELIVERIES_SENT, _SET_ATTEMPTS_SENT, _MOVE_POSITIONS):
        connection.execute(statement, values)


def _record_others(session: Session, others: Sequence[Result], worker: str, now: datetime) -> None:
    connection = session.connection()
    connection.execute(_SET_DELIVERY, [_delivery_values(result, now) for result in others])
    rows = [_attempt_values(result, worker, now) for result in others]
    written = insert_into(session, Attempt)
    kept = {name: written.excluded[name] for name in _ANSWERED}
    unique = ["delivery_id", "number"]
    connection.execute(written.on_conflict_do_update(index_elements=unique, set_=kept), rows)


_answers = by_number("answers")
_answered, _said = _answers.c.number, _answers.c.value
_SET_DELIVERIES_SENT = (
    update(Delivery.__table__)  # type: ignore[arg-type]
    .where(
        Delivery.id == _answered,
        Delivery.attempt == _said["number"].as_integer(),
        _MAY_STILL_HEAR,
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
        Delivery.id == _answered,
        Delivery.kind == MailKind.DIGEST,
        Delivery.status == DeliveryStatus.SENT,
        Delivery.subscriber_id == Subscriber.id,
        Delivery.through_sequence > Subscriber.read_through,
    )
    .values(read_through=Delivery.through_sequence)
)
_sent = _SET_DELIVERIES_SENT.returning(
    Delivery.subscriber_id, Delivery.kind, Delivery.through_sequence
).cte("sent")
_RECORD_SENT = (
    update(Subscriber.__table__)  # type: ignore[arg-type]
    .where(
        _sent.c.kind == MailKind.DIGEST,
        _sent.c.subscriber_id == Subscriber.id,
        _sent.c.through_sequence > Subscriber.read_through,
    )
    .values(read_through=_sent.c.through_sequence)
    .add_cte(_SET_ATTEMPTS_SENT.cte("answered"))
)
"""All three in one statement, which SQLite does not know."""
_SET_DELIVERY = (
    update(Delivery.__table__)  # type: ignore[arg-type]
    .where(
        Delivery.id == bindparam("delivery"),
        Delivery.attempt == bindparam("number"),
        _MAY_STILL_HEAR,
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
_ANSWERED = ("phase", "answered_at", "code", "enhanced_code", "answer", "queue_id")
"""What is heard after the gate wrote an attempt."""


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


def _attempt_values(result: Result, worker: str, now: datetime) -> dict[str, Any]:
    answer = result.answer
    return {
        "delivery_id": result.delivery_id,
        "number": result.attempt,
        "worker": worker,
        "phase": result.phase,
        "answered_at": now,
        "code": answer.code if answer else None,
        "enhanced_code": answer.enhanced_code if answer else "",
        "answer": result.text[:1000],
        "queue_id": answer.queue_id if answer else "",
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
