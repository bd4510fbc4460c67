"""The subscribe form: what was typed, kept as it is, and what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass, field

from digest.enums import Frequency, Selectivity
from digest.search import Trial
from digest.subscribers import Preferences, known_zone
from digest.topics import TopicSyntaxError


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicTrial:
    """A topic as typed, with what it would have brought or why it cannot be read."""

    text: str
    trial: Trial | None = None
    error: TopicSyntaxError | None = None

    @property
    def pointer(self) -> tuple[str, str, str]:
        """The text before, at and after the character an error points at."""
        at = self.error.position if self.error else 0
        return self.text[:at], self.text[at : at + 1], self.text[at + 1 :]


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """The fields as strings, so that a wrong one can be shown again."""

    address: str = ""
    topics: str = ""
    """One a line."""
    frequency: str = "daily"
    weekday: str = "0"
    hour: str = "8"
    time_zone: str = ""
    max_papers: str = "10"
    selectivity: str = "normal"
    address_error: str = ""
    topics_error: str = ""
    schedule_error: str = ""
    trials: tuple[TopicTrial, ...] = field(default=())

    @property
    def queries(self) -> tuple[str, ...]:
        return tuple(line.strip() for line in self.topics.splitlines() if line.strip())

    def preferences(self, most_topics: int) -> Preferences:
        """Return the checked wishes; raises PreferenceError, TopicSyntaxError or ValueError."""
        return Preferences.wished(
            self.queries,
            most_topics,
            frequency=Frequency(self.frequency),
            weekday=int(self.weekday),
            hour=int(self.hour),
            time_zone=self.time_zone.strip() or known_zone(""),
            max_papers=int(self.max_papers),
            selectivity=Selectivity(self.selectivity),
        )
