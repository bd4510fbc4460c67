"""arXiv: categories for papers we have (Atom API), and the daily announcements (RSS) as a source.

Manners asked by arXiv: one request in three seconds, over https, one connection
(https://info.arxiv.org/help/api/tou.html); give the HttpClient `seconds_between=3`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from xml.etree import ElementTree as Xml

from digest.papers import Paper, clean_text
from digest.sources.base import Listing, Outcome, SourceUnavailable, Validators
from digest.sources.http import HttpClient

SECONDS_BETWEEN_REQUESTS = 3.0
_IDS_PER_REQUEST = 100
_ID = re.compile(r"^\d{4}\.\d{4,5}$|^[a-z-]+(?:\.[A-Z]{2})?/\d{7}$")
_ID_IN_LINK = re.compile(r"(?:abs/|arXiv\.org:)(.+?)(?:v\d+)?$")
_NAMES = {
    "atom": "http://www.w3.org/2005/Atom",
    "arxiv": "http://arxiv.org/schemas/atom",
    "dc": "http://purl.org/dc/elements/1.1/",
}
_ANNOUNCED = frozenset({"new", "cross"})
_PREAMBLE = re.compile(r"^arXiv:\S+ Announce Type: \S+\s+Abstract:\s*")


def categories(http: HttpClient, arxiv_ids: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Return the categories, primary first, of those papers that arXiv knows.

    A hundred papers cost one request. Raises SourceUnavailable.
    """
    known = [arxiv_id for arxiv_id in arxiv_ids if _ID.match(arxiv_id)]
    found: dict[str, tuple[str, ...]] = {}
    for start in range(0, len(known), _IDS_PER_REQUEST):
        batch = known[start : start + _IDS_PER_REQUEST]
        answer = http.get(
            "/api/query", {"id_list": ",".join(batch), "max_results": _IDS_PER_REQUEST}
        )
        for entry in _entries(answer.body):
            if arxiv_id := _arxiv_id(entry):
                found[arxiv_id] = _categories(entry)
    return found


@dataclass(frozen=True, slots=True)
class ArxivAnnouncements:
    """The daily feed of one archive or category ("cs.AI"), as a source of editions."""

    http: HttpClient
    category: str

    @property
    def name(self) -> str:
        return f"arxiv:{self.category}"

    def fetch(self, day: date, validators: Validators) -> Listing:
        """Return what was announced on `day`; the feed knows only its latest day."""
        headers = {"If-None-Match": validators.etag} if validators.etag else {}
        answer = self.http.get(f"/atom/{self.category}", headers=headers)
        if answer.status == 304:
            return Listing(outcome=Outcome.UNCHANGED, validators=validators)
        papers: list[Paper] = []
        skipped: list[str] = []
        for number, entry in enumerate(_entries(answer.body), start=1):
            if _text(entry, "arxiv:announce_type") not in _ANNOUNCED or _day(entry) != day:
                continue
            paper = _paper(entry, day)
            if paper:
                papers.append(paper)
            else:
                skipped.append(f"entry {number} lacks an id or a title")
        return Listing(
            outcome=Outcome.OK if papers else Outcome.EMPTY,
            papers=tuple(papers),
            skipped=tuple(skipped),
            validators=Validators(answer.headers.get("etag")),
        )


def _entries(body: bytes) -> Iterator[Xml.Element]:
    # Entities are the one dangerous thing in XML, and they need a DOCTYPE; feeds have none.
    if b"<!DOCTYPE" in body:
        raise SourceUnavailable("arXiv answered with something that is not a feed")
    try:
        feed = Xml.fromstring(body)  # noqa: S314 - no DOCTYPE, so no entities
    except Xml.ParseError as error:
        raise SourceUnavailable(f"arXiv answered with a broken feed ({error})") from None
    yield from feed.iterfind("atom:entry", _NAMES)


def _paper(entry: Xml.Element, day: date) -> Paper | None:
    arxiv_id, title = _arxiv_id(entry), _text(entry, "atom:title")
    if not arxiv_id or not title:
        return None
    return Paper(
        arxiv_id=arxiv_id,
        title=title,
        abstract=_PREAMBLE.sub("", _text(entry, "atom:summary")),
        authors=_authors(entry),
        categories=_categories(entry),
        listed_on=day,
    )


def _arxiv_id(entry: Xml.Element) -> str:
    found = _ID_IN_LINK.search(_text(entry, "atom:id"))
    return found[1] if found and _ID.match(found[1]) else ""


def _authors(entry: Xml.Element) -> tuple[str, ...]:
    named = [
        clean_text(name.text or "") for name in entry.iterfind("atom:author/atom:name", _NAMES)
    ]
    creators = [name.strip() for name in _text(entry, "dc:creator").split(",")]
    return tuple(filter(None, named or creators))


def _categories(entry: Xml.Element) -> tuple[str, ...]:
    primary = entry.find("arxiv:primary_category", _NAMES)
    terms = [category.get("term", "") for category in entry.iterfind("atom:category", _NAMES)]
    first = [primary.get("term", "")] if primary is not None else []
    return tuple(dict.fromkeys(filter(None, map(clean_text, first + terms))))


def _day(entry: Xml.Element) -> date | None:
    with suppress(ValueError):
        return datetime.fromisoformat(_text(entry, "atom:published")).date()
    return None


def _text(entry: Xml.Element, name: str) -> str:
    return clean_text(entry.findtext(name, "", _NAMES))
