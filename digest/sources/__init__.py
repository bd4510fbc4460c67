"""Where papers come from, each source in one file behind one small interface."""

from email.utils import parseaddr

from digest.config import Settings
from digest.sources.arxiv import SECONDS_BETWEEN_REQUESTS
from digest.sources.base import Listing, Outcome, Source, SourceUnavailable, Validators
from digest.sources.http import HttpClient
from digest.sources.huggingface import HuggingFace
from digest.sources.sample import Sample

__all__ = [
    "HttpClient",
    "HuggingFace",
    "Listing",
    "Outcome",
    "Sample",
    "Source",
    "SourceUnavailable",
    "Validators",
    "arxiv_client",
    "daily_papers",
]


def daily_papers(settings: Settings, *, tries: int = 4) -> Source:
    """Return the source of the daily lists."""
    return HuggingFace(HttpClient(settings.hf_url, _contact(settings), tries=tries))


def arxiv_client(settings: Settings) -> HttpClient:
    """Return a client that keeps the distance arXiv asks for."""
    pause = SECONDS_BETWEEN_REQUESTS
    return HttpClient(settings.arxiv_url, _contact(settings), seconds_between=pause)


def _contact(settings: Settings) -> str:
    return f"{settings.url}; {parseaddr(settings.from_)[1]}"
