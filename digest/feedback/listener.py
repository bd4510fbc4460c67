"""A small mail server for bounces and complaints: what it answers 250 to is committed."""

from __future__ import annotations

import asyncio
import logging
import ssl
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP, Envelope, Session
from sqlalchemy.exc import SQLAlchemyError

from digest.feedback.reports import LARGEST_OCTETS
from digest.message import bounced_delivery

COMPLAINTS = "complaints"
"""Before the @ of the address that takes complaints."""
_LONGEST_LINE = 100_000
"""Returned mail is not always broken into lines as RFC 5321 wants; refusing it would lose it."""

# It writes each line of every dialogue, addresses and all.
logging.getLogger("mail.log").setLevel(logging.WARNING)

Take = Callable[[bytes, Sequence[str]], None]
"""Reads and commits one mail with its envelope's recipients; runs in a thread."""


class CertificateUnusable(ValueError):
    """The certificate or its key cannot be read; the text says why."""


class _Smtp(SMTP):
    line_length_limit = _LONGEST_LINE


class _Lmtp(LMTP):
    line_length_limit = _LONGEST_LINE


@dataclass(frozen=True, slots=True)
class Listener:
    """Where it listens, and for whom."""

    host: str
    port: int
    is_lmtp: bool
    keys: tuple[bytes, ...]
    domain: str
    take: Take
    certificate: tuple[Path, ...] = ()
    """Its file, and that of its key unless it is the same; none: STARTTLS is not offered."""

    @classmethod
    def at(
        cls,
        url: str,
        keys: tuple[bytes, ...],
        domain: str,
        take: Take,
        certificate: tuple[Path, ...] = (),
    ) -> Self:
        """Return the listener for `lmtp://host:port` or `smtp://host:port`."""
        parts = urlsplit(url)
        host, port = parts.hostname or "127.0.0.1", parts.port or 0
        return cls(host, port, parts.scheme == "lmtp", keys, domain.casefold(), take, certificate)

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[int]:
        """Listen for the length of the block; yields the port.

        Raises CertificateUnusable, and OSError when the port is taken.
        """
        self._tls()
        loop = asyncio.get_running_loop()
        server = await loop.create_server(self._conversation, self.host, self.port)
        async with server:
            yield server.sockets[0].getsockname()[1]

    def _conversation(self) -> SMTP:
        protocol = _Lmtp if self.is_lmtp else _Smtp
        return protocol(
            self,
            data_size_limit=LARGEST_OCTETS,
            enable_SMTPUTF8=True,
            ident="digest feedback",
            timeout=120,
            # Read anew each time, so that a renewed certificate counts without a restart.
            tls_context=self._tls(),
        )

    def _tls(self) -> ssl.SSLContext | None:
        if not self.certificate:
            return None
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        try:
            # The empty password keeps OpenSSL from asking for one at the terminal.
            context.load_cert_chain(self.certificate[0], self.certificate[-1], password="")
        except OSError as error:
            files = ", ".join(map(str, self.certificate))
            raise CertificateUnusable(f"{files}: {error.strerror or error}") from None
        return context

    async def handle_EHLO(  # noqa: N802
        self,
        _server: SMTP,
        session: Session,
        _envelope: Envelope,
        host_name: str,
        responses: list[str],
    ) -> list[str]:
        session.host_name = host_name
        # aiosmtpd offers it under TLS, but nobody has a password here.
        return [line for line in responses if not line.startswith("250-AUTH")]

    async def handle_RCPT(  # noqa: N802
        self,
        _server: SMTP,
        _session: Session,
        envelope: Envelope,
        address: str,
        _options: list[str],
    ) -> str:
        if not self._is_ours(address):
            return "550 5.1.1 this address takes bounces of our own mail only"
        if envelope.rcpt_tos:
            # Each bounce address stands for one delivery, and LMTP wants an answer for each.
            return "452 4.5.3 one recipient a mail"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 ok"

    async def handle_DATA(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        try:
            octets: Any = envelope.original_content or b""
            await asyncio.to_thread(self.take, octets, tuple(envelope.rcpt_tos))
        except SQLAlchemyError as error:
            logging.getLogger(__name__).error("a report waits: %s", type(error).__name__)
            return "451 4.3.0 it cannot be kept now, try again later"
        return "250 2.0.0 read"

    def _is_ours(self, address: str) -> bool:
        if address.casefold() == f"{COMPLAINTS}@{self.domain}":
            return True
        return bounced_delivery(self.keys, address) is not None
