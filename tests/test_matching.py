"""Which papers belong to a topic, and why."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest import topics
from digest.matching import (
    FEWER,
    MORE,
    NORMAL,
    CorpusStatistics,
    Match,
    PaperIndex,
    Reason,
    concepts,
    meaning,
)
from digest.matching.corpus import definitions
from digest.matching.meaning import pieces_of
from digest.matching.spelling import spelled
from digest.papers import Paper
from digest.sources.jsonl import read_papers
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
        ("LLM", "LLMs Under the Lens"),
        ("large language models", "LLMs Under the Lens"),
        ("mixture of experts", "A Sparse MoE"),
        ("chain of thought for robots", "CoT in Robots"),
        ("multimodal", "Multi-modal Models"),
        ("multi modal", "Multimodal Models"),
        ("multi-modal", "Multimodal Models"),
        ("fine-tuning", "Finetuning at Scale"),
        ("finetuning", "Fine-Tuning at Scale"),
        ("pre training", "Pretraining at Scale"),
        ("agents", "Multi-Agent Systems"),
        ("optimisation", "Optimization of Grids"),
        ("behavior", "Behavioural Cloning"),
        ("modelling", "Modeled Worlds"),
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


@pytest.mark.parametrize(
    ("abstract", "is_found"),
    [
        ("We study TTS.", True),
        ("Text-to-speech synthesis (TTS) is hard.", True),
        ("Test-time scaling (TTS) is costly.", False),
    ],
)
def test_a_short_form_does_not_count_where_the_paper_means_something_else(
    abstract: str, *, is_found: bool
) -> None:
    assert found("text to speech", title="Robust TTS", abstract=abstract) is is_found


@pytest.mark.parametrize(
    ("british", "american"),
    [
        ("optimisation", "optimization"),
        ("generalised", "generalized"),
        ("tokenisers", "tokenizers"),
        ("analysed", "analyzed"),
        ("colours", "colors"),
        ("neighbourhood", "neighborhood"),
        ("labelling", "labeling"),
        ("centres", "centers"),
        ("defences", "defenses"),
        ("catalogue", "catalog"),
        ("dialogs", "dialogues"),
        ("paediatric", "pediatric"),
        ("leukaemia", "leukemia"),
        ("grey", "gray"),
    ],
)
def test_british_and_american_spellings_are_one(british: str, american: str) -> None:
    assert spelled(british) == spelled(american)


@pytest.mark.parametrize(
    "kept",
    [
        "noise",
        "denoising",
        "raised",
        "exercise",
        "precise",
        "supervised",
        "revised",
        "promises",
        "pairwise",
        "otherwise",
        "rising",
        "crises",
        "analyses",
        "hours",
        "contour",
        "controlling",
        "fulfilled",
        "presence",
        "score",
        "genre",
        "vision",
    ],
)
def test_what_only_looks_british_keeps_its_spelling(kept: str) -> None:
    assert spelled(kept) == kept


@given(st.text(st.characters(categories=["Ll", "Nd"]), max_size=20))
def test_spelling_a_word_twice_changes_nothing_more(plain: str) -> None:
    assert spelled(spelled(plain)) == spelled(plain)


def test_a_compound_is_quoted_as_the_paper_writes_it() -> None:
    (match,) = matched("multimodal", paper(title="Multi-Modal Models"))
    assert match.reason.terms == ("Multi-Modal",)


def test_a_short_form_that_papers_define_finds_its_long_form_and_the_other_way_round() -> None:
    defining = [
        paper(title="Weather", abstract="We use Rain Pattern Mixing (RPM) in storms."),
        paper(title="Storms", abstract="Here, rain pattern mixing (RPM) is slow."),
    ]
    long = paper(title="Rain Pattern Mixing at Night", abstract="")
    short = paper(title="RPM at Noon", abstract="")
    papers = index(*defining, long, short)
    assert {2, 3} <= {match.paper for match in papers.match(topics.parse("rpm"))}
    assert {2, 3} <= {match.paper for match in papers.match(topics.parse('"rain pattern mixing"'))}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a variational autoencoder (VAE) is", {("vae", "variational autoencoder")}),
        ("Large Language Models (LLMs)", {("llm", "large language model")}),
        ("the best (by far) of all", set()),
        ("we see it (Figure)", set()),
        ("retrieval (RAG)", set()),
    ],
)
def test_definitions_are_read_from_papers(text: str, found: set[tuple[str, str]]) -> None:
    assert definitions(text) == found


def test_a_broad_topic_finds_what_falls_under_it() -> None:
    assert found("medicine", title="Clinical Notes of Patients")
    assert not found("medicine", title="Diffusion Models at Rest")


def test_a_paper_that_shares_no_word_is_found_by_its_meaning_and_says_so() -> None:
    cars = paper(title="Cars and Trucks on Highways", abstract="Cars drive on roads.")
    (match,) = matched("automobiles", cars, threshold=0.1)
    assert match.reason.kind == "similar"
    assert match.reason.sentence() == "similar in meaning to automobiles"
    assert match.reason.marked == ()
    nothing = matched("automobiles", paper(title="Proteins Fold", abstract="We fold."))
    assert not nothing


def test_a_word_that_no_vector_knows_is_put_together_from_pieces() -> None:
    known = {"opt": 0, "##imi": 1, "##zer": 2, "optimal": 3, "##i": 4}
    assert pieces_of("optimal", known) == [3]
    assert pieces_of("optimizer", known) == [0, 1, 2]
    assert pieces_of("optéi", known) == [0, 4]


def test_the_nearest_sentence_counts_more_than_the_whole_paper() -> None:
    asides = " We also thank the reviewers. Rain fell on the hills. Results were good."
    abstracts = ("Cars drive on roads.", "Cars drive on roads." + asides * 3, asides * 3)
    papers = [paper(title="A Study", abstract=text) for text in abstracts]
    wholly, once, never = (matched("automobiles", p, threshold=0.0)[0].score for p in papers)
    assert wholly > once > (wholly + never) / 2


def test_the_nearest_sentence_is_found_wherever_it_stands() -> None:
    aside = " Rain fell on the hills."
    places = [(0, 0), (0, 9), (4, 1), (1, 4)]
    abstracts = [
        f"{aside * before} Cars drive on roads.{aside * after}" for before, after in places
    ]
    papers = [paper(title="A Study", abstract=text) for text in (*abstracts, aside * 3)]
    *near, far = sorted(matched("automobiles", *papers, threshold=0.0), key=lambda m: m.paper)
    _, *among_asides = [match.score for match in near]
    assert among_asides[1:] == pytest.approx(among_asides[1:2] * 2, rel=1e-3)
    assert far.score < min(among_asides) / 2 < near[0].score / 2


@pytest.mark.parametrize("query", ["blorkim tandu", "tandu", "qwzxv", "vizoru", "fobani rusate"])
def test_words_without_meaning_match_nothing(query: str) -> None:
    judged = Path(__file__).parent / "judged_topics" / "papers.jsonl"
    assert not matched(query, *read_papers(judged), threshold=MORE)


def test_another_form_of_a_word_counts_less_than_the_word() -> None:
    same = paper(title="Adaptive Optimizers", abstract="")
    other = paper(title="Optimal Transport", abstract="It is optimal, optimally.")
    best, second = matched("optimizers", other, same, threshold=0)
    assert best.paper == 1
    assert second.score < best.score - 0.2


def test_code_and_upvotes_are_conditions() -> None:
    assert found("diffusion has:code", title="Diffusion", code_url="https://example.org")
    assert not found("diffusion has:code", title="Diffusion")
    assert found("upvotes:>20", upvotes=21)
    assert not found("upvotes:>20", upvotes=20)


def test_a_paper_like_another_is_found_but_not_the_other_itself() -> None:
    one = paper(
        arxiv_id="2412.15213",
        title="Gaussian Splatting of Gardens",
        abstract="Gaussian splatting renders gardens in real time.",
    )
    alike = paper(title="Gardens in Real Time", abstract="Splatting with Gaussians, in gardens.")
    other = paper(title="Prices of Bonds", abstract="Banks and bonds.")
    (match,) = matched("like:2412.15213", one, alike, other)
    assert match.paper == 1
    assert match.reason.sentence() == "like 2412.15213"


def test_what_is_like_a_paper_can_be_excluded_and_the_rest_stays() -> None:
    one = paper(
        arxiv_id="2412.15213",
        title="Gaussian Splatting of Gardens",
        abstract="Gaussian splatting renders gardens in real time.",
    )
    alike = paper(title="Gardens in Real Time", abstract="Splatting with Gaussians, in gardens.")
    other = paper(title="Prices of Bonds", abstract="Banks and bonds.")
    found = matched("(gardens OR bonds) -like:2412.15213", one, alike, other)
    assert {match.paper for match in found} == {0, 2}


def test_a_paper_may_be_like_one_that_is_not_in_the_edition() -> None:
    known = paper(arxiv_id="2412.15213", title="Gardens", abstract="Splatting gardens, fast.")
    alike = paper(title="Gardens, Splatted", abstract="Splatting gardens, faster.")
    topic = topics.parse("like:2412.15213")
    assert index(alike).match(topic, NORMAL, {"2412.15213": known})
    assert not index(alike).match(topic, NORMAL)


def test_reasons_of_several_kinds_are_told_together() -> None:
    (match,) = matched(
        'diffusion author:"Ada Example" has:code',
        paper(title="Diffusion at Rest", code_url="https://example.org"),
    )
    assert match.reason.sentence() == "mentions Diffusion, by Ada Example, with code"
    assert Reason.from_json(match.reason.to_json()) == match.reason


def test_only_what_holds_is_given_as_a_reason() -> None:
    (match,) = matched('author:"Nobody Else" OR diffusion', paper(title="Diffusion at Rest"))
    assert match.reason.sentence() == "mentions Diffusion"


QUERIES = st.lists(
    st.sampled_from(
        [
            "diffusion",
            "latent reward",
            "sparse agents policy",
            "large language models",
            "language video agents",
            "large language model policy",
            '"reward policy"',
            '"reward policy" sparse -"video agents"',
            'LLM OR "sparse" OR robots policy',
            'video OR "sparse latent"',
            "robots -video",
            "(video OR agents) reward",
            'author:"ada example"',
            "agents and robots",
            "like:0000.00001",
        ]
    ),
    min_size=1,
    unique=True,
)


@given(QUERIES, st.lists(TEXTS, min_size=1, max_size=4))
def test_many_topics_at_once_match_as_each_one_alone(queries: list[str], texts: list[str]) -> None:
    papers = index(*(paper(arxiv_id=f"0000.{n:05d}", title=t) for n, t in enumerate(texts)))
    together = papers.match_all([topics.parse(query) for query in queries], MORE)
    alone = [papers.match(topics.parse(query), MORE) for query in queries]
    assert list(map(_told, together)) == list(map(_nearly, alone))


@given(QUERIES, st.lists(TEXTS, min_size=1, max_size=4))
def test_stored_topics_match_as_parsed_ones(queries: list[str], texts: list[str]) -> None:
    papers = index(*(paper(arxiv_id=f"0000.{n:05d}", title=t) for n, t in enumerate(texts)))
    normal = [str(topics.parse(query)) for query in queries]
    stored = papers.queries()
    for query in [*normal, *normal]:  # the second time, all their words are known
        stored.add_stored(query)
    parsed = [_nearly(papers.match(topics.parse(query), MORE)) for query in normal]
    assert list(map(_told, papers.choose(stored, MORE).matches())) == [*parsed, *parsed]


def test_a_word_means_the_same_however_many_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(meaning, "_WORDS_KEPT", 3)
    vectors = meaning.word_vectors.__wrapped__()
    for words in (["reward", "policy"], ["policy", "video", "robots"], list("abcd"), ["policy"]):
        assert (vectors.kept(words) == vectors.of(words)).all()


def test_a_lexicon_that_forgets_words_reads_them_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(concepts, "_WORDS_KEPT", 2)
    papers = index(paper(title="Sparse Latent Reward"), paper(title="Video Agents"))
    queries = ["sparse latent", "latent reward", "video agents", "sparse latent"]
    stored = papers.queries()
    for query in queries:
        stored.add_stored(query)
    found = [[match.paper for match in matches] for matches in papers.choose(stored).matches()]
    assert found == [[0], [0], [1], [0]]


def _told(found: list[Match]) -> list[tuple[int, float, Reason]]:
    return [(match.paper, match.score, match.reason) for match in sorted(found, key=_by_paper)]


def _nearly(found: list[Match]) -> list[tuple[int, object, Reason]]:
    """Sums of floats differ in their last digits with the size of the chunk."""
    return [(number, pytest.approx(score, abs=1e-4), why) for number, score, why in _told(found)]


def _by_paper(match: Match) -> int:
    return match.paper


@given(QUERIES, WORDS, st.lists(TEXTS, min_size=1, max_size=4))
def test_no_topic_gains_a_paper_by_an_exclusion(
    queries: list[str], excluded: str, texts: list[str]
) -> None:
    papers = index(*(paper(title=text) for text in texts))
    for query in queries:
        plain = {match.paper for match in papers.match(topics.parse(query))}
        narrowed = {match.paper for match in papers.match(topics.parse(f"({query}) -{excluded}"))}
        assert narrowed <= plain


@given(TEXTS, st.data())
def test_a_quoted_phrase_belongs_even_to_who_wants_fewer(text: str, data: st.DataObject) -> None:
    words = text.split()
    start = data.draw(st.integers(0, len(words) - 3))
    phrase = " ".join(words[start : start + 3])
    assert matched(f'"{phrase}"', paper(title="Other", abstract=text), threshold=FEWER)


def test_ranking_puts_every_paper_in_order_and_what_is_ruled_out_last() -> None:
    papers = index(
        paper(title="Prices of Bonds", abstract="Banks."),
        paper(title="Diffusion for Videos", abstract="Diffusion of videos."),
        paper(title="Diffusion", abstract="It diffuses."),
    )
    (order,) = papers.rank_all([topics.parse("diffusion -videos")])
    assert [number for number, _ in order] == [2, 0, 1]


@pytest.mark.parametrize("query", ["the of", "i am", "C++", "日本語", "ß", "42", "and"])
def test_odd_words_crash_nothing(query: str) -> None:
    matched(query, paper(title="C++ and 日本語"), threshold=MORE)
    assert not index().match(topics.parse(query))
