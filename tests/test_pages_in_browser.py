"""Every page in a real browser: with and without JavaScript, on a phone and on a desk."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from digest import database as databases
from digest import deliveries, models, signups, subscribers, tokens
from digest.addresses import Origin
from digest.config import Settings
from digest.database import Database
from digest.enums import SignUpKind
from digest.matches import match
from digest.signups import Wish
from digest.subscribers import Preferences
from digest.tokens import Scope
from tests.browsers import chromium
from tests.factories import subscriber
from tests.processes import free_port
from tests.readers import ask_for_link, deliver, link_in, newest_mail
from tests.servers.pages import serve, store_papers

PHONE, DESK = 360, 1200
DAY = timedelta(days=1)
_households = count(1)


@dataclass(frozen=True)
class House:
    """One running installation."""

    url: str
    settings: Settings
    database: Database

    def link(self, scope: Scope, subject: int, detail: str = "") -> str:
        page = {
            Scope.DROP_TOPIC: "drop",
            Scope.PAUSE_TOPIC: "pause",
            Scope.VIEW: "digests",
        }.get(scope, scope.value)
        return f"/{page}/{tokens.sign(self.settings.keys, scope, subject, detail=detail)}"

    def mailed(self, address: str, page: str) -> str:
        """Return the link to a page in the newest mail to an address."""
        return self.url + link_in(newest_mail(self.settings, address), page)

    def reader(self, address: str, *queries: str, **changes: object) -> int:
        now = datetime.now(UTC)
        defaults = {"confirmed_at": now - 20 * DAY, "next_due_at": now + DAY, "read_through": 20}
        with self.database.write() as session:
            return subscriber(session, *queries, address=address, **defaults | changes).id


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("pages")
    database = databases.connect(f"sqlite:///{folder / 'digest.db'}")
    models.Base.metadata.create_all(database.engine)
    store_papers(database)
    settings = Settings(data_dir=folder, base_url=f"http://localhost:{free_port()}")
    with serve(settings, database) as url:
        yield House(url, settings, database)
    database.close()


def opened(browser: Browser, house: House, width: int, **options: object) -> Page:
    """Return a page of a new visitor in Berlin; whatever it complains about fails the test."""
    # Each visitor comes from a household of their own, which the limits count.
    headers = {"X-Forwarded-For": f"203.0.113.{next(_households)}"}
    context = browser.new_context(
        extra_http_headers=headers,
        base_url=house.url,
        viewport={"width": width, "height": 800},
        timezone_id="Europe/Berlin",
        **options,  # type: ignore[arg-type]
    )
    context.set_default_timeout(5000)
    return context.new_page()


@pytest.mark.parametrize("width", [PHONE, DESK])
@pytest.mark.parametrize("has_script", [True, False], ids=["script", "plain"])
def test_a_reader_lives_a_whole_life(
    browser: Browser, house: House, width: int, has_script: bool
) -> None:
    page = opened(browser, house, width, java_script_enabled=has_script)
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    address = f"reader{width}{has_script}@example.org".lower()

    searches_and_makes_the_query_a_topic(page)
    subscribes_and_confirms(page, house, address, has_script)
    changes_topics(page)
    changes_days_and_pauses(page)
    moves_to_another_address(page, house, address)
    leaves_and_comes_back(page, house, f"new-{address}")
    # A form that comes back with what is wrong in it has the status to say so.
    assert [line for line in complaints if "status of 422" not in line] == []
    page.context.close()


def searches_and_makes_the_query_a_topic(page: Page) -> None:
    page.goto("/")
    page.get_by_label("Search all papers").fill("robots laundry")
    page.get_by_role("button", name="Search").click()
    expect(page.locator("mark").first).to_have_text("Robots")
    page.get_by_role("link", name="Get these by mail").click()
    expect(page.get_by_label("Topics")).to_have_value("robots laundry")


def subscribes_and_confirms(page: Page, house: House, address: str, has_script: bool) -> None:
    page.get_by_label("Topics").fill('robots laundry\n"clarifying questions')
    page.get_by_role("button", name="Try first").click()
    expect(page.locator(".trial").first).to_contain_text("1.0 papers a day")
    expect(page.locator(".pointer b")).to_have_text('"')
    page.get_by_label("Topics").fill('robots laundry\n"clarifying questions"')
    page.get_by_label("Email address").fill(address)
    page.locator("summary", has_text="Every day at 8:00").click()
    expect(page.get_by_label("Time zone")).to_have_value("Europe/Berlin" if has_script else "")
    page.get_by_label("Hour").select_option("06:00")
    if not has_script:
        page.wait_for_timeout(2000)  # With script the page waits by itself.
    page.get_by_role("button", name="Subscribe").click()
    expect(page.get_by_role("heading", name="Check your inbox")).to_be_visible()
    page.goto(house.mailed(address, "confirm"))
    page.get_by_role("button", name="Yes, send me papers").click()
    expect(page.get_by_role("heading", name="You are subscribed")).to_be_visible()
    page.goto(house.mailed(address, "digests"))
    expect(page.get_by_role("link", name="BibTeX")).to_be_visible()
    expect(page.get_by_role("heading", name="2 papers for your topics")).to_be_visible()


def changes_topics(page: Page) -> None:
    page.get_by_role("link", name="Change topics or schedule").click()
    topics = page.locator(".topics")
    expect(page.locator(".why-mail")).to_contain_text("Your digest of today was taken")
    page.get_by_label("Add a topic").fill("speech")
    page.get_by_role("button", name="Add").click()
    expect(topics).to_contain_text("speech")
    page.locator("summary[aria-label='Edit speech']").click()
    page.get_by_label("Write it anew").last.fill("speech -video")
    page.get_by_role("button", name="Save").first.click()
    expect(topics).to_contain_text("speech -video")
    page.get_by_role("button", name="Pause speech -video").click()
    expect(topics).to_contain_text("paused")
    page.get_by_role("button", name="Drop speech -video").click()
    expect(topics).not_to_contain_text("speech")
    page.get_by_role("button", name="Undo").click()
    expect(topics).to_contain_text("speech -video")


def changes_days_and_pauses(page: Page) -> None:
    page.get_by_label("How often").select_option("Once a week")
    page.get_by_label("Time zone").fill("Moon/Base")
    page.get_by_role("button", name="Save").last.click()
    expect(page.get_by_role("alert")).to_contain_text("Moon/Base")
    page.get_by_label("How often").select_option("Once a week")
    page.get_by_label("Time zone").fill("Asia/Tokyo")
    page.get_by_role("button", name="Save").last.click()
    expect(page.get_by_label("Time zone")).to_have_value("Asia/Tokyo")
    until = (datetime.now(UTC) + 10 * DAY).date()
    page.get_by_label("Nothing before").fill(until.isoformat())
    page.get_by_role("button", name="Pause", exact=True).last.click()
    expect(page.locator(".why-mail")).to_contain_text("You are pausing")
    page.get_by_role("button", name="Resume now").click()
    expect(page.get_by_label("Nothing before")).to_be_visible()


def moves_to_another_address(page: Page, house: House, address: str) -> None:
    page.get_by_role("button", name="Mail me that link").click()
    expect(page.get_by_role("heading", name="Check your inbox")).to_be_visible()
    page.goto(house.mailed(address, "account"))
    page.get_by_label("New address").fill(f"new-{address}")
    page.get_by_role("button", name="Move").click()
    expect(page.get_by_role("heading", name="Check the other inbox")).to_be_visible()
    page.goto(house.mailed(f"new-{address}", "confirm"))
    page.get_by_role("button", name="Yes, send me papers").click()
    expect(page.get_by_role("heading", name="Moved")).to_be_visible()
    assert "another address" in newest_mail(house.settings, address)


def leaves_and_comes_back(page: Page, house: House, address: str) -> None:
    page.get_by_role("link", name="Change topics or schedule").click()
    expect(page.locator(".topics")).to_contain_text("speech -video")
    page.get_by_role("link", name="Unsubscribe").click()
    page.get_by_role("button", name="Unsubscribe").click()
    expect(page.get_by_role("heading", name="You have unsubscribed")).to_be_visible()
    page.goto(house.mailed(address, "unsubscribe"))
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("heading", name="Welcome back")).to_be_visible()


def test_a_topic_is_tried_while_it_is_typed_and_its_error_shown(
    browser: Browser, house: House
) -> None:
    page = opened(browser, house, DESK)
    page.goto("/")
    page.get_by_label("Topics").press_sequentially("diffusion OR robots OR agents OR speech")
    expect(page.locator("#tried")).to_contain_text("half of all papers")
    page.get_by_label("Topics").fill("(zebra")
    expect(page.locator("#tried .pointer b")).to_have_text("(")
    page.get_by_label("Topics").fill("zebra")
    expect(page.locator("#tried")).to_contain_text("Nothing in the last")
    page.context.close()


def test_the_keyboard_alone_subscribes(browser: Browser, house: House) -> None:
    page = opened(browser, house, DESK)
    page.goto("/")

    def tab_to(name: str) -> None:
        for _ in range(30):
            page.keyboard.press("Tab")
            if (
                page.evaluate("document.activeElement.id || document.activeElement.innerText")
                == name
            ):
                return
        raise AssertionError(f"Tab does not reach {name}")

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    tab_to("topics")
    page.keyboard.type("robots")
    tab_to("address")
    page.keyboard.type("keyboard@example.org")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Check your inbox")).to_be_visible()
    page.context.close()


def test_abstracts_open_in_place_and_close_again(browser: Browser, house: House) -> None:
    page = opened(browser, house, PHONE, java_script_enabled=False)
    page.goto("/")
    first = page.locator(".paper").first
    whole = first.get_by_text("Code and data are released")
    expect(whole).to_be_hidden()
    first.get_by_text("More").click()
    expect(whole).to_be_visible()
    first.get_by_text("Less").click()
    expect(whole).to_be_hidden()
    page.context.close()


def test_every_kind_of_mail_is_shown_in_its_frames(browser: Browser, house: House) -> None:
    page = opened(browser, house, PHONE)
    page.goto("/outbox/kinds")
    for frame in page.locator("iframe").all():
        shown = frame.content_frame.get_by_role("link", name="Unsubscribe").first
        expect(shown).to_be_visible()
    assert page.locator("iframe").count() == 4
    page.context.close()


@pytest.fixture(scope="module")
def every_page(house: House) -> dict[str, str]:
    """The path of every page, and of its empty and its faulty state."""
    now = datetime.now(UTC)
    ada = house.reader("ada@example.org", "robots", "zebra", due_at=now, read_through=19)
    house.reader("quiet@example.org", "quantum robots of Mars", read_through=20)
    crowd = [f"topic number {n} about models" for n in range(50)]
    many = house.reader(f"{'long.' * 12}name@{'department.' * 5}example.org", *crowd)
    everything = house.reader("all@example.org")
    paused = house.reader("paused@example.org", "robots")
    subscribers.pause(house.database, paused, (now + 30 * DAY).date(), now)
    match(house.database)
    deliveries.plan(house.database, now)
    deliver(house.database, house.settings, now)
    ask_for_link(house.database, house.settings, "ada@example.org", now)
    asked = Preferences().to_json()
    wish = Wish(SignUpKind.SUBSCRIBE, "pending@example.org", Origin.of("203.0.113.9"), asked)
    signups.ask(house.database, house.settings, wish, now)
    subscribers.admit(house.database, house.settings.keys, now)
    deliver(house.database, house.settings, now)
    topic = str(subscribers.overview(house.database, ada).topics[0].id)
    digest = subscribers.overview(house.database, ada).last_digest
    assert digest is not None
    return {
        "front": "/",
        "day": f"/papers/{(now - 3 * DAY).date()}",
        "empty day": "/papers/2020-01-01",
        "search": "/search?q=robots",
        "nothing found": "/search?q=zebra",
        "unreadable search": "/search?q=(robots+OR",
        "lost link": "/link",
        "missing": "/nowhere",
        "manage": house.link(Scope.MANAGE, ada),
        "manage, quiet day": house.link(Scope.MANAGE, ada + 1),
        "manage, fifty topics": house.link(Scope.MANAGE, many),
        "manage, whole list": house.link(Scope.MANAGE, everything),
        "manage, paused": house.link(Scope.MANAGE, paused),
        "account": link_in(newest_mail(house.settings, "ada@example.org"), "account"),
        "confirm": link_in(newest_mail(house.settings, "pending@example.org"), "confirm"),
        "unsubscribe": house.link(Scope.UNSUBSCRIBE, ada),
        "drop": house.link(Scope.DROP_TOPIC, ada, topic),
        "pause": house.link(Scope.PAUSE_TOPIC, ada, topic),
        "refuse": house.link(Scope.REFUSE, ada),
        "digest": house.link(Scope.VIEW, 1),
        "outbox": "/outbox",
        "kinds": "/outbox/kinds/digest",
    }


@pytest.mark.parametrize(("width", "scheme"), [(PHONE, "light"), (DESK, "dark")])
def test_axe_finds_nothing_and_nothing_is_wider_than_the_window(
    browser: Browser, house: House, every_page: dict[str, str], width: int, scheme: str
) -> None:
    page = opened(browser, house, width, color_scheme=scheme, bypass_csp=True)
    axe = Axe()
    found: dict[str, list[str]] = {}
    for name, path in every_page.items():
        page.goto(path)
        page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
        results = axe.run(page, options={"resultTypes": ["violations"]})
        if results.violations_count:
            found[name] = [
                f"{node['html']}: {node['failureSummary']}"
                for violation in results.response["violations"]
                for node in violation["nodes"][:3]
            ]
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.setdefault(name, []).append("wider than the window")
    assert found == {}, "\n".join(line for lines in found.values() for line in lines)
    page.context.close()


def test_links_of_readers_stay_out_of_search_engines(
    browser: Browser, house: House, every_page: dict[str, str]
) -> None:
    page = opened(browser, house, DESK)
    for name in ("manage", "account", "unsubscribe", "lost link", "empty day"):
        page.goto(every_page[name])
        assert page.locator("meta[name=robots]").get_attribute("content") == "noindex"
    page.goto(every_page["day"])
    assert page.locator("meta[name=robots]").count() == 0
    canonical = page.locator("link[rel=canonical]").get_attribute("href") or ""
    assert re.fullmatch(r"http://localhost:\d+/papers/\d{4}-\d\d-\d\d", canonical)
    page.context.close()
