"""The stored papers as the matcher wants them: values, indexed, and what they teach about words."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from threading import Event, Lock

from sqlalchemy import Row, Select, func, select
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlalchemy.orm import Session

from digest import topics
from digest.database import Database
from digest.matching import CorpusStatistics, Match, PaperIndex
from digest.models import Corpus, Edition, Entry, Paper
from digest.papers import Paper as PaperValue

_log = logging.getLogger(__name__)
_SEARCHABLE_PAPERS = 5_000
_LEARNED_AT_ONCE = 1_000
_MATCHES_KEPT = 20_000
_LOOK_EVERY_SECONDS = 5


@dataclass(frozen=True, slots=True)
class Hit:
    """A stored paper that belongs to a query."""

    paper: PaperValue
    day: date
    match: Match


def paper_value(row: Paper) -> PaperValue:
    """Return a stored paper as the value that rules work on."""
    return PaperValue(
        arxiv_id=row.arxiv_id,
        title=row.title,
        abstract=row.abstract,
        authors=tuple(row.authors),
        organization=row.organization,
        summary=row.summary,
        keywords=tuple(row.keywords),
        categories=tuple(row.categories),
        upvotes=row.upvotes,
        comments=row.comments,
        code_url=row.code_url,
        code_stars=row.code_stars,
        project_url=row.project_url,
        published_on=row.published_on,
        listed_on=row.listed_on,
    )


@dataclass(frozen=True, slots=True)
class Library:
    """Stored papers, indexed."""

    papers: tuple[PaperValue, ...]
    numbers: tuple[int, ...]
    """Their ids in the database."""
    days: tuple[date, ...]
    sequences: tuple[int | None, ...]
    """Of the editions that brought them; none while one is open."""
    index: PaperIndex
    _matched: dict[tuple[str, float], list[Match]] = field(default_factory=dict)

    def match(
        self, topic: topics.Topic, threshold: float, known: Mapping[str, PaperValue]
    ) -> list[Match]:
        """Return which papers belong to a topic, best first."""
        return self.match_all([topic], threshold, known)[0]

    def match_all(
        self, wanted: Sequence[topics.Topic], threshold: float, known: Mapping[str, PaperValue]
    ) -> list[list[Match]]:
        """Return which papers belong to each topic; kept, as readers look again and again.

        A topic that wants papers like others depends on more than this library, and is not kept.
        """
        keys = [(str(topic), threshold) for topic in wanted]
        kept = ((key, self._matched.get(key)) for key in keys)
        found = {key: matches for key, matches in kept if matches is not None}
        new = {key: topic for key, topic in zip(keys, wanted, strict=True) if key not in found}
        if new:
            matched = self.index.match_all(new.values(), threshold, known)
            found |= zip(new, matched, strict=True)
        for key, topic in new.items():
            if not topics.papers_named(topic):
                self._keep(key, found[key])
        return [found[key] for key in keys]

    def _keep(self, key: tuple[str, float], matches: list[Match]) -> None:
        if len(matches) + sum(map(len, self._matched.values())) > _MATCHES_KEPT:
            self._matched.clear()
        self._matched[key] = matches

    def hit(self, found: Match) -> Hit:
        return Hit(self.papers[found.paper], self.days[found.paper], found)


def references(session: Session, wanted: Iterable[topics.Topic]) -> dict[str, PaperValue]:
    """Return the stored papers that topics want others to be like, by id."""
    return papers_named(session, set().union(*map(topics.papers_named, wanted)))


def papers_named(session: Session, named: Set[str]) -> dict[str, PaperValue]:
    """Return stored papers by their id at arXiv."""
    rows = session.scalars(select(Paper).where(Paper.arxiv_id.in_(named))) if named else ()
    return {row.arxiv_id: paper_value(row) for row in rows}


class _LibraryCache:
    """One library a database: looked after by `keep_ready`, or else by who asks for it."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: dict[str, tuple[object, Library]] = {}
        self._looked_after: set[str] = set()

    def get(self, session: Session) -> Library:
        key = _name(session)
        _, known = self._kept.get(key, (None, None))
        # While nothing is stored, the first papers are not waited for.
        is_ready = known is not None and known.papers and key in self._looked_after
        return known if known and is_ready else self._fresh(key, session)

    def look_after(self, session: Session) -> None:
        key = _name(session)
        self._fresh(key, session)
        self._looked_after.add(key)

    def _fresh(self, key: str, session: Session) -> Library:
        # Whoever needs the first one waits for it here; none is built twice.
        with self._lock:
            state = session.execute(_STATE).one()
            known = self._kept.get(key)
            if known is None or known[0] != state:
                known = self._kept[key] = (state, _indexed(session))
            return known[1]


_STATE = select(
    select(func.max(Paper.id)).scalar_subquery(),
    select(func.max(Edition.fetched_at)).scalar_subquery(),
    select(func.max(Edition.sequence)).scalar_subquery(),
)
_libraries = _LibraryCache()


