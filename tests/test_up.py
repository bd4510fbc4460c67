"""`digest up` on embedded defaults, walked through in a real browser."""

from __future__ import annotations

import signal
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browsers import chromium
from tests.processes import free_port, running, wait_for

NOWHERE = "http://127.0.0.1:9"
"""The discard port: nobody listens there, as if there were no internet."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A running installation without internet."""
    folder, port = tmp_path_factory.mktemp("up"), free_port()
    with running(["digest", "up"], folder / "log", settings(folder, port), folder):
        url = f"http://127.0.0.1:{port}"
        wait_for(lambda: is_ready(url), 20, folder / "log")
        wait_for(lambda: "sample" in (folder / "log").read_text(), 20, folder / "log")
        yield url


def settings(folder: Path, port: int) -> dict[str, str]:
    return {
        "DIGEST_DATA_DIR": str(folder / "var"),
        "DIGEST_PORT": str(port),
        "DIGEST_HF_URL": NOWHERE,
        "DIGEST_ARXIV_URL": NOWHERE,
        "DIGEST_BASE_URL": f"http://127.0.0.1:{port}",
    }


def is_ready(url: str) -> bool:
    try:
        return httpx.get(f"{url}/healthz").status_code == 200
    except httpx.HTTPError:
        return False


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(timezone_id="Europe/Berlin")
    opened = context.new_page()
    complaints: list[str] = []
    opened.on("console", lambda message: complaints.append(message.text))
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    yield opened
    context.close()
    assert complaints == []


def open_newest_mail(page: Page, address: str, recipient: str) -> None:
    """Reload the outbox until it holds a mail to the recipient, and open it."""
    deadline = time.monotonic() + 20
    row = page.locator("tr", has_text=recipient)
    page.goto(f"{address}/outbox")
    while row.count() == 0 and time.monotonic() < deadline:
        page.wait_for_timeout(200)
        page.reload()
    row.first.get_by_role("link").click()


def subscribe(page: Page, address: str, recipient: str, topics: str) -> None:
    page.goto(address)
    page.get_by_label("Topics").fill(topics)
    page.get_by_label("Email address").fill(recipient)
    page.get_by_role("button", name="Subscribe").click()
    expect(page.get_by_role("heading", name="Check your inbox")).to_be_visible()


def confirm(page: Page, address: str, recipient: str) -> None:
    open_newest_mail(page, address, recipient)
    page.frame_locator("iframe").get_by_role("link", name="Yes, send me papers").click()
    page.get_by_role("button", name="Yes, send me papers").click()
    expect(page.get_by_role("heading", name="You are subscribed")).to_be_visible()


def test_a_reader_subscribes_confirms_reads_and_leaves(page: Page, address: str) -> None:
    subscribe(page, address, "reader@example.org", "diffusion -video\nagents")
    confirm(page, address, "reader@example.org")

    wait_for_mails(page, address, "reader@example.org", 2)
    open_newest_mail(page, address, "reader@example.org")
    mail = page.frame_locator("iframe")
    expect(mail.get_by_role("heading", name="2 papers for your topics")).to_be_visible()
    expect(mail.get_by_role("link", name="Agents That Ask Before They Act")).to_be_visible()
    expect(mail.get_by_role("link", name="Video From a Single Sketch")).to_have_count(0)

    mail.get_by_role("link", name="View in browser").click()
    expect(page.get_by_role("heading", name="2 papers for your topics")).to_be_visible()
    page.get_by_role("link", name="Unsubscribe").first.click()
    page.get_by_role("button", name="Unsubscribe").click()
    expect(page.get_by_role("heading", name="You have unsubscribed")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("heading", name="Welcome back")).to_be_visible()


def wait_for_mails(page: Page, address: str, recipient: str, count: int) -> None:
    deadline = time.monotonic() + 20
    page.goto(f"{address}/outbox")
    while page.locator("tr", has_text=recipient).count() < count:
        assert time.monotonic() < deadline, "the mail did not come"
        page.wait_for_timeout(200)
        page.reload()


def test_a_reader_changes_topics_and_undoes_it(page: Page, address: str) -> None:
    subscribe(page, address, "changing@example.org", "agents")
    confirm(page, address, "changing@example.org")
    page.get_by_role("link", name="Change topics or schedule").click()
    page.get_by_label("Add a topic").fill("speech OR audio")
    page.get_by_role("button", name="Add").click()
    expect(page.locator(".topics")).to_contain_text("audio OR speech")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".topics")).not_to_contain_text("audio OR speech")


def test_a_topic_is_tried_while_it_is_typed(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_label("Topics").press_sequentially("quantization")
    expect(page.locator("#tried")).to_contain_text("papers a day")
    expect(page.locator("#tried mark").first).to_have_text("Quantization")


def test_the_time_zone_is_the_browsers(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.locator("summary").first).to_contain_text("Europe/Berlin")


@pytest.mark.parametrize("width", [360, 1280])
def test_no_page_is_wider_than_the_window(page: Page, address: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    for path in ("/", "/search?q=diffusion", "/outbox", "/link"):
        page.goto(address + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_a_later_start_is_ready_within_three_seconds_and_ctrl_c_stops_it(tmp_path: Path) -> None:
    started(tmp_path)
    # What else runs on these cores only ever adds to the time, so the fastest of a few counts.
    assert any(started(tmp_path) < 3 for _ in range(5))
    assert "Traceback" not in (tmp_path / "log").read_text()


def started(folder: Path) -> float:
    """Start, stop with Ctrl-C, and return how many seconds it took to be ready."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    began = time.monotonic()
    with running(["digest", "up"], folder / "log", settings(folder, port), folder) as up:
        wait_for(lambda: is_ready(url), 20, folder / "log")
        took = time.monotonic() - began
        up.send_signal(signal.SIGINT)
        assert up.wait(10) == 0
    return took


def test_a_taken_port_is_told_with_what_to_do(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with running(["digest", "up"], tmp_path / "log", settings(tmp_path, port), tmp_path) as up:
            assert up.wait(20) == 1
    said = (tmp_path / "log").read_text()
    assert f"DIGEST_PORT={port + 1}" in said
    assert "Traceback" not in said
