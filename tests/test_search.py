"""Queries over stored papers, and over any: found, tried, ranked."""

from __future__ import annotations

from datetime import timedelta

from digest import search
from digest.database import Database
from digest.sources.jsonl import read_papers
from tests.factories import NOW, closed_edition, stored_paper
from tests.test_judged_topics import OWN


def test_searching_ranks_by_the_matcher_and_pages(sqlite: Database) -> None:
    with sqlite.write() as session:
        papers = [stored_paper(session, title=f"Diffusion {n}", abstract="") for n in range(5)]
        closed_edition(session, papers, day=NOW.date() - timedelta(days=1))
    first = search.search(sqlite, "diffusion", limit=3)
    second = search.search(sqlite, "diffusion", limit=3, offset=3)
    assert (first.total, len(first.hits), len(second.hits)) == (5, 3, 2)
    assert not {h.paper.arxiv_id for h in first.hits} & {h.paper.arxiv_id for h in second.hits}


def test_trying_a_topic_like_an_unknown_paper_says_so(sqlite: Database) -> None:
    trial = search.try_topic(sqlite, "like:2412.15213", NOW)
    assert (trial.hits, trial.unknown) == (0, ("2412.15213",))


def test_a_sentence_is_ranked_by_all_its_words() -> None:
    papers = read_papers(OWN / "papers.jsonl")
    queries = ["I am interested in humanoid robots (walking: on gravel).", "robots)"]
    sentence, broken = search.rank(papers, queries, matches_only=False)
    assert papers[6].arxiv_id == sentence.papers[0][0]
    assert len(sentence.papers) == len(papers)
    assert not sentence.unreadable
    assert "no (" in broken.unreadable
