"""What one look at one part found."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    OK = "ok"
    DOUBTFUL = "doubtful"
    """It works, but not as well as it could, or it may not be meant."""
    WRONG = "wrong"
    """Something does not work until somebody does something."""


@dataclass(frozen=True, slots=True)
class Finding:
    """How one part is; where it is not well, the text says what to do."""

    part: str
    state: State
    text: str


def ok(part: str, text: str) -> Finding:
    return Finding(part, State.OK, text)


def doubtful(part: str, text: str) -> Finding:
    return Finding(part, State.DOUBTFUL, text)


def wrong(part: str, text: str) -> Finding:
    return Finding(part, State.WRONG, text)
