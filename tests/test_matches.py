"""Stored topics and papers: what is learned once, matched once, and tried."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from digest import library, matches, models
from digest.database import Database
from digest.matching import CorpusStatistics
from tests.factories import closed_edition, stored_paper, topic


def stored_matches(database: Database) -> list[tuple[str, str]]:
    with database.read() as session:
        return [
            (found.query, found.title)
            for found in session.execute(
                select(models.Topic.query, models.Paper.title)
                .join(models.Match, models.Match.topic_id == models.Topic.id)
                .join(models.Paper, models.Paper.id == models.Match.paper_id)
            )
        ]


def test_topics_are_matched_once_however_often_it_runs(any_database: Database) -> None:
    with any_database.write() as session:
        closed_edition(session, [stored_paper(session, title="Diffusion at Rest")])
        topic(session, "diffusion")
        topic(session, "weather")
    first, second = matches.match(any_database), matches.match(any_database)
    assert (first.topics, first.matches) == (2, 1)
    assert second.topics == 0
    assert stored_matches(any_database) == [("diffusion", "Diffusion at Rest")]


def test_a_stored_match_tells_the_score_and_why(any_database: Database) -> None:
    with any_database.write() as session:
        paper = stored_paper(session, title="Diffusion “at Rest”\\ and Ça", organization="Lab\tX")
        closed_edition(session, [paper])
        topic(session, '"diffusion at rest\\ and ça" org:lab')
    matches.match(any_database)
    with any_database.read() as session:
        stored = session.scalars(select(models.Match)).one()
        assert (stored.sequence, stored.paper_id) == (1, paper.id)
        assert 0.65 < stored.score <= 1
        assert stored.reason == {
            "kind": "phrase",
            "terms": ["Diffusion at Rest and Ça"],
            "also": [{"kind": "organization", "terms": ["Lab\tX"]}],
        }


def test_words_of_papers_are_counted_once(any_database: Database) -> None:
    with any_database.write() as session:
        rare = stored_paper(session, title="Rare Zebras", abstract="")
        closed_edition(session, [rare])
    library.learn(any_database)
    library.learn(any_database)
    with any_database.read() as session:
        learned = library.statistics(session)
        assert (learned.papers, learned.frequencies["zebra"]) == (1, 1)


def test_papers_that_came_since_are_counted_too(sqlite: Database) -> None:
    library.learn(sqlite)
    with sqlite.write() as session:
        stored_paper(session, title="Rare Zebras", abstract="")
    with sqlite.read() as session:
        assert library.statistics(session).frequencies["zebra"] == 1


def test_what_was_learned_is_stored_as_it_was() -> None:
    learned = CorpusStatistics(3, definitions={})
    learned.frequencies.update(["zebra", "zebra", "日本"])
    assert CorpusStatistics.from_bytes(learned.to_bytes()) == learned


def test_a_topic_like_a_stored_paper_finds_later_ones(sqlite: Database) -> None:
    gardens = {"title": "Splatting Gardens", "abstract": "Gaussian splatting of gardens."}
    alike = {"title": "Gardens, Splatted", "abstract": "Splatting gardens with Gaussians."}
    with sqlite.write() as session:
        old = stored_paper(session, arxiv_id="2412.15213", **gardens)
        closed_edition(session, [old], day=date(2026, 6, 1))
        closed_edition(session, [stored_paper(session, **alike)], sequence=2)
        topic(session, "like:2412.15213", matched_through=1)
    matches.match(sqlite)
    assert stored_matches(sqlite) == [("like:2412.15213", "Gardens, Splatted")]


def test_a_topic_that_no_longer_parses_holds_up_no_other(
    sqlite: Database, caplog: pytest.LogCaptureFixture
) -> None:
    with sqlite.write() as session:
        closed_edition(session, [stored_paper(session, title="Diffusion at Rest")])
        topic(session, "old:grammar")
        topic(session, "diffusion")
    assert matches.match(sqlite).matches == 1
    assert "skipped" in caplog.text
