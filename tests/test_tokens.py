"""Signed links: only what we made, only for what it says, only while it lives."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from digest import tokens
from digest.tokens import Scope, TokenError, TokenExpired

KEYS = (b"a" * 32,)
NOW = datetime(2026, 6, 3, 9, 30, tzinfo=UTC)
SCOPES = st.sampled_from(Scope)
IDS = st.integers(0, 2**63)


@given(SCOPES, IDS, st.text(max_size=20), st.timedeltas(timedelta(seconds=1), timedelta(days=90)))
def test_a_link_says_what_was_signed(
    scope: Scope, subject: int, detail: str, lifetime: timedelta
) -> None:
    text = tokens.sign(KEYS, scope, subject, detail=detail, expires=NOW + lifetime)
    token = tokens.verify(KEYS, text, scope, NOW)
    assert (token.scope, token.subject, token.detail) == (scope, subject, detail)


@given(SCOPES, IDS)
def test_a_link_is_safe_in_an_address_bar(scope: Scope, subject: int) -> None:
    assert all(c.isalnum() or c in "-_." for c in tokens.sign(KEYS, scope, subject))


@given(SCOPES, SCOPES, IDS)
def test_a_link_for_one_thing_is_worthless_for_another(
    made: Scope, wanted: Scope, subject: int
) -> None:
    assume(made is not wanted)
    with pytest.raises(TokenError):
        tokens.verify(KEYS, tokens.sign(KEYS, made, subject), wanted, NOW)


@given(st.text(max_size=120))
def test_no_invented_text_is_a_link(text: str) -> None:
    with pytest.raises(TokenError):
        tokens.verify(KEYS, text, Scope.MANAGE, NOW)


@given(st.data())
def test_a_changed_link_is_refused(data: st.DataObject) -> None:
    text = tokens.sign(KEYS, Scope.MANAGE, 7, expires=NOW + timedelta(days=1))
    place = data.draw(st.integers(0, len(text) - 1))
    other = data.draw(st.sampled_from("abcXYZ019-_."))
    assume(text[place] != other)
    with pytest.raises(TokenError):
        tokens.verify(KEYS, text[:place] + other + text[place + 1 :], Scope.MANAGE, NOW)


def test_a_link_dies_at_its_time() -> None:
    text = tokens.sign(KEYS, Scope.CONFIRM, 7, expires=NOW)
    tokens.verify(KEYS, text, Scope.CONFIRM, NOW - timedelta(seconds=1))
    with pytest.raises(TokenExpired):
        tokens.verify(KEYS, text, Scope.CONFIRM, NOW)


def test_a_link_outlives_a_key_rotation_and_not_the_key() -> None:
    text = tokens.sign(KEYS, Scope.UNSUBSCRIBE, 7)
    assert tokens.verify((b"b" * 32, *KEYS), text, Scope.UNSUBSCRIBE, NOW).subject == 7
    with pytest.raises(TokenError):
        tokens.verify((b"b" * 32,), text, Scope.UNSUBSCRIBE, NOW)
