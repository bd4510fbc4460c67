"""A feed as a value, written as Atom (RFC 4287) or JSON Feed (version 1.1)."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from xml.etree import ElementTree

from markupsafe import Markup

from digest.digests import Digest
from digest.matching import Reason
from digest.papers import Paper

_ATOM = "http://www.w3.org/2005/Atom"
_NOT_XML = re.compile(r"[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]")
"""What no XML document may hold, not even as a reference (XML 1.0 section 2.2)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedItem:
    id: str
    url: str
    title: str
    html: str
    at: datetime
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    title: str
    home_url: str
    url: str
    items: tuple[FeedItem, ...]
    """Newest first."""

    @property
    def updated(self) -> datetime:
        return max((item.at for item in self.items), default=datetime(2020, 1, 1, tzinfo=UTC))


def paper_item(paper: Paper, day: date, reason: Reason | None) -> FeedItem:
    """Return a paper as an item, dated with the day of the list that brought it."""
    why = Markup("<p>Why: {}.</p>").format(reason.sentence()) if reason else Markup()
    return FeedItem(
        id=paper.url if paper.is_on_arxiv else f"{paper.url}#{paper.arxiv_id}",
        url=paper.url,
        title=paper.title,
        html=Markup("<p>{}</p>").format(paper.abstract or paper.summary or paper.title) + why,
        at=datetime.combine(day, time(12), UTC),
        authors=paper.authors,
        tags=paper.keywords,
    )


def digest_item(digest: Digest, identity: str, url: str, title: str, at: datetime) -> FeedItem:
    """Return a whole digest as one item that lists its papers."""
    line = Markup('<li><a href="{}">{}</a>{}</li>')
    papers = Markup().join(
        line.format(
            item.paper.url,
            item.paper.title,
            f": {item.reason.sentence()}" if item.reason else "",
        )
        for item in digest.items
    )
    return FeedItem(
        id=identity, url=url, title=title, html=Markup("<ul>{}</ul>").format(papers), at=at
    )


def atom(feed: Feed) -> bytes:
    """Return the feed as an Atom document."""
    ElementTree.register_namespace("", _ATOM)
    root = ElementTree.Element(_name("feed"))
    _add(root, "id", feed.url)
    _add(root, "title", feed.title)
    _add(root, "updated", _rfc3339(feed.updated))
    _add(root, "link", rel="self", type="application/atom+xml", href=feed.url)
    _add(root, "link", rel="alternate", type="text/html", href=feed.home_url)
    _add(_add(root, "author"), "name", "digest")
    for item in feed.items:
        _add_entry(root, item)
    document: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return document


def json_feed(feed: Feed) -> bytes:
    """Return the feed as a JSON Feed document."""
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.home_url,
        "feed_url": feed.url,
        "language": "en",
        "items": [
            {
                "id": item.id,
                "url": item.url,
                "title": item.title,
                "content_html": item.html,
                "date_published": _rfc3339(item.at),
                "authors": [{"name": name} for name in item.authors],
                "tags": list(item.tags),
            }
            for item in feed.items
        ],
    }
    return json.dumps(document, ensure_ascii=False).encode()


def _add_entry(root: ElementTree.Element, item: FeedItem) -> None:
    entry = _add(root, "entry")
    _add(entry, "id", item.id)
    _add(entry, "title", item.title)
    _add(entry, "updated", _rfc3339(item.at))
    _add(entry, "published", _rfc3339(item.at))
    _add(entry, "link", rel="alternate", type="text/html", href=item.url)
    for name in item.authors:
        _add(_add(entry, "author"), "name", name)
    for tag in item.tags:
        _add(entry, "category", term=tag)
    _add(entry, "content", item.html, type="html")


def _add(
    parent: ElementTree.Element, tag: str, text: str | None = None, **attributes: str
) -> ElementTree.Element:
    clean = {name: _NOT_XML.sub("", value) for name, value in attributes.items()}
    element = ElementTree.SubElement(parent, _name(tag), clean)
    element.text = _NOT_XML.sub("", text) if text else None
    return element


def _name(tag: str) -> str:
    return f"{{{_ATOM}}}{tag}"


def _rfc3339(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
