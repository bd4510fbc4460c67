"""Changing a subscription: topics, address, and what the page tells about missing mail."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select, update

from digest import deliveries, subscribers
from digest.addresses import Origin
from digest.config import Settings
from digest.database import Database
from digest.enums import DeliveryStatus, MailKind, Selectivity, SubscriberStatus
from digest.matches import match
from digest.matching import NORMAL
from digest.models import (
    Change,
    Delivery,
    Match,
    PlanRun,
    Schedule,
    Stretch,
    Subscriber,
    Subscription,
)
from digest.subscribers import AlreadyFollowed, LastTopic, NotSubscribed, OnItsWay, Preferences
from digest.tokens import Scope
from digest.web import create_app
from tests.factories import NOW, closed_edition, stored_paper
from tests.readers import ask_for_link, deliver, fresh_link, link, link_in, newest_mail, reader

DAY = timedelta(days=1)


def topics(database: Database, number: int) -> list[tuple[str, bool]]:
    return [(t.query, t.is_paused) for t in subscribers.overview(database, number).topics]


def topic_id(database: Database, number: int, query: str) -> int:
    found = subscribers.overview(database, number).topics
    return next(topic.id for topic in found if topic.query == query)


def test_an_edited_topic_keeps_its_place_and_comes_back_by_undo(sqlite: Database) -> None:
    number = reader(sqlite, "diffusion", "robots")
    edited = topic_id(sqlite, number, "diffusion")
    change = subscribers.edit(sqlite, number, edited, "diffusion -video", NOW)
    assert topics(sqlite, number) == [("diffusion -video", False), ("robots", False)]
    assert subscribers.undo(sqlite, number, change, NOW) == (
        "changed “diffusion” to “diffusion -video”"
    )
    assert topics(sqlite, number) == [("diffusion", False), ("robots", False)]


def test_a_topic_cannot_become_one_that_is_followed(sqlite: Database) -> None:
    number = reader(sqlite, "diffusion", "robots")
    with pytest.raises(AlreadyFollowed):
        subscribers.edit(sqlite, number, topic_id(sqlite, number, "diffusion"), "Robots", NOW)


def test_a_dropped_topic_comes_back_as_it_was(sqlite: Database) -> None:
    number = reader(sqlite, "diffusion", "robots")
    paused = topic_id(sqlite, number, "robots")
    subscribers.pause_topic(sqlite, number, paused, is_paused=True, now=NOW)
    subscribers.undo(sqlite, number, subscribers.drop(sqlite, number, paused, NOW), NOW)
    assert topics(sqlite, number) == [("diffusion", False), ("robots", True)]


def test_nobody_gets_the_whole_list_by_dropping_the_last_topic_unasked(sqlite: Database) -> None:
    number = reader(sqlite, "diffusion")
    last = topic_id(sqlite, number, "diffusion")
    with pytest.raises(LastTopic):
        subscribers.drop(sqlite, number, last, NOW)
    assert topics(sqlite, number) == [("diffusion", False)]
    change = subscribers.drop(sqlite, number, last, NOW, to_everything=True)
    assert topics(sqlite, number) == []
    assert "get the whole list" in subscribers.undo(sqlite, number, change, NOW)


def test_nobody_gets_the_whole_list_by_undoing_unasked(sqlite: Database) -> None:
    number = reader(sqlite, "diffusion")
    added = subscribers.follow(sqlite, number, "robots", 50, NOW)
    subscribers.drop(sqlite, number, topic_id(sqlite, number, "diffusion"), NOW)
    with pytest.raises(LastTopic):
        subscribers.undo(sqlite, number, added, NOW)


def test_the_first_topic_replaces_the_whole_list_and_undo_brings_it_back(sqlite: Database) -> None:
    number = reader(sqlite)
    added = subscribers.follow(sqlite, number, "robots", 50, NOW)
    assert subscribers.undo(sqlite, number, added, NOW) == (
        "added “robots”, instead of the whole list"
    )
    assert topics(sqlite, number) == []


@pytest.mark.parametrize(("change", "status"), [(999, 410), (0, 422), (2**40, 422)])
def test_undoing_what_never_was_is_told(
    web: TestClient, sqlite: Database, settings: Settings, change: int, status: int
) -> None:
    path = link(settings, Scope.MANAGE, reader(sqlite, "diffusion"))
    assert web.post(f"{path}/undo/{change}").status_code == status


@pytest.mark.parametrize(("action", "left"), [("everything", []), ("pause", [("diffusion", True)])])
def test_dropping_the_last_topic_from_a_mail_asks_what_shall_come(
    web: TestClient,
    sqlite: Database,
    settings: Settings,
    action: str,
    left: list[tuple[str, bool]],
) -> None:
    number = reader(sqlite, "diffusion")
    last = topic_id(sqlite, number, "diffusion")
    path = link(settings, Scope.DROP_TOPIC, number, str(last))
    asked = web.post(path).text
    assert web.get(path).text.count("Each day&#39;s whole list") == asked.count(
        "Each day&#39;s whole list"
    )
    web.post(link_in(asked, "manage").rstrip('">'), data={"action": action})
    assert topics(sqlite, number) == left


def test_a_fresh_link_does_one_thing_once(
    web: TestClient, sqlite: Database, settings: Settings
) -> None:
    reader(sqlite, address="known@example.org")
    path = fresh_link(web, sqlite, settings, "known@example.org")
    assert web.get(path).status_code == 200
    assert web.post(f"{path}/export").status_code == 200
    assert [web.post(f"{path}/{what}").status_code for what in ("export", "erase")] == [410, 410]
    assert web.get(path).status_code == 410


def test_another_readers_mail_opens_nothing(sqlite: Database, settings: Settings) -> None:
    mine, theirs = reader(sqlite, address="me@example.org"), reader(sqlite)
    ask_for_link(sqlite, settings, "me@example.org")
    with sqlite.read() as session:
        mail = session.scalars(select(Delivery.id)).one()
    with pytest.raises(NotSubscribed):
        subscribers.use_link(sqlite, theirs, mail, NOW)
    subscribers.use_link(sqlite, mine, mail, NOW)


def test_a_subscription_moves_when_the_new_address_agrees(
    web: TestClient, sqlite: Database, settings: Settings
) -> None:
    old = reader(sqlite, "diffusion", "robots", address="old@example.org", hour=6, read_through=1)
    subscribers.pause_topic(sqlite, old, topic_id(sqlite, old, "robots"), is_paused=True, now=NOW)
    path = fresh_link(web, sqlite, settings, "old@example.org")
    web.post(f"{path}/address", data={"address": "new@example.org"})
    assert topics(sqlite, old) == [("diffusion", False), ("robots", True)]

    deliver(sqlite, settings)
    confirmation = link_in(newest_mail(settings, "new@example.org"), "confirm")
    assert "The old address has been told" in web.post(confirmation).text
    assert web.post(confirmation).status_code == 410

    new = subscribers.find(sqlite, "new@example.org")
    moved = subscribers.overview(sqlite, new)
    assert (moved.status, moved.preferences.hour, moved.read_through) == ("active", 6, 1)
    assert topics(sqlite, new) == [("diffusion", False), ("robots", True)]
    deliver(sqlite, settings)
    assert "another address" in newest_mail(settings, "old@example.org")
    assert web.get(link(settings, Scope.MANAGE, old)).status_code == 404
    web.post(link(settings, Scope.UNSUBSCRIBE, old), data={"action": "undo"})
    assert subscribers.overview(sqlite, old).status is SubscriberStatus.PENDING


def test_a_move_brings_what_waited_and_nothing_twice(
    any_database: Database, settings: Settings
) -> None:
    with any_database.write() as session:
        closed_edition(session, [stored_paper(session, title="Robots")], sequence=1)
    old = reader(any_database, "robots", address="old@example.org")
    match(any_database)
    assert deliveries.plan(any_database, NOW).planned == 1
    new = asked_to_move(any_database, settings, old)
    subscribers.confirm(any_database, new.subscriber_id or 0, new.id, NOW)
    assert deliveries.plan(any_database, NOW + timedelta(minutes=1)).planned == 1
    deliver(any_database, settings, NOW + timedelta(minutes=1))
    with any_database.read() as session:
        digests = session.execute(
            select(Subscriber.address, Delivery.status)
            .join(Delivery.subscriber)
            .where(Delivery.kind == MailKind.DIGEST)
            .order_by(Delivery.id)
        ).all()
    assert [tuple(row) for row in digests] == [
        ("old@example.org", DeliveryStatus.CANCELLED),
        ("new@example.org", DeliveryStatus.SENT),
    ]
    assert deliveries.plan(any_database, NOW + DAY).planned == 0


def test_who_moves_before_a_run_of_the_planner_came_to_them_gets_the_digest_of_the_day(
    any_database: Database, settings: Settings
) -> None:
    with any_database.write() as session:
        closed_edition(session, [stored_paper(session, title="Robots")], sequence=1)
    old = reader(any_database, "robots", address="old@example.org", next_due_at=NOW + DAY)
    match(any_database)
    new = asked_to_move(any_database, settings, old)
    with any_database.write() as session:
        counts = {"candidates": 0, "planned": 0, "quiet": 0, "waiting": 0, "repeated": 0}
        run = PlanRun(planned_at=NOW, through_sequence=1, **counts)
        session.add(run)
        session.flush()
        session.add(Stretch(run_id=run.id, first=old, last=old))
        session.get_one(Schedule, session.get_one(Subscriber, old).schedule_id).run_id = run.id
    subscribers.confirm(any_database, new.subscriber_id or 0, new.id, NOW)
    planned = [deliveries.plan(any_database, NOW + timedelta(minutes=n)).planned for n in range(2)]
    assert sum(planned) == 1


def test_a_move_waits_for_a_digest_that_is_being_handed_over(
    sqlite: Database, settings: Settings
) -> None:
    with sqlite.write() as session:
        closed_edition(session, [stored_paper(session, title="Robots")], sequence=1)
    old = reader(sqlite, "robots", address="old@example.org")
    match(sqlite)
    deliveries.plan(sqlite, NOW)
    new = asked_to_move(sqlite, settings, old)
    with sqlite.write() as session:
        waiting = session.scalars(select(Delivery).where(Delivery.kind == MailKind.DIGEST)).one()
        waiting.status = DeliveryStatus.CLAIMED
    with pytest.raises(OnItsWay):
        subscribers.confirm(sqlite, new.subscriber_id or 0, new.id, NOW)
    assert topics(sqlite, old) == [("robots", False)]


def asked_to_move(database: Database, settings: Settings, old: int) -> Delivery:
    """Return the mail to new@example.org that asks whether the subscription may come."""
    ask_for_link(database, settings, "old@example.org")
    with database.read() as session:
        fresh = session.scalars(select(Delivery.id).where(Delivery.kind == MailKind.FRESH_LINK))
        mail = fresh.one()
    here = Origin.of("203.0.113.9")
    subscribers.ask_to_move(database, settings, old, mail, "new@example.org", here, NOW)
    subscribers.admit(database, settings.keys, NOW)
    with database.read() as session:
        kind = MailKind.CONFIRMATION
        return session.scalars(select(Delivery).where(Delivery.kind == kind)).one()


def test_a_move_to_a_readers_address_is_answered_like_any_other_and_changes_nothing(
    web: TestClient, sqlite: Database, settings: Settings
) -> None:
    reader(sqlite, "diffusion", address="old@example.org")
    other = reader(sqlite, "robots", address="taken@example.org")
    path = fresh_link(web, sqlite, settings, "old@example.org")
    answer = web.post(f"{path}/address", data={"address": "taken@example.org"})
    assert "Check the other inbox" in answer.text
    deliver(sqlite, settings)
    assert link_in(newest_mail(settings, "taken@example.org"), "account")
    assert topics(sqlite, other) == [("robots", False)]


def test_a_pause_that_ends_early_is_told_in_the_next_digest_and_comes_back_by_undo(
    sqlite: Database,
) -> None:
    number = reader(sqlite, "robots")
    until = date(2026, 7, 1)
    subscribers.pause(sqlite, number, until, NOW)
    done = subscribers.resume(sqlite, number, NOW)
    assert subscribers.overview(sqlite, number).status is SubscriberStatus.ACTIVE
    with sqlite.read() as session:
        assert session.get_one(Change, done).sentence == "ended the pause until 2026-07-01"
    subscribers.undo(sqlite, number, done, NOW)
    paused = subscribers.overview(sqlite, number)
    assert (paused.status, paused.paused_until, paused.next_due_at) == ("paused", until, None)


def test_ending_a_pause_that_is_over_changes_nothing(sqlite: Database) -> None:
    number = reader(sqlite, "robots")
    assert subscribers.resume(sqlite, number, NOW) == 0
    with sqlite.read() as session:
        assert session.scalars(select(Change)).all() == []


def following(database: Database, days: int, lists: int, query: str = "robots") -> int:
    """A reader for so many days, in the last of which so many lists brought one paper each."""
    number = reader(database, query)
    with database.write() as session:
        session.execute(update(Subscription).values(created_at=NOW - days * DAY))
        for sequence in range(1, lists + 1):
            edition = closed_edition(
                session,
                [stored_paper(session, title="A Survey of Robots")],
                day=NOW.date() - (lists - sequence) * DAY,
                sequence=sequence,
            )
            edition.closed_at = NOW - (lists - sequence) * DAY
    match(database)
    return number


@pytest.mark.parametrize(
    ("query", "days", "lists", "said"),
    [
        ("robots", 90, 40, "1.0 a day"),
        ("robots", 3, 40, "1.0 a day"),
        ("weather", 90, 40, "nothing in 30 days"),
        ("weather", 3, 40, "nothing in 3 days"),
        ("weather", 1, 1, "nothing in 1 day"),
        ("weather", 0, 1, "new: what it finds"),
    ],
)
def test_each_topic_tells_what_it_brought_since_it_is_followed(
    any_database: Database, settings: Settings, query: str, days: int, lists: int, said: str
) -> None:
    number = following(any_database, days, lists, query)
    with TestClient(create_app(settings, any_database, lambda _: None, lambda: NOW)) as web:
        assert said in web.get(link(settings, Scope.MANAGE, number)).text


def test_papers_that_a_choosy_reader_does_not_get_are_not_counted(any_database: Database) -> None:
    number = following(any_database, 90, 2)
    with any_database.write() as session:
        session.execute(update(Match).values(score=NORMAL))
        session.get_one(Subscriber, number).selectivity = Selectivity.FEWER
    assert [topic.papers for topic in subscribers.overview(any_database, number).topics] == [0]


def test_an_edited_topic_is_counted_anew(sqlite: Database) -> None:
    number = following(sqlite, 90, 3)
    topic = topic_id(sqlite, number, "robots")
    subscribers.edit(sqlite, number, topic, "survey", NOW)
    assert [topic.lists for topic in subscribers.overview(sqlite, number).topics] == [0]


def explained(database: Database, number: int) -> subscribers.Explanation:
    return subscribers.explain(database, subscribers.overview(database, number), NOW)


def quiet_reader(database: Database, *queries: str, title: str = "A Survey of Robots") -> int:
    """A reader due this morning, for whom an edition of last night held nothing."""
    with database.write() as session:
        edition = closed_edition(session, [stored_paper(session, title=title)])
        edition.closed_at = NOW.replace(hour=0)
    number = reader(database, *queries, confirmed_at=NOW - 9 * DAY, next_due_at=NOW.replace(hour=8))
    match(database)
    deliveries.plan(database, NOW.replace(hour=8))
    return number


def test_on_a_quiet_day_the_reader_sees_what_came_closest(sqlite: Database) -> None:
    number = quiet_reader(sqlite, "protein folding robots", "weather")
    why = explained(sqlite, number)
    assert (why.fate, why.day, why.papers) == ("quiet", date(2026, 6, 3), 1)
    assert [hit.paper.title for hit in why.closest] == ["A Survey of Robots"]
    assert why.closest[0].match.reason.terms == ("Robots",)


def test_a_day_without_papers_is_told_from_one_without_matches(sqlite: Database) -> None:
    number = reader(sqlite, "weather", confirmed_at=NOW - 9 * DAY, next_due_at=NOW + DAY)
    assert explained(sqlite, number).fate == "empty"


def test_papers_that_wait_for_the_next_digest_are_told(sqlite: Database) -> None:
    number = quiet_reader(sqlite, "weather")
    with sqlite.write() as session:
        session.get_one(Subscriber, number).read_through = 0
    assert explained(sqlite, number).fate == "waiting"


@pytest.mark.parametrize("status", list(DeliveryStatus))
def test_every_fate_of_a_digest_has_its_words(
    web: TestClient, sqlite: Database, settings: Settings, status: DeliveryStatus
) -> None:
    number = reader(sqlite, "robots")
    match(sqlite)
    deliveries.plan(sqlite, NOW)
    with sqlite.write() as session:
        planned = session.scalars(select(Delivery)).one()
        planned.status, planned.answer = status, "451 4.7.1 Greylisted"
    page = web.get(link(settings, Scope.MANAGE, number)).text
    assert "Your digest of today" in page
    said = {"planned", "claimed", "uncertain"}
    assert ("451 4.7.1 Greylisted" in page) == (status not in said)


def test_pauses_and_muted_topics_explain_themselves(sqlite: Database) -> None:
    number = reader(sqlite, "robots")
    subscribers.pause_topic(
        sqlite, number, topic_id(sqlite, number, "robots"), is_paused=True, now=NOW
    )
    assert explained(sqlite, number).fate == "muted"
    subscribers.pause(sqlite, number, date(2026, 7, 1), NOW)
    assert (explained(sqlite, number).fate, explained(sqlite, number).day) == (
        "paused",
        date(2026, 7, 1),
    )


def test_who_has_just_confirmed_is_told_so(sqlite: Database) -> None:
    subscribers.add(sqlite, (b"k" * 32,), "new@example.org", Preferences(), NOW)
    number = subscribers.find(sqlite, "new@example.org")
    assert explained(sqlite, number).fate == "first"


def test_after_a_first_digest_the_next_is_told_alike_everywhere(sqlite: Database) -> None:
    with sqlite.write() as session:
        closed_edition(session, [stored_paper(session)])
    later = Preferences(hour=NOW.hour + 1)
    number = subscribers.add(sqlite, (b"k" * 32,), "new@example.org", later, NOW)
    tomorrow = (NOW + timedelta(days=1)).replace(hour=NOW.hour + 1, minute=0, second=0)
    assert subscribers.overview(sqlite, number).next_due_at == tomorrow
    assert subscribers.everyone(sqlite)[0]["next_due_at"] == tomorrow.isoformat()
    assert subscribers.export(sqlite, number)["next_due_at"] == tomorrow.isoformat()
