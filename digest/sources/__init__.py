"""Where papers come from, each source in one file behind one small interface."""

from digest.sources.base import Listing, Outcome, Source, SourceUnavailable, Validators
from digest.sources.huggingface import HuggingFace

__all__ = ["HuggingFace", "Listing", "Outcome", "Source", "SourceUnavailable", "Validators"]
