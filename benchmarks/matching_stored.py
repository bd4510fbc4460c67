"""What it costs to match stored topics and to store the matches: the program's own task.

python -m benchmarks.matching_stored TOPICS URL PID prints the figures of one run as JSON, for the
database at URL that is served by process PID (0: none).
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import insert

from benchmarks import processes, servers
from benchmarks.day import made
from benchmarks.matching_speed import ONE_THREAD
from benchmarks.world import NOW
from digest import database, matches
from digest.enums import EditionStatus
from digest.models import Base, Edition, Entry, Topic
from digest.models import Paper as PaperRow
from digest.papers import Paper


@dataclass(frozen=True, slots=True)
class Stored:
    """CPU seconds to match stored topics, and what came of it."""

    database: str
    topics: int
    worker: float
    server: float
    matches: int
    peak_mb: float


def stored(size: int) -> list[Stored]:
    """Match so many topics stored in SQLite, then in PostgreSQL."""
    with servers.postgres() as postgres, TemporaryDirectory(prefix="digest-bench-") as folder:
        url = f"sqlite:///{Path(folder) / 'digest.db'}"
        return [_ran(size, url, 0), _ran(size, postgres.url, postgres.pid)]


def _ran(size: int, url: str, pid: int) -> Stored:
    command = [sys.executable, "-m", "benchmarks.matching_stored", str(size), url, str(pid)]
    ran = subprocess.run(command, env=os.environ | ONE_THREAD, check=True, stdout=subprocess.PIPE)
    return Stored(**json.loads(ran.stdout))


def _run(size: int, url: str, pid: int) -> Stored:
    papers, queries = made(size)
    opened = database.connect(url)
    Base.metadata.create_all(opened.engine)
    _fill(opened, papers, queries)
    before = processes.cpu_seconds(pid) if pid else 0.0
    began = time.process_time()
    counts = matches.match(opened)
    worker = time.process_time() - began
    server = processes.cpu_seconds(pid) - before if pid else 0.0
    opened.close()
    peak = processes.peak_mb([os.getpid()])
    name = "PostgreSQL" if pid else "SQLite"
    return Stored(name, counts.topics, worker, server, counts.matches, peak)


def _fill(opened: database.Database, papers: Sequence[Paper], queries: Sequence[str]) -> None:
    numbers = range(1, len(papers) + 1)
    edition = Edition(
        source="huggingface",
        day=date(2026, 6, 2),
        status=EditionStatus.CLOSED,
        sequence=1,
        opened_at=NOW,
        entries=[Entry(paper_id=number, rank=number, is_new=True) for number in numbers],
    )
    with opened.write() as session:
        session.add_all(map(_row, numbers, papers))
        session.flush()
        session.add(edition)
        topics = [{"query": query, "matched_through": 0, "created_at": NOW} for query in queries]
        session.execute(insert(Topic), topics)


def _row(number: int, paper: Paper) -> PaperRow:
    return PaperRow(
        id=number,
        arxiv_id=paper.arxiv_id,
        title=paper.title,
        abstract=paper.abstract,
        authors=list(paper.authors),
        organization=paper.organization,
        categories=list(paper.categories),
        upvotes=paper.upvotes,
        first_seen_at=NOW,
        listed_on=date(2026, 6, 2),
    )


if __name__ == "__main__":
    print(json.dumps(asdict(_run(int(sys.argv[1]), sys.argv[2], int(sys.argv[3])))))
