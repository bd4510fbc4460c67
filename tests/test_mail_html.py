"""The HTML of every mail, before judges that are not our own code."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests import mails
from tests.browsers import chromium
from tests.judges import clients, w3c

SMALLEST_PHONE = 320
COMMON_PHONE = 360
FINGER = 44
"""Pixels a finger needs (WCAG 2.2, 2.5.5)."""
PROGRESSIVE = {
    "@media": "narrower padding and dark colours; without it, the light mail with wide padding",
    "<style> element": "holds only what is listed here",
    "<body> element": "replaced by a div; the table inside it has the same style",
    "Attribute selector": "dark colours in Outlook on the web ([data-ogsc])",
    "Class selector": "dark colours, narrow padding",
    "Descendant combinator": "dark colours in Outlook on the web",
    "aria-hidden attribute": "keeps the preheader from being read twice",
    "color-scheme CSS property": "announces dark mode",
    "color-scheme meta tag": "announces dark mode",
    "display:none": "hides the preheader; else it is one line of small print on top",
    "max-height property": "hides the preheader, second try",
    "overflow": "hides the preheader, third try",
    "Type selector": "dark colours, in Gmail's mobile site",
    "white-space": "keeps Pause and Drop on one line",
    "border-radius": "the button's corners",
    "word-break": "breaks words longer than a line; Yahoo breaks them by itself",
}
"""What a mail can do without, and why; everything else must work everywhere."""
PARTLY = {
    "!important keyword": "stands only where dark colours and narrow padding do",
    "align attribute": "stands on cells, not on tables",
    "background": "holds a colour and nothing else",
    "border": "one pixel, on cells",
    "dir attribute": "on headings and paragraphs; at worst the whole mail turns with its title",
    "display": "inline-block makes links tall; where it is missing they are as tall as their text",
    "font-size": "in pixels",
    "font-weight": "normal and bold",
    "lang attribute": "on the whole page",
    "line-height": "in pixels, exactly (mso-line-height-rule)",
    "margin": "never negative, not on spans",
    "max-width": "on the table; Outlook on Windows gets one of 600 pixels around it",
    "padding": "on cells; links lose it in Outlook on Windows and have a space between them",
    "role attribute": "on tables",
    "text-decoration": "one value; title links, which lose it, are underlined there",
    "width attribute": "on tables",
    "width property": "on the table",
}
"""What some clients support in part, and how the mails keep to that part."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


def html() -> dict[str, str]:
    return {name: mail.html for name, mail in mails.every_shape().items()}


def test_the_w3c_checker_finds_no_error_in_any_mail(tmp_path: Path) -> None:
    assert w3c.errors(html(), tmp_path) == []


def test_every_client_supports_what_a_mail_cannot_do_without(tmp_path: Path) -> None:
    features = clients.missing(html(), tmp_path)
    lacking = {feature for feature, support in features.items() if support["none"]}
    partial = {feature for feature, support in features.items() if support["partial"]}
    assert lacking == PROGRESSIVE.keys()
    assert partial - lacking == PARTLY.keys()


@pytest.mark.parametrize("name", [*mails.every_kind(), "hostile"])
def test_fingers_hit_every_link_and_nothing_is_wider_than_the_smallest_phone(
    browser: Browser, name: str
) -> None:
    page = browser.new_page(viewport={"width": SMALLEST_PHONE, "height": 600})
    page.set_content(mails.every_shape()[name].html)
    assert page.evaluate("document.documentElement.scrollWidth") <= SMALLEST_PHONE
    # Links inside a sentence are exempt, as in WCAG 2.2 (2.5.8).
    heights = page.evaluate(
        "[...document.links].filter(a => getComputedStyle(a).display != 'inline')"
        ".map(a => a.getBoundingClientRect().height)"
    )
    assert len(heights) >= page.locator("a").count() - 2
    assert min(heights, default=FINGER) >= FINGER
    page.close()


@pytest.mark.parametrize("name", ["digest", "trending"])
def test_the_links_above_a_digest_stay_on_one_line_on_a_common_phone(
    browser: Browser, name: str
) -> None:
    page = browser.new_page(viewport={"width": COMMON_PHONE, "height": 600})
    page.set_content(mails.every_shape()[name].html)
    top = page.locator(".sheet tr").first
    heights = top.locator("a").evaluate_all("all => all.map(a => a.getBoundingClientRect().height)")
    assert heights == [FINGER, FINGER]
    page.close()
