"""Where papers come from, each source in one file behind one small interface."""

from digest.sources.base import Listing, Outcome, Source, SourceUnavailable, Validators
from digest.sources.huggingface import HuggingFace
from digest.sources.sample import Sample

__all__ = [
    "HuggingFace",
    "Listing",
    "Outcome",
    "Sample",
    "Source",
    "SourceUnavailable",
    "Validators",
]
