"""A digest (or a short note) -> subject, HTML and plain text.

No template is rendered for each reader: papers, headings and the frame around them are rendered
once for all who get them, and a reader's own lines and links are filled in.
"""

from __future__ import annotations

import html as markup
import re
import textwrap
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup, escape

from digest.digests import Digest, Item
from digest.frames import Filling, Frame, Piece, opening
from digest.matching import Reason
from digest.papers import Paper, clean_text

_ABSTRACT_CHARACTERS = 320
_SUBJECT_CHARACTERS = 78
_COLUMNS = 72
_AUTHORS_NAMED = 3
_MAIL_MARK = Markup('<mark class="mark" style="background-color:#fbeab0;color:#23201a">{}</mark>')
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
    subject = subject_of(digest)
    lines = _lines(digest, subject)
    spoken = lines | {
        "headline": lines["headline"].upper(),
        "changes": _wrapped(f"{lines['changes']} Undo:"),
    }
    frames = _digest_frames(_Occasion.of(digest, links, sender))
    papers = [pair for section in sections_of(digest) for pair in _shown(section)]
    drops = [_drop(query, url) for query, url in links.drop_topic.items()]
    html: Filling = {
        **_own(lines, links, markup.escape),
        "papers": tuple(pair.html for pair in papers),
        "drops": tuple(piece for drop in drops for piece in drop.html),
    }
    text: Filling = {
        **_own(spoken, links, str),
        "papers": tuple(pair.text for pair in papers),
        "drops": tuple(piece for drop in drops for piece in drop.text),
    }
    return Mail(subject, frames.html.filled(html), frames.text.filled(text))


def render_note(note: Note, sender: Sender) -> Mail:
    """Return a mail that asks or tells one thing."""
    facts = {"note": note, "sender": sender}
    html = _templates().get_template("email/note.html").render(facts)
    text = _templates().get_template("email/note.txt").render(facts)
    return Mail.of(clean_text(note.subject), html, _tidy(text))


def subject_of(digest: Digest) -> str:
    """Name the first paper and count the others."""
    first, others = digest.items[0].paper.title, len(digest.items) - 1
    ending = f", and {others} more paper{_s(others)}" if others else ""
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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Occasion:
    """What a digest's frame depends on: few values in a day, whoever reads."""

    day: date
    sender: Sender
    has_topics: bool
    has_changes: bool
    has_more: bool
    has_drops: bool

    @classmethod
    def of(cls, digest: Digest, links: Links, sender: Sender) -> _Occasion:
        return cls(
            day=digest.day,
            sender=sender,
            has_topics=bool(digest.topics),
            has_changes=bool(digest.changes),
            has_more=digest.cut > 0,
            has_drops=bool(links.drop_topic),
        )


class _Frames(NamedTuple):
    html: Frame
    text: Frame


class _Pair(NamedTuple):
    """The same in HTML and in plain text."""

    html: Piece
    text: Piece


class _Drop(NamedTuple):
    html: tuple[Piece, ...]
    text: tuple[Piece, ...]


_LINES = ("subject", "preheader", "headline", "changes", "more")
"""A reader's own lines; `_lines` writes them."""
_LINKS = tuple(link.name for link in fields(Links) if link.name != "drop_topic")


@lru_cache(maxsize=128)
def _digest_frames(occasion: _Occasion) -> _Frames:
    """Render the frame of a digest, open at each reader's own lines, links and papers."""
    facts: dict[str, object] = {
        **{fact.name: getattr(occasion, fact.name) for fact in fields(occasion)},
        **{name: opening(name) for name in (*_LINES, "papers", "drops")},
        "links": {name: opening(f"link_{name}") for name in _LINKS},
    }
    html = _templates().get_template("email/digest.html").render(facts)
    text = _templates().get_template("email/digest.txt").render(facts)
    return _Frames(Frame.cut(html + "\n"), Frame.cut(_tidy(text)))


def _lines(digest: Digest, subject: str) -> dict[str, str]:
    """Write what stands in a frame and is about this digest alone."""
    changes = f"Changed since your last digest: {'; '.join(digest.changes)}."
    return {
        "subject": subject,
        "preheader": _preheader(digest),
        "headline": _headline(digest),
        "changes": changes if digest.changes else "",
        "more": f"{digest.cut} more paper{_s(digest.cut)} matched and did not fit.",
    }


def _own(lines: Mapping[str, str], links: Links, write: Callable[[str], str]) -> Filling:
    """Return what a reader has for the lines and links of a frame."""
    own = {**lines, **{f"link_{name}": getattr(links, name) for name in _LINKS}}
    return {name: (Piece(write(text)),) for name, text in own.items()}


def _shown(section: Section) -> list[_Pair]:
    """Return a section's heading, if any, and its cards."""
    heading = [_heading(section.topic)] if section.topic else []
    return heading + [
        # Readers who got a paper for the same words share its card.
        _card(item.paper, item.reason, item.day if item.is_leftover else None)
        for item in section.items
    ]


@lru_cache(maxsize=4096)
def _heading(topic: str) -> _Pair:
    return _pair("email/heading", {"topic": topic})


@lru_cache(maxsize=4096)
def _card(paper: Paper, reason: Reason | None, missed_on: date | None) -> _Pair:
    terms = reason.marked if reason else ()
    facts = {
        "paper": paper,
        "reason": reason,
        "missed_on": missed_on,
        "title": marked(paper.title, terms),
        "summary": marked(paper.summary or "", terms),
        "abstract": marked(teaser(paper.abstract), terms),
    }
    return _pair("email/card", facts)


def _pair(template: str, facts: Mapping[str, object]) -> _Pair:
    """Render whole lines that many readers share."""
    html = _templates().get_template(f"{template}.html").render(facts)
    text = _templates().get_template(f"{template}.txt").render(facts)
    return _Pair(
        Piece(html.strip() + "\n", is_shared=True), Piece(_tidy(text) + "\n", is_shared=True)
    )


def _drop(query: str, url: str) -> _Drop:
    """Return the link that drops a topic; all but its address is shared."""
    frames = _drop_frames(query)
    return _Drop(
        frames.html.filled({"url": (Piece(markup.escape(url)),)}),
        frames.text.filled({"url": (Piece(url),)}),
    )


@lru_cache(maxsize=4096)
def _drop_frames(query: str) -> _Frames:
    facts = {"query": query, "url": opening("url")}
    html = _templates().get_template("email/drop.html").render(facts)
    text = _templates().get_template("email/drop.txt").render(facts)
    return _Frames(Frame.cut(html), Frame.cut("\n" + _tidy(text)))


@lru_cache(maxsize=4096)
def _pattern(terms: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(set(terms), key=len, reverse=True)
    words = "|".join(r"[\s\-]+".join(map(re.escape, term.split())) for term in longest_first)
    return re.compile(rf"(?<!\w)({words})(?!\w)", re.IGNORECASE)


def _headline(digest: Digest) -> str:
    count = len(digest.items)
    papers = f"{count} paper{_s(count)}"
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
