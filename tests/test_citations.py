"""References, read by programs that are not ours."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

import bibtexparser
import pytest
import rispy
from bibtexparser.middlewares import (
    LatexDecodingMiddleware,
    SeparateCoAuthors,
    SplitNameParts,
)
from bibtexparser.middlewares.middleware import Middleware
from bibtexparser.model import Entry
from hypothesis import given
from hypothesis import strategies as st

from digest.citations import bibtex, ris
from digest.papers import Paper
from tests.factories import paper

NASTY = paper(
    arxiv_id="2606.01234",
    title=r"100% {Open \& $x_1$ ~ # ^",
    authors=("Laurens van der Maaten", "Research and Ethics, Inc.", "DeepSeek-AI"),
    abstract="One } line.",
    categories=("cs.LG",),
    keywords=("tokens",),
    published_on=date(2026, 6, 1),
)


def test_bibtex_survives_whatever_a_title_holds() -> None:
    entry, _ = parsed([NASTY, paper(arxiv_id="2606.05555")])
    assert entry.key == "arxiv2606.01234"
    assert entry["title"] == (
        r"{100\% \textbraceleft{}Open \textbackslash{}\& \$x\_1\$ \textasciitilde{} \#"
        r" \textasciicircum{}}"
    )
    assert (
        entry["author"]
        == "van der Maaten, Laurens and {Research and Ethics, Inc.} and {DeepSeek-AI}"
    )
    assert [entry[name] for name in ("eprint", "archivePrefix", "primaryClass", "year")] == [
        "2606.01234",
        "arXiv",
        "cs.LG",
        "2026",
    ]


def test_ris_keeps_names_and_dates() -> None:
    (record,) = rispy.loads(ris([NASTY]))
    assert record["authors"] == ["van der Maaten, Laurens", *NASTY.authors[1:]]
    assert (record["year"], record["date"]) == ("2026", "2026/06/01/")
    assert record["urls"] == ["https://arxiv.org/abs/2606.01234"]


NAMES = {
    "Laurens van der Maaten": (["van", "der"], ["Maaten"], ["Laurens"], []),
    "Nando de Freitas": (["de"], ["Freitas"], ["Nando"], []),
    "Luc Van Gool": ([], ["Van", "Gool"], ["Luc"], []),
    "José Ortega y Gasset": ([], ["{Ortega y Gasset}"], ["José"], []),
    "Ada B. Example Jr.": ([], ["Example"], ["Ada", "B."], ["Jr."]),
    "Ada Example, III": ([], ["Example"], ["Ada"], ["III"]),
    "ada example": ([], ["example"], ["ada"], []),
    "王 小明": ([], ["王"], ["小明"], []),
    "王小明": ([], ["{王小明}"], [], []),
    "Plato": ([], ["{Plato}"], [], []),
    "The Example Team": ([], ["{The Example Team}"], [], []),
    "Research and Ethics, Inc.": ([], ["{Research and Ethics, Inc.}"], [], []),
    "others": ([], ["{others}"], [], []),
}


def parsed(papers: Iterable[Paper], *middleware: Middleware) -> list[Entry]:
    library = bibtexparser.parse_string(bibtex(papers), append_middleware=middleware)
    assert not library.failed_blocks
    return library.entries


@pytest.mark.parametrize("name", NAMES)
def test_bibtex_takes_a_name_apart_as_its_bearer_does(name: str) -> None:
    (entry,) = parsed([paper(authors=(name,))], SeparateCoAuthors(), SplitNameParts())
    (parts,) = entry["author"]
    assert (parts.von, parts.last, parts.first, parts.jr) == NAMES[name]


@pytest.mark.parametrize(
    ("name", "family_first"),
    [
        ("Nando de Freitas", "de Freitas, Nando"),
        ("Ada Example, Jr.", "Example, Ada, Jr."),
        ("The Example Team", "The Example Team"),
    ],
)
def test_ris_writes_the_family_name_first(name: str, family_first: str) -> None:
    (record,) = rispy.loads(ris([paper(authors=(name,))]))
    assert record["authors"] == [family_first]


# Without - and ', which TeX sets as dashes and curly quotes when there are two.
_LETTERS = "aZé王\\~^$&#_%,.@="
_WORDS = st.text(_LETTERS + "{}-'", min_size=1, max_size=6)
_NAMES = st.lists(
    st.one_of(_WORDS, st.sampled_from(["and", "others", "van", "y", "Jr."])), min_size=1
)


@given(names=st.lists(_NAMES.map(" ".join), min_size=1, max_size=4))
def test_as_many_authors_come_out_as_went_in(names: list[str]) -> None:
    (entry,) = parsed([paper(authors=tuple(names))], SeparateCoAuthors())
    assert len(entry["author"]) == len(names)


@given(words=st.lists(st.text(_LETTERS, min_size=1), min_size=1))
def test_a_title_comes_out_of_latex_as_it_was(words: list[str]) -> None:
    title = " ".join(words)
    (entry,) = parsed([paper(title=title)], LatexDecodingMiddleware())
    # The judge reads \textasciicircum as the accent of the same look.
    assert entry["title"].strip("{}").replace("\u02c6", "^") == title


@given(
    papers=st.lists(
        st.from_regex(
            re.compile(r"\d{4}\.\d{4,5}|[a-z-]+(\.[A-Z]{2})?/\d{7}", re.ASCII), fullmatch=True
        )
    )
)
def test_keys_are_plain_and_tell_papers_apart(papers: list[str]) -> None:
    entries = parsed(paper(arxiv_id=arxiv_id) for arxiv_id in set(papers))
    keys = {entry.key for entry in entries}
    assert all(re.fullmatch(r"[a-zA-Z0-9.-]+", key) for key in keys)
    assert len(keys) == len(set(papers))
