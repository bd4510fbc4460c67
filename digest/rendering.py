"""A digest (or a short note) -> subject, HTML and plain text. A paper's card is rendered once."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup, escape

from digest.digests import Digest, Item
from digest.matching import Reason
from digest.papers import Paper, clean_text

_ABSTRACT_CHARACTERS = 320
_SUBJECT_CHARACTERS = 78
_COLUMNS = 72
_AUTHORS_NAMED = 3
_MAIL_MARK = Markup('<mark class="mark" style="background-color:#fbeab0;color:#23201a">{}</mark>')
_CARD_HERE = "\x00"
"""Where a card belongs in a rendered shell; cleaned texts hold no such character."""
_WEB_LINK = re.compile(r"https?://[\w.~:/?#@!$&'()*+,;=%-]+", re.ASCII | re.IGNORECASE)
"""The characters of RFC 3986, but for the brackets of IPv6 addresses."""
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z0-9\"'(])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Who sends, as every mail says it."""

    name: str
    address: str
    postal_address: str
    url: str
    """The front page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """Where the links of one reader's digest lead."""

    view: str
    manage: str
    unsubscribe: str
    edition: str
    """The page that lists what was cut."""
    drop_topic: Mapping[str, str] = field(default_factory=dict)
    """By query."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A short mail with at most one button: confirmation, welcome, fresh link, farewell."""

    subject: str
    heading: str
    paragraphs: tuple[str, ...]
    button: tuple[str, str] | None = None
    """Label and URL."""
    small_print: tuple[tuple[str, str], ...] = ()
    """Sentences below the line, each with the URL it is about, or ""."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Whole lines of a mail; a shared piece stands in many mails and is encoded once for all."""

    text: str
    is_shared: bool = False


@dataclass(frozen=True, slots=True)
class Mail:
    subject: str
    html_pieces: tuple[Piece, ...]
    text_pieces: tuple[Piece, ...]

    @classmethod
    def of(cls, subject: str, html: str, text: str) -> Mail:
        """Return a mail that shares nothing with any other."""
        return cls(subject, (Piece(html),), (Piece(text),))

    @property
    def html(self) -> str:
        return "".join(piece.text for piece in self.html_pieces)

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.text_pieces)


@dataclass(frozen=True, slots=True)
class Section:
    """The items of a topic, or of the trending list, under its heading."""

    topic: str
    items: tuple[Item, ...]


def render_digest(digest: Digest, links: Links, sender: Sender) -> Mail:
    """Return the mail of one reader's digest."""
    subject, sections = subject_of(digest), sections_of(digest)
    facts = {
        "digest": digest,
        "links": links,
        "sender": sender,
        "subject": subject,
        "sections": sections,
        "headline": _headline(digest),
        "preheader": _preheader(digest),
        "card_here": _CARD_HERE,
    }
    cards = [_cards(item) for section in sections for item in section.items]
    html = _templates().get_template("email/digest.html").render(facts)
    text = _tidy(_templates().get_template("email/digest.txt").render(facts))
    return Mail(
        subject,
        _interleaved(html, [card.html for card in cards]),
        _interleaved(text, [card.text for card in cards]),
    )


def render_note(note: Note, sender: Sender) -> Mail:
    """Return a mail that asks or tells one thing."""
    facts = {"note": note, "sender": sender}
    html = _templates().get_template("email/note.html").render(facts)
    text = _templates().get_template("email/note.txt").render(facts)
    return Mail.of(clean_text(note.subject), html, _tidy(text))


def subject_of(digest: Digest) -> str:
    """Name the first paper and count the others."""
    first, others = digest.items[0].paper.title, len(digest.items) - 1
    ending = f", and {others} more paper{'s' if others > 1 else ''}" if others else ""
    return _shortened(first, _SUBJECT_CHARACTERS - len(ending)) + ending


def sections_of(digest: Digest) -> tuple[Section, ...]:
    """Group the items by topic, in order of their best item."""
    queries = dict.fromkeys(item.topic for item in digest.items)
    return tuple(
        Section(query or "Trending", tuple(item for item in digest.items if item.topic == query))
        for query in queries
    )


def teaser(text: str, limit: int = _ABSTRACT_CHARACTERS) -> str:
    """Shorten a text at the end of a sentence, or of a word where the sentence is too long."""
    if len(text) <= limit:
        return text
    kept = ""
    for sentence in _SENTENCE_END.split(text):
        if len(kept) + len(sentence) + 1 > limit:
            break
        kept = f"{kept} {sentence}".strip()
    return kept or _shortened(text, limit)


def marked(text: str, terms: Sequence[str], mark: Markup = _MAIL_MARK) -> Markup:
    """Escape a text and mark the given words in it."""
    if not terms:
        return escape(text)
    # The second half of each split is a match, the first is what lies between.
    pieces = _pattern(tuple(terms)).split(text)
    return Markup("").join(
        mark.format(piece) if number % 2 else escape(piece) for number, piece in enumerate(pieces)
    )


