"""arXiv: categories by id, and the daily announcements as a source."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from digest.sources import HttpClient, Outcome, SourceUnavailable, Validators
from digest.sources.arxiv import ArxivAnnouncements, categories
from tests.servers import papers
from tests.servers.papers import SERVER_ERROR, Fault, PapersServer

FEED = b"""<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom"
  xmlns:dc="http://purl.org/dc/elements/1.1/">
<entry><id>oai:arXiv.org:2606.00001v1</id><title>Diffusion at Rest</title>
<published>2026-06-05T00:00:00-04:00</published><arxiv:announce_type>new</arxiv:announce_type>
<summary>arXiv:2606.00001v1 Announce Type: new
Abstract: We stop early.</summary><category term="cs.CV"/><category term="cs.LG"/>
<dc:creator>Ada Example, Ben Example</dc:creator></entry>
<entry><id>oai:arXiv.org:2501.00001v4</id><title>Only Replaced</title>
<published>2026-06-05T00:00:00-04:00</published>
<arxiv:announce_type>replace</arxiv:announce_type><dc:creator>Ada Example</dc:creator></entry>
</feed>"""


@pytest.fixture
def server() -> Iterator[PapersServer]:
    with papers.serve(PapersServer()) as running:
        yield running


@pytest.fixture
def client(server: PapersServer) -> HttpClient:
    return HttpClient(server.url, "tests@example.org", sleep=lambda _: None)


def test_categories_are_found_by_id_a_hundred_a_request(
    server: PapersServer, client: HttpClient
) -> None:
    ids = [f"2606.{number:05d}" for number in range(150)]
    server.categories["2606.00003"] = ["cs.CV", "cs.LG"]
    found = categories(client, ids)
    assert len(found) == 150
    assert found["2606.00003"] == ("cs.CV", "cs.LG")
    assert len(server.requests) == 2


def test_ids_that_are_not_arxivs_are_not_asked_for(
    server: PapersServer, client: HttpClient
) -> None:
    assert categories(client, ["sample-01", "../etc"]) == {}
    assert server.requests == []


def test_a_silent_arxiv_is_unavailable(server: PapersServer, client: HttpClient) -> None:
    server.fail("arxiv", *[SERVER_ERROR] * 4)
    with pytest.raises(SourceUnavailable):
        categories(client, ["2606.00001"])


def test_entities_in_the_answer_are_refused(server: PapersServer, client: HttpClient) -> None:
    bomb = (
        b'<!DOCTYPE feed [<!ENTITY a "aaaa">]><feed xmlns="http://www.w3.org/2005/Atom">&a;</feed>'
    )
    server.fail("arxiv", Fault(200, bomb))
    with pytest.raises(SourceUnavailable):
        categories(client, ["2606.00001"])


def test_announcements_are_a_source_of_new_papers(server: PapersServer, client: HttpClient) -> None:
    server.fail("feed", Fault(200, FEED))
    listing = ArxivAnnouncements(client, "cs.CV").fetch(date(2026, 6, 5), Validators())
    assert listing.outcome is Outcome.OK
    (paper,) = listing.papers
    assert (paper.arxiv_id, paper.title) == ("2606.00001", "Diffusion at Rest")
    assert (paper.abstract, paper.categories) == ("We stop early.", ("cs.CV", "cs.LG"))
    assert paper.authors == ("Ada Example", "Ben Example")
