"""Both DKIM signatures, before dkimpy and OpenDKIM: what they accept and what they refuse."""

from __future__ import annotations

import re
from pathlib import Path

import dkim as dkimpy
import pytest

from digest import dkim
from tests import mails
from tests.judges import opendkim
from tests.servers import names

OVERSIGNED = ("From", "To", "Subject", "Date", "List-Unsubscribe", "List-Unsubscribe-Post")
SIGNED = (
    *OVERSIGNED,
    *("Message-ID", "Reply-To", "MIME-Version", "Content-Type", "Auto-Submitted", "Feedback-ID"),
    *("List-Id", "List-Help", "List-Owner", "List-Archive", "List-Post"),
)


@pytest.fixture(scope="module")
def signers(tmp_path_factory: pytest.TempPathFactory) -> tuple[dkim.Signer, ...]:
    return dkim.generate(tmp_path_factory.mktemp("dkim"), "example.org", "s2026")


def zone(signers: tuple[dkim.Signer, ...]) -> list[str]:
    return [names.txt(signer.dns_name, signer.dns_value) for signer in signers]


def genuine(signers: tuple[dkim.Signer, ...]) -> dict[str, bytes]:
    """Every shape of mail, signed with one key at a time: a judge is content with one of two."""
    return {
        f"{name}-{signer.algorithm}": mails.octets(name, (signer,))
        for name in mails.every_shape()
        for signer in signers
    }


def forged(signers: tuple[dkim.Signer, ...]) -> dict[str, bytes]:
    """A digest with one thing changed or added on the way."""
    forgeries = {}
    for signer in signers:
        octets = mails.octets("digest", (signer,))
        for name in SIGNED:
            changed = re.sub(rb"(?m)^(%b: )(.)" % name.encode(), rb"\1\2x", octets, count=1)
            forgeries[f"{signer.algorithm}-{name}-changed"] = changed
        for name in OVERSIGNED:
            added = f"{name}: forged\r\n".encode()
            forgeries[f"{signer.algorithm}-{name}-added-above"] = added + octets
            below = octets.replace(b"\r\n\r\n", b"\r\n" + added + b"\r\n", 1)
            forgeries[f"{signer.algorithm}-{name}-added-below"] = below
        forgeries[f"{signer.algorithm}-body-changed"] = octets.replace(b"Agents", b"Agent5")
        forgeries[f"{signer.algorithm}-body-longer"] = octets + b"More.\r\n"
    return forgeries


def dkimpy_accepts(octets: bytes, signers: tuple[dkim.Signer, ...]) -> bool:
    records = {f"{s.dns_name}.".encode(): s.dns_value.encode() for s in signers}
    try:
        return bool(dkimpy.verify(octets, dnsfunc=lambda name, **_: records.get(name)))
    except dkimpy.DKIMException:
        return False


def test_dkimpy_accepts_either_signature_of_every_mail(signers: tuple[dkim.Signer, ...]) -> None:
    refused = [n for n, o in genuine(signers).items() if not dkimpy_accepts(o, signers)]
    assert refused == []


def test_dkimpy_refuses_whatever_is_changed_or_added(signers: tuple[dkim.Signer, ...]) -> None:
    accepted = [n for n, o in forged(signers).items() if dkimpy_accepts(o, signers)]
    assert accepted == []


def test_opendkim_accepts_either_signature_and_refuses_whatever_is_changed_or_added(
    signers: tuple[dkim.Signer, ...], tmp_path: Path
) -> None:
    mails_by_name = genuine(signers) | forged(signers)
    accepted = opendkim.accepted(mails_by_name, zone(signers), tmp_path)
    assert accepted == genuine(signers).keys()


def test_every_forgery_is_another_mail(signers: tuple[dkim.Signer, ...]) -> None:
    originals = {mails.octets("digest", (signer,)) for signer in signers}
    assert not originals & set(forged(signers).values())
