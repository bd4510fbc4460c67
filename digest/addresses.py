"""Addresses and networks as the limits see them: every spelling of one inbox, every host of one
household, counted together."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Self

import idna

_GMAIL = {"gmail.com", "googlemail.com"}
_HOUSEHOLD, _SITE_IPV4, _SITE_IPV6 = 64, 24, 48


def folded(address: str) -> str:
    """Return what all spellings that reach one inbox have in common.

    Case, a +tag (RFC 5233 section 1), Gmail's dots and the script of the domain do not count.
    Only for counting: nobody is mailed at, or subscribed as, a folded address.
    """
    local, _, domain = address.rpartition("@")
    local, domain = local.casefold(), _ascii(domain)
    bare = local.partition("+")[0] or local
    if domain in _GMAIL:
        return f"{bare.replace('.', '') or bare}@gmail.com"
    return f"{bare}@{domain}"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a request comes from."""

    host: str
    """One household: an IPv4 address, or the /64 of an IPv6 address."""
    network: str
    """Its neighbours too: the /24, or the /48."""

    @classmethod
    def of(cls, client: str) -> Self:
        """Return the origin of a client's address; one that cannot be read stands for itself."""
        try:
            parsed = ip_address(client.partition("%")[0])
        except ValueError:
            return cls(client[:64], client[:64])
        if isinstance(parsed, IPv6Address):
            if parsed.ipv4_mapped is None:
                return cls(_network(parsed, _HOUSEHOLD), _network(parsed, _SITE_IPV6))
            parsed = parsed.ipv4_mapped
        return cls(str(parsed), _network(parsed, _SITE_IPV4))


def _network(address: object, bits: int) -> str:
    return str(ip_network((str(address), bits), strict=False))


def _ascii(domain: str) -> str:
    try:
        return idna.encode(domain, uts46=True).decode().lower()
    except idna.IDNAError:
        return domain.casefold()
