"""Message authentication codes (RFC 2104, SHA-256) with an installation's keys."""

from __future__ import annotations

from functools import lru_cache

from cryptography.hazmat.primitives import hashes, hmac


def mac(key: bytes, purpose: str, octets: bytes) -> bytes:
    """Return 32 octets that only who has the key can make; worthless for any other purpose."""
    begun = _begun(key, purpose).copy()
    begun.update(octets)
    return begun.finalize()


@lru_cache(maxsize=32)
def _begun(key: bytes, purpose: str) -> hmac.HMAC:
    """Return what all codes for a purpose begin with; going on from there takes a third."""
    begun = hmac.HMAC(key, hashes.SHA256())
    begun.update(f"digest {purpose}\0".encode())
    return begun