def _name(session: Session) -> str:
    return session.get_bind().engine.url.render_as_string(hide_password=False)


def library(session: Session) -> Library:
    """Return the newest stored papers, indexed; kept until papers come or change.

    While `keep_ready` runs, those that have just come may be missing for some seconds.
    """
    return _libraries.get(session)


def refresh(database: Database) -> None:
    """Index the newest papers where they have changed; `library` returns the last ones till then.

    From now on `library` does not look for newer papers itself.
    """
    with database.read() as session:
        _libraries.look_after(session)


def keep_ready(database: Database, stop: Event) -> None:
    """Refresh the library now and every few seconds, so that no request builds it; blocks."""
    while True:
        try:
            refresh(database)
        except SQLAlchemyError as error:
            _log.warning("the papers could not be indexed, again in a moment: %s", error)
        if stop.wait(_LOOK_EVERY_SECONDS):
            return


def stretch(session: Session, after: int, through: int) -> Library:
    """Return the new papers of the closed editions after one sequence up to another, indexed."""
    listed = _listed().where(Edition.sequence > after, Edition.sequence <= through)
    rows = session.execute(listed.order_by(Edition.sequence, Entry.rank))
    learned = statistics(session)
    return _as_library(rows, lambda papers: _indexes.get(papers, learned))


def closed(database: Database, after: int, through: int) -> Library:
    """Return what `stretch` does for readers to look at; kept, as closed editions never change."""
    with _closing:
        return _closed(database, after, through)


@lru_cache(maxsize=8)
def _closed(database: Database, after: int, through: int) -> Library:
    with database.read() as session:
        return stretch(session, after, through)


_closing = Lock()


def statistics(session: Session) -> CorpusStatistics:
    """Return what all stored papers teach: what was learned, and the papers since."""
    row = session.get(Corpus, 1)
    learned = CorpusStatistics.from_bytes(row.counts) if row else CorpusStatistics()
    for paper in _papers_after(session, row.through_paper if row else 0):
        learned.add(paper_value(paper))
    return learned


def learn(database: Database) -> None:
    """Count the words of the papers that came since, so that no process counts them again.

    1. Lock the one row; two processes that both find none race, and the second gives up.
    2. Add what the papers after `through_paper` teach.
    3. Store counts and position in one transaction: a paper counts once.
    """
    try:
        while _learn_some(database):
            pass
    except IntegrityError:
        # Another process began the row between our look and our insert, and counts the same.
        return


def _learn_some(database: Database) -> bool:
    with database.write() as session:
        row = session.get(Corpus, 1, with_for_update=True)
        if row is None:
            row = Corpus(id=1, through_paper=0, counts=CorpusStatistics().to_bytes())
            session.add(row)
        new = _papers_after(session, row.through_paper, _LEARNED_AT_ONCE)
        if not new:
            return False
        learned = CorpusStatistics.from_bytes(row.counts)
        for paper in new:
            learned.add(paper_value(paper))
        row.counts, row.through_paper = learned.to_bytes(), new[-1].id
        return True


def _papers_after(session: Session, number: int, limit: int | None = None) -> list[Paper]:
    wanted = select(Paper).where(Paper.id > number).order_by(Paper.id).limit(limit)
    return list(session.scalars(wanted))


def _indexed(session: Session) -> Library:
    newest = _listed().order_by(Edition.day.desc(), Entry.rank).limit(_SEARCHABLE_PAPERS)
    learned = statistics(session)
    return _as_library(session.execute(newest), lambda papers: PaperIndex(papers, learned))


def _listed() -> Select[Paper, date, int | None]:
    return (
        select(Paper, Edition.day, Edition.sequence)
        .join(Entry, Entry.paper_id == Paper.id)
        .join(Edition, Edition.id == Entry.edition_id)
        .where(Entry.is_new)
    )


def _as_library(
    rows: Iterable[Row[Paper, date, int | None]],
    indexed: Callable[[tuple[PaperValue, ...]], PaperIndex],
) -> Library:
    papers, numbers, days, sequences = [], [], [], []
    for paper, day, sequence in rows:
        papers.append(paper_value(paper))
        numbers.append(paper.id)
        days.append(day)
        sequences.append(sequence)
    return Library(
        papers=tuple(papers),
        numbers=tuple(numbers),
        days=tuple(days),
        sequences=tuple(sequences),
        index=indexed(tuple(papers)),
    )


class _IndexCache:
    """The indexes made last: an edition's papers are held against topics many times."""

    def __init__(self, most: int = 16) -> None:
        self._most = most
        self._kept: dict[tuple[tuple[PaperValue, ...], int], PaperIndex] = {}

    def get(self, papers: tuple[PaperValue, ...], learned: CorpusStatistics) -> PaperIndex:
        key = (papers, learned.papers)
        found = self._kept.get(key)
        if found is None:
            if len(self._kept) >= self._most:
                self._kept.clear()
            found = self._kept[key] = PaperIndex(papers, learned)
        return found


_indexes = _IndexCache()
