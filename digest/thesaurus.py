"""Broad terms of the field and what falls under them, so that a broad topic finds narrow papers."""

from __future__ import annotations

_ENTRIES = """
medicine: medical, clinical, clinician, patient, disease, radiology, pathology, healthcare
"""


NARROWER: dict[str, tuple[str, ...]] = {
    broad: tuple(term.strip() for term in narrower.split(","))
    for broad, narrower in (line.split(":", 1) for line in _ENTRIES.strip().splitlines())
}
