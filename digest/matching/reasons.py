"""Why a paper belongs, in the paper's own words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

_SENTENCES = {
    "words": "mentions {}",
    "phrase": "mentions {}",
    "author": "by {}",
    "organization": "from {}",
    "category": "filed under {}",
    "code": "with code",
    "upvotes": "with {} upvotes",
    "similar": "similar in meaning to {}",
    "like": "like {}",
}


@dataclass(frozen=True, slots=True)
class Reason:
    """The kind of evidence, its words as they stand in the paper, and what else speaks for it."""

    kind: str
    """words, phrase, author, organization, category, code, upvotes, similar or like."""
    terms: tuple[str, ...]
    also: tuple[Reason, ...] = ()

    def __hash__(self) -> int:
        # Enough to tell reasons apart, and a card is looked up by its reason for every reader.
        return hash(self.terms)

    def sentence(self) -> str:
        """Say it to the reader."""
        own = _SENTENCES.get(self.kind, "mentions {}").format(", ".join(_distinct(self.terms)))
        return ", ".join((own, *(reason.sentence() for reason in self.also)))

    @property
    def marked(self) -> tuple[str, ...]:
        """The words to mark in the paper."""
        own = self.terms if self.kind in {"words", "phrase", "author", "organization"} else ()
        return (*own, *(term for reason in self.also for term in reason.marked))

    def to_json(self) -> dict[str, Any]:
        also = {"also": [reason.to_json() for reason in self.also]} if self.also else {}
        return {"kind": self.kind, "terms": list(self.terms), **also}

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Reason:
        also = tuple(cls.from_json(reason) for reason in value.get("also", ()))
        return cls(value["kind"], tuple(value["terms"]), also)


def _distinct(terms: tuple[str, ...]) -> list[str]:
    """Leave out what another says already: "learning" and "Agents" beside "Learning Agent"."""
    spoken = [
        " ".join(["", *(word.removesuffix("s") for word in re.split(r"[ -]", term.casefold())), ""])
        for term in terms
    ]
    return [
        term
        for place, term in enumerate(terms)
        if not any(
            spoken[place] in other and (spoken[place] != other or number < place)
            for number, other in enumerate(spoken)
            if number != place
        )
    ]


def joined(reasons: Iterable[Reason | None]) -> Reason | None:
    """Make one reason of several: those of a kind together, mere similarity only if alone."""
    terms: dict[str, dict[str, None]] = {}
    for reason in reasons:
        for part in (reason, *reason.also) if reason else ():
            terms.setdefault(part.kind, {}).update(dict.fromkeys(part.terms))
    if len(terms) > 1:
        terms.pop("similar", None)
    parts = [Reason(kind, tuple(named)) for kind, named in terms.items()]
    return Reason(parts[0].kind, parts[0].terms, tuple(parts[1:])) if parts else None
