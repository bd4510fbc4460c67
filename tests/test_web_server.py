"""The web server over real HTTP: who asks, how much, and what is written down about it."""

from __future__ import annotations

import logging
import socket
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from sqlalchemy import select

from digest import subscribers
from digest.config import Settings
from digest.database import Database
from digest.models import SignUp
from digest.tokens import Scope
from digest.web import middleware
from tests.factories import form_token
from tests.processes import free_port
from tests.readers import ask_for_link, deliver, link, link_in, newest_mail, reader
from tests.servers.web import serving


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
def base(sqlite: Database, tmp_path: Path) -> Iterator[str]:
    with serving(Settings(data_dir=tmp_path, port=free_port()), sqlite) as address:
        yield address


def network_seen(database: Database, tmp_path: Path, proxies: str, forwarded: list[str]) -> str:
    """Sign up through a proxy (the test itself, at 127.0.0.1); returns the network kept of it."""
    settings = Settings(data_dir=tmp_path, port=free_port(), trusted_proxies=proxies)
    with serving(settings, database) as base:
        headers = [("X-Forwarded-For", value) for value in forwarded]
        wish = {"address": "a@example.org"}
        answer = httpx.post(f"{base}/api/v1/subscriptions", json=wish, headers=headers)
    assert answer.status_code == 202
    with database.read() as session:
        return session.scalars(select(SignUp.network)).one()


@pytest.mark.parametrize(
    ("proxies", "forwarded", "network"),
    [
        ("127.0.0.0/8", ["203.0.113.9"], "203.0.113.0/24"),
        ("127.0.0.1", ["198.51.100.1, 203.0.113.9"], "203.0.113.0/24"),
        ("127.0.0.1", ["198.51.100.1", "203.0.113.9"], "203.0.113.0/24"),
        ("127.0.0.1, 10.0.0.0/8", ["198.51.100.1, 203.0.113.9, 10.1.2.3"], "203.0.113.0/24"),
        ("127.0.0.1", ["2001:db8:1:2::9"], "2001:db8:1::/48"),
        ("10.0.0.0/8", ["203.0.113.9"], "127.0.0.0/24"),
        ("", ["203.0.113.9"], "127.0.0.0/24"),
    ],
)
def test_the_client_is_the_last_hop_that_we_do_not_trust(
    sqlite: Database, tmp_path: Path, proxies: str, forwarded: list[str], network: str
) -> None:
    assert network_seen(sqlite, tmp_path, proxies, forwarded) == network


def test_a_body_without_a_length_is_counted_as_it_comes(base: str) -> None:
    def endless() -> Iterator[bytes]:
        for _ in range(100_000):
            yield b"topics=" + b"x" * 1000

    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    try:
        answer = httpx.post(f"{base}/subscribe", content=endless(), headers=headers)
        assert answer.status_code == 413
    except httpx.TransportError:
        pass  # It was cut off while it still sent.
    assert httpx.get(f"{base}/healthz").status_code == 200


def test_a_body_that_does_not_come_is_given_up(
    sqlite: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(middleware, "BODY_SECONDS", 0.2)
    settings = Settings(data_dir=tmp_path, port=free_port())
    with serving(settings, sqlite), socket.create_connection(("127.0.0.1", settings.port)) as slow:
        slow.settimeout(10)
        slow.sendall(b"POST /subscribe HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nto")
        assert slow.recv(1000).startswith(b"HTTP/1.1 408")


def test_an_endless_head_is_refused(base: str) -> None:
    answer = httpx.get(f"{base}/", headers={"X-Long": "x" * 20_000})
    assert answer.status_code in {400, 431}


def test_every_page_sends_the_headers_that_keep_it_safe_and_no_cookie(base: str) -> None:
    for path in ("/", "/search?q=x", "/link", "/api", "/api/v1/papers", "/nothing", "/confirm/x"):
        for method in ("GET", "HEAD", "OPTIONS", "POST"):
            headers = httpx.request(method, base + path).headers
            assert headers["content-security-policy"].startswith("default-src 'none'"), path
            assert headers["referrer-policy"] == "no-referrer", path
            assert headers["cross-origin-opener-policy"] == "same-origin", path
            assert "set-cookie" not in headers, path
            assert "unsafe" not in headers["content-security-policy"], path


def test_an_https_address_is_kept_to(sqlite: Database, tmp_path: Path) -> None:
    public = Settings(data_dir=tmp_path, port=free_port(), base_url="https://papers.example.org")
    with serving(public, sqlite) as base:
        assert "max-age" in httpx.get(base).headers["strict-transport-security"]


def test_no_address_and_no_token_is_written_to_a_log(
    sqlite: Database,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """A reader's whole walk, with errors on the way, and every logger at its most talkative."""
    caplog.set_level(logging.INFO)
    caplog.set_level(logging.WARNING, "httpx")  # The test's own.
    settings = Settings(data_dir=tmp_path, port=free_port())
    with serving(settings, sqlite) as base:
        opened = form_token(settings, now() - timedelta(minutes=1))
        form = {"address": "secret.reader@example.org", "opened": opened}
        httpx.post(f"{base}/subscribe", data=form)
        subscribers.admit(sqlite, settings.keys, now())
        deliver(sqlite, settings, now())
        confirmation = link_in(newest_mail(settings, form["address"]), "confirm")
        assert httpx.post(base + confirmation).status_code == 200
        ask_for_link(sqlite, settings, form["address"], now())
        deliver(sqlite, settings, now())
        account = link_in(newest_mail(settings, form["address"]), "account")
        assert httpx.post(f"{base}{account}/erase").status_code == 200
        number = reader(sqlite, address="secret.other@example.org")
        forged = link(settings, Scope.MANAGE, number)[:-1] + "x"
        assert httpx.get(base + forged).status_code == 404
        with sqlite.write() as session:
            session.connection().exec_driver_sql("DROP TABLE signups")
        assert httpx.post(f"{base}/subscribe", data=form).status_code == 500
    said = caplog.text + "".join(capfd.readouterr())
    assert "no such table" in said
    for secret in ("secret.", confirmation[10:], account[10:], forged[10:]):
        assert secret not in said
