"""Sending: claim, build, offer, gate, conclude, record; a group of deliveries at a time.

The order is the promise. Up to the gate nothing can have been sent, so a crash means: try again.
The gate's transaction says "the terminator is about to be written" for the whole group; whatever
has that mark and no answer after a crash is *uncertain* and never sent again by itself.
"""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy.exc import OperationalError

from digest.config import Settings
from digest.database import Database
from digest.deliveries.answers import Blame, Verdict, judge, judge_turned_away, unreachable
from digest.deliveries.claiming import claim, give_back, lease_renewed
from digest.deliveries.composing import Composed, Composer
from digest.deliveries.gate import pass_gate
from digest.deliveries.jobs import Job
from digest.deliveries.pace import UNLIMITED, Pace
from digest.deliveries.ready import next_turn
from digest.deliveries.recording import Result, is_server_out, record
from digest.enums import DeliveryStatus, Phase
from digest.smtp import Answer, Connection, ConnectionFailed, Refused, Transport, in_step, transport

_CONNECTIONS = 16
_NEAR = timedelta(seconds=2)
_SHORTEST_WAIT_SECONDS = 0.2
_WAITS_FOR_DATABASE = (0.5, 1, 2, 4, 8, 15)
"""Seconds between tries; in all less than a lease."""
_NOT_BUILT_RETRY = timedelta(hours=1)
_BATCH = 512
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
    pace: Pace = UNLIMITED
    wait: Callable[[float], None] = time.sleep

    @classmethod
    def of(
        cls, settings: Settings, database: Database, worker: str, clock: Callable[[], datetime]
    ) -> Sending:
        return cls(
            database,
            Composer.of(settings),
            transport(settings),
            worker,
            clock,
            settings.connections,
            Pace.of(settings),
        )


def deliver(
    sending: Sending,
    until: datetime | None = None,
    tell: Callable[[DeliverCounts], None] = lambda _: None,
    call_help: Callable[[], None] = lambda: None,
) -> DeliverCounts:
    """Send what is ready, group by group; `tell` hears how it goes.

    Calls for help before each batch that is full: there is more to do than that.

    Ends when nothing is ready, the mail server is out of reach, or at `until`.
    """
    sending.composer.offers.refresh(sending.clock())
    counts = DeliverCounts()
    connections = [sending.transport.connect() for _ in range(sending.connections)]
    try:
        while until is None or sending.clock() < until:
            batch = claim(sending.database, sending.clock(), _BATCH, sending.pace)
            if not batch:
                if _waited_for_a_turn(sending):
                    continue
                break
            if len(batch) == _BATCH:
                call_help()
            for results in _send_batch(sending, connections, batch):
                counts = counts.plus(results)
                tell(counts)
            if is_server_out(results):
                break
    finally:
        for connection in connections:
            connection.close()
    return counts


def _waited_for_a_turn(sending: Sending) -> bool:
    """Wait where a limit makes the next mail wait a moment; False: nothing is near."""
    now = sending.clock()
    with sending.database.write() as session:
        turn = next_turn(session, sending.pace, now, within=_NEAR)
    if turn is None:
        return False
    sending.wait(max((turn - now).total_seconds(), _SHORTEST_WAIT_SECONDS))
    return True


def _send_batch(
    sending: Sending, connections: Sequence[Connection], batch: Sequence[Job]
) -> Iterator[Sequence[Result]]:
    """Compose a batch at once, then hand it over a group at a time, one mail a connection.

    Whatever the batch still holds when the server is out of reach is given back.
    """
    with lease_renewed(sending.database, sending.clock, batch):
        composed, unsent = _compose(sending, batch)
        _record_patiently(sending, unsent)
        yield unsent
        waiting = [job for job in batch if job.id in composed]
        while waiting:
            group, waiting = waiting[: len(connections)], waiting[len(connections) :]
            results = _send_group(sending, connections, group, composed)
            if is_server_out(results):
                give_back(sending.database, waiting, sending.clock())
                waiting = []
            yield results


