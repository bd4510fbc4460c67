"""A digest (or a short note) -> subject, HTML and plain text.

No template is rendered for each reader: papers, headings and the frame around them are rendered
once for all who get them, and a reader's own lines and links are filled in.
"""

from __future__ import annotations

import html as markup
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from functools import lru_cache, partial
from typing import NamedTuple
from urllib.parse import urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup, escape

from digest.digests import Digest, Item
from digest.frames import Filling, Frame, Piece, opening
from digest.matching import Reason
from digest.papers import Paper, clean_text
from digest.wording import (
    byline,
    counts,
    excerpt,
    further_links,
    marked,
    mentions,
    plural,
    shortened,
    spoken_day,
    teaser,
    wrapped,
)

_SUBJECT_CHARACTERS = 78
_PREHEADER_CHARACTERS = 140
_TITLE_CHARACTERS = 180
_SUMMARY_CHARACTERS = 240
_TOPIC_CHARACTERS = 120
_ABSTRACT_CHARACTERS = 320
_SHORT_ABSTRACT_CHARACTERS = 240
_BRIEF_ABSTRACT_CHARACTERS = 160
_LONG_DIGEST = 12
"""More papers than this are shown briefly, for the reader's sake and for Gmail's (it clips)."""
_MARK = Markup('<mark style="background:#fbeab0;color:#23201a">{}</mark>')


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Who sends, as every mail says it."""

    name: str
    address: str
    postal_address: str
    url: str
    """The front page."""


class TopicLinks(NamedTuple):
    """Where a reader rests from a topic, or leaves it."""

    pause: str
    drop: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """Where the links of one reader's digest lead."""

    view: str
    manage: str
    unsubscribe: str
    edition: str
    """The page that lists what was cut."""
    topics: Mapping[str, TopicLinks] = field(default_factory=dict)
    """By query."""


class SmallPrint(NamedTuple):
    """A sentence below the line, and the link it offers, if any."""

    sentence: str
    label: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A short mail with at most one button: confirmation, welcome, fresh link, farewell."""

    subject: str
    heading: str
    paragraphs: tuple[str, ...]
    listed: tuple[str, ...] = ()
    """What the first paragraph announces, line by line."""
    button: tuple[str, str] | None = None
    """Label and URL."""
    small_print: tuple[SmallPrint, ...] = ()


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
        "changes": wrapped(f"{lines['changes']} Undo:"),
    }
    frames = _digest_frames(_Occasion.of(digest, sender))
    is_long = len(digest.items) > _LONG_DIGEST
    shown = [_shown(section, links, is_long=is_long) for section in sections_of(digest)]
    html: Filling = {
        **_own(lines, links, markup.escape),
        "sections": tuple(piece for section in shown for piece in section.html),
    }
    text: Filling = {
        **_own(spoken, links, str),
        "sections": tuple(piece for section in shown for piece in section.text),
        "topics": tuple(
            piece for query, urls in links.topics.items() for piece in _topic_links(query, urls)
        ),
    }
    return Mail(subject, frames.html.filled(html), frames.text.filled(text))


def render_note(note: Note, sender: Sender) -> Mail:
    """Return a mail that asks or tells one thing."""
    facts = {"note": note, "sender": sender, "host": urlsplit(sender.url).netloc}
    html = _templates().get_template("email/note.html").render(facts)
    text = _templates().get_template("email/note.txt").render(facts)
    return Mail.of(clean_text(note.subject), html, _tidy(text))


def subject_of(digest: Digest) -> str:
    """Name the first paper and count the others."""
    first, others = digest.items[0].paper.title, len(digest.items) - 1
    ending = f", and {others} more paper{plural(others)}" if others else ""
    return shortened(first, _SUBJECT_CHARACTERS - len(ending)) + ending


def sections_of(digest: Digest) -> tuple[Section, ...]:
    """Group the items by topic, in order of their best item."""
    queries = dict.fromkeys(item.topic for item in digest.items)
    return tuple(
        Section(query or "Trending", tuple(item for item in digest.items if item.topic == query))
        for query in queries
    )


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
        "wrapped": wrapped,
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

    @classmethod
    def of(cls, digest: Digest, sender: Sender) -> _Occasion:
        return cls(
            day=digest.day,
            sender=sender,
            has_topics=bool(digest.topics),
            has_changes=bool(digest.changes),
            has_more=digest.cut > 0,
        )


class _Frames(NamedTuple):
    html: Frame
    text: Frame


class _Pair(NamedTuple):
    """The same in HTML and in plain text."""

    html: Piece
    text: Piece


class _Pieces(NamedTuple):
    html: tuple[Piece, ...]
    text: tuple[Piece, ...]


_LINES = ("subject", "preheader", "headline", "changes", "more")
"""A reader's own lines; `_lines` writes them."""
_LINKS = tuple(link.name for link in fields(Links) if link.name != "topics")


