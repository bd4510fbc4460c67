"""What a reader does between the pages: get mail, and open the links in it."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from email import message_from_bytes, policy

from fastapi.testclient import TestClient
from httpx import Response

from digest import deliveries, signups, subscribers, tokens
from digest.addresses import Origin
from digest.config import Settings
from digest.database import Database
from digest.deliveries import Composer, Sending
from digest.enums import SignUpKind
from digest.signups import Wish
from digest.smtp import transport
from digest.tokens import Scope
from tests.factories import NOW, form_token, subscriber


def reader(database: Database, *queries: str, **changes: object) -> int:
    with database.write() as session:
        return subscriber(session, *queries, **changes).id


def link(settings: Settings, scope: Scope, subject: int, detail: str = "") -> str:
    pages = {Scope.DROP_TOPIC: "drop", Scope.PAUSE_TOPIC: "pause", Scope.VIEW: "digests"}
    page = pages.get(scope, scope.value)
    expires = NOW + timedelta(days=1)
    token = tokens.sign(settings.keys, scope, subject, detail=detail, expires=expires)
    return f"/{page}/{token}"


def send(web: TestClient, path: str, form: dict[str, str]) -> Response:
    """Send a form as somebody who has read it first."""
    return web.post(path, data=form | {"opened": form_token(web.app.state.site.settings)})


def ask_for_link(database: Database, settings: Settings, address: str, now: datetime = NOW) -> None:
    """Have a fresh link planned for whoever reads at an address."""
    wish = Wish(SignUpKind.LINK, address, Origin.of("203.0.113.9"))
    signups.ask(database, settings, wish, now)
    subscribers.admit(database, settings.keys, now)


def deliver(database: Database, settings: Settings, now: datetime = NOW) -> None:
    """Send what is planned, into the outbox."""
    mailing = transport(settings)
    deliveries.deliver(Sending(database, Composer.of(settings), mailing, "test", lambda: now, 1))


def newest_mail(settings: Settings, address: str) -> str:
    """Return the plain text of the newest mail to an address."""
    for path in sorted((settings.data_dir / "outbox").glob("*.eml"), reverse=True):
        message = message_from_bytes(path.read_bytes(), policy=policy.default)
        body = message.get_body(("plain",))
        if message["To"] == address and body is not None:
            return str(body.get_content())
    raise AssertionError(f"no mail to {address}")


def link_in(text: str, page: str) -> str:
    """Return the path of the first link to a page in a mail."""
    found = re.search(rf"/{page}/\S+", text)
    assert found is not None, text
    return found[0]


def fresh_link(web: TestClient, database: Database, settings: Settings, address: str) -> str:
    """Ask for a fresh link, and open the mail that brings it."""
    send(web, "/link", {"address": address})
    deliver(database, settings)
    return link_in(newest_mail(settings, address), "account")
