"""Sending: claim, build, offer, gate, conclude, record; a group of deliveries at a time.

The order is the promise. Up to the gate nothing can have been sent, so a crash means: try again.
The gate's transaction says "the terminator is about to be written" for the whole group; whatever
has that mark and no answer after a crash is *uncertain* and never sent again by itself.
"""

from __future__ import annotations

import logging
import random
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from digest.database import Database
from digest.deliveries.answers import Blame, Verdict, judge, unreachable
from digest.deliveries.claiming import claim, give_back, lease_renewed
from digest.deliveries.composing import Composed, Composer
from digest.deliveries.gate import pass_gate
from digest.deliveries.recording import Result, record
from digest.models import Delivery, DeliveryStatus, Phase
from digest.smtp import AnswerLost, Connection, ConnectionFailed, Parcel, Refused, Transport

_CONNECTIONS = 8
_NOT_BUILT_RETRY = timedelta(hours=1)
_BATCH = 128
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class DeliverCounts:
    """What became of the deliveries of one run."""

    sent: int = 0
    deferred: int = 0
    failed: int = 0
    uncertain: int = 0
    cancelled: int = 0

    @property
    def total(self) -> int:
        return self.sent + self.deferred + self.failed + self.uncertain + self.cancelled

    def plus(self, results: Sequence[Result]) -> DeliverCounts:
        def count(status: DeliveryStatus) -> int:
            return sum(result.verdict.status is status for result in results)

        return replace(
            self,
            sent=self.sent + count(DeliveryStatus.SENT),
            deferred=self.deferred + count(DeliveryStatus.DEFERRED),
            failed=self.failed + count(DeliveryStatus.FAILED),
            uncertain=self.uncertain + count(DeliveryStatus.UNCERTAIN),
            cancelled=self.cancelled + count(DeliveryStatus.CANCELLED),
        )


@dataclass(frozen=True, slots=True)
class Sending:
    """Where the mails of one worker come from and go to."""

    database: Database
    composer: Composer
    transport: Transport
    worker: str
    clock: Callable[[], datetime]
    connections: int = _CONNECTIONS


def deliver(
    sending: Sending,
    until: datetime | None = None,
    tell: Callable[[DeliverCounts], None] = lambda _: None,
) -> DeliverCounts:
    """Send what is ready, group by group; `tell` hears how it goes.

    Ends when nothing is ready, the mail server is out of reach, or at `until`.
    """
    counts = DeliverCounts()
    connections = [sending.transport.connect() for _ in range(sending.connections)]
    try:
        with ThreadPoolExecutor(len(connections)) as pool:
            while until is None or sending.clock() < until:
                batch = claim(sending.database, sending.clock(), sending.worker, _BATCH)
                if not batch:
                    break
                for results in _send_batch(sending, pool, connections, batch):
                    counts = counts.plus(results)
                    tell(counts)
                if results and all(r.verdict.blame is Blame.SERVER for r in results):
                    break
    finally:
        for connection in connections:
            connection.close()
    return counts


def _send_batch(
    sending: Sending,
    pool: ThreadPoolExecutor,
    connections: Sequence[Connection],
    batch: Sequence[Delivery],
) -> Iterator[list[Result]]:
    """Compose a batch at once, then hand it over a group at a time, one mail a connection.

    Whatever the batch still holds when the server is out of reach is given back.
    """
    with lease_renewed(sending.database, sending.clock, batch):
        composed, unsent = _compose(sending, batch)
        record(sending.database, sending.composer.keys, unsent, sending.clock())
        yield unsent
        waiting = [delivery for delivery in batch if delivery.id in composed]
        while waiting:
            group, waiting = waiting[: len(connections)], waiting[len(connections) :]
            results = _send_group(sending, pool, connections, group, composed)
            if all(result.verdict.blame is Blame.SERVER for result in results):
                give_back(sending.database, waiting, sending.clock())
                waiting = []
            yield results


def _send_group(
    sending: Sending,
    pool: ThreadPoolExecutor,
    connections: Sequence[Connection],
    group: Sequence[Delivery],
    composed: dict[int, Composed],
) -> list[Result]:
    parcels = [composed[delivery.id].parcel for delivery in group]
    offered: dict[int, Connection] = {}
    results: list[Result] = []
    offers = pool.map(_offer, connections, group, parcels)
    for connection, delivery, refusal in zip(connections, group, offers, strict=False):
        if refusal is None:
            offered[delivery.id] = connection
        else:
            results.append(refusal)
    results += _conclude_group(sending, pool, offered, group, composed)
    record(sending.database, sending.composer.keys, results, sending.clock())
    for result in results:
        _tell(result)
    return results


def _conclude_group(
    sending: Sending,
    pool: ThreadPoolExecutor,
    offered: dict[int, Connection],
    group: Sequence[Delivery],
    composed: dict[int, Composed],
) -> list[Result]:
    ready = [delivery for delivery in group if delivery.id in offered]
    try:
        passage = pass_gate(sending.database, ready, composed, sending.clock())
    except BaseException:
        for connection in offered.values():
            connection.abandon()
        raise
    through = [offered.pop(delivery.id) for delivery in passage.passed]
    for connection in offered.values():
        connection.abandon()
    return [*passage.stopped, *pool.map(_conclude, through, passage.passed)]


def _compose(
    sending: Sending, group: Sequence[Delivery]
) -> tuple[dict[int, Composed], list[Result]]:
    """Build the group's mails; one that cannot be built does not hold up the others."""
    with sending.database.read() as session:
        try:
            composed = sending.composer.compose(session, group)
        except Exception:
            if len(group) > 1:
                parts = [_compose(sending, [delivery]) for delivery in group]
                return (
                    {key: value for built, _ in parts for key, value in built.items()},
                    [result for _, failed in parts for result in failed],
                )
            _log.exception("delivery %s could not be built", group[0].id)
            verdict = Verdict(DeliveryStatus.DEFERRED, Blame.OURS, _NOT_BUILT_RETRY)
            return {}, [Result.of(group[0], verdict, "the mail could not be built; see the log")]
    empty = [delivery for delivery in group if delivery.id not in composed]
    return composed, [
        Result.of(delivery, Verdict(DeliveryStatus.CANCELLED), "nothing is left to send")
        for delivery in empty
    ]


def _offer(connection: Connection, delivery: Delivery, parcel: Parcel) -> Result | None:
    try:
        connection.offer(parcel)
    except Refused as refused:
        verdict = judge(refused.answer, delivery.attempt, random.random())
        return Result.of(delivery, verdict, answer=refused.answer, phase=Phase.ENVELOPE)
    except ConnectionFailed as error:
        verdict = unreachable(delivery.attempt, random.random())
        return Result.of(delivery, verdict, str(error), phase=Phase.CONNECT)
    return None


def _conclude(connection: Connection, delivery: Delivery) -> Result:
    try:
        answer = connection.conclude()
    except AnswerLost as error:
        verdict = Verdict(DeliveryStatus.UNCERTAIN)
        text = f"the connection was lost after the whole message was sent: {error}"
        return Result.of(delivery, verdict, text, phase=Phase.TERMINATOR)
    verdict = judge(answer, delivery.attempt, random.random())
    return Result.of(delivery, verdict, answer=answer, phase=Phase.ANSWERED)


def _tell(result: Result) -> None:
    facts = (result.delivery_id, result.verdict.status, result.text)
    if result.verdict.blame is Blame.OURS:
        _log.error("delivery %s is %s, and that is for the operator to mend: %s", *facts)
    elif result.verdict.status is not DeliveryStatus.SENT:
        _log.warning("delivery %s is %s: %s", *facts)
