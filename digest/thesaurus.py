"""Broad terms of the field and what falls under them, so that a broad topic finds narrow papers.

They stand in thesaurus.txt, sorted: `broad: narrower, narrower`, indented where a line goes on. A
narrower term must imply the broad one: who reads about the broad one wants it too. Written by
hand, or chosen by hand from tagged papers (docs/topics.md); singular, lower case, hyphens as
spaces. The first ten of an entry also say what it means.
"""

from __future__ import annotations

from pathlib import Path


def _entries(text: str) -> dict[str, tuple[str, ...]]:
    lines = text.strip().replace("\n  ", " ").splitlines()
    split = (line.split(":", 1) for line in lines)
    return {broad: tuple(term.strip() for term in terms.split(",")) for broad, terms in split}


NARROWER = _entries(Path(__file__).with_name("thesaurus.txt").read_text(encoding="utf-8"))
