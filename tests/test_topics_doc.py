"""docs/topics.md is true: its examples run, its table parses, its thresholds are the program's."""

from __future__ import annotations

import doctest
import re
from pathlib import Path
from typing import Any

import pytest

from digest import topics
from digest.acronyms import LONG_FORMS
from digest.matching import FEWER, MORE, NORMAL, CorpusStatistics, Match, PaperIndex
from digest.matching.words import key
from digest.thesaurus import NARROWER
from tests.factories import paper

DOC = Path(__file__).parents[1] / "docs" / "topics.md"
TEXT = DOC.read_text(encoding="utf-8")


def test_the_examples_run() -> None:
    names = {"found": found, "why": why, "normal": normal, "wrong": wrong}
    result = doctest.testfile(str(DOC), module_relative=False, globs=names)
    assert result.attempted > 10
    assert result.failed == 0


def test_every_query_of_the_table_is_one() -> None:
    table = TEXT[TEXT.index("| write") : TEXT.index("    >>>")]
    queries = re.findall(r"^\| `(.+?)` \|", table, re.MULTILINE)
    assert len(queries) == 12
    for query in queries:
        topics.parse(query)


def test_the_thresholds_are_those_of_the_program() -> None:
    assert f"fewer ({FEWER}) | normal ({NORMAL}) | more ({MORE})" in TEXT


def test_broad_terms_are_as_many_as_told() -> None:
    assert round(len(NARROWER), -1) == int(
        re.findall(r"about ([\d,]+) broad", TEXT)[0].replace(",", "")
    )


def test_terms_are_written_as_the_thesaurus_says() -> None:
    terms = {term for broad, narrower in NARROWER.items() for term in (broad, *narrower)}
    assert [term for term in terms if term != term.lower().strip() or "-" in term] == []


def test_a_broad_term_names_each_narrower_one_once_and_not_itself() -> None:
    assert [b for b, terms in NARROWER.items() if len({b, *terms}) <= len(terms)] == []


def test_broad_terms_are_sorted_and_differ_in_more_than_spelling() -> None:
    assert list(NARROWER) == sorted(NARROWER)
    assert len({key(broad) for broad in NARROWER}) == len(NARROWER)


def test_short_forms_are_short() -> None:
    assert all(len(short) <= 5 < len(long) for short, long in LONG_FORMS.items())


def matches(query: str, title: str, changes: dict[str, Any]) -> list[Match]:
    one = paper(title=title, **{"abstract": ""} | changes)
    return PaperIndex([one], CorpusStatistics.of([one])).match(topics.parse(query))


def found(query: str, title: str, **changes: Any) -> bool:
    return bool(matches(query, title, changes))


def why(query: str, title: str, **changes: Any) -> str:
    return matches(query, title, changes)[0].reason.sentence()


def normal(query: str) -> str:
    return str(topics.parse(query))


def wrong(query: str) -> None:
    with pytest.raises(topics.TopicSyntaxError) as error:
        topics.parse(query)
    at = error.value
    print(f"{query}\n{' ' * at.position}^ {at.message}: {at.hint}")