@lru_cache(maxsize=128)
def _digest_frames(occasion: _Occasion) -> _Frames:
    """Render the frame of a digest, open at each reader's own lines, links and papers."""
    facts: dict[str, object] = {
        **{fact.name: getattr(occasion, fact.name) for fact in fields(occasion)},
        "host": urlsplit(occasion.sender.url).netloc,
        **{name: opening(name) for name in (*_LINES, "sections", "topics")},
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
        "more": f"{digest.cut} more paper{plural(digest.cut)} matched and did not fit.",
    }


def _own(lines: Mapping[str, str], links: Links, write: Callable[[str], str]) -> Filling:
    """Return what a reader has for the lines and links of a frame."""
    own = {**lines, **{f"link_{name}": getattr(links, name) for name in _LINKS}}
    return {name: (Piece(write(text)),) for name, text in own.items()}


def _shown(section: Section, links: Links, *, is_long: bool) -> _Pieces:
    """Return a section's heading and its cards."""
    heading = _heading(section.topic, links.topics.get(section.topic))
    # Readers who got a paper for the same words share its card.
    cards = [
        _card(item.paper, item.reason, item.day if item.is_leftover else None, is_brief=is_long)
        for item in section.items
    ]
    return _Pieces(
        (*heading.html, *(card.html for card in cards)),
        (*heading.text, *(card.text for card in cards)),
    )


def _heading(topic: str, links: TopicLinks | None) -> _Pieces:
    """Return a section's heading, in HTML with links to rest from the topic or leave it."""
    frames = _heading_frames(topic, has_links=links is not None)
    urls = links._asdict() if links else {}
    return _Pieces(
        frames.html.filled({name: (Piece(markup.escape(url)),) for name, url in urls.items()}),
        frames.text.filled({}),
    )


def _topic_links(topic: str, links: TopicLinks) -> tuple[Piece, ...]:
    """Return what a heading offers in HTML, for the foot of the text."""
    urls = links._asdict()
    return _topic_frame(topic).filled({name: (Piece(url),) for name, url in urls.items()})


@lru_cache(maxsize=4096)
def _topic_frame(topic: str) -> Frame:
    facts = {"topic": shortened(topic, _TOPIC_CHARACTERS)}
    facts |= {name: opening(name) for name in TopicLinks._fields}
    return Frame.cut(_tidy(_templates().get_template("email/topic.txt").render(facts)) + "\n")


@lru_cache(maxsize=4096)
def _heading_frames(topic: str, *, has_links: bool) -> _Frames:
    """All of a heading but the addresses is the same for all who follow the topic."""
    openings = {name: opening(name) for name in TopicLinks._fields}
    return _frames(
        "email/heading",
        {"topic": shortened(topic, _TOPIC_CHARACTERS), "has_links": has_links, **openings},
    )


def _frames(template: str, facts: Mapping[str, object]) -> _Frames:
    """Render whole lines with openings in them."""
    html = _templates().get_template(f"{template}.html").render(facts)
    text = _templates().get_template(f"{template}.txt").render(facts)
    return _Frames(Frame.cut(html.strip() + "\n"), Frame.cut(_tidy(text) + "\n"))


@lru_cache(maxsize=4096)
def _card(paper: Paper, reason: Reason | None, missed_on: date | None, *, is_brief: bool) -> _Pair:
    terms = reason.marked if reason else ()
    facts = {
        "paper": paper,
        "reason": reason,
        "missed_on": missed_on,
        "mark": partial(marked, terms=terms, mark=_MARK),
        "mark_text": escape if is_brief else partial(marked, terms=terms, mark=_MARK),
        "title": shortened(paper.title, _TITLE_CHARACTERS),
        "summary": teaser(paper.summary or "", _SUMMARY_CHARACTERS),
        "abstract": _abstract(paper, terms, is_brief=is_brief),
    }
    return _pair("email/card", facts)


def _abstract(paper: Paper, terms: Sequence[str], *, is_brief: bool) -> str:
    """Shorten the abstract; what matched is quoted where nothing else would show it."""
    if is_brief:
        return "" if paper.summary else teaser(paper.abstract, _BRIEF_ABSTRACT_CHARACTERS)
    room = _SHORT_ABSTRACT_CHARACTERS if paper.summary else _ABSTRACT_CHARACTERS
    is_shown = mentions(f"{paper.title} {paper.summary or ''}", terms)
    return excerpt(paper.abstract, () if is_shown else terms, room)


def _pair(template: str, facts: Mapping[str, object]) -> _Pair:
    """Render whole lines that many readers share."""
    html = _templates().get_template(f"{template}.html").render(facts)
    text = _templates().get_template(f"{template}.txt").render(facts)
    return _Pair(
        Piece(html.strip() + "\n", is_shared=True), Piece(_tidy(text) + "\n", is_shared=True)
    )


def _headline(digest: Digest) -> str:
    count = len(digest.items)
    papers = f"{count} paper{plural(count)}"
    return f"{papers} for your topics" if digest.topics else f"{papers} trending"


def _preheader(digest: Digest) -> str:
    """What an inbox shows after the subject: the next titles, as the subject has the first."""
    others = [item.paper.title for item in digest.items[1:4]]
    return shortened(" · ".join(others) or digest.items[0].paper.abstract, _PREHEADER_CHARACTERS)


def _tidy(text: str) -> str:
    """Leave one empty line where a template leaves several."""
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"
