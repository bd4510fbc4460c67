"""arXiv: the categories of papers we have (Atom API).

Manners asked by arXiv: one request in three seconds, over https, one connection
(https://info.arxiv.org/help/api/tou.html); give the HttpClient `seconds_between=3`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from xml.etree import ElementTree as Xml

from digest.papers import clean_text
from digest.sources.base import SourceUnavailable
from digest.sources.http import HttpClient

SECONDS_BETWEEN_REQUESTS = 3.0
_IDS_PER_REQUEST = 100
_ID = re.compile(r"^\d{4}\.\d{4,5}$|^[a-z-]+(?:\.[A-Z]{2})?/\d{7}$")
_ID_IN_LINK = re.compile(r"abs/(.+?)(?:v\d+)?$")
_NAMES = {
    "atom": "http://www.w3.org/2005/Atom",
    "arxiv": "http://arxiv.org/schemas/atom",
}


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


def _entries(body: bytes) -> Iterator[Xml.Element]:
    # Entities are the one dangerous thing in XML, and they need a DOCTYPE; feeds have none.
    if b"<!DOCTYPE" in body:
        raise SourceUnavailable("arXiv answered with something that is not a feed")
    try:
        feed = Xml.fromstring(body)  # noqa: S314 - no DOCTYPE, so no entities
    except Xml.ParseError as error:
        raise SourceUnavailable(f"arXiv answered with a broken feed ({error})") from None
    yield from feed.iterfind("atom:entry", _NAMES)


def _arxiv_id(entry: Xml.Element) -> str:
    found = _ID_IN_LINK.search(entry.findtext("atom:id", "", _NAMES).strip())
    return found[1] if found and _ID.match(found[1]) else ""


def _categories(entry: Xml.Element) -> tuple[str, ...]:
    primary = entry.find("arxiv:primary_category", _NAMES)
    terms = [category.get("term", "") for category in entry.iterfind("atom:category", _NAMES)]
    first = [primary.get("term", "")] if primary is not None else []
    return tuple(dict.fromkeys(filter(None, map(clean_text, first + terms))))
