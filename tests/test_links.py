"""Links on the web: one that is not ours, not for this, or too old never acts, nor says why."""

from __future__ import annotations

import sqlite3
import string
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, assume, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from digest import tokens
from digest.config import Settings
from digest.database import Database
from digest.tokens import Scope
from tests.factories import NOW
from tests.readers import reader

SCOPES = {
    "confirm": Scope.CONFIRM,
    "refuse": Scope.REFUSE,
    "manage": Scope.MANAGE,
    "unsubscribe": Scope.UNSUBSCRIBE,
    "drop": Scope.DROP_TOPIC,
    "pause": Scope.PAUSE_TOPIC,
    "account": Scope.ACCOUNT,
    "digests": Scope.VIEW,
    "feed": Scope.FEED,
}
LETTERS = string.ascii_letters + string.digits + "-_."
SUBJECT = 1


def doors(web: TestClient) -> list[tuple[str, str]]:
    """Return the method and path of every route that a token opens."""
    routers = [getattr(part, "original_router", None) for part in web.app.routes]
    found = [
        (method, route.path)
        for router in routers
        if router is not None
        for route in router.routes
        if "{token}" in route.path
        for method in sorted(route.methods)
    ]
    assert len(found) > 20
    return found


def knock(web: TestClient, door: tuple[str, str], token: str) -> tuple[int, str]:
    method, path = door
    path = path.format(token=token, topic_id=1, change_id=1)
    answer = web.request(method, path, follow_redirects=False)
    return answer.status_code, answer.text


def scope_of(door: tuple[str, str]) -> Scope:
    return SCOPES[door[1].split("/")[1]]


def genuine(settings: Settings, scope: Scope, *, subject: int = SUBJECT, hours: int = 24) -> str:
    expires = NOW + timedelta(hours=hours)
    return tokens.sign(settings.keys, scope, subject, detail="1", expires=expires)


def from_another_key(_: str, scope: Scope, draw: st.DataObject) -> str:
    key = draw.draw(st.binary(min_size=32, max_size=40))
    return tokens.sign([key], scope, SUBJECT, detail="1", expires=NOW + timedelta(days=1))


def under_our_keys_name(token: str, scope: Scope, draw: st.DataObject) -> str:
    return ".".join([token.split(".")[0], *from_another_key(token, scope, draw).split(".")[1:]])


def one_letter_changed(token: str, _: Scope, draw: st.DataObject) -> str:
    place = draw.draw(st.integers(0, len(token) - 1))
    return token[:place] + draw.draw(st.sampled_from(LETTERS)) + token[place + 1 :]


def cut_off(token: str, _: Scope, draw: st.DataObject) -> str:
    return token[: draw.draw(st.integers(1, len(token) - 1))]


def grown(token: str, _: Scope, draw: st.DataObject) -> str:
    return token + draw.draw(st.text(LETTERS, min_size=1, max_size=9))


def encoded_anew(token: str, _: Scope, draw: st.DataObject) -> str:
    return token + draw.draw(st.sampled_from(["=", "==", "%3D", "%20", "%00", "%0A"]))


def invented(_token: str, _scope: Scope, draw: st.DataObject) -> str:
    return draw.draw(st.text(LETTERS, min_size=1, max_size=90))


CHANGES: list[Callable[[str, Scope, st.DataObject], str]] = [
    from_another_key,
    under_our_keys_name,
    one_letter_changed,
    cut_off,
    grown,
    encoded_anew,
    invented,
]


@pytest.fixture
def version(tmp_path: Path, sqlite: Database) -> Callable[[], int]:
    """Return a number that changes when anybody else writes to the database."""
    reader(sqlite, "diffusion", "robots")
    connection = sqlite3.connect(tmp_path / "digest.db", check_same_thread=False)
    return lambda: int(connection.execute("PRAGMA data_version").fetchone()[0])


@pytest.mark.parametrize("change", CHANGES)
def test_a_link_that_is_not_ours_never_acts_nor_says_why(
    web: TestClient,
    settings: Settings,
    version: Callable[[], int],
    change: Callable[[str, Scope, st.DataObject], str],
) -> None:
    everywhere, before = doors(web), version()
    refused = knock(web, ("GET", "/manage/{token}"), "nonsense")

    @examples(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.sampled_from(everywhere), st.data())
    def forge(door: tuple[str, str], draw: st.DataObject) -> None:
        token = genuine(settings, scope_of(door))
        changed = change(token, scope_of(door), draw)
        assume(changed != token)
        assume(changed.strip("."))
        assert knock(web, door, changed) == refused

    forge()
    assert version() == before


def test_a_link_for_one_thing_opens_nothing_else(
    web: TestClient, settings: Settings, version: Callable[[], int]
) -> None:
    refused, before = knock(web, ("GET", "/manage/{token}"), "nonsense"), version()
    for door in doors(web):
        for scope in Scope:
            if scope is not scope_of(door):
                assert knock(web, door, genuine(settings, scope)) == refused, (door, scope)
    assert version() == before


def test_an_expired_link_looks_like_a_forged_one_and_does_as_little(
    web: TestClient, settings: Settings, version: Callable[[], int]
) -> None:
    refused, before = knock(web, ("GET", "/manage/{token}"), "nonsense"), version()
    for door in doors(web):
        assert knock(web, door, genuine(settings, scope_of(door), hours=0)) == refused, door
    assert version() == before


def test_a_link_to_somebody_erased_looks_like_a_forged_one(
    web: TestClient, settings: Settings
) -> None:
    refused = knock(web, ("GET", "/manage/{token}"), "nonsense")
    for page in ("manage", "unsubscribe", "drop", "account", "digests"):
        token = genuine(settings, SCOPES[page], subject=999)
        assert knock(web, ("GET", f"/{page}/{{token}}"), token) == refused, page


def test_the_genuine_link_works(
    web: TestClient, settings: Settings, version: Callable[[], int]
) -> None:
    """Without this the tests above could pass behind doors that are shut for good."""
    before = version()
    for page in ("manage", "unsubscribe", "drop"):
        token = genuine(settings, SCOPES[page])
        assert knock(web, ("GET", f"/{page}/{{token}}"), token)[0] == 200, page
    assert version() == before
    assert knock(web, ("POST", "/unsubscribe/{token}"), token)[0] == 404
    token = genuine(settings, Scope.UNSUBSCRIBE)
    assert knock(web, ("POST", "/unsubscribe/{token}"), token)[0] == 200
    assert version() != before
