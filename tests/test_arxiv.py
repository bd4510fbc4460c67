"""arXiv: categories by id."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from digest.sources import HttpClient, SourceUnavailable
from digest.sources.arxiv import categories
from tests.servers import papers
from tests.servers.papers import SERVER_ERROR, Fault, PapersServer


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