def byline(paper: Paper) -> str:
    """Say who wrote it: the organization and the first authors, or how many there are."""
    names = ", ".join(paper.authors[:_AUTHORS_NAMED])
    others = len(paper.authors) - _AUTHORS_NAMED
    if others > 0:
        names += f" and {others} more"
    return " · ".join(part for part in (paper.organization, names) if part)


def counts(paper: Paper) -> str:
    """Say how much it is liked and discussed, as in "12 upvotes · 1 comment"."""
    upvotes = f"{paper.upvotes} upvote{_s(paper.upvotes)}"
    return upvotes + (f" · {paper.comments} comment{_s(paper.comments)}" if paper.comments else "")


def further_links(paper: Paper) -> tuple[tuple[str, str], ...]:
    """Return what else there is to open, each with its label."""
    stars = f" ({paper.code_stars:,} stars)" if paper.code_stars else ""
    links = (
        ("PDF", paper.pdf_url),
        (f"Code{stars}", web_link(paper.code_url)),
        ("Project", web_link(paper.project_url)),
    )
    return tuple((label, url) for label, url in links if url)


def spoken_day(day: date, today: date | None = None) -> str:
    """Write a date for people, with the year where it is not this year's."""
    year = f" {day.year}" if today is None or day.year != today.year else ""
    return f"{day:%A}, {day.day} {day:%B}{year}"


def web_link(url: str | None) -> str:
    """Return an http(s) address as it is, and nothing for any other or a malformed one."""
    return url if url and _WEB_LINK.fullmatch(url) else ""


@lru_cache(maxsize=1)
def _templates() -> Environment:
    environment = Environment(
        loader=PackageLoader("digest"),
        autoescape=select_autoescape(enabled_extensions=("html",)),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters |= {
        "byline": byline,
        "counts": counts,
        "day": spoken_day,
        "further": further_links,
        "teaser": teaser,
        "wrapped": _wrapped,
    }
    # Evaluated once, not once a mail.
    environment.globals["s"] = environment.get_template("email/_styles.html").module.s  # type: ignore[attr-defined]
    return environment


@dataclass(frozen=True, slots=True)
class _Card:
    html: Piece
    text: Piece


def _cards(item: Item) -> _Card:
    """Return an item's card; readers who got it for the same words share it."""
    return _rendered_card(item.paper, item.reason, item.day if item.is_leftover else None)


@lru_cache(maxsize=4096)
def _rendered_card(paper: Paper, reason: Reason | None, missed_on: date | None) -> _Card:
    terms = reason.terms if reason else ()
    facts = {
        "paper": paper,
        "reason": reason,
        "missed_on": missed_on,
        "title": marked(paper.title, terms),
        "summary": marked(paper.summary or "", terms),
        "abstract": marked(teaser(paper.abstract), terms),
    }
    html = _templates().get_template("email/card.html").render(facts)
    text = _templates().get_template("email/card.txt").render(facts)
    return _Card(Piece(html.strip() + "\n", is_shared=True), Piece(_tidy(text), is_shared=True))


def _interleaved(shell: str, cards: Sequence[Piece]) -> tuple[Piece, ...]:
    """Put the cards where the shell has left room for them."""
    first, *between = shell.split(_CARD_HERE + "\n")
    pieces = [Piece(first)]
    for card, following in zip(cards, between, strict=True):
        # Between two cards stands a topic's heading at most: the same for all its readers.
        pieces += (card, Piece(following, is_shared=True))
    pieces[-1] = Piece(pieces[-1].text)
    return tuple(piece for piece in pieces if piece.text)


@lru_cache(maxsize=4096)
def _pattern(terms: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(set(terms), key=len, reverse=True)
    words = "|".join(r"[\s\-]+".join(map(re.escape, term.split())) for term in longest_first)
    return re.compile(rf"(?<!\w)({words})(?!\w)", re.IGNORECASE)


def _headline(digest: Digest) -> str:
    count = len(digest.items)
    papers = f"{count} paper{'s' if count != 1 else ''}"
    return f"{papers} for your topics" if digest.topics else f"{papers} trending"


def _preheader(digest: Digest) -> str:
    """What an inbox shows after the subject: the next titles, as the subject has the first."""
    others = [item.paper.title for item in digest.items[1:4]]
    return _shortened(" · ".join(others) or digest.items[0].paper.abstract, 140)


def _shortened(text: str, limit: int) -> str:
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    at_word = cut.rsplit(" ", 1)[0] if " " in cut else cut
    return at_word.rstrip(" ,;:-") + "…"


@lru_cache(maxsize=4096)
def _wrapped(text: str, indent: int = 0, hang: int = 0) -> str:
    return textwrap.fill(
        text,
        _COLUMNS,
        initial_indent=" " * indent,
        subsequent_indent=" " * (indent + hang),
        break_long_words=False,
        break_on_hyphens=False,
    )


def _tidy(text: str) -> str:
    """Leave one empty line where a template leaves several."""
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def _s(count: int) -> str:
    """The plural's ending."""
    return "" if count == 1 else "s"
