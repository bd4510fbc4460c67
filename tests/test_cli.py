"""The operator's command: what it prints, what it changes, and how it fails."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from digest import database
from digest.__main__ import app
from digest.deliveries.holds import hold
from digest.enums import HoldKind
from tests.servers import papers
from tests.servers.papers import HTML_PAGE, Fault, PapersServer, item

Command = Callable[..., Result]


@pytest.fixture
def source() -> Iterator[PapersServer]:
    today = datetime.now(UTC).date().isoformat()
    lists = {today: [item("2606.00001", "Diffusion at Rest"), item("2606.00002", "Robots")]}
    with papers.serve(PapersServer(lists)) as running:
        yield running


@pytest.fixture
def digest(source: PapersServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    """Run a command on an installation of its own."""
    monkeypatch.setenv("DIGEST_DATA_DIR", str(tmp_path / "var"))
    monkeypatch.setenv("DIGEST_HF_URL", source.url)
    monkeypatch.setenv("DIGEST_ARXIV_URL", source.url)
    monkeypatch.setenv("DIGEST_BACKFILL_DAYS", "0")
    runner = CliRunner()

    def run(*arguments: str) -> Result:
        return runner.invoke(app, arguments)

    assert run("migrate").exit_code == 0
    return run


def mails(tmp_path: Path) -> list[str]:
    return [path.read_text() for path in sorted((tmp_path / "var" / "outbox").glob("*.eml"))]


def test_run_fetches_matches_and_sends_the_day(digest: Command, tmp_path: Path) -> None:
    digest("subscribers", "add", "a@example.org", "--topic", "diffusion")
    result = digest("run", "--json")
    assert result.exit_code == 0, result.output
    report = json.loads(result.stdout)
    assert report["fetched"]["new"] == 2
    assert "Diffusion at Rest" in mails(tmp_path)[-1]


def test_run_twice_a_day_sends_once(digest: Command, tmp_path: Path) -> None:
    digest("run")
    digest("subscribers", "add", "a@example.org")
    digest("send")
    digest("run")
    digest("run")
    assert len(mails(tmp_path)) == 1


def test_fetch_tells_what_it_found(digest: Command) -> None:
    result = digest("fetch")
    assert "ok: 2 papers, 2 new" in result.stdout


def test_a_failed_fetch_ends_with_exit_code_1_and_the_reason(
    digest: Command, source: PapersServer
) -> None:
    source.fail("api", Fault(429, b"", {"Retry-After": "3600"}))
    source.fail("page", HTML_PAGE)
    result = digest("fetch")
    assert result.exit_code == 1
    assert "answered 429" in result.stdout


def test_a_date_that_is_none_says_how_to_write_one(digest: Command) -> None:
    result = digest("fetch", "--date", "yesterday")
    assert result.exit_code == 1
    assert "write it as 2026-06-02" in result.stderr


def test_subscribers_are_added_listed_exported_and_erased(digest: Command) -> None:
    added = digest(
        "subscribers", "add", "A@Example.org", "--topic", "Diffusion  -video",
        "--time-zone", "Europe/Berlin", "--frequency", "weekly",
    )  # fmt: skip
    assert added.exit_code == 0, added.output
    (record,) = json.loads(digest("subscribers", "list", "--json").stdout)
    assert record["address"] == "A@example.org"
    assert record["topics"] == ["diffusion -video"]
    assert record["time_zone"] == "Europe/Berlin"
    assert json.loads(digest("subscribers", "export", "a@example.org").stdout)["deliveries"]
    assert digest("subscribers", "remove", "a@example.org", "--erase").exit_code == 0
    assert json.loads(digest("subscribers", "list", "--json").stdout) == []


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nonsense"], "@"),
        (["a@example.org", "--topic", '"open'], "closing"),
        (["a@example.org", "--time-zone", "Moon/Base"], "Europe/Berlin"),
        (["a@example.org", "--hour", "25"], "between 0 and 23"),
    ],
)
def test_a_wrong_subscriber_is_refused_with_a_reason(
    digest: Command, arguments: list[str], words: str
) -> None:
    result = digest("subscribers", "add", *arguments)
    assert result.exit_code == 1
    assert words in result.stderr
    assert json.loads(digest("subscribers", "list", "--json").stdout) == []


def test_a_topic_is_tried_over_the_stored_papers(digest: Command) -> None:
    digest("fetch")
    result = digest("topics", "try", "diffusion")
    assert "Diffusion at Rest" in result.stdout
    assert "mentions Diffusion" in result.stdout


def test_a_topic_that_cannot_be_read_is_pointed_at(digest: Command) -> None:
    result = digest("topics", "try", "fine (open")
    assert result.exit_code == 1
    assert "     ^" in result.stderr


def test_a_preview_writes_three_files_and_sends_nothing(digest: Command, tmp_path: Path) -> None:
    digest("fetch")
    result = digest("preview", "--topic", "diffusion", "--out", str(tmp_path / "preview"))
    assert result.exit_code == 0, result.output
    names = {path.name for path in (tmp_path / "preview").iterdir()}
    assert names == {"digest.html", "digest.txt", "digest.eml"}
    assert mails(tmp_path) == []


def test_a_preview_for_a_subscriber_has_their_own_topics(digest: Command, tmp_path: Path) -> None:
    digest("fetch")
    digest("subscribers", "add", "a@example.org", "--topic", "diffusion")
    result = digest("preview", "--to", "a@example.org", "--out", str(tmp_path / "preview"))
    assert "Diffusion at Rest\n" in result.stdout
    text = (tmp_path / "preview" / "digest.txt").read_text()
    assert "== diffusion ==" in text
    assert "1 PAPER FOR YOUR TOPICS" in text
    assert "Nobody is subscribed as b@" in digest("preview", "--to", "b@example.org").stderr


def test_keys_are_made_once_for_the_senders_domain_and_their_records_printed(
    digest: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "DIGEST_FROM" in digest("dkim", "keygen").stderr
    monkeypatch.setenv("DIGEST_FROM", "Papers <digest@papers.example.org>")
    result = digest("dkim", "keygen")
    assert result.stdout.count("v=DKIM1") == 2
    assert result.stdout.count("_domainkey.papers.example.org\n") == 2
    assert digest("dkim", "keygen").exit_code == 1


def test_deliveries_are_counted_and_listed(digest: Command) -> None:
    digest("fetch")
    digest("subscribers", "add", "a@example.org")
    digest("send")
    assert "sent" in digest("deliveries", "list").stdout
    assert json.loads(digest("deliveries", "summary", "--json").stdout) == {"sent": 1}


def test_only_uncertain_deliveries_are_settled(digest: Command) -> None:
    result = digest("deliveries", "settle", "7", "--sent")
    assert result.exit_code == 1
    assert "does not exist" in result.stderr


def test_what_waits_is_listed_and_released_by_name(digest: Command, tmp_path: Path) -> None:
    assert "Nothing is held." in digest("deliveries", "holds").output
    own = database.connect(f"sqlite:///{tmp_path / 'var' / 'digest.db'}")
    with own.write() as session:
        hold(session, HoldKind.DOMAIN, "strict.example", "550 5.7.1 listed", datetime.now(UTC))
    own.close()
    assert "strict.example" in digest("deliveries", "holds").output
    assert digest("deliveries", "release", "domain", "other.example").exit_code == 1
    assert "Released" in digest("deliveries", "release", "domain", "strict.example").output
    assert json.loads(digest("deliveries", "holds", "--json").output) == []


def test_planning_runs_are_listed_with_what_they_counted(digest: Command) -> None:
    assert "None." in digest("deliveries", "plans").output
    digest("subscribers", "add", "reader@example.org")
    digest("run")
    (run,) = json.loads(digest("deliveries", "plans", "--json").output)
    assert (run["candidates"], run["planned"]) == (1, 1)
