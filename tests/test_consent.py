"""What is kept as proof that a reader agreed, and until when."""

from __future__ import annotations

import hashlib
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import func, select

from digest import notes, signups, subscribers
from digest.addresses import Origin
from digest.config import Settings
from digest.database import Database
from digest.deliveries import purge
from digest.enums import SignUpKind
from digest.models import Base, Consent, Delivery, Subscriber
from digest.rendering import render_note
from digest.signups import Wish
from digest.subscribers import Preferences
from tests.factories import NOW
from tests.mails import SENDER
from tests.readers import deliver, link_in, newest_mail, send

WEEK = timedelta(days=7)


def ask(database: Database, settings: Settings, address: str = "a@example.org") -> Delivery:
    """Sign up; returns the confirmation mail."""
    wishes = Preferences(topics=("secret topic",)).to_json()
    wish = Wish(SignUpKind.SUBSCRIBE, address, Origin.of("203.0.113.9"), wishes)
    signups.ask(database, settings, wish, NOW)
    subscribers.admit(database, settings.keys, NOW + timedelta(seconds=1))
    with database.read() as session:
        return session.scalars(select(Delivery)).one()


def everything(database: Database) -> str:
    with database.read() as session:
        rows = [session.execute(select(table)).all() for table in Base.metadata.sorted_tables]
    return str(rows)


def test_who_asked_when_from_where_and_who_agreed_is_kept_and_exported(
    any_database: Database, settings: Settings
) -> None:
    mail = ask(any_database, settings)
    agreed_at = NOW + timedelta(hours=1)
    subscribers.confirm(any_database, mail.subscriber_id or 0, mail.id, agreed_at)
    (consent,) = subscribers.export(any_database, mail.subscriber_id or 0)["consents"]
    assert consent == {
        "wording": notes.CONFIRMATION_WORDING,
        "asked_at": NOW.isoformat(),
        "asked_from": "203.0.113.0/24",
        "confirmed_at": agreed_at.isoformat(),
    }


def test_a_mail_says_what_the_kept_version_of_its_wording_says() -> None:
    """Is this red, the confirmation says something else: raise its version, then this number."""
    note = notes.confirmation(["a topic"], "every day at 8:00 (UTC)", "CONFIRM", "REFUSE")
    said = hashlib.sha256(render_note(note, SENDER).text.encode()).hexdigest()[:12]
    assert (notes.CONFIRMATION_WORDING, said) == ("2", "1f2b03fbc7b2")


def test_who_never_agrees_is_forgotten_after_a_week(
    any_database: Database, settings: Settings
) -> None:
    ask(any_database, settings)
    assert subscribers.forget_unconfirmed(any_database, NOW + WEEK, WEEK) == 0
    later = NOW + WEEK + timedelta(minutes=1)
    assert subscribers.forget_unconfirmed(any_database, later, WEEK) == 1
    kept = everything(any_database)
    assert "example.org" not in kept
    assert "secret topic" not in kept
    with any_database.read() as session:
        assert session.scalar(select(func.count(Consent.id))) == 0


def test_asking_again_starts_the_week_anew(any_database: Database, settings: Settings) -> None:
    ask(any_database, settings)
    again = NOW + timedelta(days=6)
    wish = Wish(
        SignUpKind.SUBSCRIBE, "a@example.org", Origin.of("203.0.113.9"), Preferences().to_json()
    )
    signups.ask(any_database, settings, wish, again)
    subscribers.admit(any_database, settings.keys, again)
    assert subscribers.forget_unconfirmed(any_database, NOW + timedelta(days=8), WEEK) == 0


@pytest.mark.parametrize("is_confirmed", [True, False])
def test_erasing_leaves_neither_address_nor_topics_nor_consent(
    any_database: Database, settings: Settings, is_confirmed: bool
) -> None:
    mail = ask(any_database, settings)
    if is_confirmed:
        subscribers.confirm(any_database, mail.subscriber_id or 0, mail.id, NOW)
    subscribers.erase(any_database, mail.subscriber_id or 0, NOW)
    with any_database.read() as session:
        assert session.scalar(select(func.count(Consent.id))) == 0
        assert session.scalar(select(func.count(Subscriber.id))) == 0
    assert "example.org" not in everything(any_database)
    # Whatever was still to be sent is over, and purged with the rest.
    assert purge(any_database, NOW + timedelta(days=91), timedelta(days=90)) == 1 + is_confirmed


def test_never_mail_me_in_the_confirmation_works_when_pressed_and_not_when_opened(
    web: TestClient, sqlite: Database, settings: Settings
) -> None:
    send(web, "/subscribe", {"address": "never@example.org"})
    deliver(sqlite, settings)
    refuse = link_in(newest_mail(settings, "never@example.org"), "refuse")
    for method in ("GET", "HEAD", "OPTIONS"):
        web.request(method, refuse)
    assert subscribers.everyone(sqlite)[0]["status"] == "pending"
    assert web.post(refuse).status_code == 200
    assert subscribers.everyone(sqlite)[0]["status"] == "suppressed"
    with pytest.raises(subscribers.AddressRefused):
        subscribers.add(sqlite, settings.keys, "Never@example.org", Preferences(), NOW)
