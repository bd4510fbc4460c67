"""Signed links: what a link may do, for whom, until when.

A token reads `KEYID.PAYLOAD.MAC`, each part base64url. The MAC is HMAC-SHA256 cut to 160 bits
(RFC 2104 section 5 allows half and more) over key id and payload, so nothing in it can be
changed, and nobody without a key can make one.
"""

from __future__ import annotations

import hashlib
import struct
from base64 import urlsafe_b64decode
from binascii import Error as Base64Error
from binascii import b2a_base64
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from functools import lru_cache
from hmac import compare_digest

from digest.macs import mac

_MAC_OCTETS = 20
_URL_SAFE = bytes.maketrans(b"+/", b"-_")
_HEAD = struct.Struct(">BQI")
"""Scope number, subject, expiry in seconds since 1970 (0: never)."""


class Scope(StrEnum):
    """What a link may do; a token for one is worthless for any other.

    Their order numbers them, so that new ones come last.
    """

    CONFIRM = "confirm"
    REFUSE = "refuse"
    MANAGE = "manage"
    UNSUBSCRIBE = "unsubscribe"
    DROP_TOPIC = "drop-topic"
    VIEW = "view"
    ACCOUNT = "account"
    FEED = "feed"
    FORM = "form"
    PAUSE_TOPIC = "pause-topic"


_NUMBERS = {scope: number for number, scope in enumerate(Scope, start=1)}
_SCOPES = {number: scope for scope, number in _NUMBERS.items()}


class TokenError(Exception):
    """The link was not made by us for this purpose."""


class TokenExpired(TokenError):
    """The link was ours, and its time is over."""


@dataclass(frozen=True, slots=True)
class Token:
    scope: Scope
    subject: int
    """A subscriber's id, or a delivery's for VIEW."""
    detail: str
    expires: datetime | None


def sign(
    keys: Sequence[bytes],
    scope: Scope,
    subject: int,
    *,
    detail: str = "",
    expires: datetime | None = None,
) -> str:
    """Make a token with the first key of the ring."""
    until = int(expires.timestamp()) if expires else 0
    payload = _HEAD.pack(_NUMBERS[scope], subject, until) + detail.encode()
    return f"{key_id(keys[0])}.{_encode(payload, _mac(keys[0], payload))}"


def verify(keys: Sequence[bytes], text: str, scope: Scope, now: datetime) -> Token:
    """Read a token made with any key of the ring.

    Raises TokenExpired when its time is over, TokenError for every other flaw.
    """
    token = _opened(keys, text)
    if token.scope is not scope:
        raise TokenError("made for another purpose")
    if token.expires is not None and token.expires <= now:
        raise TokenExpired("its time is over")
    return token


@lru_cache(maxsize=16)
def key_id(key: bytes) -> str:
    """Name a key without telling anything about it."""
    return _encode(hashlib.sha256(b"digest key id" + key).digest()[:3])


def _opened(keys: Sequence[bytes], text: str) -> Token:
    parts = text.split(".")
    if len(parts) != 3:
        raise TokenError("not a token")
    name, payload, given = parts[0], _decode(parts[1]), _decode(parts[2])
    # With an unknown key the same work is done, so that time tells nothing about the ring.
    key = next((key for key in keys if key_id(key) == name), keys[0])
    is_ours = compare_digest(_mac(key, payload), given)
    if not is_ours or key_id(key) != name:
        raise TokenError("not signed by us")
    number, subject, until = _HEAD.unpack_from(payload)
    expires = datetime.fromtimestamp(until, UTC) if until else None
    return Token(_SCOPES[number], subject, payload[_HEAD.size :].decode(), expires)


def _mac(key: bytes, payload: bytes) -> bytes:
    return mac(key, "token", payload)[:_MAC_OCTETS]


def _encode(*parts: bytes) -> str:
    encoded = b".".join([b2a_base64(part, newline=False).rstrip(b"=") for part in parts])
    return encoded.translate(_URL_SAFE).decode()


def _decode(text: str) -> bytes:
    try:
        octets = urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
    except (Base64Error, ValueError):
        raise TokenError("not a token") from None
    if _encode(octets) != text:
        # Base64 has several spellings of the same octets; only ours is accepted.
        raise TokenError("not a token")
    return octets
