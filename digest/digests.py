"""What a reader gets and when: choosing among matches, and due times in the reader's own zone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from operator import attrgetter
from typing import Generic, NamedTuple, TypeVar
from zoneinfo import ZoneInfo

from digest.enums import Frequency
from digest.matching import Reason
from digest.papers import Paper

_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Schedule:
    """When a reader wants mail: which days, at which hour, on whose clock."""

    frequency: Frequency
    weekday: int
    """The day of a weekly digest, Monday is 0."""
    hour: int
    time_zone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A new paper that a topic (or, without topics, the trending list) offers to a digest."""

    paper_id: int
    topic_id: int | None
    score: float
    upvotes: int
    rank: int
    sequence: int
    order: tuple[float, int, int, int] = field(init=False, repr=False, compare=False)
    """Sorts the best first: by score, upvotes, place in the list; computed once for all readers."""

    def __post_init__(self) -> None:
        order = (-self.score, -self.upvotes, self.rank, self.paper_id)
        object.__setattr__(self, "order", order)


C = TypeVar("C", bound=Candidate)
_best_first = attrgetter("order")


class Choice(NamedTuple, Generic[C]):
    chosen: tuple[C, ...]
    cut: int
    """How many papers were left out by the limit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A paper in a digest, and why it is there."""

    paper: Paper
    topic: str | None
    """The query that chose it; none: the trending list."""
    score: float
    reason: Reason | None
    day: date
    """The day of its edition."""
    is_leftover: bool = False
    """Whether an earlier digest, never delivered, should have brought it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """The papers chosen for one subscriber, ready to render."""

    day: date
    items: tuple[Item, ...]
    cut: int = 0
    topics: tuple[str, ...] = ()
    """Every query the reader follows; none: the whole trending list."""
    changes: tuple[str, ...] = ()
    """What was changed in the subscription since the last digest, one sentence each."""


def choose(candidates: Iterable[C], limit: int) -> Choice[C]:
    """Choose at most `limit` papers: each topic in turn gives its best, so that none starves.

    A paper that several topics offer counts for the one that scores it highest. More upvotes,
    then the place in the list, break ties; the order of the candidates never matters.
    """
    shelves = _best_first_by_topic(candidates)
    offered = sum(len(shelf) for shelf in shelves)
    rounds = max((len(shelf) for shelf in shelves), default=0)
    chosen: list[C] = []
    for turn in range(rounds):
        if len(chosen) >= limit:
            break
        offers = sorted((shelf[turn] for shelf in shelves if turn < len(shelf)), key=_best_first)
        chosen += offers[: limit - len(chosen)]
    return Choice(tuple(sorted(chosen, key=_best_first)), cut=offered - len(chosen))


def local_day(moment: datetime, time_zone: str) -> date:
    """Return the date on the reader's calendar at `moment`."""
    return moment.astimezone(ZoneInfo(time_zone)).date()


def next_due(schedule: Schedule, after: datetime) -> datetime:
    """Return the first due time strictly after `after`, in UTC.

    An hour that the clocks skip falls on the moment they jump to; of an hour that comes twice,
    the first counts.
    """
    zone = ZoneInfo(schedule.time_zone)
    day = after.astimezone(zone).date()
    while True:
        due = datetime.combine(day, time(schedule.hour), zone).astimezone(UTC)
        if due > after and _is_mail_day(schedule, day):
            return due
        day += timedelta(days=1)


def due_after(schedule: Schedule, due: datetime, day: date | None) -> datetime:
    """Return `due`, or the due time after it when the reader had a digest on its `day` already."""
    if day is not None and local_day(due, schedule.time_zone) == day:
        return next_due(schedule, due)
    return due


def last_due(schedule: Schedule, before: datetime) -> datetime:
    """Return the last due time at or before `before`, in UTC."""
    due = next_due(schedule, before - timedelta(days=9))
    while (following := next_due(schedule, due)) <= before:
        due = following
    return due


def _is_mail_day(schedule: Schedule, day: date) -> bool:
    match schedule.frequency:
        case Frequency.WEEKLY:
            return day.weekday() == schedule.weekday
        case Frequency.WEEKDAYS:
            return day.weekday() < _SATURDAY
        case Frequency.DAILY:
            return True


def _best_first_by_topic(candidates: Iterable[C]) -> list[list[C]]:
    best: dict[int, C] = {}
    for candidate in candidates:
        rival = best.setdefault(candidate.paper_id, candidate)
        if rival is not candidate and _claim(candidate) < _claim(rival):
            best[candidate.paper_id] = candidate
    shelves: defaultdict[int | None, list[C]] = defaultdict(list)
    for candidate in best.values():
        shelves[candidate.topic_id].append(candidate)
    return [sorted(shelf, key=_best_first) for shelf in shelves.values()]


def _claim(candidate: Candidate) -> tuple[float, int]:
    return (-candidate.score, candidate.topic_id or 0)
