"""Print one table of what things cost, measured side by side in this run.

python -m benchmarks [--readers 5000] [--naive-readers 400] [--scale 1000 10000 100000]
"""

from __future__ import annotations

import argparse
import os
import platform
import time
from collections.abc import Sequence
from datetime import UTC, datetime

from rich.console import Console
from rich.table import Table

from benchmarks import delivering, servers
from benchmarks.delivering import Rate
from benchmarks.world import NOW, world
from digest import deliveries


def main() -> None:
    arguments = _arguments()
    console = Console(soft_wrap=True)
    now = datetime.now(UTC)
    console.print(
        f"{now:%Y-%m-%d}, {platform.machine()}, {os.cpu_count()} cores, "
        f"Python {platform.python_version()}, python -m benchmarks {arguments.line}"
    )
    with (
        servers.postgres() as database_url,
        servers.redis() as broker,
        servers.sink() as (name, port),
    ):
        console.print(_delivering(arguments, database_url, broker, port, name))
        console.print(_scale(arguments.scale, database_url, broker, port))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--readers", type=int, default=5_000)
    parser.add_argument("--naive-readers", type=int, default=400)
    parser.add_argument("--scale", type=int, nargs="*", default=[1_000, 10_000])
    given = parser.parse_args()
    given.line = f"--readers {given.readers} --scale {' '.join(map(str, given.scale))}"
    return given


def _delivering(
    arguments: argparse.Namespace, database_url: str, broker: str, port: int, sink: str
) -> Table:
    readers = arguments.readers
    naive = delivering.naive(database_url, broker, port, arguments.naive_readers)
    rates: list[Rate | None] = [
        naive,
        delivering.ours(database_url, broker, port, readers, signed=True),
        delivering.ours(database_url, broker, port, readers, signed=False),
        delivering.embedded(port, min(readers, 2000)),
        delivering.django(port, min(readers, 2000)),
        delivering.smtp_source(port, readers),
    ]
    table = Table(title=f"Digests a second, into {sink}")
    for column in ("what", "digests/s", "times the naive way"):
        table.add_column(column, justify="left" if column == "what" else "right")
    for rate in filter(None, rates):
        ratio = rate.per_second / naive.per_second
        table.add_row(rate.name, f"{rate.per_second:,.0f}", f"{ratio:.1f}")
    return table


def _scale(sizes: Sequence[int], database_url: str, broker: str, port: int) -> Table:
    table = Table(title="Cost a reader, by number of readers")
    for column in ("readers", "planning s", "delivering s", "us a reader", "peak MB a process"):
        table.add_column(column, justify="right")
    for readers in sizes:
        with world(database_url, readers, f"smtp://127.0.0.1:{port}") as place:
            began = time.perf_counter()
            deliveries.plan(place.database, NOW)
            planning = time.perf_counter() - began
        rate = delivering.ours(database_url, broker, port, readers, signed=True)
        cost = rate.seconds / readers * 1e6
        cells = (f"{planning:.2f}", f"{rate.seconds:.1f}", f"{cost:,.0f}", f"{rate.peak_mb:.0f}")
        table.add_row(f"{readers:,}", *cells)
    return table


if __name__ == "__main__":
    main()
