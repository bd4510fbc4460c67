"""The files that put digest into production say what the code does."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from digest.config import Settings
from digest.enums import DeliveryStatus
from tests.processes import ROOT


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    return content


def test_the_compose_file_follows_its_specification() -> None:
    schema = ["--builtin-schema", "vendor.compose-spec", str(ROOT / "docker-compose.yml")]
    command = Path(sys.executable).with_name("check-jsonschema")
    checked = subprocess.run([command, *schema], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout


def test_every_service_starts_a_command_that_exists(compose: dict[str, Any]) -> None:
    commands = {tuple(s["command"][:2]) for s in compose["services"].values() if "command" in s}
    own = {command for command in commands if command[0] == "digest"}
    assert own == {("digest", "migrate"), ("digest", "web"), ("digest", "feedback")}
    for command in own:
        shown = subprocess.run(
            [sys.executable, "-m", *command, "--help"], capture_output=True, check=False
        )
        assert shown.returncode == 0


def test_every_variable_of_the_example_is_a_setting() -> None:
    text = (ROOT / ".env.example").read_text()
    named = set(re.findall(r"^#? ?(DIGEST_[A-Z_]+)=", text, re.MULTILINE))
    known = {
        str(field.alias or f"DIGEST_{name.upper()}")
        for name, field in Settings.model_fields.items()
    }
    assert named
    assert named <= known


def test_every_setting_is_explained_to_operators() -> None:
    text = (ROOT / "docs" / "operating.md").read_text()
    known = [
        str(field.alias or f"DIGEST_{name.upper()}")
        for name, field in Settings.model_fields.items()
    ]
    assert [name for name in known if f"`{name}`" not in text] == []


def test_every_link_between_documents_leads_somewhere() -> None:
    documents = [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]
    broken = [
        (document.name, target)
        for document in documents
        for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", document.read_text())
        if not (document.parent / target).exists()
    ]
    assert broken == []


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_lock_files_pin_with_hashes_and_name_no_host(name: str) -> None:
    text = (ROOT / name).read_text()
    assert "://" not in text
    pinned = re.findall(r"^[a-z0-9_.-]+(?:\[[a-z,]+\])?==", text, re.MULTILINE | re.IGNORECASE)
    assert len(pinned) > 20
    assert text.count("--hash=sha256:") >= len(pinned)


def test_make_names_its_targets() -> None:
    if shutil.which("make") is None:
        pytest.skip("make is not installed")
    shown = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert {line.split()[0] for line in shown.stdout.splitlines()} >= {"run", "test", "check"}


def test_the_state_diagram_has_the_states_of_the_code() -> None:
    text = (ROOT / "docs" / "delivery.md").read_text()
    diagram = text.partition("stateDiagram-v2")[2].partition("```")[0]
    drawn = set(re.findall(r"^\s*(?:\[\*\]|\w+) --> (\w+)", diagram, re.MULTILINE))
    assert drawn == {status.value for status in DeliveryStatus}
