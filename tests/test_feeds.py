"""Feeds and references, read by the programs that others read them with."""

from __future__ import annotations

from datetime import UTC, datetime
from xml.etree import ElementTree

import bibtexparser
import feedparser
import rispy
from fastapi.testclient import TestClient

from digest import deliveries, subscribers
from digest.config import Settings
from digest.database import Database
from digest.feeds import Feed, FeedItem, atom
from digest.matches import match
from digest.tokens import Scope
from tests.factories import NOW
from tests.readers import deliver, link, reader


def feed_of(web: TestClient, settings: Settings, number: int) -> str:
    """Return the path of a reader's feed, as the page for managing shows it."""
    page = web.get(link(settings, Scope.MANAGE, number)).text
    return page.split(f'href="{settings.url}/feed/', 1)[1].split(".atom", 1)[0].join(["/feed/", ""])


def test_a_topics_feed_brings_its_papers_and_why(web: TestClient) -> None:
    answer = web.get("/feed.atom", params={"q": "robots"})
    assert answer.headers["content-type"] == "application/atom+xml; charset=utf-8"
    feed = feedparser.parse(answer.content)
    assert not feed.bozo
    assert feed.feed.title == "Trending papers: robots"
    (entry,) = feed.entries
    assert entry.title == "A Survey of Robots"
    assert [author.name for author in entry.authors] == ["Ada Example", "Ben Example"]
    assert "Why: mentions Robots." in entry.content[0].value
    assert entry.updated == "2026-06-02T12:00:00Z"


def test_the_whole_list_is_a_feed_too(web: TestClient) -> None:
    feed = web.get("/feed.json").json()
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    titles = [item["title"] for item in feed["items"]]
    assert titles == ["Diffusion <b>Models</b> at Rest", "A Survey of Robots"]
    assert "<b>" not in feed["items"][0]["content_html"]


def test_an_unchanged_feed_is_not_sent_again(web: TestClient) -> None:
    etag = web.get("/feed.atom").headers["etag"]
    again = web.get("/feed.atom", headers={"If-None-Match": f'W/{etag}, "other"'})
    assert (again.status_code, again.content) == (304, b"")


def test_a_feed_of_a_topic_that_cannot_be_read_says_so(web: TestClient) -> None:
    answer = web.get("/feed.atom", params={"q": "(open"})
    assert answer.status_code == 422
    assert "(" in answer.text


def test_what_no_xml_can_hold_is_left_out() -> None:
    item = FeedItem(id="x", url="x", title="a\x0b\ufffe<b>", html="&\x00", at=NOW)
    document = atom(Feed(title="t", home_url="h", url="u", items=(item,)))
    (title,) = ElementTree.fromstring(document).iterfind("{*}entry/{*}title")
    assert title.text == "a<b>"


def test_a_readers_digests_are_a_feed_whose_address_can_be_changed(
    web: TestClient, sqlite: Database, settings: Settings
) -> None:
    number = reader(sqlite, "robots")
    match(sqlite)
    deliveries.plan(sqlite, NOW)
    deliver(sqlite, settings)
    path = feed_of(web, settings, number)
    answer = web.get(f"{path}.atom")
    (entry,) = feedparser.parse(answer.content).entries
    assert entry.id == "tag:localhost,2026-06-03:digest/1"
    assert "A Survey of Robots" in entry.content[0].value
    assert web.get(entry.link).status_code == 200
    assert answer.headers["x-robots-tag"] == "noindex"
    assert web.get(f"{path}.json").json()["items"][0]["title"] == "A Survey of Robots"

    web.post(f"{link(settings, Scope.MANAGE, number)}/feed")
    assert web.get(f"{path}.atom").status_code == 404
    assert web.get(f"{feed_of(web, settings, number)}.atom").status_code == 200


def test_the_feed_of_who_has_left_is_gone(
    web: TestClient, sqlite: Database, settings: Settings
) -> None:
    number = reader(sqlite, "robots")
    path = feed_of(web, settings, number)
    subscribers.unsubscribe(sqlite, number, NOW)
    assert web.get(f"{path}.atom").status_code == 404


def test_a_digest_is_handed_over_as_references(
    web: TestClient, sqlite: Database, settings: Settings
) -> None:
    reader(sqlite, "robots")
    match(sqlite)
    deliveries.plan(sqlite, NOW)
    deliver(sqlite, settings)
    page = link(settings, Scope.VIEW, 1)
    assert f'href="{page}/papers.bib"' in web.get(page).text
    answer = web.get(f"{page}/papers.bib")
    assert answer.headers["content-disposition"] == 'attachment; filename="digest-2026-06-02.bib"'
    (entry,) = bibtexparser.parse_string(answer.text).entries
    assert entry["title"] == "{A Survey of Robots}"
    (record,) = rispy.loads(web.get(f"{page}/papers.ris").text)
    assert record["title"] == "A Survey of Robots"


def test_a_feed_without_items_is_dated_all_the_same() -> None:
    empty = Feed(title="t", home_url="h", url="u", items=())
    assert empty.updated == datetime(2020, 1, 1, tzinfo=UTC)
