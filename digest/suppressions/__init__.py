"""Suppressions: addresses that must never be mailed again, kept as keyed hashes."""

from digest.suppressions.hashes import address_hash, is_suppressed, suppress, unsuppress
from digest.suppressions.lists import Imported, UnusableList, bring_in, export

__all__ = [
    "Imported",
    "UnusableList",
    "address_hash",
    "bring_in",
    "export",
    "is_suppressed",
    "suppress",
    "unsuppress",
]
