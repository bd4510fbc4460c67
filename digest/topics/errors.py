"""What is said of a text that is no query."""

from __future__ import annotations


class TopicSyntaxError(ValueError):
    """The text is not a query; says where, and what to write instead."""

    def __init__(self, message: str, position: int, hint: str) -> None:
        super().__init__(f"{message} (at character {position + 1}): {hint}")
        self.message = message
        self.position = position
        """Index of the offending character, from 0."""
        self.hint = hint
