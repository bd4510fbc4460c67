"""A real HTTP server that plays Hugging Face and arXiv: lists by day, and faults on command.

    python -m tests.servers.papers --lists DIR --port 8900

serves the `YYYY-MM-DD.json` files of DIR in the API's shape.
"""

from __future__ import annotations

import argparse
import html
import json
import threading
import time
from collections import defaultdict, deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit


@dataclass(frozen=True)
class Fault:
    """One wrong answer: a status and body instead of the list, or a slow or cut-off list."""

    status: int = 200
    body: bytes | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    delay_seconds: float = 0.0
    keep_octets: int | None = None
    """Send only this many octets of the body, then hang up."""


TOO_MANY_REQUESTS = Fault(429, b"Too Many Requests", {"Retry-After": "1"})
SERVER_ERROR = Fault(500, b"Internal Server Error")
HTML_PAGE = Fault(200, b"<!doctype html><title>Down for maintenance</title>")
ERROR_OBJECT = Fault(200, b'{"error": "Something went wrong"}')
TRUNCATED = Fault(keep_octets=500)


@dataclass
class PapersServer:
    """Lists by day (API items), faults waiting by kind of request, and the log of requests."""

    lists: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    categories: dict[str, list[str]] = field(default_factory=dict)
    faults: dict[str, deque[Fault]] = field(default_factory=lambda: defaultdict(deque))
    """For "api", "page" and "arxiv": each waiting fault answers one request."""
    requests: list[str] = field(default_factory=list)
    agents: set[str] = field(default_factory=set)
    url: str = ""

    def fail(self, kind: str, *faults: Fault) -> None:
        self.faults[kind].extend(faults)

    def answer(self, path: str, query: Mapping[str, list[str]]) -> tuple[str, int, bytes]:
        """Return the kind of request, and the right answer to it."""
        if path == "/api/daily_papers":
            return "api", *self._api(query)
        if path.startswith("/papers/date/"):
            return "page", *self._page(path.rsplit("/", 1)[1])
        if path == "/api/query":
            return "arxiv", 200, self._arxiv(query["id_list"][0].split(","))
        return "other", 404, b"Not Found"

    def _api(self, query: Mapping[str, list[str]]) -> tuple[int, bytes]:
        day, page = query["date"][0], int(query.get("p", ["0"])[0])
        limit = int(query.get("limit", ["50"])[0])
        if self.lists and day > max(self.lists):
            return 400, b'{"error": "date must be less than or equal to today"}'
        items = self.lists.get(day, [])[page * limit : (page + 1) * limit]
        return 200, json.dumps(items).encode()

    def _page(self, day: str) -> tuple[int, bytes]:
        if day not in self.lists:
            return 404, b"<!doctype html><title>404</title>"
        props = html.escape(json.dumps({"dailyPapers": self.lists[day], "dateString": day}))
        return 200, (
            f'<!doctype html><div class="S" data-target="DailyPapers" data-props="{props}"></div>'
        ).encode()

    def _arxiv(self, ids: list[str]) -> bytes:
        entries = "".join(
            f"<entry><id>http://arxiv.org/abs/{i}v1</id><title>x</title>"
            + "".join(f'<category term="{c}"/>' for c in self.categories.get(i, ["cs.LG"]))
            + "</entry>"
            for i in ids
        )
        return f'<feed xmlns="http://www.w3.org/2005/Atom">{entries}</feed>'.encode()


def item(arxiv_id: str, title: str, abstract: str = "", **changes: Any) -> dict[str, Any]:
    """An item in the API's shape; changes go into its paper."""
    paper: dict[str, Any] = {
        "id": arxiv_id,
        "title": title,
        "summary": abstract or f"{title}. We show that it works.",
        "authors": [{"_id": "1", "name": "Ada Example", "hidden": False}],
        "publishedAt": "2026-06-01T00:00:00.000Z",
        "upvotes": 3,
    }
    return {"paper": paper | changes, "title": title, "numComments": 1}


def recorded(folder: Path) -> dict[str, list[dict[str, Any]]]:
    """Read recorded lists; the counts that were not recorded are invented, falling by rank."""
    lists = {}
    for path in sorted(folder.glob("????-??-??.json")):
        items = json.loads(path.read_text())
        for rank, entry in enumerate(items):
            entry.setdefault("numComments", rank % 5)
            entry["paper"].setdefault("upvotes", 140 // (rank + 1))
            entry["paper"].setdefault("authors", [{"name": "Invented Author", "hidden": False}])
        lists[path.stem] = items
    return lists


@contextmanager
def serve(server: PapersServer, port: int = 0) -> Iterator[PapersServer]:
    """Run the server on a loopback port for the length of the block."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            kind, status, body = server.answer(parts.path, parse_qs(parts.query))
            server.requests.append(self.path)
            server.agents.add(self.headers.get("User-Agent", ""))
            waiting = server.faults[kind]
            self._send(waiting.popleft() if waiting else Fault(), status, body)

        def _send(self, fault: Fault, status: int, body: bytes) -> None:
            time.sleep(fault.delay_seconds)
            body = fault.body if fault.body is not None else body
            etag = f'"{sha256(body).hexdigest()[:16]}"'
            if fault.status != 200:
                status = fault.status
            elif status == 200 and self.headers.get("If-None-Match") == etag:
                status, body = 304, b""
            self.send_response(status)
            for name, value in {"ETag": etag, **fault.headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body[: fault.keep_octets])
            self.close_connection = fault.keep_octets is not None

        def log_message(self, *_: object) -> None:
            pass

    listening = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    server.url = f"http://127.0.0.1:{listening.server_port}"
    thread = threading.Thread(target=listening.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        listening.shutdown()
        listening.server_close()


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--lists", type=Path, required=True)
    arguments.add_argument("--port", type=int, default=8900)
    given = arguments.parse_args()
    with serve(PapersServer(recorded(given.lists)), given.port) as running:
        print(f"Serving {len(running.lists)} lists at {running.url}", flush=True)
        threading.Event().wait()
