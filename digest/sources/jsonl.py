"""Papers from a file with one JSON object a line: any collection, for trying and ranking topics."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from digest.papers import Paper, clean_text


class PapersFileError(ValueError):
    """The file is not papers, one JSON object a line; names the line and what is wrong."""


def read_papers(path: Path) -> list[Paper]:
    """Read papers with `id`, `title` and whatever else they have; raises PapersFileError."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise PapersFileError(f"{path} cannot be read as text: {error}") from None
    return list(_papers(path, text.split("\n")))


def _papers(path: Path, lines: Sequence[str]) -> Iterator[Paper]:
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            yield _paper(json.loads(line))
        except (ValueError, TypeError) as error:
            raise PapersFileError(f"{path}, line {number}: {error}") from None


def _paper(value: Any) -> Paper:
    if not isinstance(value, dict) or "id" not in value or "title" not in value:
        raise ValueError('write an object with "id" and "title", as in {"id": "1", "title": "…"}')
    return Paper(
        arxiv_id=str(value["id"]),
        title=clean_text(str(value["title"])),
        abstract=clean_text(str(value.get("abstract") or "")),
        authors=_texts(value, "authors"),
        organization=str(value["organization"]) if value.get("organization") else None,
        keywords=_texts(value, "keywords"),
        categories=_texts(value, "categories"),
        upvotes=int(value.get("upvotes") or 0),
        code_url=str(value["code_url"]) if value.get("code_url") else None,
    )


def _texts(value: dict[str, Any], name: str) -> tuple[str, ...]:
    given = value.get(name) or []
    if not isinstance(given, list):
        raise ValueError(f'"{name}" must be a list of texts')
    return tuple(clean_text(str(text)) for text in given)
