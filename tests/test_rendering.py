"""What a digest says, in HTML and in plain text: the same, readable, and not too much."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.digests import Digest, Item
from digest.matching import Reason
from digest.papers import Paper
from digest.rendering import Mail
from digest.wording import excerpt, shortened, teaser, web_link
from tests import mails
from tests.factories import paper
from tests.mails import ANY_TEXT, PAPERS, TOPICS

MOST_OCTETS = 80_000
"""Gmail clips at 102 KB; what it adds and counts is its own."""
COLUMNS = 72
LEAST_CONTRAST = 4.5
TARGET_PIXELS = 44


class Reading(HTMLParser):
    """What a reader sees of a page: its text, its links, and each text's colours."""

    def __init__(self, html: str, *, is_dark: bool = False) -> None:
        super().__init__()
        self._rules = _dark_rules(html) if is_dark else {}
        self.links: list[str] = []
        self.words: list[str] = []
        self.pairs: set[tuple[str, str]] = set()
        self._open: list[tuple[str, str, str]] = []
        self._hidden = 0
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag in {"meta", "br"}:
            return
        given = dict(attributes)
        style = given.get("style") or ""
        _, colour, ground = self._open[-1] if self._open else ("", "", "")
        rule = self._rule(tag, given.get("class") or "")
        colour = _value(rule, _COLOUR) or _value(style, _COLOUR) or colour
        ground = _value(rule, _GROUND) or _value(style, _GROUND) or ground
        self._open.append((tag, colour, ground))
        if tag in {"head", "title", "style"} or "display:none" in style:
            self._hidden = self._hidden or len(self._open)
        if given.get("href"):
            self.links.append(given["href"] or "")

    def _rule(self, tag: str, classes: str) -> str:
        """What dark mode says about an element, the more special last."""
        parent = self._open[-1][0] if self._open else ""
        names = [f"{parent} {tag}", *(f".{name}" for name in classes.split()), tag]
        return ";".join(self._rules.get(name, "") for name in names)

    def handle_endtag(self, tag: str) -> None:
        if self._hidden == len(self._open):
            self._hidden = 0
        assert self._open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        if data.strip() and not self._hidden and self._open:
            self.words += data.split()
            self.pairs.add(self._open[-1][1:])


_COLOUR, _GROUND = r"(?<!-)color", r"background(?:-color)?"


def _dark_rules(html: str) -> dict[str, str]:
    sheet = html[html.index("(prefers-color-scheme: dark)") : html.index("[data-ogsc]")]
    return dict(re.findall(r"^ +(\S[^{]*?) { ([^}]*) }", sheet, re.MULTILINE))


def _value(style: str, name: str) -> str:
    found = re.search(rf"{name}:\s*(#[0-9a-f]{{6}})", style)
    return found[1] if found else ""


def luminance(colour: str) -> float:
    """WCAG 2.2's relative luminance."""
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def inverted(colour: str) -> str:
    return "#" + "".join(f"{255 - int(colour[start : start + 2], 16):02x}" for start in (1, 3, 5))


def rendered(*items: Paper, topic: str = "agents", terms: tuple[str, ...] = ()) -> Mail:
    reason = Reason("words", terms) if terms else None
    return mails.digest(
        [Item(paper=one, topic=topic, score=1.0, reason=reason, day=mails.DAY) for one in items],
        topics=[topic],
    )


def unwrapped(text: str) -> str:
    return re.sub(r"\s+", "", text)


every_mail = pytest.mark.parametrize("name", mails.every_shape())


@every_mail
def test_html_and_text_offer_the_same_links(name: str) -> None:
    mail = mails.every_shape()[name]
    in_text = re.findall(r"^\s*(https?://\S+)$", mail.text, re.MULTILINE)
    assert sorted(Reading(mail.html).links) == sorted(in_text)


@every_mail
def test_html_stays_below_what_gmail_clips(name: str) -> None:
    assert len(mails.every_shape()[name].html.encode()) <= MOST_OCTETS


