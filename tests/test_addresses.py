"""Every spelling of one inbox, and every host of one household, is counted together."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.addresses import Origin, folded

LETTERS = st.text("abcdefghijklmnopqrstuvwxyz", min_size=2, max_size=12)


@pytest.mark.parametrize(
    ("address", "inbox"),
    [
        ("Ada@Example.org", "ada@example.org"),
        ("ada+papers@example.org", "ada@example.org"),
        ("+tag@example.org", "+tag@example.org"),
        ("a.d.a+x@gmail.com", "ada@gmail.com"),
        ("A.da@GoogleMail.com", "ada@gmail.com"),
        ("a.da@example.org", "a.da@example.org"),
        ("ada@BÜCHER.example", "ada@xn--bcher-kva.example"),
        ("ada@xn--bcher-kva.example", "ada@xn--bcher-kva.example"),
        ("STRASSE@example.org", "strasse@example.org"),
        ("straße@example.org", "strasse@example.org"),
    ],
)
def test_spellings_of_one_inbox_fold_to_one(address: str, inbox: str) -> None:
    assert folded(address) == inbox


@given(LETTERS, LETTERS, st.data())
def test_no_way_to_write_a_gmail_address_makes_it_another(
    name: str, tag: str, data: st.DataObject
) -> None:
    dotted = "".join(
        letter + "." * data.draw(st.integers(0, 1)) for letter in name[:-1]
    ) + data.draw(st.sampled_from([name[-1], name[-1].upper()]))
    domain = data.draw(st.sampled_from(["gmail.com", "Gmail.com", "googlemail.com"]))
    assert folded(f"{dotted}+{tag}@{domain}") == f"{name}@gmail.com"


@given(LETTERS, LETTERS)
def test_two_people_are_never_taken_for_one(one: str, other: str) -> None:
    spelled = {folded(f"{one}@example.org"), folded(f"{other}@example.org")}
    assert len(spelled) == len({one, other})


@given(st.emails())
def test_folding_twice_is_folding_once(address: str) -> None:
    assert folded(folded(address)) == folded(address)


@pytest.mark.parametrize(
    ("client", "host", "network"),
    [
        ("203.0.113.9", "203.0.113.9", "203.0.113.0/24"),
        ("::ffff:203.0.113.9", "203.0.113.9", "203.0.113.0/24"),
        ("2001:db8:1:2:3::9", "2001:db8:1:2::/64", "2001:db8:1::/48"),
        ("fe80::1%eth0", "fe80::/64", "fe80::/48"),
        ("unix socket", "unix socket", "unix socket"),
        ("", "", ""),
    ],
)
def test_hosts_of_one_household_count_as_one(client: str, host: str, network: str) -> None:
    assert Origin.of(client) == Origin(host, network)
