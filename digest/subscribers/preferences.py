"""What a reader wishes: topics, schedule, how much. Checked here, whoever asks."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from functools import lru_cache
from typing import Any, Self
from zoneinfo import ZoneInfo, available_timezones

from digest import topics
from digest.digests import Schedule
from digest.enums import Frequency, Selectivity
from digest.models import Subscriber

DEFAULT_PAPERS = 10
MOST_PAPERS = 30


class PreferenceError(ValueError):
    """A wish that cannot be met; the text says what to write instead."""


class AlreadyFollowed(PreferenceError):
    """The topic is followed already."""


class TooManyTopics(PreferenceError):
    """The limit of topics a reader may follow is reached."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"That is more than {limit} topics; drop one first.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """Everything a reader chooses; topics are normalised queries."""

    topics: tuple[str, ...] = ()
    """None: the whole trending list."""
    frequency: Frequency = Frequency.DAILY
    weekday: int = 0
    hour: int = 8
    time_zone: str = "UTC"
    max_papers: int = DEFAULT_PAPERS
    selectivity: Selectivity = Selectivity.NORMAL

    def __post_init__(self) -> None:
        if not 0 <= self.weekday <= 6:
            raise PreferenceError("The day of the week lies between 0 (Monday) and 6 (Sunday).")
        if not 0 <= self.hour <= 23:
            raise PreferenceError("The hour lies between 0 and 23.")
        if not 1 <= self.max_papers <= MOST_PAPERS:
            raise PreferenceError(f"Choose between 1 and {MOST_PAPERS} papers a digest.")
        if self.time_zone not in _zones():
            raise PreferenceError(
                f"There is no time zone {self.time_zone[:64]!r}; write one such as Europe/Berlin."
            )

    @classmethod
    def wished(cls, queries: tuple[str, ...], most_topics: int, **wishes: Any) -> Self:
        """Return checked preferences, each topic once and normalised.

        Raises PreferenceError or TopicSyntaxError.
        """
        normal = tuple(dict.fromkeys(str(topics.parse(query)) for query in queries))
        if len(normal) > most_topics:
            raise TooManyTopics(most_topics)
        return cls(topics=normal, **wishes)

    @classmethod
    def of(cls, subscriber: Subscriber) -> Self:
        """Return what a stored subscriber has chosen."""
        return cls(
            topics=tuple(s.topic.query for s in subscriber.subscriptions),
            frequency=subscriber.frequency,
            weekday=subscriber.weekday,
            hour=subscriber.hour,
            time_zone=subscriber.time_zone,
            max_papers=subscriber.max_papers,
            selectivity=subscriber.selectivity,
        )

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Self:
        """Return what `to_json` gave; whatever else is in there is left alone."""
        own = {each.name: value[each.name] for each in fields(cls)}
        return cls(
            **own
            | {
                "topics": tuple(value["topics"]),
                "frequency": Frequency(value["frequency"]),
                "selectivity": Selectivity(value["selectivity"]),
            }
        )

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @property
    def schedule(self) -> Schedule:
        return Schedule(self.frequency, self.weekday, self.hour, self.time_zone)


def known_zone(name: str) -> str:
    """Return the time zone's name where we know it, else UTC; for what a browser reports."""
    return str(ZoneInfo(name)) if name in _zones() else "UTC"


@lru_cache(maxsize=1)
def _zones() -> frozenset[str]:
    # Listing them walks through six hundred files.
    return frozenset(available_timezones())
