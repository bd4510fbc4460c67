"""Looks at every part of an installation, changes nothing, and says what to do."""

from digest.doctor.examining import examine
from digest.doctor.findings import Finding, State

__all__ = ["Finding", "State", "examine"]
