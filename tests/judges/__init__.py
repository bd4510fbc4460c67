"""Judges of pages and mails that are not our own code; each skips its test where it is missing."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

NODE_MODULES = Path(__file__).with_name("node_modules")


def needs(*programs: str, module: str = "", package: str = "") -> None:
    """Skip the test when a program is not on PATH or an npm module is not installed."""
    for program in programs:
        if shutil.which(program) is None:
            pytest.skip(f"{program} is not on PATH (Debian package {package or program})")
    if module and not (NODE_MODULES / module).is_dir():
        pytest.skip(f"{module} is missing; run: npm ci --prefix tests/judges")
