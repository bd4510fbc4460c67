"""The paper as a value: what sources give, and what matching, choosing and rendering read."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

# Zero-width and bidirectional controls can hide or reverse text (Unicode TR36), and C0/C1
# controls break headers and HTML; none of them means anything in a title or an abstract.
_INVISIBLE_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_ARXIV_ID = re.compile(r"\d{4}\.\d{4,5}|[a-z-]+(\.[A-Z]{2})?/\d{7}")
_WHITESPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One work as its sources describe it; every text is already cleaned."""

    arxiv_id: str
    """arXiv id without version ("2607.21557"), or the source's own id where there is none."""
    title: str
    abstract: str = ""
    authors: tuple[str, ...] = ()
    organization: str | None = None
    summary: str | None = None
    """One sentence, where the source has one."""
    keywords: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    """arXiv categories, primary first ("cs.CL")."""
    upvotes: int = 0
    comments: int = 0
    code_url: str | None = None
    code_stars: int | None = None
    project_url: str | None = None
    published_on: date | None = None
    """When it appeared on arXiv."""
    listed_on: date | None = None
    """The day of the list that named it."""

    def __hash__(self) -> int:
        # Enough to tell papers apart, and a card is looked up by its paper for every reader.
        return hash(self.arxiv_id)

    @property
    def url(self) -> str:
        """Where a reader reads about it and discusses it."""
        page = f"/{self.arxiv_id}" if self.is_on_arxiv else ""
        return f"https://huggingface.co/papers{page}"

    @property
    def pdf_url(self) -> str:
        """The PDF, or nothing for a paper that arXiv does not have."""
        return f"https://arxiv.org/pdf/{self.arxiv_id}" if self.is_on_arxiv else ""

    @property
    def is_on_arxiv(self) -> bool:
        return _ARXIV_ID.fullmatch(self.arxiv_id) is not None


def clean_text(text: str) -> str:
    """Return `text` on one line, composed (NFC), without control or invisible characters.

    Line breaks and tabs become single spaces; everything a mail header or an HTML page could
    choke on, or that could disguise what is written, is dropped.
    """
    if text.isprintable() and "  " not in text and unicodedata.is_normalized("NFC", text):
        return text.strip()
    spaced = _WHITESPACE.sub(" ", unicodedata.normalize("NFC", text))
    kept = (c for c in spaced if unicodedata.category(c) not in _INVISIBLE_CATEGORIES)
    return _WHITESPACE.sub(" ", "".join(kept)).strip()
