"""A small mail server for bounces and complaints: what it answers 250 to is committed."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
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

    @classmethod
    def at(cls, url: str, keys: tuple[bytes, ...], domain: str, take: Take) -> Self:
        """Return the listener for `lmtp://host:port` or `smtp://host:port`."""
        parts = urlsplit(url)
        host, port = parts.hostname or "127.0.0.1", parts.port or 0
        return cls(host, port, parts.scheme == "lmtp", keys, domain.casefold(), take)

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[int]:
        """Listen for the length of the block; yields the port. Raises OSError when it is taken."""
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
        )

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
