"""What spam filters think of the mails, by the rules they bring."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from digest import dkim
from tests import mails
from tests.judges import spam
from tests.servers import names

MOST_POINTS = 0.5
EXPLAINED = {
    "MANY_INVISIBLE_PARTS": "the preheader, which inboxes show beside the subject",
    "FORGED_SENDER": "bounces come back to an address of their own (VERP), not to From",
}
"""Every rule that costs points, and why we accept it."""
DOMAIN = (
    names.txt("example.org", "v=spf1 ip4:192.0.2.1 -all"),
    names.txt("_dmarc.example.org", "v=DMARC1; p=reject"),
    "1.2.0.192.in-addr.arpa. 60 IN PTR mail.example.org.",
    "example.org. 60 IN MX 10 mail.example.org.",
    "mail.example.org. 60 IN A 192.0.2.1",
)
"""What somebody who sends mail has published, as docs/operating.md asks."""
SENT_FROM = {
    "Ip": "192.0.2.1",
    "Helo": "mail.example.org",
    "Hostname": "mail.example.org",
    "From": "bounces+7.0123456789abcdef0123@example.org",
    "Rcpt": "reader@example.net",
}


@pytest.fixture(scope="module")
def signers(tmp_path_factory: pytest.TempPathFactory) -> tuple[dkim.Signer, ...]:
    return dkim.generate(tmp_path_factory.mktemp("dkim"), "example.org", "s2026")


def all_mails(signers: tuple[dkim.Signer, ...]) -> dict[str, bytes]:
    now = datetime.now(UTC).replace(microsecond=0)
    return {name: mails.octets(name, signers, date=now) for name in mails.every_kind()}


def objections(scores: dict[str, spam.Scores]) -> dict[str, spam.Scores]:
    """Mails with too many points, or with points nobody has explained."""
    return {
        name: rules
        for name, rules in scores.items()
        if sum(rules.values()) > MOST_POINTS
        or any(points > 0 for rule, points in rules.items() if rule not in EXPLAINED)
    }


def test_spamassassin_has_nothing_against_any_mail(
    signers: tuple[dkim.Signer, ...], tmp_path: Path
) -> None:
    assert objections(spam.spamassassin(all_mails(signers), tmp_path)) == {}


def test_rspamd_has_nothing_against_any_mail(
    signers: tuple[dkim.Signer, ...], tmp_path: Path
) -> None:
    zone = [names.txt(signer.dns_name, signer.dns_value) for signer in signers]
    scores = spam.rspamd(all_mails(signers), [*zone, *DOMAIN], SENT_FROM, tmp_path)
    assert objections(scores) == {}
    assert all("R_DKIM_ALLOW" in rules and "R_SPF_ALLOW" in rules for rules in scores.values())
