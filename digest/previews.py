"""A digest as it would be, for an operator's eyes; nothing is stored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType

from sqlalchemy import select
from sqlalchemy.orm import Session

from digest import editions, topics
from digest.config import Settings
from digest.database import Database
from digest.deliveries import Composer
from digest.deliveries.news import THRESHOLDS
from digest.digests import Candidate, Digest, Item, choose
from digest.library import paper_value, references, statistics
from digest.matching import NORMAL, CorpusStatistics, PaperIndex, Reason
from digest.message import Letter, build
from digest.models import Subscriber
from digest.papers import Paper
from digest.rendering import Links, Mail, Sender, render_digest
from digest.sections import TopicLinks
from digest.topics import Topic


class NothingToPreview(Exception):
    """There is no such edition or subscriber, or nothing matches; says which."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a digest is chosen for."""

    queries: tuple[str, ...] = ()
    most_papers: int = 10
    threshold: float = NORMAL


_NO_PAPERS: Mapping[str, Paper] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Preview:
    mail: Mail
    octets: bytes


def preview(
    settings: Settings,
    database: Database,
    address: str | None,
    queries: tuple[str, ...],
    day: date | None,
    now: datetime,
) -> Preview:
    """Build the digest of one edition for a subscriber or for some topics.

    Raises NothingToPreview or TopicSyntaxError.
    """
    with database.read() as session:
        wanted = day or editions.latest_day(session)
        found = editions.on_day(session, wanted) if wanted else []
        if not found or wanted is None:
            raise NothingToPreview("No papers are stored for that day; run: digest fetch")
        wishes = _wishes(session, address) if address else Wishes(queries)
        papers = [paper_value(entry.paper) for e in found for entry in e.entries]
        learned = statistics(session)
        known = references(session, (topics.parse(query) for query in wishes.queries))
    composer = Composer.of(settings)
    digest = digest_of(papers, wishes, wanted, learned, known)
    mail = render_digest(digest, _links(composer.sender, digest), composer.sender)
    letter = Letter(
        sender=settings.from_,
        recipient=address or "reader@example.org",
        date=now,
        message_id="<preview@localhost>",
        list_url=f"{settings.url}/",
    )
    return Preview(mail, build(mail, letter, composer.signers))


def _links(sender: Sender, digest: Digest) -> Links:
    """Where a preview's links lead: to a page that says that nothing is there."""
    url = f"{sender.url}/preview"
    brought = {item.topic for item in digest.items if item.topic}
    return Links(
        view=url,
        manage=url,
        unsubscribe=url,
        edition=f"{sender.url}/papers/{digest.day}",
        topics={topic: TopicLinks(pause=url, drop=url) for topic in brought},
    )


def _wishes(session: Session, address: str) -> Wishes:
    subscriber = session.scalar(
        select(Subscriber).where(Subscriber.address_key == address.casefold())
    )
    if subscriber is None:
        raise NothingToPreview(f"Nobody is subscribed as {address}.")
    followed = tuple(s.topic.query for s in subscriber.subscriptions if not s.is_paused)
    if subscriber.subscriptions and not followed:
        raise NothingToPreview(f"All topics of {address} are paused.")
    return Wishes(followed, subscriber.max_papers, THRESHOLDS[subscriber.selectivity])


def digest_of(
    papers: Sequence[Paper],
    wishes: Wishes,
    day: date,
    learned: CorpusStatistics | None = None,
    known: Mapping[str, Paper] = _NO_PAPERS,
) -> Digest:
    """Choose among the papers for someone who follows these topics, as a delivery would.

    Without what was `learned` from the stored papers, these papers tell how rare words are.
    Raises NothingToPreview or TopicSyntaxError.
    """
    parsed = [topics.parse(query) for query in wishes.queries]
    index = PaperIndex(papers, learned or CorpusStatistics.of(papers))
    reasons = _reasons(index, len(papers), parsed, wishes.threshold, known)
    choice = choose(
        (
            Candidate(
                paper_id=paper,
                topic_id=topic,
                score=score,
                upvotes=papers[paper].upvotes,
                rank=paper,
                sequence=1,
            )
            for (topic, paper), (score, _) in reasons.items()
        ),
        wishes.most_papers,
    )
    if not choice.chosen:
        raise NothingToPreview("Nothing matches these topics on that day.")
    items = tuple(
        Item(
            paper=papers[chosen.paper_id],
            topic=None if chosen.topic_id is None else str(parsed[chosen.topic_id]),
            score=chosen.score,
            reason=reasons[chosen.topic_id, chosen.paper_id][1],
            day=day,
        )
        for chosen in choice.chosen
    )
    return Digest(day=day, items=items, cut=choice.cut, topics=tuple(map(str, parsed)))


def _reasons(
    index: PaperIndex,
    papers: int,
    parsed: Sequence[Topic],
    threshold: float,
    known: Mapping[str, Paper],
) -> dict[tuple[int | None, int], tuple[float, Reason | None]]:
    """Return score and reason by topic and paper; without topics, every paper and no reason."""
    if not parsed:
        return {(None, paper): (0.0, None) for paper in range(papers)}
    return {
        (number, match.paper): (match.score, match.reason)
        for number, matches in enumerate(index.match_all(parsed, threshold, known))
        for match in matches
    }
