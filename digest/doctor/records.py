"""What DNS says about the sender's domain: DKIM, SPF, DMARC, and where bounces go."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

import dns.exception
import dns.resolver

from digest import dkim
from digest.config import Settings
from digest.doctor.findings import Finding, doubtful, ok, wrong
from digest.message import domain_of


def mail_records(settings: Settings, resolver: dns.resolver.Resolver) -> Iterator[Finding]:
    """Compare what is published with what mails are sent with."""
    domain = domain_of(settings.from_)
    try:
        yield from _dkim(settings, resolver, domain)
        yield _spf(settings, _texts(resolver, domain), domain)
        yield _dmarc(resolver, domain)
        yield _way_back(settings, resolver, domain)
    except dns.exception.DNSException as error:
        yield doubtful("DNS", f"gives no answer ({error}); look again later")


def _dkim(settings: Settings, resolver: dns.resolver.Resolver, domain: str) -> Iterator[Finding]:
    try:
        signers = dkim.load(settings.dkim_dir)
    except (OSError, ValueError) as error:
        yield wrong("DKIM", f"a key in DIGEST_DKIM_DIR cannot be read: {error}")
        return
    if not signers:
        yield doubtful(
            "DKIM",
            "mails are not signed, unless your mail server does it; run `digest dkim keygen`, "
            "publish what it prints, and set DIGEST_DKIM_DIR",
        )
    for signer in signers:
        if domain != signer.domain and not domain.endswith(f".{signer.domain}"):
            yield wrong(
                "DKIM",
                f"{signer.dns_name} is not a key of {domain}, the domain in DIGEST_FROM, so DMARC "
                "does not count it; make one with `digest dkim keygen`",
            )
        else:
            yield _published(signer, _texts(resolver, signer.dns_name))


def _published(signer: dkim.Signer, texts: list[str]) -> Finding:
    record = f"{signer.dns_name}  TXT  {signer.dns_value}"
    if not texts:
        return wrong("DKIM", f"{signer.dns_name} is not published; publish\n{record}")
    if len(texts) > 1:
        return wrong("DKIM", f"{signer.dns_name} has {len(texts)} records; leave only\n{record}")
    if _public_key(texts[0]) != _public_key(signer.dns_value):
        return wrong(
            "DKIM", f"{signer.dns_name} publishes another key than ours; publish\n{record}"
        )
    return ok("DKIM", f"{signer.dns_name} is published")


def _public_key(record: str) -> str:
    tags = dict(tag.partition("=")[::2] for tag in re.sub(r"\s", "", record).split(";"))
    return tags.get("p", "")


def _spf(settings: Settings, texts: list[str], domain: str) -> Finding:
    found = [text for text in texts if text.lower().split(" ")[0] == "v=spf1"]
    if len(found) == 1:
        return ok("SPF", f"{domain} has a record: {found[0]}")
    if found:
        return wrong("SPF", f"{domain} has {len(found)} records, and only one may be; join them")
    state = doubtful if _sends_in_its_own_name(settings) else wrong
    return state(
        "SPF",
        f"{domain} has no record; publish, or as your mail provider says,\n"
        f"{domain}  TXT  v=spf1 a:YOUR-MAIL-SERVER -all",
    )


def _dmarc(resolver: dns.resolver.Resolver, domain: str) -> Finding:
    labels = domain.split(".")
    parents = (".".join(labels[start:]) for start in range(max(len(labels) - 1, 1)))
    for parent in parents:
        if any(text.startswith("v=DMARC1") for text in _texts(resolver, f"_dmarc.{parent}")):
            return ok("DMARC", f"_dmarc.{parent} has a record")
    return wrong(
        "DMARC",
        f"_dmarc.{domain} is not published; large providers want it. Publish\n"
        f"_dmarc.{domain}  TXT  v=DMARC1; p=none",
    )


def _way_back(settings: Settings, resolver: dns.resolver.Resolver, domain: str) -> Finding:
    has_records = partial(_has, resolver, domain)
    if any(map(has_records, ("MX", "A", "AAAA"))):
        return ok("bounces", f"mail to bounces+…@{domain} finds a server")
    remedy = f"publish an MX record for {domain}; some servers refuse senders that take no bounces"
    state = doubtful if _sends_in_its_own_name(settings) else wrong
    return state("bounces", f"mail to bounces+…@{domain} finds no server; {remedy}")


def _sends_in_its_own_name(settings: Settings) -> bool:
    """Whether a provider sends for us, which may put its own domain on the envelope."""
    return bool(
        settings.ses_topic
        or settings.postmark_webhook
        or settings.sendgrid_webhook_key
        or settings.mailgun_signing_key
    )


def _has(resolver: dns.resolver.Resolver, name: str, kind: str) -> bool:
    try:
        resolver.resolve(name, kind)
    except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
        return False
    return True


def _texts(resolver: dns.resolver.Resolver, name: str) -> list[str]:
    try:
        answer = resolver.resolve(name, "TXT")
    except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
        return []
    return [b"".join(record.strings).decode("utf-8", "replace") for record in answer]
