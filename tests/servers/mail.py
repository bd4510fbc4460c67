"""A real SMTP server that keeps what it accepts, and answers wrongly on command."""

from __future__ import annotations

import asyncio
import email
import email.policy
import socket
from collections import defaultdict, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session, syntax

HANG_UP_AFTER_BODY = "hang up after body"


@dataclass
class MailServer:
    """Accepted mails, and answers waiting for RCPT and for the end of DATA, by recipient."""

    port: int = 0
    accepted: list[Envelope] = field(default_factory=list)
    at_rcpt: defaultdict[str, deque[str]] = field(default_factory=lambda: defaultdict(deque))
    at_data: defaultdict[str, deque[str]] = field(default_factory=lambda: defaultdict(deque))
    connections: int = 0
    watch: Callable[[str], None] = lambda _: None
    """Hears each phase as it is reached: ehlo, mail, rcpt, data, accepted, answered."""

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    @property
    def recipients(self) -> list[str]:
        return sorted(address for envelope in self.accepted for address in envelope.rcpt_tos)

    def messages(self) -> list[EmailMessage]:
        contents = [envelope.original_content or b"" for envelope in self.accepted]
        return [email.message_from_bytes(c, policy=email.policy.default) for c in contents]

    async def handle_EHLO(
        self, _server: SMTP, session: Session, _envelope: Envelope, name: str, responses: list[str]
    ) -> list[str]:
        self.connections += 1
        self.watch("ehlo")
        session.host_name = name
        return responses

    async def handle_MAIL(
        self,
        _server: SMTP,
        _session: Session,
        envelope: Envelope,
        address: str,
        _options: list[str],
    ) -> str:
        self.watch("mail")
        envelope.mail_from = address
        return "250 2.1.0 ok"

    async def handle_RCPT(
        self,
        _server: SMTP,
        _session: Session,
        envelope: Envelope,
        address: str,
        _options: list[str],
    ) -> str:
        self.watch("rcpt")
        waiting = self.at_rcpt[address]
        if waiting:
            return waiting.popleft()
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 ok"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:
        waiting = self.at_data[envelope.rcpt_tos[0]]
        answer = waiting.popleft() if waiting else "250 2.0.0 Ok: queued as TEST12345"
        if answer == HANG_UP_AFTER_BODY:
            self.accepted.append(envelope)
            transport: Any = server.transport
            transport.abort()
            return "250 never heard"
        if answer.startswith("2"):
            self.accepted.append(envelope)
            self.watch("accepted")
            asyncio.get_running_loop().call_later(0.001, self.watch, "answered")
        return answer


class _Watched(SMTP):
    """Tells of DATA before the body is let in."""

    @syntax("DATA")
    async def smtp_DATA(self, arg: str) -> None:
        self.event_handler.watch("data")
        await super().smtp_DATA(arg)


class _Controller(Controller):
    def factory(self) -> SMTP:
        return _Watched(self.handler, **self.SMTP_kwargs)


@contextmanager
def serve() -> Iterator[MailServer]:
    """Run the server on a loopback port for the length of the block."""
    server = MailServer()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        server.port = probe.getsockname()[1]
    controller = _Controller(server, hostname="127.0.0.1", port=server.port, data_size_limit=None)
    controller.start()
    try:
        yield server
    finally:
        controller.stop()