@every_mail
def test_text_is_narrow_and_links_stand_alone(name: str) -> None:
    lines = mails.every_shape()[name].text.splitlines()
    too_wide = [line for line in lines if len(line) > COLUMNS and "://" not in line]
    assert too_wide == []
    assert [line for line in lines if "://" in line and len(line.split()) > 1] == []


@every_mail
def test_every_text_stands_out_in_light_colours_and_inverted(name: str) -> None:
    pairs = Reading(mails.every_shape()[name].html).pairs
    assert pairs
    for colour, ground in pairs:
        assert contrast(colour, ground) >= LEAST_CONTRAST, (colour, ground)
        assert contrast(inverted(colour), inverted(ground)) >= LEAST_CONTRAST, (colour, ground)


@every_mail
def test_every_text_stands_out_in_dark_colours(name: str) -> None:
    html = mails.every_shape()[name].html
    pairs = Reading(html, is_dark=True).pairs
    assert pairs.isdisjoint(Reading(html).pairs), "each text has a dark colour of its own"
    for colour, ground in pairs:
        assert contrast(colour, ground) >= LEAST_CONTRAST, (colour, ground)


@every_mail
def test_nothing_is_loaded_and_nobody_is_counted(name: str) -> None:
    html = mails.every_shape()[name].html
    assert not re.search(r"<(img|script|link|iframe|form|input|object|video)\b", html)
    assert "url(" not in html.replace("javascript:", "")


@every_mail
def test_a_mail_says_who_sends_it_and_from_where(name: str) -> None:
    mail = mails.every_shape()[name]
    for part in (mail.text, " ".join(Reading(mail.html).words)):
        assert unwrapped(mails.SENDER.postal_address) in unwrapped(part)
        assert "Sent by Trending papers" in part


def test_a_link_to_unsubscribe_stands_at_the_top_and_at_the_bottom() -> None:
    mail = mails.every_shape()["largest"]
    for part in (mail.html, mail.text):
        first, last = part.index(mails.page("unsubscribe")), part.rindex(mails.page("unsubscribe"))
        assert first < part.index("This sentence") < part.rindex("This sentence") < last


def test_each_topic_that_brought_a_paper_can_be_paused_and_dropped() -> None:
    links = Reading(mails.every_kind()["digest"].html).links
    assert sum("/pause/" in link for link in links) == 3
    assert sum("/drop/" in link for link in links) == 3


def test_papers_stand_under_their_topics_in_the_order_of_the_digest() -> None:
    first, second, third = (paper(title=f"Paper {name}") for name in "ABC")
    digest = Digest(
        day=mails.DAY,
        items=tuple(
            Item(paper=one, topic=topic, score=1.0, reason=None, day=mails.DAY)
            for one, topic in ((first, "agents"), (second, "robots"), (third, "agents"))
        ),
        topics=("agents", "robots"),
    )
    mail = mails.digest(list(digest.items), topics=list(digest.topics))
    order = re.findall(r"== (\w+) ==|\* Paper (\w)", mail.text)
    assert ["".join(found) for found in order] == ["agents", "A", "C", "robots", "B"]
    assert re.findall(r">(agents|robots)</h2>|>Paper (\w)</a>", mail.html) == order


def test_matched_words_are_marked_wherever_they_are_shown() -> None:
    shown = rendered(
        paper(title="Agents at Rest", abstract="Many agents <rest>.", summary="An agent rests."),
        terms=("agents",),
    ).html
    assert re.findall(r"<mark[^>]*>(\w+)</mark>", shown) == ["Agents", "agents"]
    assert "&lt;rest&gt;" in shown
    assert "Why: mentions agents." in shown


def test_a_reason_says_no_word_twice() -> None:
    terms = ("Reinforcement Learning", "reinforcement", "Learning", "RL", "learning", "rls")
    assert Reason("words", terms).sentence() == "mentions Reinforcement Learning, RL"


