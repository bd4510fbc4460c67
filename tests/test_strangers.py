"""A stranger asks for mail to many addresses, and learns nothing about any of them."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import event

from digest import signups, subscribers
from digest.addresses import Origin
from digest.config import Settings
from digest.database import Database
from digest.enums import SignUpKind, SubscriberStatus
from digest.signups import Wish
from digest.suppressions import suppress
from digest.web import create_app
from tests.factories import NOW
from tests.readers import reader, send

NAMES = ("unheard", "pending", "reading", "paused", "gone", "suppressed", "flooded")


@pytest.fixture
def known(sqlite: Database, settings: Settings) -> Iterator[TestClient]:
    """The pages of an installation that knows an address in every state, and no worker."""
    for name in NAMES:
        wish = Wish(SignUpKind.SUBSCRIBE, f"{name}@example.org", Origin.of("192.0.2.1"))
        wishes = subscribers.Preferences().to_json()
        if name in {"pending", "flooded"}:
            for _ in range(4 if name == "flooded" else 1):
                asked = Wish(wish.kind, wish.address, wish.origin, wishes)
                signups.ask(sqlite, settings, asked, NOW)
    subscribers.admit(sqlite, settings.keys, NOW)
    reader(sqlite, "robots", address="reading@example.org")
    reader(sqlite, address="paused@example.org", status=SubscriberStatus.PAUSED)
    reader(sqlite, address="gone@example.org", status=SubscriberStatus.UNSUBSCRIBED)
    with sqlite.write() as session:
        suppress(session, settings.keys, ["suppressed@example.org"], "test", NOW)
    plenty = settings.model_copy(update={"signups_per_hour": 10**6, "signups_per_day": 10**6})
    with TestClient(create_app(plenty, sqlite, lambda _: None, lambda: NOW)) as web:
        yield web


@contextmanager
def statements(database: Database) -> Iterator[list[str]]:
    """Collect what is asked of the database."""
    asked: list[str] = []

    def note(*facts: object) -> None:
        asked.append(str(facts[2]))

    event.listen(database.engine, "before_cursor_execute", note)
    yield asked
    event.remove(database.engine, "before_cursor_execute", note)


@pytest.mark.parametrize("path", ["/subscribe", "/link", "/api/v1/subscriptions"])
def test_the_same_is_done_and_answered_for_every_address(
    known: TestClient, sqlite: Database, path: str
) -> None:
    done = {}
    for name in NAMES:
        with statements(sqlite) as asked:
            answer = ask(known, path, name)
        done[name] = (answer.replace(name, "NAME"), tuple(asked))
    assert len(set(done.values())) == 1
    answer, asked = done["reading"]
    assert any("INSERT INTO signups" in statement for statement in asked)
    assert not any("subscribers" in statement or "suppressions" in statement for statement in asked)


def ask(web: TestClient, path: str, name: str) -> str:
    address = {"address": f"{name}@example.org"}
    answer = web.post(path, json=address) if "api" in path else send(web, path, address)
    assert answer.status_code in {200, 202}
    return answer.text


def test_no_address_takes_longer_than_another(sqlite: Database, settings: Settings) -> None:
    """Medians of the processor's time, taken in turn; what a branch would cost is far more."""
    took: dict[str, list[float]] = defaultdict(list)
    plenty = settings.model_copy(update={"signups_per_hour": 10**6, "signups_per_day": 10**6})
    reader(sqlite, address="reading@example.org")
    with sqlite.write() as session:
        suppress(session, settings.keys, ["suppressed@example.org"], "test", NOW)
    for number in range(300):
        for name in ("unheard", "reading", "suppressed"):
            origin = Origin.of(f"10.{number >> 8}.{number & 255}.{len(name)}")
            wish = Wish(SignUpKind.LINK, f"{name}@example.org", origin)
            began = time.process_time()
            signups.ask(sqlite, plenty, wish, NOW)
            took[name].append(time.process_time() - began)
    medians = [median(times) for times in took.values()]
    assert max(medians) < 1.25 * min(medians), medians
