"""Fields of a topic held against a paper: people, organizations, categories, counts."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from digest.matching.words import fold, words
from digest.papers import Paper
from digest.topics import Field

_NAMES = re.compile(r"[^\W_]+")


class FieldIndex:
    """Which papers a field names."""

    def __init__(self, papers: Sequence[Paper]) -> None:
        self._papers = papers
        self._by_name: dict[str, list[tuple[int, list[str]]]] = defaultdict(list)
        for number, paper in enumerate(papers):
            for author in paper.authors:
                names = _names(author)
                for name in names:
                    self._by_name[name].append((number, names))
        self._organizations = [fold(paper.organization or "") for paper in papers]

    def holders(self, field: Field) -> list[int]:
        """Return the numbers of the papers that a field names."""
        match field.name:
            case "author":
                return self._written_by(field.text)
            case "org":
                wanted = fold(field.text)
                return [n for n, name in enumerate(self._organizations) if wanted in name]
            case _:
                return [n for n, paper in enumerate(self._papers) if _is_held(field, paper)]

    def _written_by(self, wanted: str) -> list[int]:
        parts = _names(wanted)
        known = (self._by_name.get(part, ()) for part in parts if len(part) > 1)
        found = {n for one in known for n, names in one if _same_person(parts, names)}
        return sorted(found)


def authors_named(wanted: str, paper: Paper) -> tuple[str, ...]:
    """Return the authors of a paper that a name means."""
    parts = _names(wanted)
    return tuple(author for author in paper.authors if _same_person(parts, _names(author)))


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


def _same_person(parts: list[str], names: list[str]) -> bool:
    """Whether every part of a wanted name is in an author's, in full or as an initial.

    One part at least must agree in full, so that "K. H." is not everybody.
    """
    in_full = any(len(part) > 1 and part in names for part in parts)
    return in_full and all(_is_named(part, names) for part in parts)


def _is_named(part: str, names: list[str]) -> bool:
    return any(
        part == name or (1 in (len(part), len(name)) and part[0] == name[0]) for name in names
    )
