"""The interface of a source, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from digest.papers import Paper


class Outcome(StrEnum):
    """How asking for a day's list ended."""

    OK = "ok"
    UNCHANGED = "unchanged"
    """The list is the one we have (304)."""
    EMPTY = "empty"
    """The source answered, and names no papers for the day."""
    NOT_YET = "not yet"
    """The source says that the day lies in the future."""


class SourceUnavailable(Exception):
    """The source gave no list this time; the text says what happened."""

    def __init__(self, message: str, retry_after_seconds: float | None = None) -> None:
        super().__init__(message)
        self.retry_after_seconds = retry_after_seconds
        """How long the source asked us to stay away, where it did."""


@dataclass(frozen=True, slots=True)
class Validators:
    """What a conditional request sends back (RFC 9110 section 13)."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A day's papers in trending order."""

    outcome: Outcome
    papers: tuple[Paper, ...] = ()
    skipped: tuple[str, ...] = ()
    """One line for each broken item: which, and what is wrong with it."""
    validators: Validators = Validators()


class Source(Protocol):
    """Something that lists papers by day."""

    @property
    def name(self) -> str:
        """What editions of this source are stored under."""
        ...

    def fetch(self, day: date, validators: Validators) -> Listing:
        """Return the list of `day`; raises SourceUnavailable."""
        ...
