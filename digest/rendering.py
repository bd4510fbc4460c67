"""A digest (or a short note) -> subject, HTML and plain text.

No template is rendered for each reader: papers, headings and the frame around them are rendered
once for all who get them, and a reader's own lines and links are filled in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import urlsplit

from digest.digests import Digest
from digest.frames import (
    Filling,
    Frame,
    Frames,
    Own,
    Piece,
    common,
    opening,
    templates,
    tidy,
)
from digest.papers import clean_text
from digest.sections import OwnLinks, TopicLinks, sections_of, shown, topic_links
from digest.wording import plural, shortened, wrapped

_SUBJECT_CHARACTERS = 78
_PREHEADER_CHARACTERS = 140
_LONG_DIGEST = 12
"""More papers than this are shown briefly, for the reader's sake and for Gmail's (it clips)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Who sends, as every mail says it."""

    name: str
    address: str
    postal_address: str
    url: str
    """The front page."""


class Links(NamedTuple):
    """Where the links of one reader's digest lead."""

    view: str
    manage: str
    unsubscribe: str
    edition: str
    """The page that lists what was cut."""
    topics: Mapping[str, TopicLinks]
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
    unsubscribe_url: str = ""
    """Of a mail that is part of the list."""


class Mail(NamedTuple):
    subject: str
    html_pieces: tuple[Piece, ...]
    text_pieces: tuple[Piece, ...]
    unsubscribe_url: str = ""
    """One-click (RFC 8058), for the header; none in mails that are not part of the list."""

    @classmethod
    def of(cls, subject: str, html: str, text: str, unsubscribe_url: str = "") -> Mail:
        """Return a mail that shares nothing with any other."""
        return cls(subject, (Piece.of(html),), (Piece.of(text),), unsubscribe_url)

    @property
    def html(self) -> str:
        return "".join(piece.text for piece in self.html_pieces)

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.text_pieces)


def render_digest(digest: Digest, links: Links, sender: Sender) -> Mail:
    """Return the mail of one reader's digest."""
    subject = subject_of(digest)
    frames = _digest_frames(_Occasion.of(digest, sender))
    is_long = len(digest.items) > _LONG_DIGEST
    topics = {query: OwnLinks.of(urls) for query, urls in links.topics.items()}
    sections = [
        shown(section, topics.get(section.topic), is_long=is_long)
        for section in sections_of(digest)
    ]
    changes = _changes(digest)
    own = {
        "subject": Own.of(subject),
        "preheader": Own.of(_preheader(digest)),
        "headline": common(_headline(digest)),
        "changes": common(changes),
        "more": common(_more(digest)),
        "link_view": Own.of(links.view),
        "link_manage": Own.of(links.manage),
        "link_unsubscribe": Own.of(links.unsubscribe),
        "link_edition": common(links.edition),
    }
    html: Filling = {
        **{name: (piece.html,) for name, piece in own.items()},
        "sections": tuple([piece for section in sections for piece in section.html]),
    }
    text: Filling = {
        **{name: (piece.text,) for name, piece in own.items()},
        "headline": (common(_headline(digest).upper()).text,),
        "changes": (common(wrapped(f"{changes} Undo:") if changes else "").text,),
        "sections": tuple([piece for section in sections for piece in section.text]),
        "topics": tuple(
            [piece for query, urls in topics.items() for piece in topic_links(query, urls)]
        ),
    }
    return Mail(subject, frames.html.filled(html), frames.text.filled(text), links.unsubscribe)


def render_note(note: Note, sender: Sender) -> Mail:
    """Return a mail that asks or tells one thing."""
    facts = {"note": note, "sender": sender, "host": urlsplit(sender.url).netloc}
    html = templates().get_template("email/note.html").render(facts)
    text = templates().get_template("email/note.txt").render(facts)
    return Mail.of(clean_text(note.subject), html, tidy(text), note.unsubscribe_url)


def subject_of(digest: Digest) -> str:
    """Name the first paper and count the others."""
    first, others = digest.items[0].paper.title, len(digest.items) - 1
    ending = f", and {others} more paper{plural(others)}" if others else ""
    return shortened(first, _SUBJECT_CHARACTERS - len(ending)) + ending


class _Occasion(NamedTuple):
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


_LINES = ("subject", "preheader", "headline", "changes", "more")
"""A reader's own."""
_LINKS = tuple(name for name in Links._fields if name != "topics")


@lru_cache(maxsize=128)
def _digest_frames(occasion: _Occasion) -> Frames:
    """Render the frame of a digest, open at each reader's own lines, links and papers."""
    facts: dict[str, object] = {
        **occasion._asdict(),
        "host": urlsplit(occasion.sender.url).netloc,
        **{name: opening(name) for name in (*_LINES, "sections", "topics")},
        "links": {name: opening(f"link_{name}") for name in _LINKS},
    }
    html = templates().get_template("email/digest.html").render(facts)
    text = templates().get_template("email/digest.txt").render(facts)
    return Frames(Frame.cut(html + "\n"), Frame.cut(tidy(text)))


def _changes(digest: Digest) -> str:
    if not digest.changes:
        return ""
    return f"Changed since your last digest: {'; '.join(digest.changes)}."


def _more(digest: Digest) -> str:
    verb = "matched and did not fit" if digest.topics else "did not fit"
    return f"{digest.cut} more paper{plural(digest.cut)} {verb}."


def _headline(digest: Digest) -> str:
    count = len(digest.items)
    if digest.topics:
        return f"{count} paper{plural(count)} for your topics"
    return f"{count} trending paper{plural(count)}"


def _preheader(digest: Digest) -> str:
    """What an inbox shows after the subject: the next titles, as the subject has the first."""
    others = [item.paper.title for item in digest.items[1:4]]
    return shortened(" · ".join(others) or digest.items[0].paper.abstract, _PREHEADER_CHARACTERS)
