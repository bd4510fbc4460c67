"""The library that `digest web` keeps ready beside its pages."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from digest import library, search
from digest.database import Database
from digest.matching.words import word
from tests.factories import closed_edition, stored_paper


def stored(database: Database, *titles: str, sequence: int = 1) -> None:
    with database.write() as session:
        papers = [stored_paper(session, title=title) for title in titles]
        edition = closed_edition(session, papers, sequence=sequence)
        edition.source = f"source {sequence}"


def found(database: Database, query: str) -> list[str]:
    return [hit.paper.title for hit in search.search(database, query).hits]


def test_searches_use_the_last_library_until_the_next_is_ready(sqlite: Database) -> None:
    stored(sqlite, "A Survey of Robots")
    library.refresh(sqlite)
    stored(sqlite, "Robots at Rest", sequence=2)
    assert found(sqlite, "robots") == ["A Survey of Robots"]
    library.refresh(sqlite)
    assert sorted(found(sqlite, "robots")) == ["A Survey of Robots", "Robots at Rest"]


def test_the_first_papers_are_found_at_once(sqlite: Database) -> None:
    library.refresh(sqlite)
    stored(sqlite, "A Survey of Robots")
    assert found(sqlite, "robots") == ["A Survey of Robots"]


def test_a_database_out_of_reach_does_not_end_the_indexing(
    sqlite: Database, caplog: pytest.LogCaptureFixture
) -> None:
    with sqlite.write() as session:
        session.connection().exec_driver_sql("ALTER TABLE papers RENAME TO elsewhere")
    stop = Event()
    stop.set()
    library.keep_ready(sqlite, stop)
    assert "again in a moment" in caplog.text


def test_words_are_stemmed_alike_however_many_ask_at_once() -> None:
    surfaces = [f"{stem}{i}izations" for i in range(300) for stem in ("quantum", "x", "diffuse")]
    alone = [word.__wrapped__(surface).stem for surface in surfaces]
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(8) as threads:
            together = list(threads.map(word.__wrapped__, surfaces))
    finally:
        sys.setswitchinterval(before)
    assert [found.stem for found in together] == alone
