"""Text as words: folded, stemmed, and as they stand."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock

import snowballstemmer

from digest.matching.spelling import COMPOUND, spelled

_WORD = r"[^\W_]+(?:\+\+|#)?"
_WORDS = re.compile(_WORD)
_WORDS_OR_COMPOUNDS = re.compile(rf"(?<![^\W_])(?:{COMPOUND})(?![^\W_])|{_WORD}", re.IGNORECASE)
_VOWEL = re.compile("[aeiouy]")
_BETWEEN_SENTENCES = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")
_STOP_WORDS = frozenset(
    re.findall(
        r"\w+",
        "a an and are as at be by for from has how in into is it its of on or that the their this "
        "to via was we were what when which with without",
    )
)
_ASKING = frozenset(
    re.findall(
        r"\w+",
        "i am m interested me my would like want find looking papers paper about concerning "
        "regarding",
    )
)
"""What a sentence says around its subject: nobody looks for these."""
_stemmer = snowballstemmer.stemmer("english")
_stemming = Lock()
"""A stemmer keeps the word it works on: two threads at once get each other's letters."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word three ways: to be found by, to be compared by, to be shown."""

    stem: str
    form: str
    """Folded, without the s of a plural."""
    surface: str


@lru_cache(maxsize=200_000)
def word(surface: str) -> Word:
    plain = spelled(fold(surface))
    form = _singular(plain)
    with _stemming:
        # The stemmer takes the s of "llms" for a part of it.
        stem = _stemmer.stemWord(plain if _VOWEL.search(form) else form)
    return Word(stem, form, surface)


def sentences(text: str) -> list[str]:
    """Return the sentences of a text, as far as full stops and capitals tell."""
    return _BETWEEN_SENTENCES.split(text)


def words(text: str) -> list[Word]:
    """Return the words of a text; hyphens separate, but for those of a compound."""
    pattern = _WORDS_OR_COMPOUNDS if "-" in text or " " in text else _WORDS
    return [word(surface) for surface in pattern.findall(text)]


def telling(found: Sequence[Word]) -> Sequence[Word]:
    """Leave out what says nothing by itself, unless that is all there is."""
    kept = [w for w in found if w.form not in _STOP_WORDS]
    subject = list(filter(is_subject, kept))
    return subject or kept or found


def is_subject(asked: Word) -> bool:
    """Whether a word says something by itself, wherever it is asked for."""
    return asked.form not in _STOP_WORDS and asked.surface.casefold() not in _ASKING


def is_telling(stem: str) -> bool:
    return stem not in _STOP_WORDS


def key(text: str) -> tuple[str, ...]:
    """Return what equal terms share: their words folded and in the singular."""
    return tuple(w.form for w in words(text))


@lru_cache(maxsize=200_000)
def fold(text: str) -> str:
    """Return `text` without case and accents."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in plain if not unicodedata.combining(c))


def _singular(plain: str) -> str:
    if len(plain) < 4 or not plain.endswith("s") or plain.endswith(("ss", "us", "is")):
        return plain
    if plain.endswith("ies"):
        return plain[:-3] + "y"
    return plain[:-2] if plain.endswith(("sses", "xes", "ches", "shes")) else plain[:-1]
