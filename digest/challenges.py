"""Proof-of-work challenges (ALTCHA): a browser pays half a second, a list-bomber pays each time.

A challenge is signed, not stored; only a solved one is remembered, so that it counts once.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from base64 import b64decode
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import altcha

ALGORITHM = "PBKDF2/SHA-256"
ITERATIONS = 2000
"""Of PBKDF2 in one try: about a millisecond."""
MOST_TRIES = 800
LIFETIME = timedelta(hours=2)


class ChallengeFailed(ValueError):
    """Not a solution, or of a challenge that is not ours or too old."""


def make(keys: Sequence[bytes], now: datetime, *, most_tries: int = MOST_TRIES) -> dict[str, Any]:
    """Return a new challenge, half as many tries away on average."""
    signing, naming = _secrets(keys[0])
    challenge = altcha.create_challenge(
        ALGORITHM,
        ITERATIONS,
        counter=secrets.randbelow(most_tries),
        # Its own `expires_at` would be held against the system's clock.
        data={"expires": int((now + LIFETIME).timestamp())},
        hmac_secret=signing,
        hmac_key_secret=naming,
    )
    return challenge.to_dict()


def check(keys: Sequence[bytes], text: str, now: datetime) -> bytes:
    """Return the name of the challenge that `text` (base64 of JSON) solves.

    Raises ChallengeFailed. That a name counts only once is the caller's business.
    """
    if not any(_is_solved(key, text) for key in keys):
        raise ChallengeFailed("not the solution of a challenge of ours")
    challenge = json.loads(b64decode(text))["challenge"]
    if challenge["parameters"]["data"]["expires"] <= now.timestamp():
        raise ChallengeFailed("the challenge is too old")
    return hashlib.sha256(challenge["signature"].encode()).digest()


def _is_solved(key: bytes, text: str) -> bool:
    signing, naming = _secrets(key)
    return altcha.verify_solution(text, signing, hmac_key_secret=naming).verified


def _secrets(key: bytes) -> tuple[bytes, bytes]:
    labels = (b"digest challenge", b"digest challenge solution")
    return hmac.digest(key, labels[0], "sha256"), hmac.digest(key, labels[1], "sha256")
