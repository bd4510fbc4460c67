"""Print how well and how fast topics are matched, each figure beside the usual way, in one run.

python -m benchmarks.matching [--judged FOLDER] [--topics 10000 100000]

FOLDER has one folder a judged collection (papers.jsonl, topics.tsv, qrels.txt), as TREC does;
the one in tests/ is always among them. Speed is measured over invented papers.
"""

from __future__ import annotations

import argparse
import math
import os
import platform
import random
import resource
import sqlite3
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from rich.console import Console
from rich.table import Table

from digest import topics
from digest.matches import rank
from digest.matching import MORE, CorpusStatistics, PaperIndex
from digest.matching.words import is_telling, words
from digest.papers import Paper
from digest.sources.jsonl import read_papers

_OWN = Path(__file__).parents[1] / "tests" / "judged_topics"
_PAPERS = 150
_FTS_TOPICS = 2_000
_SYLLABLES = ["ba", "ce", "di", "fo", "gu", "la", "me", "ni", "po", "ru", "sa", "te", "vi", "zo"]


@dataclass(frozen=True, slots=True)
class Collection:
    """Papers, topics and which papers are relevant (grade above 0) or not (0) to which topic."""

    name: str
    papers: list[Paper]
    queries: dict[str, str]
    judged: dict[str, dict[str, int]]

    @classmethod
    def read(cls, folder: Path) -> Collection:
        lines = (folder / "topics.tsv").read_text(encoding="utf-8").splitlines()
        queries = dict(line.split("\t", 1) for line in lines)
        judged: dict[str, dict[str, int]] = defaultdict(dict)
        for line in (folder / "qrels.txt").read_text().splitlines():
            topic, _, paper, grade = line.split()
            judged[topic][paper] = int(grade)
        return cls(folder.name, read_papers(folder / "papers.jsonl"), queries, judged)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.matching", description=__doc__)
    shared = os.environ.get("DIGEST_SHARED", "../shared")
    parser.add_argument("--judged", type=Path, default=Path(shared) / "ir")
    parser.add_argument("--topics", type=int, nargs="*", default=[10_000, 100_000])
    given = parser.parse_args()
    console = Console(soft_wrap=True)
    console.print(f"{platform.machine()}, Python {platform.python_version()}, one core")
    folders = [_OWN, *sorted(found.parent for found in given.judged.glob("*/qrels.txt"))]
    console.print(_quality([Collection.read(folder) for folder in folders]))
    console.print(_speed(given.topics))


def _quality(collections: Sequence[Collection]) -> Table:
    table = Table(title="Order of a whole collection, and yes or no")
    for column in ("collection", "topics", "how", "nDCG@10", "MAP", "precision", "recall"):
        table.add_column(column)
    for collection in collections:
        bm25, ours = _bm25(collection), in_order(collection)
        for how, runs in (("BM25", bm25), ("digest", ours)):
            quality = [f"{value:.3f}" for value in ranked_well(collection, runs)]
            table.add_row(collection.name, str(len(collection.queries)), how, *quality, "", "")
        if any(0 in judged.values() for judged in collection.judged.values()):
            decided = [f"{value:.3f}" for value in chosen_well(collection, chosen(collection))]
            table.add_row(collection.name, "", "digest, yes or no", "", "", *decided)
    return table


def ranked_well(collection: Collection, runs: dict[str, list[str]]) -> tuple[float, float]:
    """Return nDCG at 10 with binary gains, and mean average precision, over judged topics."""
    gains, precisions = [], []
    for topic, judged in collection.judged.items():
        relevant = {paper for paper, grade in judged.items() if grade > 0}
        if not relevant:
            continue
        hits = [paper in relevant for paper in runs[topic][:1000]]
        ideal = sum(1 / math.log2(n + 2) for n in range(min(10, len(relevant))))
        gains.append(sum(hit / math.log2(n + 2) for n, hit in enumerate(hits[:10])) / ideal)
        places = [n for n, hit in enumerate(hits, start=1) if hit]
        found = sum(count / place for count, place in enumerate(places, start=1))
        precisions.append(found / len(relevant))
    return sum(gains) / len(gains), sum(precisions) / len(precisions)


def chosen_well(collection: Collection, runs: dict[str, set[str]]) -> tuple[float, float]:
    """Return precision and recall over judged pairs, averaged over topics."""
    precisions, recalls = [], []
    for topic, judged in collection.judged.items():
        relevant = {paper for paper, grade in judged.items() if grade > 0}
        if not relevant:
            continue
        known = runs[topic] & judged.keys()
        precisions.append(len(known & relevant) / len(known) if known else 1.0)
        recalls.append(len(known & relevant) / len(relevant))
    return sum(precisions) / len(precisions), sum(recalls) / len(recalls)


def in_order(collection: Collection) -> dict[str, list[str]]:
    """Return all papers of a collection in order, for each topic."""
    rankings = rank(collection.papers, collection.queries.values(), matches_only=False)
    found = zip(collection.queries, rankings, strict=True)
    return {topic: [paper for paper, _ in ranking.papers] for topic, ranking in found}


def chosen(collection: Collection) -> dict[str, set[str]]:
    """Return the papers that belong to each topic of a collection."""
    rankings = rank(collection.papers, collection.queries.values(), matches_only=True)
    found = zip(collection.queries, rankings, strict=True)
    return {topic: {paper for paper, _ in ranking.papers} for topic, ranking in found}


