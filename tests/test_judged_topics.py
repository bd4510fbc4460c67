"""Yes or no on judged topics: our own invented papers, and the shared collections where present."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from benchmarks.matching import (
    BLIND,
    Collection,
    chosen,
    chosen_well,
    every_pair,
    in_order,
    listed_papers,
    ranked_well,
)

OWN = Path(__file__).parent / "judged_topics"
SHARED = Path(os.environ.get("DIGEST_SHARED", Path(__file__).parents[2] / "shared")) / "ir"
EXACT = ("author:", "org:", "cat:", "upvotes:", "title:", '"')
needs_shared = pytest.mark.skipif(
    not SHARED.is_dir(), reason="the shared judged collections are not here (DIGEST_SHARED)"
)


def test_authors_phrases_exclusions_and_likeness_choose_what_was_meant() -> None:
    own = Collection.read(OWN)
    precision, recall = chosen_well(own, chosen(own))
    assert len(own.queries) >= 50
    assert precision >= 0.95
    assert recall >= 0.9


def test_what_a_reader_says_exactly_is_decided_exactly() -> None:
    own = Collection.read(OWN)
    found = chosen(own)
    exact = [topic for topic, query in own.queries.items() if query.startswith(EXACT)]
    assert len(exact) > 15
    for topic in exact:
        wanted = {paper for paper, grade in own.judged[topic].items() if grade > 0}
        assert found[topic] == wanted, own.queries[topic]


@needs_shared
@pytest.mark.parametrize(
    ("name", "gain", "precision"), [("cacm", 0.53, 0.38), ("inspec_keys", 0.5, 0.41)]
)
def test_a_collection_is_ordered_better_than_by_bm25(
    name: str, gain: float, precision: float
) -> None:
    collection = Collection.read(SHARED / name)
    assert ranked_well(collection, in_order(collection)) >= (gain, precision)


@needs_shared
@pytest.mark.parametrize(
    ("name", "precision", "recall"), [("hf_dev", 0.83, 0.78), ("hf_dev_broad", 0.83, 0.7)]
)
def test_yes_and_no_stay_as_good_as_they_were(name: str, precision: float, recall: float) -> None:
    collection = Collection.read(SHARED / name)
    got_precision, got_recall = chosen_well(collection, chosen(collection))
    assert got_precision >= precision
    assert got_recall >= recall


@needs_shared
def test_blind_topics_find_what_is_meant() -> None:
    """Chosen before the papers were seen, and judged by somebody who knew no rule of ours."""
    collection = Collection.read(BLIND, listed_papers())
    precision, recall = chosen_well(collection, chosen(collection))
    assert precision >= 0.77
    assert recall >= 0.7


@needs_shared
@pytest.mark.parametrize(
    ("kind", "precision", "recall"), [("broad", 0.86, 0.46), ("narrow", 0.91, 0.71)]
)
def test_topics_of_which_every_pair_was_judged_find_what_is_meant(
    kind: str, precision: float, recall: float
) -> None:
    collections = every_pair()
    if not collections:
        pytest.skip("the papers that these topics were judged over are not here (DIGEST_SHARED)")
    (collection,) = (one for one in collections if one.name.endswith(kind))
    got_precision, got_recall = chosen_well(collection, chosen(collection))
    assert got_precision >= precision
    assert got_recall >= recall
