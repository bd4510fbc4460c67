"""Hugging Face Daily Papers, asked over HTTP: lists, faults, and how politely."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime

import httpx
import pytest

from digest.sources import HttpClient, HuggingFace, Outcome, Sample, SourceUnavailable, Validators
from digest.sources.http import wish
from tests.processes import free_port
from tests.servers import papers
from tests.servers.papers import (
    ERROR_OBJECT,
    HTML_PAGE,
    SERVER_ERROR,
    TOO_MANY_REQUESTS,
    TRUNCATED,
    Fault,
    PapersServer,
    item,
)

DAY = date(2026, 6, 5)
NONE = Validators()


@pytest.fixture
def server() -> Iterator[PapersServer]:
    with papers.serve(PapersServer({"2026-06-05": [item("2606.00001", "One")]})) as running:
        yield running


@pytest.fixture
def pauses() -> list[float]:
    return []


@pytest.fixture
def source(server: PapersServer, pauses: list[float]) -> HuggingFace:
    http = HttpClient(server.url, "tests@example.org", sleep=pauses.append, jitter=lambda: 0.5)
    return HuggingFace(http)


def titles(source: HuggingFace, day: date = DAY) -> list[str]:
    return [paper.title for paper in source.fetch(day, NONE).papers]


def test_a_paper_is_read_with_every_field(server: PapersServer, source: HuggingFace) -> None:
    server.lists["2026-06-05"] = [
        item(
            "2606.00009v3",
            "A Title\nover Two Lines",
            "An abstract\nwith breaks and $x^2$.",
            ai_summary="In short.",
            ai_keywords=["diffusion models"],
            organization={"name": "lab", "fullname": "The Lab"},
            githubRepo="https://github.com/lab/code",
            githubStars=7,
            projectPage="https://lab.example.org",
            publishedAt="2026-06-03T00:00:00.000Z",
            submittedOnDailyAt="2026-06-05T00:00:00.000Z",
            upvotes=12,
        )
    ]
    (paper,) = source.fetch(DAY, NONE).papers
    assert (paper.arxiv_id, paper.title) == ("2606.00009", "A Title over Two Lines")
    assert paper.abstract == "An abstract with breaks and $x^2$."
    assert (paper.summary, paper.keywords) == ("In short.", ("diffusion models",))
    assert (paper.organization, paper.authors) == ("The Lab", ("Ada Example",))
    assert (paper.code_url, paper.code_stars) == ("https://github.com/lab/code", 7)
    assert paper.project_url == "https://lab.example.org"
    assert (paper.published_on, paper.listed_on) == (date(2026, 6, 3), DAY)
    assert (paper.upvotes, paper.comments) == (12, 1)


def test_a_long_list_is_read_page_by_page(server: PapersServer, source: HuggingFace) -> None:
    server.lists["2026-06-05"] = [item(f"2606.{n:05d}", f"Paper {n}") for n in range(230)]
    assert len(titles(source)) == 230
    assert len(server.requests) == 3


def test_a_broken_item_is_skipped_and_named(server: PapersServer, source: HuggingFace) -> None:
    server.lists["2026-06-05"] += [{"paper": {"id": "2606.00002"}}, {"no": "paper"}]
    listing = source.fetch(DAY, NONE)
    assert [paper.title for paper in listing.papers] == ["One"]
    assert listing.skipped == ("item 2: 2606.00002 has no title", "item 3: has no paper")


def test_the_same_paper_twice_in_a_list_is_one(server: PapersServer, source: HuggingFace) -> None:
    server.lists["2026-06-05"].append(item("2606.00001v2", "One again"))
    assert titles(source) == ["One"]


def test_links_that_are_not_web_addresses_are_dropped(
    server: PapersServer, source: HuggingFace
) -> None:
    bad = {"githubRepo": "javascript:alert(1)", "projectPage": "data:text/html,x"}
    server.lists["2026-06-05"] = [item("2606.00001", "One", **bad)]
    (paper,) = source.fetch(DAY, NONE).papers
    assert (paper.code_url, paper.project_url) == (None, None)


def test_an_empty_weekend_is_empty(server: PapersServer, source: HuggingFace) -> None:
    server.lists["2026-06-07"] = []
    assert source.fetch(date(2026, 6, 6), NONE).outcome is Outcome.EMPTY


def test_a_day_in_the_future_is_not_yet(source: HuggingFace) -> None:
    assert source.fetch(date(2030, 1, 1), NONE).outcome is Outcome.NOT_YET


@pytest.mark.parametrize("fault", [TOO_MANY_REQUESTS, SERVER_ERROR])
def test_a_passing_fault_is_tried_again(
    server: PapersServer, source: HuggingFace, fault: Fault
) -> None:
    server.fail("api", fault)
    assert titles(source) == ["One"]


@pytest.mark.parametrize("fault", [HTML_PAGE, ERROR_OBJECT, SERVER_ERROR, TRUNCATED])
def test_the_page_stands_in_for_a_failing_api(
    server: PapersServer, source: HuggingFace, fault: Fault
) -> None:
    server.lists["2026-06-05"] = [item("2606.00001", "One", "words " * 200)]
    server.fail("api", *[fault] * 4)
    assert titles(source) == ["One"]
    assert server.requests[-1] == "/papers/date/2026-06-05"


def test_a_source_that_only_fails_is_unavailable_and_says_why(
    server: PapersServer, source: HuggingFace
) -> None:
    server.fail("api", *[SERVER_ERROR] * 4)
    server.fail("page", *[HTML_PAGE] * 4)
    with pytest.raises(SourceUnavailable, match=r"500.*holds no list"):
        source.fetch(DAY, NONE)


def test_waiting_grows_and_heeds_retry_after(
    server: PapersServer, source: HuggingFace, pauses: list[float]
) -> None:
    server.fail("api", SERVER_ERROR, Fault(429, b"", {"Retry-After": "30"}))
    titles(source)
    assert pauses == [2.0, 30.0]


def test_a_long_retry_after_is_handed_on_instead_of_waited_for(
    server: PapersServer, source: HuggingFace, pauses: list[float]
) -> None:
    server.fail("api", Fault(429, b"", {"Retry-After": "3600"}))
    server.fail("page", HTML_PAGE)
    with pytest.raises(SourceUnavailable) as unavailable:
        source.fetch(DAY, NONE)
    assert unavailable.value.retry_after_seconds == 3600
    assert pauses == []


def test_a_source_out_of_reach_is_tried_again_for_the_first_day_only(pauses: list[float]) -> None:
    nowhere = f"http://127.0.0.1:{free_port()}"
    source = HuggingFace(HttpClient(nowhere, "tests@example.org", sleep=pauses.append))
    for _ in range(3):
        with pytest.raises(SourceUnavailable):
            source.fetch(DAY, NONE)
    assert len(pauses) == 3


def test_an_unchanged_list_is_not_sent_again(source: HuggingFace) -> None:
    first = source.fetch(DAY, NONE)
    again = source.fetch(DAY, first.validators)
    assert (first.outcome, again.outcome) == (Outcome.OK, Outcome.UNCHANGED)


def test_we_say_who_we_are(server: PapersServer, source: HuggingFace) -> None:
    titles(source)
    assert all(a.startswith("digest/") and "tests@example.org" in a for a in server.agents)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "7"}, 7.0),
        ({"retry-after": "soon"}, None),
        ({"x-ratelimit-remaining": "0", "x-ratelimit-reset": "12"}, 12.0),
        ({"x-ratelimit-remaining": "5", "x-ratelimit-reset": "12"}, None),
        ({}, None),
    ],
)
def test_a_servers_wish_is_read(headers: dict[str, str], seconds: float | None) -> None:
    assert wish(httpx.Headers(headers)) == seconds


def test_a_wish_may_be_a_date() -> None:
    later = format_datetime(datetime.now(UTC) + timedelta(seconds=60), usegmt=True)
    assert wish({"retry-after": later}) == pytest.approx(60, abs=3)


def test_the_sample_edition_is_labelled_as_such() -> None:
    listing = Sample().fetch(DAY, NONE)
    assert len(listing.papers) == 20
    assert listing.skipped == ()
    assert all("not real" in (paper.organization or "") for paper in listing.papers)
    assert not any(paper.is_on_arxiv for paper in listing.papers)
