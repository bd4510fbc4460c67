"""A bundled list of invented papers, for a first look without internet."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from importlib.resources import files

from digest.sources.base import Listing, Validators
from digest.sources.huggingface import listing


@dataclass(frozen=True, slots=True)
class Sample:
    """Gives the same invented papers, labelled as such, for any day."""

    name: str = "sample"

    def fetch(self, day: date, validators: Validators) -> Listing:
        """Return the bundled list."""
        items = json.loads(files("digest.sources").joinpath("sample.json").read_text("utf-8"))
        return listing(items, day, validators)
