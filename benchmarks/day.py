"""A day to match: papers and distinct topics, put together from real words, the same each time.

Terms are those of the thesaurus and the acronyms; the words between them are those of the word
vectors, which stand in the order of their frequency.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from itertools import chain

import numpy as np

from digest import topics
from digest.acronyms import LONG_FORMS
from digest.matching.meaning import FILE
from digest.papers import Paper
from digest.thesaurus import NARROWER

PAPERS = 150
_SUBJECTS, _OTHER_TERMS = 2, 8
_SENTENCES, _WORDS_BETWEEN = 8, 6
_COMMON = 40
"""So many of the most frequent words are never a name."""


def made(size: int) -> tuple[list[Paper], list[str]]:
    """Return a day's papers, and so many distinct topics as they are stored."""
    rng = random.Random(3)
    papers = [_paper(number, rng) for number in range(PAPERS)]
    return papers, list(_queries(size, rng))


def _paper(number: int, rng: random.Random) -> Paper:
    """Write about two broad terms: what falls under them recurs, others are named once."""
    subjects = rng.sample(sorted(NARROWER), _SUBJECTS)
    narrower = list(chain.from_iterable(NARROWER[subject] for subject in subjects))
    others = rng.sample(_TERMS, _OTHER_TERMS)
    sentences = [
        [rng.choice(narrower), *_between(rng), other, *_between(rng), *_between(rng)]
        for other in others
    ]
    title = [rng.choice(narrower), *_between(rng), rng.choice(narrower)]
    return Paper(
        arxiv_id=f"2606.{number:05d}",
        title=" ".join(title),
        abstract=" ".join(" ".join(words).capitalize() + "." for words in sentences),
        authors=tuple(_name(rng) for _ in range(6)),
        organization=rng.choice(_WORDS),
        categories=("cs.LG",),
        upvotes=rng.randrange(150),
    )


def _queries(count: int, rng: random.Random) -> Iterator[str]:
    """Yield distinct topics in their normal form.

    Six in ten are words, one each phrases, either-or, not, authors.
    """
    seen: set[str] = set()
    while len(seen) < count:
        one, two = rng.choice(_TERMS), rng.choice(_TERMS)
        word = rng.choice(_TERM_WORDS)
        query = rng.choice(
            (
                one, f"{word} {one}", f"{word} {one}", f"{one} {word}", f"{one} {word}",
                f"{one} {two}", f'"{one}" {word}', f'{one} OR "{two}"', f"{one} -{word}",
                f'author:"{_name(rng)}"',
            )
        )  # fmt: skip
        normal = str(topics.read(query))
        if normal not in seen:
            seen.add(normal)
            yield normal


def _between(rng: random.Random) -> list[str]:
    return [_often(_WORDS, rng) for _ in range(_WORDS_BETWEEN)]


def _name(rng: random.Random) -> str:
    return f"{_often(_WORDS[_COMMON:], rng)} {_often(_WORDS[_COMMON:], rng)}".title()


def _often(words: Sequence[str], rng: random.Random) -> str:
    """Draw by Zipf's law."""
    return words[int(len(words) ** rng.random()) - 1]


def _frequent() -> list[str]:
    with np.load(FILE) as stored:
        pieces = stored["pieces"].tobytes().decode().split("\n")
    return [piece for piece in pieces if piece.isalpha() and len(piece) > 1]


_WORDS = _frequent()
_TERMS = sorted(
    {*NARROWER, *chain.from_iterable(NARROWER.values()), *LONG_FORMS, *LONG_FORMS.values()}
)
_TERM_WORDS = sorted({word for term in _TERMS for word in term.split()})
