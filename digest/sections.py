"""A digest's topics and papers, each rendered once for all who read it, in HTML and plain text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache, partial
from typing import NamedTuple

from markupsafe import Markup, escape

from digest.digests import Digest, Item
from digest.frames import Filling, Frame, Frames, Own, Piece, opening, templates, tidy
from digest.matching import Reason
from digest.papers import Paper
from digest.wording import excerpt, marked, mentions, shortened, teaser, wrapped

_TITLE_CHARACTERS = 180
_SUMMARY_CHARACTERS = 240
_TOPIC_CHARACTERS = 120
_NO_TOPIC = "Most upvoted first"
_ABSTRACT_CHARACTERS = 320
_SHORT_ABSTRACT_CHARACTERS = 240
_BRIEF_ABSTRACT_CHARACTERS = 160
_MARK = Markup('<mark style="background:#fbeab0;color:#23201a">{}</mark>')


class TopicLinks(NamedTuple):
    """Where a reader rests from a topic, or leaves it."""

    pause: str
    drop: str


class Section(NamedTuple):
    """The items of a topic, or of the trending list, under its heading."""

    topic: str
    items: tuple[Item, ...]


class OwnLinks(NamedTuple):
    """TopicLinks, ready to be filled in."""

    pause: Own
    drop: Own

    @classmethod
    def of(cls, links: TopicLinks) -> OwnLinks:
        return cls(Own.of(links.pause), Own.of(links.drop))


class Pieces(NamedTuple):
    html: tuple[Piece, ...]
    text: tuple[Piece, ...]


class Card(NamedTuple):
    html: Piece
    text: Piece


def sections_of(digest: Digest) -> tuple[Section, ...]:
    """Group the items by topic, in order of their best item."""
    grouped: dict[str | None, list[Item]] = {}
    for item in digest.items:
        grouped.setdefault(item.topic, []).append(item)
    return tuple(Section(query or _NO_TOPIC, tuple(items)) for query, items in grouped.items())


def shown(section: Section, links: OwnLinks | None, *, is_long: bool) -> Pieces:
    """Return a section's heading and its cards."""
    heading = _heading(section.topic, links)
    cards = [
        _card(item.paper, item.reason, item.day if item.is_leftover else None, is_long)
        for item in section.items
    ]
    html, text = zip(*cards, strict=True)
    return Pieces(heading.html + html, heading.text + text)


def topic_links(topic: str, links: OwnLinks) -> tuple[Piece, ...]:
    """Return what a heading offers in HTML, for the foot of the text."""
    filling = {"pause": (links.pause.text,), "drop": (links.drop.text,)}
    return _topic_frame(topic).filled(filling)


def _heading(topic: str, links: OwnLinks | None) -> Pieces:
    """Return a section's heading, in HTML with links to rest from the topic or leave it."""
    frames = _heading_frames(topic, has_links=links is not None)
    filling: Filling = {}
    if links:
        filling = {"pause": (links.pause.html,), "drop": (links.drop.html,)}
    return Pieces(frames.html.filled(filling), frames.text.filled({}))


@lru_cache(maxsize=4096)
def _topic_frame(topic: str) -> Frame:
    facts = {"topic": shortened(topic, _TOPIC_CHARACTERS)}
    facts |= {name: opening(name) for name in TopicLinks._fields}
    return Frame.cut(tidy(templates().get_template("email/topic.txt").render(facts)) + "\n")


@lru_cache(maxsize=4096)
def _heading_frames(topic: str, *, has_links: bool) -> Frames:
    """All of a heading but the addresses is the same for all who follow the topic."""
    openings = {name: opening(name) for name in TopicLinks._fields}
    return _rendered(
        "email/heading",
        {"topic": shortened(topic, _TOPIC_CHARACTERS), "has_links": has_links, **openings},
    )


def _rendered(template: str, facts: Mapping[str, object]) -> Frames:
    """Render whole lines with openings in them."""
    html = templates().get_template(f"{template}.html").render(facts)
    text = templates().get_template(f"{template}.txt").render(facts)
    return Frames(Frame.cut(html.strip() + "\n"), Frame.cut(tidy(text) + "\n"))


@lru_cache(maxsize=4096)
def _card(paper: Paper, reason: Reason | None, missed_on: date | None, is_brief: bool) -> Card:
    """Fill a paper's card with what matched, marked; readers who got it for the same share it."""
    terms = reason.marked if reason else ()
    mark = partial(marked, terms=terms, mark=_MARK)
    title = shortened(paper.title, _TITLE_CHARACTERS)
    summary = teaser(paper.summary or "", _SUMMARY_CHARACTERS)
    abstract = _abstract(paper, terms, is_brief=is_brief)
    why = reason.sentence() if reason else ""
    html = {
        "title": mark(title),
        "summary": escape(summary) if is_brief else mark(summary),
        "abstract": escape(abstract) if is_brief else mark(abstract),
        "why": escape(why),
    }
    text = {
        "title": wrapped(f"* {title}", hang=2),
        "summary": wrapped(summary, 2),
        "abstract": wrapped(abstract, 2),
        "why": wrapped(f"Why: {why}.", 2),
    }
    frames = _card_frames(paper, missed_on, bool(summary), bool(abstract), bool(reason))
    return Card(
        Piece.joined(frames.html.filled({name: (Piece.of(str(t)),) for name, t in html.items()})),
        Piece.joined(frames.text.filled({name: (Piece.of(t),) for name, t in text.items()})),
    )


@lru_cache(maxsize=1024)
def _card_frames(
    paper: Paper, missed_on: date | None, has_summary: bool, has_abstract: bool, has_reason: bool
) -> Frames:
    """All of a card that is the same whatever the paper was chosen for."""
    facts = {
        "paper": paper,
        "missed_on": missed_on,
        "has_summary": has_summary,
        "has_abstract": has_abstract,
        "has_reason": has_reason,
        **{name: opening(name) for name in ("title", "summary", "abstract", "why")},
    }
    return _rendered("email/card", facts)


def _abstract(paper: Paper, terms: Sequence[str], *, is_brief: bool) -> str:
    """Shorten the abstract; what matched is quoted where nothing else would show it."""
    if is_brief:
        return "" if paper.summary else teaser(paper.abstract, _BRIEF_ABSTRACT_CHARACTERS)
    room = _SHORT_ABSTRACT_CHARACTERS if paper.summary else _ABSTRACT_CHARACTERS
    is_shown = mentions(f"{paper.title} {paper.summary or ''}", terms)
    return excerpt(paper.abstract, () if is_shown else terms, room)
