"""How fast topics are matched: the program's own steps over a day made of real words.

python -m benchmarks.matching_speed TOPICS prints the figures of one run as JSON; each run is a
process of its own, so that its peak memory is its own, with one thread.
"""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise

from benchmarks import processes
from benchmarks.day import PAPERS, made
from digest import matches
from digest.matching import MORE, CorpusStatistics, PaperIndex
from digest.matching.words import words
from digest.papers import Paper

_FTS_TOPICS = 10_000
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "RAYON_NUM_THREADS": "1"}


@dataclass(frozen=True, slots=True)
class Speed:
    """CPU seconds for all topics, from stored queries to rows as they are written."""

    topics: int
    indexed: float
    read: float
    scored: float
    told: float
    fts5: float
    matches: int
    peak_mb: float

    @property
    def total(self) -> float:
        return self.indexed + self.read + self.scored + self.told


def measured(size: int) -> Speed:
    """Match so many distinct topics in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.matching_speed", str(size)]
    ran = subprocess.run(command, env=os.environ | ONE_THREAD, check=True, stdout=subprocess.PIPE)
    return Speed(**json.loads(ran.stdout))


def _run(size: int) -> Speed:
    papers, queries = made(size)
    statistics = CorpusStatistics.of(papers)
    spent, found = [0.0, 0.0, 0.0], 0
    clock = time.process_time
    began = clock()
    index = PaperIndex(papers, statistics)
    indexed = clock() - began
    for start in range(0, size, matches.TOPICS_AT_ONCE):
        chunk = queries[start : start + matches.TOPICS_AT_ONCE]
        with matches.without_collecting():
            marks, rows = _matched(index, chunk)
        for step, seconds in enumerate(marks):
            spent[step] += seconds
        found += rows
    peak = processes.peak_mb([os.getpid()])
    return Speed(size, indexed, *spent, _fts5(queries, papers), found, peak)


def _matched(index: PaperIndex, queries: Sequence[str]) -> tuple[list[float], int]:
    marks = [time.process_time()]
    wanted = index.queries()
    for query in queries:
        wanted.add_stored(query)
    marks.append(time.process_time())
    choice = index.choose(wanted, MORE)
    marks.append(time.process_time())
    rows = matches.rows(choice, range(len(queries)), [1] * PAPERS, range(PAPERS))
    marks.append(time.process_time())
    return [end - start for start, end in pairwise(marks)], len(rows)


def _fts5(queries: Sequence[str], papers: Sequence[Paper]) -> float:
    """Return the CPU seconds that SQLite's full-text search takes, a topic's words at a time."""
    opened = sqlite3.connect(":memory:")
    opened.execute("CREATE VIRTUAL TABLE papers USING fts5(title, abstract, tokenize='porter')")
    rows = [(paper.title, paper.abstract) for paper in papers]
    opened.executemany("INSERT INTO papers VALUES (?, ?)", rows)
    tried = queries[:_FTS_TOPICS]
    began = time.process_time()
    for query in tried:
        asked = " OR ".join(f'"{word.surface}"' for word in words(query))
        opened.execute(
            "SELECT rowid, bm25(papers) FROM papers WHERE papers MATCH ? ORDER BY 2", (asked,)
        ).fetchall()
    return (time.process_time() - began) / len(tried) * len(queries)


if __name__ == "__main__":
    print(json.dumps(asdict(_run(int(sys.argv[1])))))
