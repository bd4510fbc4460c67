"""Which papers belong to a topic, and why."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest import topics
from digest.matching import MORE, NORMAL, CorpusStatistics, Match, PaperIndex
from digest.papers import Paper
from tests.factories import paper

WORDS = st.sampled_from(
    ["diffusion", "video", "agents", "robots", "sparse", "latent", "reward", "policy"]
)
TEXTS = st.lists(WORDS, min_size=3, max_size=12).map(" ".join)


def index(*papers: Paper) -> PaperIndex:
    statistics = CorpusStatistics()
    for one in papers:
        statistics.add(one)
    return PaperIndex(papers, statistics)


def matched(query: str, *papers: Paper, threshold: float = NORMAL) -> list[Match]:
    return index(*papers).match(topics.parse(query), threshold)


def found(query: str, **changes: Any) -> bool:
    return bool(matched(query, paper(**changes)))


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("diffusion", "Diffusion Models at Rest"),
        ("agent", "Agents That Ask"),
        ("latent arithmetic", "Arithmetic in Latent Space"),
        ("state-of-the-art", "A State of the Art Parser"),
        ("gpt4", "Probing GPT4"),
    ],
)
def test_words_are_found_in_titles_whatever_their_form(query: str, title: str) -> None:
    assert found(query, title=title, abstract="")


def test_a_paper_about_something_else_is_not_found() -> None:
    assert not found("quantum chemistry", title="Diffusion Models at Rest", abstract="We rest.")


def test_one_common_word_of_three_is_not_enough() -> None:
    assert not found("reward model collapse", title="A Model of Rain", abstract="It rains.")


def test_a_phrase_needs_its_words_side_by_side() -> None:
    assert found('"chain of thought"', title="A Chain of Thought for Robots")
    assert not found('"chain of thought"', title="Thought, Off the Chain")


def test_an_excluded_word_keeps_a_paper_out() -> None:
    assert found("diffusion -video", title="Diffusion for Images")
    assert not found("diffusion -video", title="Diffusion for Videos")


@pytest.mark.parametrize("name", ["Kaiming He", "He, Kaiming", "K. He", "kaiming he"])
def test_an_author_is_found_however_the_name_is_written(name: str) -> None:
    assert found(f'author:"{name}"', authors=("Kaiming He", "Ben Example"))


@pytest.mark.parametrize("name", ["Kaiming Hu", "K. H."])
def test_a_similar_name_is_somebody_else(name: str) -> None:
    assert not found(f'author:"{name}"', authors=("Kaiming He",))


def test_accents_in_names_are_forgiven() -> None:
    assert found('author:"Jurgen Schmidhuber"', authors=("Jürgen Schmidhuber",))


def test_a_category_holds_its_archive() -> None:
    assert found("cat:cs.CL", categories=("cs.CL",))
    assert found("cat:cs", categories=("cs.CL",))
    assert not found("cat:cs.C", categories=("cs.CL",))


def test_a_reason_names_the_words_as_they_stand() -> None:
    (match,) = matched("agent", paper(title="Agents That Ask"))
    assert match.reason.sentence() == "mentions Agents"


def test_the_title_counts_more_than_the_abstract() -> None:
    in_title = paper(title="Sparse Experts", abstract="We route.")
    in_abstract = paper(title="Routing", abstract="We route sparse experts.")
    best, *_ = matched("sparse experts", in_abstract, in_title, threshold=MORE)
    assert best.paper == 1


@given(TEXTS, TEXTS, WORDS, WORDS)
def test_adding_an_exclusion_never_adds_a_paper(
    title: str, abstract: str, word: str, excluded: str
) -> None:
    papers = (paper(title=title, abstract=abstract), paper(title=abstract, abstract=title))
    plain = {match.paper for match in matched(word, *papers)}
    narrowed = {match.paper for match in matched(f"{word} -{excluded}", *papers)}
    assert narrowed <= plain


@given(TEXTS, st.data())
def test_a_paper_that_contains_a_quoted_phrase_belongs(title: str, data: st.DataObject) -> None:
    words = title.split()
    start = data.draw(st.integers(0, len(words) - 2))
    phrase = " ".join(words[start : start + 2])
    assert matched(f'"{phrase}"', paper(title="Other", abstract=title + "."))


@given(TEXTS, st.permutations(["diffusion", "agents", "sparse"]))
def test_the_order_of_topics_changes_nothing(title: str, queries: list[str]) -> None:
    papers = index(paper(title=title))
    together = {query: papers.match(topics.parse(query)) for query in queries}
    alone = {query: matched(query, paper(title=title)) for query in queries}
    assert {q: len(m) for q, m in together.items()} == {q: len(m) for q, m in alone.items()}
