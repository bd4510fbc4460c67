"""Lighthouse's judgement of the pages: accessibility, practices, findability, speed.

`make lighthouse` judges all of them; the test run only the front page, as each takes seconds.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from digest import database as databases
from digest import models, tokens
from digest.config import Settings
from digest.tokens import Scope
from tests.factories import subscriber
from tests.processes import ROOT, free_port
from tests.servers.pages import serve, store_papers

LIGHTHOUSE = ROOT / "tests" / "judges" / "node_modules" / "lighthouse" / "cli" / "index.js"
CHROMIUM = Path("/usr/bin/chromium")
BEST = {"accessibility": 100, "best-practices": 100, "seo": 100, "performance": 95}
FLAGS = "--headless --no-sandbox --disable-gpu --disable-background-networking"
PAGES = ["front", "day", "search", "manage"]
JUDGED = PAGES if os.environ.get("DIGEST_TEST_LIGHTHOUSE") == "all" else PAGES[:1]


@pytest.fixture(scope="module")
def addresses(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The pages of a running installation, by name."""
    folder = tmp_path_factory.mktemp("lighthouse")
    database = databases.connect(f"sqlite:///{folder / 'digest.db'}")
    models.Base.metadata.create_all(database.engine)
    store_papers(database)
    settings = Settings(data_dir=folder, base_url=f"http://localhost:{free_port()}")
    with database.write() as session:
        number = subscriber(session, "robots", "diffusion").id
    manage = tokens.sign(settings.keys, Scope.MANAGE, number)
    day = (datetime.now(UTC) - timedelta(days=3)).date()
    with serve(settings, database) as url:
        yield {
            "front": f"{url}/",
            "day": f"{url}/papers/{day}",
            "search": f"{url}/search?q=robots",
            "manage": f"{url}/manage/{manage}",
        }
    database.close()


@pytest.mark.parametrize("page", JUDGED)
def test_lighthouse_gives_full_marks(addresses: dict[str, str], page: str, tmp_path: Path) -> None:
    marks, complaints = judged(addresses[page], tmp_path / "report.json")
    print(page, marks)
    wanted = dict(BEST)
    if page == "manage":
        # A reader's own page is kept out of search engines, which costs the marks for it.
        assert complaints.pop("seo", []) == ["is-crawlable"]
        del wanted["seo"]
    short = {name: marks[name] for name, least in wanted.items() if marks[name] < least}
    assert short == {}, {name: complaints.get(name) for name in short}


def judged(address: str, report: Path) -> tuple[dict[str, int], dict[str, list[str]]]:
    """Return Lighthouse's marks from 0 to 100, and which audits cost some, by category."""
    node = shutil.which("node")
    if node is None or not LIGHTHOUSE.exists() or not CHROMIUM.exists():
        pytest.skip("no Lighthouse here (npm ci --prefix tests/judges), or no node, or no Chromium")
    command = [node, str(LIGHTHOUSE), address, "--quiet", "--output=json"]
    command += [f"--output-path={report}", f"--chrome-flags={FLAGS}"]
    environment = os.environ | {"CHROME_PATH": str(CHROMIUM)}
    subprocess.run(command, env=environment, check=True, timeout=120, capture_output=True)
    found = json.loads(report.read_text())
    audits = found["audits"]
    complaints = {
        name: [
            ref["id"]
            for ref in category["auditRefs"]
            if ref["weight"]
            and (audits[ref["id"]]["score"] or 0) < 1
            and audits[ref["id"]]["scoreDisplayMode"] != "notApplicable"
        ]
        for name, category in found["categories"].items()
    }
    marks = {name: round(100 * c["score"]) for name, c in found["categories"].items()}
    return marks, {name: ids for name, ids in complaints.items() if ids}
