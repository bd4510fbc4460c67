"""What commands share: the settings, the database, and how results and errors are told."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, is_dataclass
from typing import Annotated, Any

import typer
from rich.console import Console

from digest import config, database

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document, for scripts.")]

console = Console()
error_console = Console(stderr=True)


@contextmanager
def opened() -> Iterator[tuple[config.Settings, database.Database]]:
    """Open the database of the settings for the length of one command."""
    settings = config.load()
    opened_database = database.connect(settings.database)
    try:
        yield settings, opened_database
    finally:
        opened_database.close()


def report(result: Any, text: str, *, as_json: bool) -> None:
    """Print `text` for people, or `result` (a dataclass, list or dict) as JSON for scripts."""
    if not as_json:
        console.print(text, highlight=False)
        return
    plain = [_plain(item) for item in result] if isinstance(result, list) else _plain(result)
    json.dump(plain, sys.stdout, indent=2, default=str, ensure_ascii=False)
    sys.stdout.write("\n")


def _plain(value: Any) -> Any:
    return asdict(value) if is_dataclass(value) and not isinstance(value, type) else value
