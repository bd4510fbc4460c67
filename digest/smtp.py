"""Handing a message over in two steps, so that the moment of no return can be recorded between.

`offer` does everything that cannot make the server accept: MAIL, RCPT, DATA, the body.
`conclude` writes the terminator and reads the answer. What fails in `offer` was surely not sent;
what fails in `conclude` without an answer may have been (RFC 1047).
"""

from __future__ import annotations

import os
import re
import smtplib
import socket
import ssl
from collections.abc import Generator, Iterable
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple, Protocol, TypeVar
from urllib.parse import unquote, urlsplit

from digest.config import Settings

T = TypeVar("T")
_ENHANCED = re.compile(r"([245]\.\d{1,3}\.\d{1,3})\b")
_QUEUE_ID = re.compile(r"(?:queued as|\bid=)\s*([\w.-]{5,})", re.IGNORECASE)
_NOT_XTEXT = re.compile(r"[^!-*,-<>-~]")
_MESSAGES_A_CONNECTION = 100


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server said."""

    code: int
    text: str

    @property
    def enhanced_code(self) -> str:
        """The RFC 3463 code at the start of the text, or ""."""
        found = _ENHANCED.match(self.text)
        return found[1] if found else ""

    @property
    def queue_id(self) -> str:
        found = _QUEUE_ID.search(self.text)
        return found[1] if found else ""


class Refused(Exception):
    """The server answered 4xx or 5xx before the terminator: surely not sent."""

    def __init__(self, answer: Answer, *, is_about_recipient: bool = True) -> None:
        super().__init__(f"{answer.code} {answer.text}")
        self.answer = answer
        self.is_about_recipient = is_about_recipient
        """Not when the server refused the connection, the login or the sender."""


class ConnectionFailed(Exception):
    """No connection, or lost before the terminator: surely not sent, and not the reader's fault."""


class AnswerLost(Exception):
    """The terminator was written and no answer came: it may have been sent."""


class Parcel(NamedTuple):
    """One message and its envelope."""

    sender: str
    recipient: str
    octets: bytes
    has_dots: bool = True
    """Whether a line may begin with a dot, which then has to be doubled."""


Dialogue = Generator[None, None, T]
"""A conversation that yields wherever it would wait for the server, and returns its outcome."""


class Connection(Protocol):
    def offer(self, parcel: Parcel) -> Dialogue[None]:
        """Do everything short of the terminator; raises Refused or ConnectionFailed."""
        ...

    def conclude(self) -> Dialogue[Answer]:
        """Write the terminator and return the answer; raises AnswerLost.

        Raises ConnectionFailed where the terminator could not be written: surely not sent.
        """
        ...

    def abandon(self) -> None:
        """Take back what was offered: close without the terminator."""
        ...

    def close(self) -> None: ...


class Transport(Protocol):
    def connect(self) -> Connection:
        """Return a connection; opens nothing before the first offer."""
        ...


def in_step(dialogues: Iterable[Dialogue[T]]) -> list[T | Refused | ConnectionFailed | AnswerLost]:
    """Hold many dialogues at once in one thread; return each outcome, or what it raised.

    Every round lets each dialogue say its next words, so all servers work at the same time.
    """
    open_ones = dict(enumerate(dialogues))
    outcomes: dict[int, T | Refused | ConnectionFailed | AnswerLost] = {}
    while open_ones:
        for number, dialogue in list(open_ones.items()):
            try:
                next(dialogue)
            except StopIteration as end:
                outcomes[number] = end.value
                del open_ones[number]
            except (Refused, ConnectionFailed, AnswerLost) as error:
                outcomes[number] = error
                del open_ones[number]
    return [outcomes[number] for number in range(len(outcomes))]


def transport(settings: Settings) -> Transport:
    """Return what DIGEST_SMTP_URL names."""
    if settings.outbox:
        return Outbox(settings.outbox)
    return SmtpServer.at(settings.smtp)


@dataclass(frozen=True, slots=True)
class Patience:
    """How many seconds to wait for a server; the defaults follow RFC 5321 section 4.5.3.2."""

    connect: float = 30.0
    command: float = 300.0
    answer: float = 600.0
    """For the answer to the terminator."""


@dataclass(frozen=True, slots=True)
class SmtpServer:
    """A mail server, its address and credentials."""

    host: str
    port: int
    user: str = ""
    password: str = ""
    is_tls: bool = False
    """TLS from the first octet (smtps); otherwise STARTTLS where offered, verified."""
    patience: Patience = Patience()

    @classmethod
    def at(cls, url: str) -> SmtpServer:
        parts = urlsplit(url)
        is_tls = parts.scheme == "smtps"
        return cls(
            host=parts.hostname or "localhost",
            port=parts.port or (465 if is_tls else 25),
            user=unquote(parts.username or ""),
            password=unquote(parts.password or ""),
            is_tls=is_tls,
        )

    def connect(self) -> Connection:
        return SmtpConnection(self)


