"""Hugging Face Daily Papers: the JSON API, and the page's embedded JSON when the API fails."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

from digest.papers import Paper, clean_text
from digest.sources.base import Listing, Outcome, SourceUnavailable, Validators
from digest.sources.http import Answer, HttpClient

_PAGE_SIZE = 100
_MAX_PAGES = 5
_LONGEST_TEXT = 20_000
_EMBEDDED = re.compile(r'data-target="DailyPapers"[^>]*?data-props="([^"]*)"')
_VERSION = re.compile(r"v\d+$")
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,62}")
_FUTURE = re.compile(r"future|less than or equal|not.{0,20}(yet|available)", re.IGNORECASE)


class _BrokenItem(Exception):
    """An item of a list that is not a paper; the text names it."""


class _NoList(Exception):
    """The answer is not a list of papers."""


@dataclass(frozen=True, slots=True)
class HuggingFace:
    """`GET /api/daily_papers?date=…`, observed shape; the API has no published schema."""

    http: HttpClient
    name: str = "huggingface"

    def fetch(self, day: date, validators: Validators) -> Listing:
        """Return the list of `day`; raises SourceUnavailable when API and page both fail."""
        try:
            return self._from_api(day, validators)
        except (SourceUnavailable, _NoList) as api_error:
            try:
                return self._from_page(day)
            except (SourceUnavailable, _NoList) as page_error:
                wait = getattr(api_error, "retry_after_seconds", None)
                raise SourceUnavailable(f"{api_error}; then {page_error}", wait) from api_error

    def _from_api(self, day: date, validators: Validators) -> Listing:
        items: list[Any] = []
        first: Answer | None = None
        for page in range(_MAX_PAGES):
            answer = self._page_of_api(day, page, validators if page == 0 else Validators())
            first = first or answer
            if answer.status == 304:
                return Listing(outcome=Outcome.UNCHANGED, validators=validators)
            if answer.status in {400, 404, 422} and _speaks_of_the_future(answer):
                return Listing(outcome=Outcome.NOT_YET)
            batch = _list_in(answer)
            items += batch
            if len(batch) < _PAGE_SIZE:
                break
        return listing(items, day, _validators(first))

    def _page_of_api(self, day: date, page: int, validators: Validators) -> Answer:
        conditions = {
            "If-None-Match": validators.etag,
            "If-Modified-Since": validators.last_modified,
        }
        headers = {name: value for name, value in conditions.items() if value}
        params: dict[str, str | int] = {"date": day.isoformat(), "limit": _PAGE_SIZE}
        if page:
            params["p"] = page
        return self.http.get("/api/daily_papers", params, {"Accept": "application/json"} | headers)

    def _from_page(self, day: date) -> Listing:
        answer = self.http.get(f"/papers/date/{day.isoformat()}")
        found = _EMBEDDED.search(answer.body.decode("utf-8", "replace"))
        if answer.status != 200 or not found:
            raise _NoList(f"the page of {day} (status {answer.status}) holds no list")
        try:
            props = json.loads(html.unescape(found[1]))
            items = props["dailyPapers"]
        except (ValueError, KeyError, TypeError):
            raise _NoList(f"the list in the page of {day} cannot be read") from None
        if props.get("dateString", day.isoformat()) != day.isoformat():
            return Listing(outcome=Outcome.NOT_YET)
        return listing(items, day, Validators())


def _list_in(answer: Answer) -> list[Any]:
    try:
        content = json.loads(answer.body)
    except ValueError:
        raise _NoList(f"the API answered {answer.status} with something that is not JSON") from None
    if not isinstance(content, list):
        message = content.get("error", "") if isinstance(content, dict) else ""
        raise _NoList(f"the API answered {answer.status} {str(message)[:200]!r} instead of a list")
    return content


def _speaks_of_the_future(answer: Answer) -> bool:
    return bool(_FUTURE.search(answer.body[:1000].decode("utf-8", "replace")))


def _validators(answer: Answer | None) -> Validators:
    if answer is None:
        return Validators()
    return Validators(answer.headers.get("etag"), answer.headers.get("last-modified"))


def listing(items: Iterable[Any], day: date, validators: Validators) -> Listing:
    """Read the API's items; a broken one is skipped and named."""
    papers: dict[str, Paper] = {}
    skipped: list[str] = []
    for number, item in enumerate(items, start=1):
        try:
            paper = _paper(item, day)
        except _BrokenItem as error:
            skipped.append(f"item {number}: {error}")
        else:
            papers.setdefault(paper.arxiv_id, paper)
    outcome = Outcome.OK if papers else Outcome.EMPTY
    if skipped and not papers:
        raise _NoList(f"none of {len(skipped)} items can be read; {skipped[0]}")
    return Listing(
        outcome=outcome,
        papers=tuple(papers.values()),
        skipped=tuple(skipped),
        validators=validators,
    )


def _paper(item: Any, day: date) -> Paper:
    if not isinstance(item, Mapping) or not isinstance(item.get("paper"), Mapping):
        raise _BrokenItem("has no paper")
    inner: Mapping[str, Any] = item["paper"]
    arxiv_id = _VERSION.sub("", str(inner.get("id", "")).strip())
    if not _ID.fullmatch(arxiv_id):
        raise _BrokenItem(f"has no usable id ({str(inner.get('id'))[:40]!r})")
    title = _text(inner.get("title")) or _text(item.get("title"))
    if not title:
        raise _BrokenItem(f"{arxiv_id} has no title")
    organization = inner.get("organization") or item.get("organization") or {}
    return Paper(
        arxiv_id=arxiv_id,
        title=title,
        abstract=_text(inner.get("summary")) or _text(item.get("summary")),
        authors=_authors(inner.get("authors")),
        organization=_organization(organization),
        summary=_text(inner.get("ai_summary")) or None,
        keywords=tuple(filter(None, map(_text, _sequence(inner.get("ai_keywords"))))),
        upvotes=_count(inner.get("upvotes")),
        comments=_count(item.get("numComments")),
        code_url=_link(inner.get("githubRepo")),
        code_stars=_count(inner["githubStars"]) if inner.get("githubStars") is not None else None,
        project_url=_link(inner.get("projectPage")),
        published_on=_day(inner.get("publishedAt")),
        listed_on=_day(inner.get("submittedOnDailyAt")) or day,
    )


def _text(value: Any) -> str:
    return clean_text(value[:_LONGEST_TEXT]) if isinstance(value, str) else ""


def _sequence(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _authors(value: Any) -> tuple[str, ...]:
    named = (a for a in _sequence(value) if isinstance(a, Mapping) and not a.get("hidden"))
    return tuple(filter(None, (_text(author.get("name")) for author in named)))


def _organization(value: Any) -> str | None:
    if not isinstance(value, Mapping):
        return None
    return _text(value.get("fullname")) or _text(value.get("name")) or None


def _count(value: Any) -> int:
    return min(max(value, 0), 10**9) if isinstance(value, int) else 0


def _link(value: Any) -> str | None:
    """Keep http and https addresses; anything else could be a script."""
    if not isinstance(value, str) or len(value) > 2000 or clean_text(value) != value:
        return None
    with suppress(ValueError):
        parts = urlsplit(value)
        if parts.scheme in {"http", "https"} and parts.hostname and " " not in value:
            return value
    return None


def _day(value: Any) -> date | None:
    parse: Callable[[str], datetime] = datetime.fromisoformat
    try:
        return parse(value).date() if isinstance(value, str) else None
    except ValueError:
        return None
