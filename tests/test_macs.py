"""Message authentication codes: the standard ones, apart by purpose."""

from __future__ import annotations

import hmac

from hypothesis import given
from hypothesis import strategies as st

from digest.macs import mac


@given(st.binary(min_size=1), st.binary(), st.binary())
def test_a_code_is_the_standard_one_whatever_was_made_before(
    key: bytes, one: bytes, other: bytes
) -> None:
    mac(key, "token", one)
    assert mac(key, "token", other) == hmac.digest(key, b"digest token\0" + other, "sha256")


def test_a_code_for_one_purpose_is_worthless_for_another() -> None:
    assert mac(b"key", "bounce", b"7") != mac(b"key", "message", b"7")