def test_a_paper_that_an_earlier_mail_should_have_brought_says_so() -> None:
    (item,) = (Item(paper=paper(), topic="agents", score=1.0, reason=None, day=date(2026, 6, 1)),)
    mail = mails.digest([replace(item, is_leftover=True)], topics=["agents"])
    for part in (mail.html, mail.text):
        assert "Also from Monday, 1 June 2026" in part


def test_what_was_cut_is_counted_with_a_link_to_the_list() -> None:
    item = Item(paper=paper(), topic=None, score=0.0, reason=None, day=mails.DAY)
    mail = mails.digest([item], topics=[], cut=1)
    for part in (mail.html, mail.text):
        assert "1 more paper did not fit." in part
        assert f"{mails.SENDER.url}/papers/2026-06-02" in part


def test_a_subject_names_what_is_inside() -> None:
    one, two = paper(title="A Study of Rest"), paper(title="Another")
    assert rendered(one).subject == "A Study of Rest"
    assert rendered(one, two).subject == "A Study of Rest, and 1 more paper"
    assert len(rendered(paper(title="Long " * 60), two).subject) <= 78


def test_an_inbox_shows_the_titles_that_the_subject_leaves_out() -> None:
    mail = rendered(paper(title="First"), paper(title="Second"), paper(title="Third"))
    assert 'aria-hidden="true">Second · Third' in mail.html


def test_long_digests_show_their_papers_briefly() -> None:
    many = [paper(abstract="A sentence of some length, to be sure. " * 9) for _ in range(13)]
    assert len(rendered(*many[:12]).text) / 12 > 1.3 * len(rendered(*many).text) / 13


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        ("One. Two. Three.", 10, "One. Two."),
        ("One long sentence without an end", 14, "One long…"),
        ("Short.", 100, "Short."),
        ("E.g. this holds. And that.", 17, "E.g. this holds."),
    ],
)
def test_a_text_is_shortened_at_a_sentence_or_else_a_word(
    text: str, limit: int, expected: str
) -> None:
    assert teaser(text, limit) == expected


def test_an_abstract_quotes_the_sentence_that_matched_where_its_beginning_does_not() -> None:
    abstract = "It begins with other things. " * 20 + "Then agents rest. And it goes on. " * 20
    shown = rendered(paper(title="A Title", abstract=abstract), terms=("agents",)).text
    assert "It begins with other things." in shown
    assert " … Then agents rest." in re.sub(r"\s+", " ", shown)
    titled = rendered(paper(title="Agents", abstract=abstract), terms=("agents",)).text
    assert "…" not in titled


@given(ANY_TEXT, st.lists(ANY_TEXT, max_size=2), st.integers(40, 400))
def test_an_excerpt_keeps_to_its_limit(text: str, terms: list[str], limit: int) -> None:
    assert len(excerpt(text, terms, limit)) <= limit


@given(ANY_TEXT, st.integers(2, 400))
def test_shortening_keeps_to_its_limit(text: str, limit: int) -> None:
    assert len(shortened(text, limit)) <= limit
    assert len(teaser(text, limit)) <= limit


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "data:text/html,x", "//example.org", "http://a b", "https://a/<x>", ""],
)
def test_only_web_addresses_become_links(url: str) -> None:
    assert web_link(url) == ""


@given(items=st.lists(PAPERS, min_size=1, max_size=4), topic=TOPICS, terms=st.lists(TOPICS))
def test_any_paper_is_shown_as_text_and_nothing_else(
    items: list[Paper], topic: str, terms: list[str]
) -> None:
    mail = rendered(*items, topic=topic, terms=tuple(terms))
    reading = Reading(mail.html)
    words = unwrapped(" ".join(reading.words))
    for one in items:
        assert unwrapped(shortened(one.title, 180)) in words
        assert unwrapped(shortened(one.title, 180)) in unwrapped(mail.text)
    assert all(link.startswith(("https://", "http://")) for link in reading.links)
    assert all(len(line) <= COLUMNS or "://" in line for line in mail.text.splitlines())
