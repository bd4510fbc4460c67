"""Page latencies at a fixed rate: the front page and a reader's manage page, many readers stored.

The load is open: a request is sent when its time has come, whether or not earlier ones are
answered, and its latency counts from that time.
"""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from benchmarks import processes, servers
from benchmarks.world import NOW, World, give_history
from digest import tokens
from digest.tokens import Scope

_PER_SECOND = 200
_SECONDS = 15
_WARM_UP_SECONDS = 2


@dataclass(frozen=True, slots=True)
class Latency:
    """Of one page, in milliseconds."""

    page: str
    median: float
    p99: float
    errors: int
    peak_mb: float


def pages(place: World, environment: dict[str, str], readers: int) -> list[Latency]:
    """Measure the pages of the web server as `digest web` runs it."""
    keys, expires = place.settings.keys, NOW + timedelta(days=1)
    asking = min(readers, _PER_SECOND * _SECONDS)
    give_history(place, asking)
    manage = [
        f"/manage/{tokens.sign(keys, Scope.MANAGE, reader, expires=expires)}"
        for reader in range(1, asking + 1)
    ]
    port = servers.free_port()
    with _web(environment | {"DIGEST_PORT": str(port)}, port) as process:
        found = []
        for name, paths in (("front page", ["/"]), ("manage page", manage)):
            asyncio.run(_load(port, paths, _WARM_UP_SECONDS))
            latencies, errors = asyncio.run(_load(port, paths, _SECONDS))
            memory = processes.peak_mb(processes.tree(process.pid))
            found.append(_summary(name, latencies, errors, memory))
        return found


def _summary(page: str, latencies: list[float], errors: int, peak_mb: float) -> Latency:
    ordered = sorted(latencies)
    return Latency(
        page,
        median=ordered[len(ordered) // 2] * 1000,
        p99=ordered[len(ordered) * 99 // 100] * 1000,
        errors=errors,
        peak_mb=peak_mb,
    )


async def _load(port: int, paths: list[str], seconds: int) -> tuple[list[float], int]:
    """Ask for the paths in turn; return every latency, and how many answers were not 200."""
    idle: list[_Connection] = []
    latencies: list[float] = []
    errors = 0

    async def ask(path: str, due: float) -> None:
        nonlocal errors
        while idle and idle[-1].is_closed:
            idle.pop()
        connection = idle.pop() if idle else await _Connection.open(port)
        status = await connection.get(path)
        latencies.append(time.perf_counter() - due)
        errors += status != 200
        idle.append(connection)

    began = time.perf_counter()
    async with asyncio.TaskGroup() as tasks:
        for number in range(_PER_SECOND * seconds):
            due = began + number / _PER_SECOND
            await asyncio.sleep(max(due - time.perf_counter(), 0))
            tasks.create_task(ask(paths[number % len(paths)], due))
    return latencies, errors


class _Connection:
    """A kept-alive HTTP/1.1 connection, as light as can be: it shares the machine."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    @classmethod
    async def open(cls, port: int) -> _Connection:
        return cls(*await asyncio.open_connection("127.0.0.1", port, limit=2**22))

    @property
    def is_closed(self) -> bool:
        """Whether the server has closed it, as it does with what lies idle for five seconds."""
        return self._reader.at_eof()

    async def get(self, path: str) -> int:
        self._writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
        head = (await self._reader.readuntil(b"\r\n\r\n")).lower()
        length = int(head.split(b"content-length:")[1].split(b"\r\n")[0])
        await self._reader.readexactly(length)
        return int(head.split(b" ", 2)[1])


@contextmanager
def _web(environment: dict[str, str], port: int) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(
        [sys.executable, "-m", "digest", "web"],
        env=os.environ | environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        servers.wait_until(lambda: servers.listens(port), seconds=30)
        yield process
    finally:
        process.terminate()
        process.wait(30)
