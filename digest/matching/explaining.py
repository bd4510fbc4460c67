"""Telling why a paper belongs: the same parts as scoring, for one topic and one paper."""

from __future__ import annotations

from collections.abc import Iterable

from digest.matching.concepts import Bag, Concept
from digest.matching.evidence import Evidence, Rows
from digest.matching.fields import authors_named, categories_named
from digest.matching.queries import Either, Every, Exact, Leaf, Part, Without, Words
from digest.matching.reasons import Reason, joined
from digest.matching.scoring import MORE
from digest.papers import Paper
from digest.topics import Field

_FORMS_SHOWN = 2
"""How many ways of saying one thing a reason quotes."""


class Explainer:
    """Finds the words of the evidence as they stand in the papers."""

    def __init__(self, evidence: Evidence, leaves: Rows) -> None:
        self._evidence = evidence
        self._leaves = leaves
        self._shown: dict[Concept, dict[int, list[str]]] = {}

    def reason(self, part: Part, paper: int) -> Reason | None:
        """Return why a paper holds a part of a topic; nothing for what it only lacks."""
        match part:
            case Words():
                return self._words(part, paper)
            case Exact(leaf):
                if self._leaves[leaf, paper] < MORE:
                    return None
                return self._exact(self._evidence.queries.leaves[leaf], paper)
            case Without():
                return None
            case Every(parts) | Either(parts):
                return joined(self.reason(one, paper) for one in parts)

    def _words(self, words: Words, paper: int) -> Reason:
        """Quote the whole term where the paper has it, else whatever words it has."""
        readings = [self._evidence.queries.bags[number] for number in words.readings]
        shown = self._shown_of([bag for bag in readings if len(bag) == 1], paper)
        shown = shown or self._shown_of(readings, paper)
        return Reason("words", tuple(shown)) if shown else Reason("similar", (words.text,))

    def _shown_of(self, readings: Iterable[Bag], paper: int) -> dict[str, None]:
        concepts = dict.fromkeys(concept for bag in readings for concept in bag)
        return dict.fromkeys(form for c in concepts for form in self._forms(c, paper))

    def _exact(self, leaf: Leaf, paper: int) -> Reason | None:
        if isinstance(leaf, Field):
            return _field(leaf, self._evidence.index.papers[paper])
        forms = self._forms(self._evidence.queries.leaf_concept(leaf), paper)
        return Reason("phrase", tuple(forms)) if forms else None

    def _forms(self, concept: Concept, paper: int) -> list[str]:
        if concept not in self._shown:
            self._shown[concept] = self._by_paper(concept)
        return self._shown[concept].get(paper, [])

    def _by_paper(self, concept: Concept) -> dict[int, list[str]]:
        found: dict[int, dict[str, str]] = {}
        for term in concept.terms:
            for paper, text in self._evidence.index.surfaces(term):
                found.setdefault(paper, {}).setdefault(text.casefold(), text)
        return {paper: list(forms.values())[:_FORMS_SHOWN] for paper, forms in found.items()}


def _field(field: Field, paper: Paper) -> Reason | None:
    match field.name:
        case "author":
            return _named("author", authors_named(field.text, paper))
        case "org":
            return Reason("organization", (paper.organization or "",))
        case "cat":
            return _named("category", categories_named(field.text, paper))
        case "has":
            return Reason("code", (paper.code_url,)) if paper.code_url else None
        case "upvotes":
            return Reason("upvotes", (str(paper.upvotes),))
        case "like":
            return Reason("like", (field.text,))
        case _:
            return Reason("words", (field.text,))


def _named(kind: str, names: Iterable[str]) -> Reason | None:
    found = tuple(names)
    return Reason(kind, found) if found else None