def _send_group(
    sending: Sending,
    connections: Sequence[Connection],
    group: Sequence[Job],
    composed: dict[int, Composed],
) -> list[Result]:
    pairs = list(zip(connections, group, strict=False))
    outcomes = in_step(c.offer(composed[job.id].parcel) for c, job in pairs)
    offered: dict[int, Connection] = {}
    results: list[Result] = []
    for (connection, job), outcome in zip(pairs, outcomes, strict=True):
        if outcome is None:
            offered[job.id] = connection
        else:
            results.append(_not_offered(job, outcome))
    results += _conclude_group(sending, offered, group, composed)
    # At once: until it is written down, a crash leaves the whole group uncertain.
    _record_patiently(sending, results)
    for result in results:
        _tell(result)
    return results


def _conclude_group(
    sending: Sending,
    offered: dict[int, Connection],
    group: Sequence[Job],
    composed: dict[int, Composed],
) -> list[Result]:
    ready = [job for job in group if job.id in offered]
    contents = {job.id: text for job in ready if (text := composed[job.id].content)}
    try:
        with sending.database.statement() as connection:
            passage = pass_gate(connection, ready, contents, sending.worker, sending.clock())
    except BaseException:
        for offering in offered.values():
            offering.abandon()
        raise
    through = [offered.pop(job.id) for job in passage.passed]
    for offering in offered.values():
        offering.abandon()
    outcomes = in_step(offering.conclude() for offering in through)
    concluded = zip(passage.passed, outcomes, strict=True)
    return [*passage.stopped, *(_concluded(job, outcome) for job, outcome in concluded)]


def _record_patiently(sending: Sending, results: Sequence[Result]) -> None:
    """Write down what the server said, also when the database comes back only in a while.

    Saying it twice changes nothing; not saying it leaves mails uncertain.
    """
    for wait_seconds in _WAITS_FOR_DATABASE:
        try:
            _record(sending, results)
            return
        except OperationalError as error:
            _log.warning("the answers could not be written, trying again: %s", error)
            sending.wait(wait_seconds)
    _record(sending, results)


def _record(sending: Sending, results: Sequence[Result]) -> None:
    record(sending.database, sending.composer.keys, results, sending.worker, sending.clock())


def _compose(sending: Sending, batch: Sequence[Job]) -> tuple[dict[int, Composed], list[Result]]:
    """Build the batch's mails; one that cannot be built does not hold up the others."""
    with sending.database.read() as session:
        try:
            composed = sending.composer.compose(session, batch)
        except Exception:
            if len(batch) > 1:
                parts = [_compose(sending, [job]) for job in batch]
                return (
                    {key: value for built, _ in parts for key, value in built.items()},
                    [result for _, failed in parts for result in failed],
                )
            _log.exception("delivery %s could not be built", batch[0].id)
            verdict = Verdict(DeliveryStatus.DEFERRED, Blame.OURS, _NOT_BUILT_RETRY)
            return {}, [Result.of(batch[0], verdict, "the mail could not be built; see the log")]
    empty = [job for job in batch if job.id not in composed]
    return composed, [
        Result.of(job, Verdict(DeliveryStatus.CANCELLED), "nothing is left to send")
        for job in empty
    ]


def _not_offered(job: Job, error: Exception) -> Result:
    """Judge what went wrong before the terminator: it was surely not sent."""
    if isinstance(error, Refused):
        reading = judge if error.is_about_recipient else judge_turned_away
        verdict = reading(error.answer, job.attempt, random.random())
        return Result.of(job, verdict, answer=error.answer, phase=Phase.ENVELOPE)
    verdict = unreachable(job.attempt, random.random())
    return Result.of(job, verdict, str(error), phase=Phase.CONNECT)


def _concluded(job: Job, outcome: Answer | Exception) -> Result:
    """Judge the answer to the terminator, or that none came."""
    if isinstance(outcome, Answer):
        verdict = judge(outcome, job.attempt, random.random())
        return Result.of(job, verdict, answer=outcome, phase=Phase.ANSWERED)
    if isinstance(outcome, ConnectionFailed):
        return _not_offered(job, outcome)
    verdict = Verdict(DeliveryStatus.UNCERTAIN)
    text = f"the connection was lost after the whole message was sent: {outcome}"
    return Result.of(job, verdict, text, phase=Phase.TERMINATOR)


def _tell(result: Result) -> None:
    facts = (result.delivery_id, result.verdict.status, result.text)
    if result.verdict.blame is Blame.OURS:
        _log.error("delivery %s is %s, and that is for the operator to mend: %s", *facts)
    elif result.verdict.status is not DeliveryStatus.SENT:
        _log.warning("delivery %s is %s: %s", *facts)
