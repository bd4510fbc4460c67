"""Print what things cost, measured side by side in this run.

python -m benchmarks [--readers 50000] [--naive-readers 1500] [--scale 1000 10000 100000]
                     [--topics 10000 100000]

Celery runs as many worker processes as there are cores, the naive way's and ours alike.

With `--scale 10000 1000000` a million readers are planned for and served once. Topics are matched
first (`--topics` with no number leaves that out); `python -m benchmarks.matching` does only that.
"""

from __future__ import annotations

import argparse
import os
import platform
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from rich.console import Console
from rich.table import Table

from benchmarks import delivering, matching, servers
from benchmarks.delivering import Bench, Rate, Run


def main() -> None:
    arguments = _arguments()
    console = Console(width=130)
    now = datetime.now(UTC)
    console.print(
        f"{now:%Y-%m-%d}, {platform.machine()}, {os.cpu_count()} cores, "
        f"Python {platform.python_version()}, python -m benchmarks {arguments.line}"
    )
    if arguments.topics:
        matching.show(console, matching.JUDGED, arguments.topics)
    with servers.postgres() as postgres, servers.redis() as broker, servers.sink() as sink:
        bench = Bench(postgres, broker, sink)
        console.print(_rates_table(_rates(bench, arguments), sink.name))
        largest = max(arguments.scale, default=0)
        runs = [
            delivering.ours(bench, readers, with_pages=readers == largest)
            for readers in arguments.scale
        ]
        console.print(_scale_table(runs), _pages_table(runs))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--readers", type=int, default=50_000)
    parser.add_argument("--naive-readers", type=int, default=1_500)
    parser.add_argument("--scale", type=int, nargs="*", default=[1_000, 10_000, 100_000])
    parser.add_argument("--topics", type=int, nargs="*", default=[10_000, 100_000])
    given = parser.parse_args()
    given.line = f"--readers {given.readers} --scale {' '.join(map(str, given.scale))}"
    return given


def _rates(bench: Bench, arguments: argparse.Namespace) -> Iterator[Rate]:
    """Measure the naive way first: it is what the others are compared with."""
    readers = arguments.readers
    yield delivering.naive(bench, arguments.naive_readers)
    yield delivering.ours(bench, readers).rate
    yield delivering.ours(bench, readers, signed=False).rate
    yield delivering.embedded(bench, readers // 2)
    references = (delivering.django(bench, readers // 4), delivering.smtp_source(bench, readers))
    yield from filter(None, references)  # where they are installed


def _rates_table(rates: Iterator[Rate], sink: str) -> Table:
    title = f"Digests a second, {delivering.PROCESSES} worker processes, into {sink}"
    table = _table(title, "what", "digests/s", "times the naive way")
    naive = next(rates)
    for rate in (naive, *rates):
        ratio = rate.per_second / naive.per_second
        table.add_row(rate.name, f"{rate.per_second:,.0f}", f"{ratio:.1f}")
    return table


def _scale_table(runs: Iterable[Run]) -> Table:
    table = _table(
        "Cost by number of digests",
        "digests",
        "planning s",
        "delivering s",
        "us a digest",
        "CPU us: workers",
        "PostgreSQL",
        "sink",
        "peak MB",
        "taken = sent + others",
    )
    for run in runs:
        digests, seconds = run.rate.digests, run.rate.seconds
        table.add_row(
            f"{digests:,}",
            f"{run.planning_seconds:.2f}",
            f"{seconds:.1f}",
            f"{seconds / digests * 1e6:,.0f}",
            *(f"{cost:,.0f}" for cost in (run.worker_us, run.postgres_us, run.sink_us)),
            f"{run.peak_mb:.0f}",
            f"{run.accepted:,} = {run.sent:,} + {run.others}",
        )
    return table


def _pages_table(runs: Iterable[Run]) -> Table:
    names = ("page at 200 requests/s", "readers stored", "median ms", "p99 ms", "errors", "peak MB")
    table = _table("Pages", *names)
    for run in runs:
        for page in run.pages:
            table.add_row(
                page.page,
                f"{run.rate.digests:,}",
                f"{page.median:.1f}",
                f"{page.p99:.1f}",
                str(page.errors),
                f"{page.peak_mb:.0f}",
            )
    return table


def _table(title: str, *names: str) -> Table:
    table = Table(title=title)
    for number, name in enumerate(names):
        table.add_column(name, justify="right" if number else "left")
    return table


if __name__ == "__main__":
    main()
