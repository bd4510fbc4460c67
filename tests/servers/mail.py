"""A real SMTP server that keeps what it accepts, and answers wrongly on command."""

from __future__ import annotations

import email
import email.policy
import socket
from collections import defaultdict, deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

HANG_UP_AFTER_BODY = "hang up after body"


@dataclass
class MailServer:
    """Accepted mails, and answers waiting for RCPT and for the end of DATA, by recipient."""

    port: int = 0
    accepted: list[Envelope] = field(default_factory=list)
    at_rcpt: defaultdict[str, deque[str]] = field(default_factory=lambda: defaultdict(deque))
    at_data: defaultdict[str, deque[str]] = field(default_factory=lambda: defaultdict(deque))
    connections: int = 0

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
        session.host_name = name
        return responses

    async def handle_RCPT(
        self,
        _server: SMTP,
        _session: Session,
        envelope: Envelope,
        address: str,
        _options: list[str],
    ) -> str:
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
        return answer


@contextmanager
def serve() -> Iterator[MailServer]:
    """Run the server on a loopback port for the length of the block."""
    server = MailServer()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        server.port = probe.getsockname()[1]
    controller = Controller(server, hostname="127.0.0.1", port=server.port, data_size_limit=None)
    controller.start()
    try:
        yield server
    finally:
        controller.stop()
