"""Texts for people: shortened, marked and wrapped; bylines, counts and days."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from markupsafe import Markup, escape

from digest.papers import Paper

COLUMNS = 72
"""How wide plain text is."""
_TEASER_CHARACTERS = 320
_AUTHORS_NAMED = 3
_NAME_CHARACTERS = 40
_MOST_MARKS = 3
_WEB_LINK = re.compile(r"https?://[\w.~:/?#@!$&'()*+,;=%-]+", re.ASCII | re.IGNORECASE)
"""The characters of RFC 3986, but for the brackets of IPv6 addresses."""
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z0-9\"'(])")


def teaser(text: str, limit: int = _TEASER_CHARACTERS) -> str:
    """Shorten a text at the end of a sentence, or of a word where the sentence is too long."""
    if len(text) <= limit:
        return text
    kept = ""
    for sentence in _SENTENCE_END.split(text):
        if len(kept) + len(sentence) + 1 > limit:
            break
        kept = f"{kept} {sentence}".strip()
    return kept or shortened(text, limit)


def excerpt(text: str, terms: Sequence[str], limit: int) -> str:
    """Shorten a text, and quote the sentence that mentions the terms where the rest does not."""
    start = teaser(text, limit)
    if mentions(start, terms) or not mentions(text, terms):
        return start
    telling = next(sentence for sentence in _SENTENCE_END.split(text) if mentions(sentence, terms))
    quoted = shortened(telling, limit // 2)
    if not mentions(quoted, terms):
        return start
    return f"{teaser(text, limit - len(quoted) - 3)} … {quoted}"


def mentions(text: str, terms: Sequence[str]) -> bool:
    """Whether a text holds one of the terms, as `marked` would mark it."""
    return bool(terms) and _pattern(tuple(terms)).search(text) is not None


def shortened(text: str, limit: int) -> str:
    """Shorten a text at the end of a word, and say so with an ellipsis."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    at_word = cut.rsplit(" ", 1)[0] if " " in cut else cut
    return at_word.rstrip(" ,;:-") + "…"


def marked(text: str, terms: Sequence[str], mark: Markup) -> Markup:
    """Escape a text and mark the given words in it, where they stand first."""
    if not terms:
        return escape(text)
    # The second half of each split is a match, the first is what lies between.
    pieces = _pattern(tuple(terms)).split(text, maxsplit=_MOST_MARKS)
    if len(pieces) == 1:
        return escape(text)
    before, _, after = mark.partition("{}")
    return Markup("").join(
        before + escape(piece) + after if number % 2 else escape(piece)
        for number, piece in enumerate(pieces)
    )


def byline(paper: Paper) -> str:
    """Say who wrote it: the organization and the first authors, or how many there are."""
    named = [shortened(name, _NAME_CHARACTERS) for name in paper.authors[:_AUTHORS_NAMED]]
    names, others = ", ".join(named), len(paper.authors) - _AUTHORS_NAMED
    if others > 0:
        names += f" and {others} more"
    organization = shortened(paper.organization or "", _NAME_CHARACTERS)
    return " · ".join(part for part in (organization, names) if part)


def counts(paper: Paper) -> str:
    """Say how much it is liked and discussed, as in "12 upvotes · 1 comment"."""
    upvotes = f"{paper.upvotes} upvote{plural(paper.upvotes)}"
    if not paper.comments:
        return upvotes
    return f"{upvotes} · {paper.comments} comment{plural(paper.comments)}"


def plural(number: int) -> str:
    """Return the ending that a word takes for so many."""
    return "" if number == 1 else "s"


def further_links(paper: Paper) -> tuple[tuple[str, str], ...]:
    """Return what else of a paper there is to open, each with its label."""
    stars = f" (★ {paper.code_stars:,})" if paper.code_stars else ""
    links = (
        ("PDF", paper.pdf_url),
        (f"Code{stars}", web_link(paper.code_url)),
        ("Project", web_link(paper.project_url)),
    )
    return tuple((label, url) for label, url in links if url)


def web_link(url: str | None) -> str:
    """Return an http(s) address as it is, and nothing for any other or a malformed one."""
    return url if url and _WEB_LINK.fullmatch(url) else ""


def spoken_day(day: date, today: date | None = None) -> str:
    """Write a date for people, with the year where it is not this year's."""
    year = f" {day.year}" if today is None or day.year != today.year else ""
    return f"{day:%A}, {day.day} {day:%B}{year}"


@lru_cache(maxsize=4096)
def wrapped(text: str, indent: int = 0, hang: int = 0) -> str:
    """Wrap a text to 72 columns, its lines indented by `indent` and all but the first by `hang`."""
    return textwrap.fill(
        text,
        COLUMNS,
        initial_indent=" " * indent,
        subsequent_indent=" " * (indent + hang),
        # A link broken in two opens nothing.
        break_long_words="://" not in text,
        break_on_hyphens=False,
    )


@lru_cache(maxsize=4096)
def _pattern(terms: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(set(terms), key=len, reverse=True)
    words = "|".join(r"[\s\-]+".join(map(re.escape, term.split())) for term in longest_first)
    return re.compile(rf"(?<!\w)({words})(?!\w)", re.IGNORECASE)
