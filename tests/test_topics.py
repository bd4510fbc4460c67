"""The query language: what is understood, what is refused, and how it prints."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest import topics
from digest.topics import All, Any, Field, Not, Phrase, TopicSyntaxError, Word
from digest.topics.parsing import read_tokens

PIECES = st.sampled_from(
    [
        "agents",
        "LLM",
        '"chain of thought"',
        "OR",
        "-video",
        "(",
        ")",
        "title:x",
        "author:",
        "cat:CS.lg",
        "upvotes:>=3",
        "like:2412.15213v1",
        "NOT",
        " ",
        "-",
    ]
)


@pytest.mark.parametrize(
    ("text", "root"),
    [
        ("Agents", Word("agents")),
        ("LLM agents", All((Word("LLM"), Word("agents")))),
        ('"Chain of Thought"', Phrase("chain of thought")),
        ("diffusion -video", All((Word("diffusion"), Not(Word("video"))))),
        ("a1 OR b2", Any((Word("a1"), Word("b2")))),
        ("(a1 OR b2) c3", All((Any((Word("a1"), Word("b2"))), Word("c3")))),
        ('author:"Kaiming He"', Field("author", "kaiming he")),
        ("cat:cs.CL", Field("cat", "cs.CL")),
        ("has:code", Field("has", "code")),
        ("upvotes:>20", Field("upvotes", ">20")),
        ("like:2412.15213", Field("like", "2412.15213")),
        ("diffusion NOT video", All((Word("diffusion"), Not(Word("video"))))),
        ("diffusion AND video", All((Word("diffusion"), Word("video")))),
        ("state-of-the-art", Word("state-of-the-art")),
    ],
)
def test_a_query_is_read(text: str, root: topics.Node) -> None:
    assert topics.parse(text).root == root


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("", 0),
        ('say "open', 4),
        ("fine (open", 5),
        ("too many)", 8),
        ("lab:mine", 0),
        ("one OR", 5),
        ("-only", 0),
        ("a" * 201, 200),
        ("has:data", 4),
        ("agents upvotes:many", 15),
        ("upvotes:<5", 8),
        ("like:attention", 5),
    ],
)
def test_an_error_points_at_the_character_and_says_what_to_write(text: str, position: int) -> None:
    with pytest.raises(TopicSyntaxError) as wrong:
        topics.parse(text)
    assert wrong.value.position == position
    assert wrong.value.hint


@given(st.text(alphabet='ŉẞİΐ-() "OR', max_size=220))
def test_letters_that_grow_when_folded_stay_within_the_length(text: str) -> None:
    try:
        normal = str(topics.parse(text))
    except TopicSyntaxError:
        return
    assert str(topics.parse(normal)) == normal


@given(st.text(max_size=250))
def test_no_text_crashes_the_parser(text: str) -> None:
    position = 0
    try:
        topics.parse(text)
    except TopicSyntaxError as error:
        position = error.position
    assert 0 <= position <= len(text)


@given(st.lists(PIECES, max_size=12).map(" ".join))
def test_a_query_prints_as_a_query_that_means_the_same(text: str) -> None:
    try:
        topic = topics.parse(text)
    except TopicSyntaxError:
        return
    assert topics.parse(str(topic)) == topic
    assert str(topics.parse(str(topic))) == str(topic)


QUOTED = ['"agents"', '"chain of thought"', '-"chain of thought"', "ORs", "-NOT", "AND"]
USUAL = st.lists(
    st.sampled_from(
        ["agents", "llm", "LLM", "c++", "-video", "-llm", "-a.b", "k.", "-", "OR", *QUOTED]
    )
)


@given(USUAL.map(" ".join), st.sampled_from(["%s", '"%s"', 'author:"%s"', "org:%s"]))
def test_the_short_ways_to_read_usual_topics_read_the_same(words: str, form: str) -> None:
    text = form % words
    try:
        topic = read_tokens(text)
    except TopicSyntaxError:
        return
    assert topics.parse(text) == topic


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Diffusion   models", "diffusion models"),
        ("agents agents", "agents"),
        ("((agents))", "agents"),
        ("“chain of thought”", '"Chain of Thought"'),
        ("(a1 OR b2) OR c3", "a1 OR b2 OR c3"),
        ("b2 OR a1", "a1 OR b2"),
        ("-video diffusion", "diffusion -video"),
        ("llm", "LLM"),
        ('author:"Kaiming He"', 'author:"kaiming he"'),
        ("cat:CS.cl", "cat:cs.CL"),
        ("upvotes:>=21", "upvotes:>20"),
        ("like:https://arxiv.org/abs/2412.15213v2", "like:2412.15213"),
        ("like:arXiv:2412.15213", "like:2412.15213"),
        ("\u200btitle:agents", "title:agents"),
    ],
)
def test_equal_queries_are_one_topic(one: str, other: str) -> None:
    assert str(topics.parse(one)) == str(topics.parse(other))


def test_any_text_can_be_taken_as_plain_words() -> None:
    topic = topics.plain_words("What (if any) use has: recursion?")
    assert str(topic) == "what if any use has recursion"
