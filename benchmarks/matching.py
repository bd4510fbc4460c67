"""Print how well and how fast topics are matched, each figure beside the usual way, in one run.

python -m benchmarks.matching [--judged FOLDER] [--topics 10000 100000 1000000]

FOLDER (DIGEST_SHARED/ir) has one folder a judged collection (papers.jsonl, topics.tsv, qrels.txt),
as TREC does. Of those in tests/ judged_topics is always among them, blind_topics and every_pair
where the papers are that they were judged over (DIGEST_SHARED/hf/lists, DIGEST_SHARED/ir/hf_dev).
Speed is measured over invented topics and papers of real words.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import platform
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.day import PAPERS
from benchmarks.matching_speed import measured
from benchmarks.matching_stored import stored
from digest.matching.words import is_telling, words
from digest.papers import Paper
from digest.search import rank
from digest.sources import Validators
from digest.sources.huggingface import listing
from digest.sources.jsonl import read_papers

_TESTS = Path(__file__).parents[1] / "tests"
_OWN, BLIND = _TESTS / "judged_topics", _TESTS / "blind_topics"
_EVERY_PAIR = _TESTS / "every_pair"
_YES, _MAYBE = 2, 1
_MOST_STORED = 100_000
_SHARED = Path(os.environ.get("DIGEST_SHARED", Path(__file__).parents[2] / "shared"))
JUDGED, LISTS = _SHARED / "ir", _SHARED / "hf" / "lists"


@dataclass(frozen=True, slots=True)
class Collection:
    """Papers, topics and which papers are relevant (grade above 0) or not (0) to which topic."""

    name: str
    papers: list[Paper]
    queries: dict[str, str]
    judged: dict[str, dict[str, int]]

    @classmethod
    def read(cls, folder: Path, papers: list[Paper] | None = None) -> Collection:
        """Read a collection; where `papers` are given it has no file of them."""
        lines = (folder / "topics.tsv").read_text(encoding="utf-8").splitlines()
        queries = dict(line.split("\t", 1) for line in lines)
        judged: dict[str, dict[str, int]] = defaultdict(dict)
        for line in (folder / "qrels.txt").read_text().splitlines():
            topic, _, paper, grade = line.split()
            judged[topic][paper] = int(grade)
        if papers is None:
            papers = read_papers(folder / "papers.jsonl")
        return cls(folder.name, papers, queries, judged)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.matching", description=__doc__)
    parser.add_argument("--judged", type=Path, default=JUDGED)
    parser.add_argument("--topics", type=int, nargs="*", default=[10_000, 100_000, 1_000_000])
    given = parser.parse_args()
    console = Console(soft_wrap=True)
    console.print(f"{platform.machine()}, Python {platform.python_version()}, one core")
    show(console, given.judged, given.topics)


def show(console: Console, judged: Path, sizes: Sequence[int]) -> None:
    """Print quality on the judged collections that are there, and speed at these sizes."""
    folders = sorted(found.parent for found in judged.glob("*/qrels.txt"))
    if not folders:
        console.print("The judged collections are not here (DIGEST_SHARED names their folder).")
    collections = [Collection.read(folder) for folder in (_OWN, *folders)]
    if listed := listed_papers():
        collections.append(Collection.read(BLIND, listed))
    collections += every_pair()
    console.print(_quality(collections))
    if sizes:
        console.print(_speed(sizes), _whole_task(min(max(sizes), _MOST_STORED)))


def listed_papers() -> list[Paper]:
    """Return the papers of the recorded lists, each once; none where the lists are not here."""
    found: dict[str, Paper] = {}
    for path in sorted(LISTS.glob("*.json")):
        items = json.loads(path.read_text(encoding="utf-8"))
        for paper in listing(items, date.fromisoformat(path.stem), Validators()).papers:
            found.setdefault(paper.arxiv_id, paper)
    return list(found.values())


def every_pair() -> list[Collection]:
    """Return the broad and the narrow topics of which every pair was judged; none without papers.

    What its judge called a "maybe" counts neither way.
    """
    papers = {paper.arxiv_id: paper for paper in listed_papers()}
    if (JUDGED / "hf_dev").is_dir():
        papers |= {paper.arxiv_id: paper for paper in read_papers(JUDGED / "hf_dev/papers.jsonl")}
    wanted = (_EVERY_PAIR / "papers.txt").read_text().split()
    if not papers.keys() >= set(wanted):
        return []
    whole = Collection.read(_EVERY_PAIR, [papers[number] for number in wanted])
    decided = {
        topic: {
            paper: int(grades.get(paper) == _YES) for paper in wanted if grades.get(paper) != _MAYBE
        }
        for topic, grades in whole.judged.items()
    }
    return [
        Collection(
            f"{whole.name}, {kind}",
            whole.papers,
            {topic: query for topic, query in whole.queries.items() if topic[0] == kind[0]},
            {topic: grades for topic, grades in decided.items() if topic[0] == kind[0]},
        )
        for kind in ("broad", "narrow")
    ]


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
    """Time the program's own steps; FTS5 finds words only, without score, meaning or reason."""
    table = Table(title=f"Distinct topics held against {PAPERS} papers, CPU seconds")
    for column in (
        *("topics", "papers indexed", "queries read", "scored", "told why, as rows", "in all"),
        *("us a topic", "FTS5", "matches", "peak MB"),
    ):
        table.add_column(column, justify="right")
    runs = [measured(size) for size in sizes]
    for run in runs:
        steps = (run.indexed, run.read, run.scored, run.told, run.total)
        table.add_row(
            f"{run.topics:,}",
            *(f"{seconds:.2f}" for seconds in steps),
            f"{run.total / run.topics * 1e6:.1f}",
            f"{run.fts5:.1f}",
            f"{run.matches:,}",
            f"{run.peak_mb:.0f}",
        )
    first, last = runs[0], runs[-1]
    ratio = (last.total / last.topics) / (first.total / first.topics)
    table.caption = (
        f"{last.topics:,} topics cost {ratio:.2f} times as much each as {first.topics:,}"
    )
    return table


def _whole_task(size: int) -> Table:
    """Time the program's task, the writing of the matches included."""
    table = Table(title="Stored topics matched, and the matches stored, CPU seconds")
    for column in ("topics", "database", "worker", "its server", "matches", "peak MB"):
        table.add_column(column, justify="right")
    for run in stored(size):
        spent = (f"{seconds:.1f}" for seconds in (run.worker, run.server))
        numbers = (f"{run.matches:,}", f"{run.peak_mb:.0f}")
        table.add_row(f"{run.topics:,}", run.database, *spent, *numbers)
    return table


if __name__ == "__main__":
    main()
