"""Proof of work: what a browser does with it, and what is told to who has no JavaScript."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import func, select

from digest.config import Challenge, Settings
from digest.database import Database
from digest.models import SignUp, SolvedChallenge
from tests.browsers import chromium
from tests.processes import free_port
from tests.servers.web import serving


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture
def base(sqlite: Database, tmp_path: Path) -> Iterator[str]:
    """An installation that always asks for a proof of work."""
    always = Settings(data_dir=tmp_path, port=free_port(), challenge=Challenge.ALWAYS)
    with serving(always, sqlite) as address:
        yield address


def sign_up(page: Page, base: str) -> None:
    page.goto(base)
    page.get_by_label("Email address").fill("reader@example.org")
    page.get_by_role("button", name="Subscribe").click()


def test_a_browser_solves_the_challenge_while_the_form_is_filled_in(
    browser: Browser, sqlite: Database, base: str
) -> None:
    page = browser.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    sign_up(page, base)
    expect(page.get_by_role("heading", name="Check your inbox")).to_be_visible(timeout=20_000)
    assert complaints == []
    with sqlite.read() as session:
        assert session.scalar(select(func.count(SignUp.id))) == 1
        assert session.scalar(select(func.count(SolvedChallenge.name))) == 1
    page.go_back()
    page.get_by_role("button", name="Subscribe").click()
    expect(page.get_by_role("heading", name="Check your inbox")).to_be_visible(timeout=20_000)


def test_trying_topics_waits_for_nothing(browser: Browser, base: str) -> None:
    page = browser.new_page()
    page.goto(base)
    page.get_by_label("Topics").fill("robots")
    page.get_by_role("button", name="Try first").click()
    expect(page.locator("#tried")).to_contain_text("robots")


def test_who_has_no_javascript_is_told_what_helps(
    browser: Browser, sqlite: Database, base: str
) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    sign_up(page, base)
    expect(page.get_by_role("alert")).to_contain_text("press the button once more")
    page.wait_for_timeout(2100)
    page.get_by_role("button", name="Subscribe").click()
    expect(page.get_by_role("alert")).to_contain_text("Switch JavaScript on")
    expect(page.get_by_label("Email address")).to_have_value("reader@example.org")
    with sqlite.read() as session:
        assert session.scalar(select(func.count(SignUp.id))) == 0


def test_a_form_goes_without_a_solution_that_does_not_come_and_is_told_what_helps(
    browser: Browser, base: str
) -> None:
    page = browser.new_page()
    page.clock.install()
    page.route("**/api/v1/challenge", lambda _: None)
    page.goto(base)
    page.get_by_label("Email address").fill("reader@example.org")
    page.wait_for_timeout(2100)
    page.get_by_role("button", name="Subscribe").click()
    page.clock.fast_forward(21_000)
    expect(page.get_by_role("alert")).to_contain_text("give it up to three minutes")