class SmtpConnection:
    """One dialogue at a time with a server; opened when needed, renewed after many messages."""

    def __init__(self, server: SmtpServer) -> None:
        self._server = server
        self._smtp: smtplib.SMTP | None = None
        self._handed_over = 0

    def offer(self, parcel: Parcel) -> Dialogue[None]:
        try:
            smtp = self._opened()
            yield from self._envelope(smtp, parcel)
            _socket(smtp).sendall(_stuffed(parcel.octets) if parcel.has_dots else parcel.octets)
        except Refused:
            self._reset()
            raise
        except smtplib.SMTPResponseException as error:
            self.close()
            raise _turned_away(error) from error
        except (OSError, smtplib.SMTPException) as error:
            self.close()
            raise ConnectionFailed(str(error) or type(error).__name__) from error

    def conclude(self) -> Dialogue[Answer]:
        smtp = self._smtp
        if smtp is None:
            raise AnswerLost("nothing was offered")
        try:
            _socket(smtp).settimeout(self._server.patience.answer)
            _socket(smtp).sendall(b".\r\n")
        except (OSError, smtplib.SMTPException) as error:
            # Not all of it left, and half a terminator ends no message.
            self.abandon()
            raise ConnectionFailed(str(error) or type(error).__name__) from error
        try:
            yield
            code, text = smtp.getreply()
            _socket(smtp).settimeout(self._server.patience.command)
        except (OSError, smtplib.SMTPException) as error:
            self.close()
            raise AnswerLost(str(error) or type(error).__name__) from error
        if not 200 <= code < 600 or code // 100 == 3:
            self.close()
            raise AnswerLost(f"the answer makes no sense: {code} {text!r}")
        self._handed_over += 1
        if code == 421 or self._handed_over >= _MESSAGES_A_CONNECTION:
            self.close()
        return _answer(code, text)

    def abandon(self) -> None:
        # Inside DATA every command would become part of the body; hanging up is the only way out.
        smtp, self._smtp = self._smtp, None
        if smtp is not None:
            smtp.close()

    def close(self) -> None:
        smtp, self._smtp = self._smtp, None
        if smtp is not None:
            with suppress(OSError, smtplib.SMTPException):
                _socket(smtp).settimeout(2)
                smtp.docmd("QUIT")
            smtp.close()

    def _opened(self) -> smtplib.SMTP:
        if self._smtp is not None:
            return self._smtp
        server = self._server
        if server.is_tls:
            smtp: smtplib.SMTP = smtplib.SMTP_SSL(
                server.host, server.port, timeout=server.patience.connect, context=_trust()
            )
        else:
            smtp = smtplib.SMTP(server.host, server.port, timeout=server.patience.connect)
        try:
            smtp.ehlo_or_helo_if_needed()
            if not server.is_tls and smtp.has_extn("starttls"):
                smtp.starttls(context=_trust())
                smtp.ehlo()
            if server.user:
                smtp.login(server.user, server.password)
        except BaseException:
            smtp.close()
            raise
        _socket(smtp).settimeout(server.patience.command)
        # The terminator follows the body as a small packet of its own; it must not wait for an
        # acknowledgement that the other side delays by 40 ms.
        _socket(smtp).setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._smtp, self._handed_over = smtp, 0
        return smtp

    def _envelope(self, smtp: smtplib.SMTP, parcel: Parcel) -> Dialogue[None]:
        """Send MAIL, RCPT and DATA: together where the server allows it (RFC 2920)."""
        sender, recipient = _envelope_commands(parcel, takes_dsn=smtp.has_extn("dsn"))
        if not smtp.has_extn("pipelining"):
            for command, expected in ((sender, 250), (recipient, 250), ("DATA", 354)):
                smtp.putcmd(command)
                yield
                _expect(smtp.getreply(), expected, is_about_recipient=command is not sender)
            return
        smtp.send(f"{sender}\r\n{recipient}\r\nDATA\r\n")
        yield
        replies = [smtp.getreply() for _ in range(3)]
        if replies[2][0] == 354 and any(code // 100 != 2 for code, _ in replies[:2]):
            # The server waits for a message to nobody; it gets an empty one (section 3.1).
            smtp.send(".\r\n")
            smtp.getreply()
        for reply, expected, about in zip(
            replies, (250, 250, 354), (False, True, True), strict=True
        ):
            _expect(reply, expected, is_about_recipient=about)

    def _reset(self) -> None:
        if self._smtp is None:
            return
        try:
            code, _ = self._smtp.docmd("RSET")
        except (OSError, smtplib.SMTPException):
            code = 0
        if code != 250:
            self.close()


@dataclass(frozen=True, slots=True)
class Outbox:
    """Keeps each mail as a file instead of sending it, for a first look and for development."""

    folder: Path

    def connect(self) -> Connection:
        return _OutboxConnection(self.folder)


class _OutboxConnection:
    """Writes a draft when offered, and gives it its name when concluded."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._draft: Path | None = None

    def offer(self, parcel: Parcel) -> Dialogue[None]:
        yield from ()
        number = parcel.sender.partition("+")[2].partition(".")[0] or "0"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._draft = self._folder / f".{int(number):010d}.{os.getpid()}"
            self._draft.write_bytes(parcel.octets)
        except OSError as error:
            raise ConnectionFailed(str(error)) from error

    def conclude(self) -> Dialogue[Answer]:
        yield from ()
        draft, self._draft = self._draft, None
        if draft is None:
            raise AnswerLost("nothing was offered")
        name = draft.name.split(".")[1] + ".eml"
        try:
            draft.rename(self._folder / name)
        except OSError as error:
            raise AnswerLost(str(error)) from error
        return Answer(250, f"2.0.0 kept as {name}")

    def abandon(self) -> None:
        draft, self._draft = self._draft, None
        if draft is not None:
            draft.unlink(missing_ok=True)

    def close(self) -> None:
        self.abandon()


@lru_cache(maxsize=1)
def _trust() -> ssl.SSLContext:
    """Return the rules by which a server's certificate is believed; reading them takes 20 ms."""
    return ssl.create_default_context()


def _envelope_commands(parcel: Parcel, *, takes_dsn: bool) -> tuple[str, str]:
    """Return MAIL and RCPT.

    With `takes_dsn` they ask (RFC 3461) to hear of failures and delays, for whom they were, and to
    get back headers only; the envelope id is the signed part of the bounce address.
    """
    sender, recipient = f"MAIL FROM:<{parcel.sender}>", f"RCPT TO:<{parcel.recipient}>"
    if not takes_dsn:
        return sender, recipient
    token = parcel.sender.partition("+")[2].partition("@")[0]
    return (
        f"{sender} RET=HDRS" + (f" ENVID={_xtext(token)}" if token else ""),
        f"{recipient} NOTIFY=FAILURE,DELAY ORCPT=rfc822;{_xtext(parcel.recipient)}",
    )


def _xtext(text: str) -> str:
    """Encode ASCII as the value of such a parameter (RFC 3461 section 4)."""
    return _NOT_XTEXT.sub(lambda found: f"+{ord(found[0]):02X}", text)


def _expect(reply: tuple[int, bytes], expected: int, *, is_about_recipient: bool) -> None:
    code, text = reply
    if code == expected or (expected == 250 and code == 251):
        return
    if not 400 <= code < 600:
        raise ConnectionFailed(f"the server answered {code} {text!r} out of turn")
    raise Refused(_answer(code, text), is_about_recipient=is_about_recipient)


def _turned_away(error: smtplib.SMTPResponseException) -> Refused | ConnectionFailed:
    """Tell a refusal of the connection or the login from an answer that is none."""
    answer = _answer(error.smtp_code, error.smtp_error)
    if not 400 <= answer.code < 600:
        return ConnectionFailed(f"the server answered {answer.code} {answer.text!r} out of turn")
    return Refused(answer, is_about_recipient=False)


def _answer(code: int, text: bytes | str) -> Answer:
    said = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    # A NUL, which no database keeps, is no more than a blank.
    return Answer(code, " ".join(said.replace("\0", " ").split())[:500])


def _socket(smtp: smtplib.SMTP) -> ssl.SSLSocket:
    # smtplib types its socket as optional and private; after connecting it is there.
    found: ssl.SSLSocket | None = smtp.sock  # type: ignore[assignment]
    if found is None:
        raise smtplib.SMTPServerDisconnected("the connection is closed")
    return found


def _stuffed(octets: bytes) -> bytes:
    """Double the dot that begins a line (RFC 5321 section 4.5.2)."""
    stuffed = octets.replace(b"\r\n.", b"\r\n..")
    return b"." + stuffed if stuffed.startswith(b".") else stuffed
