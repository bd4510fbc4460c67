"""Fields of a topic held against a paper: people, organizations, categories, counts."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from digest.matching.words import fold, words
from digest.papers import Paper
from digest.topics import Field

_NAMES = re.compile(r"[^\W_]+")


class Authors:
    """Finds the persons that a name can mean among very many."""

    def __init__(self, authors: Iterable[str]) -> None:
        self._named: dict[str, set[int]] = defaultdict(set)
        self._beginning: dict[str, set[int]] = defaultdict(set)
        for number, author in enumerate(authors):
            for name in _names(author):
                self._named[name].add(number)
                self._beginning[name[0]].add(number)

    def called(self, wanted: str) -> set[int]:
        """Return the numbers of those whom every part of a name names, in full or by an initial.

        One part at least must agree in full, so that "K. H." is not everybody.
        """
        parts = _names(wanted)
        in_full = [self._named[part] for part in parts if len(part) > 1 and part in self._named]
        return set().union(*in_full).intersection(*map(self._with, parts)) if in_full else set()

    def _with(self, part: str) -> set[int]:
        if len(part) == 1:
            return self._beginning.get(part, set())
        return self._named.get(part, set()) | self._named.get(part[0], set())


class FieldIndex:
    """Which papers a field names."""

    def __init__(self, papers: Sequence[Paper]) -> None:
        self._papers = papers
        self._authors = Authors(author for paper in papers for author in paper.authors)
        self._written = [n for n, paper in enumerate(papers) for _ in paper.authors]
        self._organizations = [fold(paper.organization or "") for paper in papers]

    def holders(self, field: Field) -> list[int]:
        """Return the numbers of the papers that a field names."""
        match field.name:
            case "author":
                return sorted({self._written[n] for n in self._authors.called(field.text)})
            case "org":
                wanted = fold(field.text)
                return [n for n, name in enumerate(self._organizations) if wanted in name]
            case _:
                return [n for n, paper in enumerate(self._papers) if _is_held(field, paper)]


def authors_named(wanted: str, paper: Paper) -> tuple[str, ...]:
    """Return the authors of a paper that a name means."""
    called = Authors(paper.authors).called(wanted)
    return tuple(paper.authors[number] for number in sorted(called))


def categories_named(wanted: str, paper: Paper) -> tuple[str, ...]:
    """Return the paper's categories that are the wanted one or below it: cs holds cs.CL."""
    return tuple(c for c in paper.categories if c == wanted or c.startswith(f"{wanted}."))


def _is_held(field: Field, paper: Paper) -> bool:
    match field.name:
        case "title":
            held = {word.stem for word in words(paper.title)}
            return held.issuperset(word.stem for word in words(field.text))
        case "cat":
            return bool(categories_named(field.text, paper))
        case "has":
            return paper.code_url is not None
        case "upvotes":
            return paper.upvotes > int(field.text.removeprefix(">"))
        case _:
            return False


def _names(text: str) -> list[str]:
    return _NAMES.findall(fold(text))
