"""The pages: what they show, what they refuse, and that looking never changes anything."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from urllib.robotparser import RobotFileParser

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import func, select

from digest import deliveries
from digest.config import Settings
from digest.database import Database
from digest.enums import Frequency, MailKind, SubscriberStatus
from digest.matches import match
from digest.models import Delivery, Subscriber, Subscription, Suppression
from digest.suppressions import suppress
from digest.tokens import Scope
from digest.web import create_app
from tests.factories import NOW, form_token
from tests.readers import deliver, fresh_link, link, reader, send


def status(database: Database, number: int) -> SubscriberStatus:
    with database.read() as session:
        return session.get_one(Subscriber, number).status


def everything(database: Database) -> list[object]:
    with database.read() as session:
        tables = (Subscriber, Subscription, Delivery, Suppression)
        return [
            [
                {column.name: getattr(row, column.key) for column in table.__table__.columns}
                for row in session.scalars(select(table).order_by(table.id))
            ]
            for table in tables
        ]


def test_the_front_page_shows_the_newest_papers_escaped(web: TestClient) -> None:
    page = web.get("/")
    assert page.status_code == 200
    assert "Diffusion &lt;b&gt;Models&lt;/b&gt; at Rest" in page.text
    assert "Get trending papers in your email inbox!" in page.text


def test_a_day_without_papers_is_not_found(web: TestClient) -> None:
    assert web.get("/papers/2020-01-01").status_code == 404
    assert web.get("/papers/nonsense").status_code == 422


def test_search_finds_and_marks_and_offers_the_topic(web: TestClient) -> None:
    page = web.get("/search", params={"q": "robots"}).text
    assert "<mark>Robots</mark>" in page
    assert 'href="/?topic=robots"' in page


def test_a_search_that_finds_nothing_offers_to_wait(web: TestClient) -> None:
    page = web.get("/search", params={"q": "zebra"}).text
    assert "Nothing among the stored papers belongs to “zebra”" in page
    assert 'href="/?topic=zebra"' in page


def test_a_search_that_cannot_be_read_says_where(web: TestClient) -> None:
    assert "at character 1" in web.get("/search", params={"q": '"open'}).text


def test_subscribing_mails_a_confirmation_that_says_what_was_asked(
    web: TestClient, sqlite: Database, settings: Settings
) -> None:
    form = {"address": "new@example.org", "topics": "diffusion\nrobots", "hour": "7"}
    assert "Check your inbox" in send(web, "/subscribe", form).text
    deliver(sqlite, settings)
    (path,) = (settings.data_dir / "outbox").glob("*.eml")
    shown = web.get(f"/outbox/{path.stem}/text").text
    assert "  * diffusion\n  * robots\n" in shown.replace("\r\n", "\n")
    confirmation = re.search(r"/confirm/\S+", shown)
    assert confirmation is not None
    assert "You are subscribed" in web.post(confirmation[0]).text
    with sqlite.read() as session:
        new = session.scalars(select(Subscriber)).one()
        assert (new.status, new.hour) == (SubscriberStatus.ACTIVE, 7)
        assert [s.topic.query for s in new.subscriptions] == ["diffusion", "robots"]
    assert web.post(confirmation[0]).status_code == 410


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"address": "nonsense"}, "@"),
        ({"address": "jörgö@example.org"}, "“ö” before the @ sign"),
        ({"address": "a@example.org", "topics": '"open'}, "add a closing"),
        ({"address": "a@example.org", "time_zone": "Moon/Base"}, "Moon/Base"),
        ({"address": "a@example.org", "max_papers": "99"}, "between 1 and 30"),
        ({"address": "a@example.org", "frequency": "hourly"}, "not among those offered"),
    ],
)
def test_a_wrong_form_comes_back_with_what_is_wrong_and_what_was_typed(
    web: TestClient, sqlite: Database, form: dict[str, str], words: str
) -> None:
    page = send(web, "/subscribe", form)
    assert page.status_code == 422
    assert words in page.text.replace("&#39;", "'")
    assert form["address"] in page.text
    assert everything(sqlite) == [[], [], [], []]


def test_a_stranger_cannot_tell_who_is_subscribed(
    web: TestClient, sqlite: Database, settings: Settings
) -> None:
    reader(sqlite, address="known@example.org")
    reader(sqlite, address="gone@example.org", status=SubscriberStatus.UNSUBSCRIBED)
    with sqlite.write() as session:
        suppress(session, settings.keys, ["never@example.org"], "test", NOW)
    names = ("known", "gone", "never", "unheardof")
    for path in ("/subscribe", "/link"):
        answers = {
            send(web, path, {"address": f"{name}@example.org"}).text.replace(name, "")
            for name in names
        }
        assert len(answers) == 1


def test_a_stranger_changes_nothing_for_a_reader(web: TestClient, sqlite: Database) -> None:
    number = reader(sqlite, "diffusion", address="known@example.org")
    send(web, "/subscribe", {"address": "Known@Example.org", "topics": "robots", "hour": "3"})
    with sqlite.read() as session:
        one = session.get_one(Subscriber, number)
        assert (one.hour, [s.topic.query for s in one.subscriptions]) == (8, ["diffusion"])
        kinds = session.scalars(select(Delivery.kind)).all()
    assert kinds == [MailKind.FRESH_LINK]


def test_a_form_sent_sooner_than_it_can_be_read_comes_back_with_what_was_typed(
    web: TestClient, sqlite: Database, settings: Settings
) -> None:
    hurried = {"address": "a@example.org", "opened": form_token(settings, NOW)}
    for path in ("/subscribe", "/link"):
        for form in (hurried, {"address": "a@example.org"}):
            answer = web.post(path, data=form)
            assert answer.status_code == 422
            assert "press the button once more" in answer.text
            assert "a@example.org" in answer.text
    assert everything(sqlite) == [[], [], [], []]


def test_a_program_that_fills_the_hidden_field_subscribes_nobody(
    web: TestClient, sqlite: Database
) -> None:
    send(web, "/subscribe", {"address": "bot@example.org", "website": "spam"})
    assert everything(sqlite) == [[], [], [], []]


SCOPED = [
    Scope.CONFIRM,
    Scope.REFUSE,
    Scope.MANAGE,
    Scope.UNSUBSCRIBE,
    Scope.DROP_TOPIC,
    Scope.ACCOUNT,
]


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
@pytest.mark.parametrize("scope", SCOPED)
def test_looking_at_a_link_changes_nothing(
    web: TestClient, sqlite: Database, settings: Settings, scope: Scope, method: str
) -> None:
    number = reader(sqlite, "diffusion")
    before = everything(sqlite)
    web.request(method, link(settings, scope, number, "1"))
    assert everything(sqlite) == before


@pytest.mark.parametrize("scope", SCOPED)
def test_private_pages_are_neither_kept_nor_indexed_nor_told_of(
    web: TestClient, sqlite: Database, settings: Settings, scope: Scope
) -> None:
    answer = web.get(link(settings, scope, reader(sqlite, "diffusion"), "1"))
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-robots-tag"] == "noindex"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert "set-cookie" not in answer.headers


def test_robots_may_read_what_is_public_and_nothing_that_a_token_opens(
    web: TestClient, settings: Settings
) -> None:
    robots = RobotFileParser()
    robots.parse(web.get("/robots.txt").text.splitlines())
    for path in ("/", "/papers/2026-06-02", "/search?q=robots", "/feed.atom", "/api"):
        assert robots.can_fetch("any", path), path
    private = [link(settings, scope, 1, "1") for scope in SCOPED]
    for path in (*private, "/feed/x.atom", "/refuse/x", "/api/v1/papers", "/try?q=robots"):
        assert not robots.can_fetch("any", path), path


@pytest.mark.parametrize("scope", SCOPED)
def test_a_forged_link_does_nothing(
    web: TestClient, sqlite: Database, settings: Settings, scope: Scope
) -> None:
    number = reader(sqlite, "diffusion")
    before = everything(sqlite)
    forged = link(settings, scope, number, "1")[:-2] + "xx"
    assert web.post(forged).status_code in {404, 405}
    assert everything(sqlite) == before


@pytest.mark.parametrize("kind", ["urlencoded", "multipart"])
def test_one_click_unsubscribes_at_once_and_again_and_again(
    web: TestClient, sqlite: Database, settings: Settings, kind: str
) -> None:
    number = reader(sqlite)
    body = {"List-Unsubscribe": "One-Click"}
    for _ in range(2):
        path = link(settings, Scope.UNSUBSCRIBE, number)
        if kind == "urlencoded":
            answer = web.post(path, data=body, follow_redirects=False)
        else:
            answer = web.post(path, files={k: (None, v) for k, v in body.items()})
        assert answer.status_code == 200
        assert status(sqlite, number) is SubscriberStatus.UNSUBSCRIBED


def test_leaving_can_be_undone_and_is_told_to_the_address(
    web: TestClient, sqlite: Database, settings: Settings
) -> None:
    number = reader(sqlite, "diffusion")
    path = link(settings, Scope.UNSUBSCRIBE, number)
    assert "You have unsubscribed" in web.post(path).text
    with sqlite.read() as session:
        assert session.scalars(select(Delivery.kind)).all() == [MailKind.FAREWELL]
    web.post(path, data={"action": "undo"})
    assert status(sqlite, number) is SubscriberStatus.ACTIVE


def test_less_often_instead_of_leaving(
    web: TestClient, sqlite: Database, settings: Settings
) -> None:
    number = reader(sqlite)
    web.post(link(settings, Scope.UNSUBSCRIBE, number), data={"action": "weekly"})
    with sqlite.read() as session:
        assert session.get_one(Subscriber, number).frequency is Frequency.WEEKLY


def test_refusing_shuts_the_address_for_good(
    web: TestClient, sqlite: Database, settings: Settings
) -> None:
    number = reader(sqlite, address="never@example.org", status=SubscriberStatus.PENDING)
    web.post(link(settings, Scope.REFUSE, number))
    send(web, "/subscribe", {"address": "Never@example.org"})
    assert status(sqlite, number) is SubscriberStatus.SUPPRESSED
    with sqlite.read() as session:
        assert session.scalar(select(func.count(Delivery.id))) == 0


def test_a_pause_ends_on_its_day(web: TestClient, sqlite: Database, settings: Settings) -> None:
    number = reader(sqlite)
    path = link(settings, Scope.MANAGE, number)
    assert "Choose the day" in web.post(f"{path}/pause", data={"until": ""}).text
    assert "between tomorrow" in web.post(f"{path}/pause", data={"until": "2020-01-01"}).text
    web.post(f"{path}/pause", data={"until": "2026-06-20"})
    assert status(sqlite, number) is SubscriberStatus.PAUSED
    with sqlite.read() as session:
        assert session.get_one(Subscriber, number).paused_until == date(2026, 6, 20)


def test_a_topic_is_dropped_by_its_link_and_comes_back_by_undo(
    web: TestClient, sqlite: Database, settings: Settings
) -> None:
    number = reader(sqlite, "diffusion", "robots")
    with sqlite.read() as session:
        topic = session.get_one(Subscriber, number).subscriptions[0].topic_id
    shown = web.post(link(settings, Scope.DROP_TOPIC, number, str(topic))).text
    assert "Saved" in shown
    undo = re.search(r"/manage/\S+/undo/\d+", shown)
    assert undo is not None
    assert "Undone: dropped “diffusion”" in web.post(undo[0]).text


def test_a_topic_is_paused_by_its_link_and_resumed_by_undo(
    web: TestClient, sqlite: Database, settings: Settings
) -> None:
    number = reader(sqlite, "diffusion", "robots")
    with sqlite.read() as session:
        topic = session.get_one(Subscriber, number).subscriptions[0].topic_id
    path = link(settings, Scope.PAUSE_TOPIC, number, str(topic))
    assert "Pause “diffusion”?" in web.get(path).text
    shown = web.post(path).text
    assert "Saved" in shown
    assert "Already done" in web.get(path).text
    undo = re.search(r"/manage/\S+/undo/\d+", shown)
    assert undo is not None
    assert "Undone: paused “diffusion”" in web.post(undo[0]).text
    with sqlite.read() as session:
        assert not session.get_one(Subscriber, number).subscriptions[0].is_paused


def test_a_link_that_pauses_cannot_drop(
    web: TestClient, sqlite: Database, settings: Settings
) -> None:
    number = reader(sqlite, "diffusion", "robots")
    path = link(settings, Scope.PAUSE_TOPIC, number, "1")
    assert web.post(path.replace("/pause/", "/drop/")).status_code == 404


def test_data_are_exported_and_erased_by_a_fresh_link(
    web: TestClient, sqlite: Database, settings: Settings
) -> None:
    reader(sqlite, "diffusion", address="leaving@example.org")
    path = fresh_link(web, sqlite, settings, "leaving@example.org")
    assert web.post(f"{path}/export").json()["address"] == "leaving@example.org"
    path = fresh_link(web, sqlite, settings, "leaving@example.org")
    assert "Erased" in web.post(f"{path}/erase").text
    with sqlite.read() as session:
        assert session.scalar(select(func.count(Subscriber.id))) == 0
    assert web.get(path).status_code == 404


def test_a_digest_has_a_page(web: TestClient, sqlite: Database, settings: Settings) -> None:
    reader(sqlite, "robots")
    match(sqlite)
    deliveries.plan(sqlite, NOW)
    deliver(sqlite, settings)
    page = web.get(link(settings, Scope.VIEW, 1))
    assert "A Survey of" in page.text
    assert "unsafe-inline" in page.headers["content-security-policy"]


def test_an_oversized_form_is_refused(web: TestClient) -> None:
    assert web.post("/subscribe", data={"topics": "x" * 70_000}).status_code == 413


def test_the_outbox_exists_only_without_a_mail_server(sqlite: Database, tmp_path: Path) -> None:
    real = Settings(
        data_dir=tmp_path,
        smtp_url="smtp://127.0.0.1:25",
        base_url="https://papers.example.org",
        postal_address="x",
        DIGEST_FROM="digest@papers.example.org",
    )
    with TestClient(create_app(real, sqlite, lambda _: None)) as client:
        assert client.get("/outbox").status_code == 404


def test_every_kind_of_mail_can_be_looked_at_in_light_and_dark(web: TestClient) -> None:
    page = web.get("/outbox/kinds").text
    kinds = set(re.findall(r'href="(/outbox/kinds/[a-z-]+)"', page)) | {"/outbox/kinds/digest"}
    assert len(kinds) == 8
    for kind in kinds:
        assert "on a phone, dark" in web.get(kind).text
        assert web.get(f"{kind}/text").text
        light, dark = (web.get(f"{kind}/html?scheme={s}").text for s in ("light", "dark"))
        assert "@media all {" in dark
        assert "@media not all {" in light
    assert web.get("/outbox/kinds/unheard-of").status_code == 404


@pytest.mark.parametrize("name", ["../../etc/passwd", "..%2f..%2fsecret", "nothing", "a" * 500])
def test_the_outbox_shows_only_its_mails(web: TestClient, name: str) -> None:
    assert web.get(f"/outbox/{name}").status_code == 404


def test_health_is_told(web: TestClient) -> None:
    assert web.get("/healthz").json()["status"] == "ok"
