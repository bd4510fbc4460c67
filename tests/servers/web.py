"""The real web server, in a thread of the test."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

from digest import supervisor
from digest.config import Settings
from digest.database import Database


@contextmanager
def serving(settings: Settings, database: Database) -> Iterator[str]:
    """Serve the pages at the settings' port for the length of the block; yields the address."""
    listening = supervisor.listen(settings)
    server = supervisor.web_server(settings, database)
    thread = Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    try:
        deadline = time.monotonic() + 20
        while not server.started and time.monotonic() < deadline:
            time.sleep(0.01)
        yield f"http://127.0.0.1:{settings.port}"
    finally:
        server.should_exit = True
        thread.join()
        listening.close()