def _bm25(collection: Collection) -> dict[str, list[str]]:
    """Rank by plain BM25: k1 1.2, b 0.75, stems, stop words, title and abstract alike."""
    texts = [words(f"{paper.title} {paper.abstract}") for paper in collection.papers]
    counts = [Counter(word.stem for word in text) for text in texts]
    lengths = [len(text) for text in texts]
    average = sum(lengths) / len(lengths)
    holders: dict[str, list[int]] = defaultdict(list)
    for number, count in enumerate(counts):
        for stem in count:
            holders[stem].append(number)
    runs = {}
    for topic, query in collection.queries.items():
        scores: dict[int, float] = defaultdict(float)
        for word in words(query):
            if not is_telling(word.stem):
                continue
            held = holders.get(word.stem, [])
            rarity = math.log(1 + (len(texts) - len(held) + 0.5) / (len(held) + 0.5))
            for n in held:
                often = counts[n][word.stem]
                norm = 1.2 * (0.25 + 0.75 * lengths[n] / average)
                scores[n] += rarity * often * 2.2 / (often + norm)
        order = sorted(scores, key=lambda n: (-scores[n], n))
        runs[topic] = [collection.papers[n].arxiv_id for n in order]
    return runs


def _speed(sizes: Sequence[int]) -> Table:
    rng = random.Random(3)
    vocabulary = _invented_words(rng)
    papers = [_invented_paper(number, vocabulary, rng) for number in range(_PAPERS)]
    statistics = CorpusStatistics.of(papers)
    table = Table(title=f"Distinct topics held against {_PAPERS} papers, CPU seconds")
    for column in ("topics", "read", "made ready", "scored", "told why", "matches", "FTS5", "MB"):
        table.add_column(column, justify="right")
    for size in sizes:
        table.add_row(*_timed(list(_invented_queries(size, vocabulary, rng)), papers, statistics))
    return table


def _timed(queries: list[str], papers: list[Paper], statistics: CorpusStatistics) -> list[str]:
    clock = time.process_time
    marks = [clock()]
    wanted = [topics.parse(query) for query in queries]
    marks.append(clock())
    index = PaperIndex(papers, statistics)
    prepared = index.prepare(wanted)
    marks.append(clock())
    choice = index.choose(prepared, MORE)
    marks.append(clock())
    matches = sum(map(len, index.explained(choice)))
    marks.append(clock())
    per_topic = _fts5(queries[:_FTS_TOPICS], papers)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return [
        f"{len(queries):,}",
        *(f"{end - start:.2f}" for start, end in pairwise(marks)),
        f"{matches:,}",
        f"{per_topic * len(queries):.1f}",
        f"{peak:.0f}",
    ]


def _fts5(queries: Sequence[str], papers: Sequence[Paper]) -> float:
    """Return the CPU seconds that SQLite's full-text search takes for one topic's words."""
    opened = sqlite3.connect(":memory:")
    opened.execute("CREATE VIRTUAL TABLE papers USING fts5(title, abstract, tokenize='porter')")
    rows = [(paper.title, paper.abstract) for paper in papers]
    opened.executemany("INSERT INTO papers VALUES (?, ?)", rows)
    began = time.process_time()
    for query in queries:
        asked = " OR ".join(f'"{word.surface}"' for word in words(query))
        opened.execute(
            "SELECT rowid, bm25(papers) FROM papers WHERE papers MATCH ? ORDER BY 2", (asked,)
        ).fetchall()
    return (time.process_time() - began) / len(queries)


def _invented_words(rng: random.Random) -> list[str]:
    """Make a vocabulary; the first words will be common, the last ones rare (Zipf)."""
    made = {"".join(rng.sample(_SYLLABLES, rng.randint(2, 4))) for _ in range(9000)}
    return sorted(made, key=lambda word: (len(word), word))


def _drawn(vocabulary: Sequence[str], count: int, rng: random.Random) -> list[str]:
    size = len(vocabulary)
    return [vocabulary[int(size ** rng.random()) - 1] for _ in range(count)]


def _invented_paper(number: int, vocabulary: Sequence[str], rng: random.Random) -> Paper:
    return Paper(
        arxiv_id=f"2606.{number:05d}",
        title=" ".join(_drawn(vocabulary, 9, rng)),
        abstract=" ".join(_drawn(vocabulary, 190, rng)),
        authors=tuple(f"{rng.choice(vocabulary)} {rng.choice(vocabulary)}" for _ in range(6)),
        organization=rng.choice(vocabulary),
        categories=("cs.LG",),
        upvotes=rng.randrange(150),
    )


def _invented_queries(count: int, vocabulary: Sequence[str], rng: random.Random) -> Iterator[str]:
    """Yield distinct topics: six in ten are words, one each phrases, either-or, not, authors."""
    seen: set[str] = set()
    while len(seen) < count:
        one, two, three = (rng.choice(vocabulary) for _ in range(3))
        query = rng.choice(
            (
                one, f"{one} {two}", f"{one} {two}", f"{one} {two}", f"{one} {two} {three}",
                f"{one} {two} {three}", f'"{one} {two}"', f'{one} OR "{two} {three}"',
                f"{one} {two} -{three}", f'author:"{one} {two}"',
            )
        )  # fmt: skip
        if query not in seen:
            seen.add(query)
            yield query


if __name__ == "__main__":
    main()
