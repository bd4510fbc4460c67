"""Mails to hold before judges: one of every kind, a hostile one, and the largest there can be."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import cache

from hypothesis import strategies as st

from digest import dkim, message
from digest.digests import Digest, Item
from digest.matching import Reason
from digest.message import Letter
from digest.papers import Paper, clean_text
from digest.rendering import Links, Mail, Sender, render_digest
from digest.sections import TopicLinks
from digest.specimens import specimens
from tests.factories import paper

DAY = date(2026, 6, 2)
DATE = datetime(2026, 6, 3, 8, 0, tzinfo=UTC)
KEYS = (b"k" * 32,)
SENDER = Sender(
    name="Trending papers",
    address="digest@example.org",
    postal_address="Example Readers, 1 Sample Street, 12345 Sampletown",
    url="https://papers.example.org",
)
TOKEN = f"{'t' * 6}.{'o' * 24}.{'k' * 27}"
MOST_PAPERS, MOST_TOPICS = 30, 50
HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</title></style><!-- --> ]]> &amp; &#0;",
    "Subject: x\r\nBcc: victim@example.org",
    "\u202egnp.exe\u202c\u200b\ufeff",
    "يقظة: تعلّم عميق للغة العربية",
    "🧪" * 40,
    "W" * 10_000,
    r"$\mathcal{O}(n \log n)$ and \textbf{bold} % not a comment",
    "{{ 7 * 7 }} {% raw %} ${7*7}",
)
ANY_TEXT = st.text(max_size=300) | st.sampled_from(HOSTILE)
CLEANED = ANY_TEXT.map(clean_text)
TOPICS = CLEANED.filter(bool)
PAPERS = st.builds(
    paper,
    title=CLEANED.filter(bool),
    abstract=CLEANED,
    summary=st.none() | CLEANED,
    authors=st.lists(CLEANED, max_size=5).map(tuple),
    organization=st.none() | CLEANED,
    code_url=st.none() | ANY_TEXT,
    project_url=st.none() | ANY_TEXT,
)
"""Whatever strangers may write, cleaned as every source cleans it."""


@cache
def every_kind() -> dict[str, Mail]:
    """One mail of every kind, as `digest preview` and the outbox show them."""
    return {specimen.name: specimen.mail for specimen in specimens(SENDER, DAY)}


@cache
def every_shape() -> dict[str, Mail]:
    """Every kind, and the digests that strain the templates."""
    return every_kind() | {"hostile": hostile(), "largest": largest()}


def hostile() -> Mail:
    """What strangers could write into titles, names and abstracts, and readers into topics."""
    texts = [clean_text(text) for text in HOSTILE]
    items = [
        _item(
            Paper(
                arxiv_id=f"2606.{number:05d}",
                title=text,
                abstract=f"{text}. " * 3,
                authors=(text, text),
                organization=text,
                code_url="javascript:alert(1)" if number % 2 else "https://example.org/code",
                project_url="https://example.org/?a=1&b=<2>",
            ),
            topic=text,
        )
        for number, text in enumerate(texts, start=1)
    ]
    return digest(items, topics=texts)


def largest() -> Mail:
    """As many papers and topics as a reader can have, all long."""
    topics = [f'"a rather long phrase number {number}" OR something -else' for number in range(50)]
    items = [
        _item(
            Paper(
                arxiv_id=f"2606.{number:05d}",
                title=f"Number {number}: " + "A Long Title That Goes On About Methods " * 4,
                abstract="This sentence of an abstract has about eighty letters in it, as many do. "
                * 20,
                authors=("Maximiliana Example-Longname",) * 30,
                organization="The Institute of Institutes With Long Names at Example University",
                upvotes=1234,
                comments=56,
                code_url="https://example.org/" + "c" * 40,
                project_url="https://example.org/" + "p" * 40,
            ),
            topic=topics[number],
            terms=("long title", "methods", "sentence", "abstract"),
        )
        for number in range(MOST_PAPERS)
    ]
    return digest(items, topics=topics, cut=400)


def digest(items: list[Item], *, topics: list[str], cut: int = 0) -> Mail:
    made = Digest(day=DAY, items=tuple(items), topics=tuple(topics), cut=cut)
    links = Links(
        view=page("digests"),
        manage=page("manage"),
        unsubscribe=page("unsubscribe"),
        edition=f"{SENDER.url}/papers/{DAY}",
        topics={
            topic: TopicLinks(pause=page("pause"), drop=page("drop"))
            for topic in dict.fromkeys(item.topic for item in items)
            if topic
        },
    )
    return render_digest(made, links, SENDER)


def page(name: str) -> str:
    return f"{SENDER.url}/{name}/{TOKEN}"


def letter(*, date: datetime = DATE) -> Letter:
    """The headers of a delivery."""
    return Letter(
        sender=f"{SENDER.name} <{SENDER.address}>",
        recipient="reader@example.net",
        date=date,
        message_id=message.message_id(KEYS, 7, "example.org"),
        list_url=f"{SENDER.url}/",
        feedback_id="digest:digest:example.org",
    )


def octets(name: str, signers: tuple[dkim.Signer, ...] = (), *, date: datetime = DATE) -> bytes:
    """The complete message of one of `every_shape`."""
    return message.build(every_shape()[name], letter(date=date), signers)


def _item(paper: Paper, topic: str, terms: tuple[str, ...] = ("alert",)) -> Item:
    return Item(paper=paper, topic=topic, score=1.0, reason=Reason("words", terms), day=DAY)
