"""A mail server on bare sockets that does one wrong thing at a chosen phase of the dialogue."""

from __future__ import annotations

import socket
import ssl
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from enum import StrEnum

_PAUSE_SECONDS = 0.002
"""Between the octets of a trickle."""
_STALL_SECONDS = 5.0
_HALF_A_BODY = 600


class Phase(StrEnum):
    """Where the dialogue stands: what the server is about to answer."""

    BANNER = "banner"
    EHLO = "ehlo"
    STARTTLS = "starttls"
    MAIL = "mail"
    RCPT = "rcpt"
    DATA = "data"
    BODY = "body"
    TERMINATOR = "terminator"
    ANSWERED = "answered"
    """The message was taken, and that was said; only to be watched."""


class Fault(StrEnum):
    LATER = "4xx"
    NEVER = "5xx"
    CLOSING = "421"
    DROP = "drop"
    """Hang up without an answer."""
    RESET = "reset"
    """Hang up so that whatever is on the way is lost too."""
    STALL = "stall"
    TRICKLE = "trickle"
    """The right answer, octet by octet."""
    GARBAGE = "garbage"
    ANSWER_AND_DROP = "answer, then drop"
    KEEP_AND_DROP = "accept, then drop"
    """Take the message and hang up without saying so (at other phases: as DROP)."""


_ANSWERS = {
    Fault.LATER: b"451 4.3.0 try again later\r\n",
    Fault.NEVER: b"554 5.3.0 no\r\n",
    Fault.CLOSING: b"421 4.3.2 closing\r\n",
    Fault.GARBAGE: b"\xff\x00hello?\r\n\r\n",
}


class _HungUp(Exception):
    pass


@dataclass
class FaultyServer:
    """Keeps whom it accepted mail for; has `faults_left` faults at `phase`, then is well."""

    phase: Phase | None = None
    fault: Fault = Fault.DROP
    faults_left: int = 0
    tls: ssl.SSLContext | None = None
    pipelining: bool = True
    accepted: list[str] = field(default_factory=list)
    connections: int = 0
    open_connections: int = 0
    url: str = ""
    watch: Callable[[Phase, str], None] = lambda _phase, _recipient: None
    """Hears each phase as it is reached, and for whom, where that is known."""
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def strikes(self, phase: Phase) -> Fault | None:
        with self._lock:
            if phase is not self.phase or self.faults_left == 0:
                return None
            self.faults_left -= 1
            return self.fault


class _Dialogue:
    """One connection, from the banner to the end."""

    def __init__(self, server: FaultyServer, connection: socket.socket) -> None:
        self.server = server
        self.socket = connection
        self.buffer = b""
        self.has_sender = False
        self.recipient = ""

    def hold(self) -> None:
        self.server.open_connections += 1
        with suppress(_HungUp, OSError):
            self.answer(Phase.BANNER, b"220 faults.example.org ESMTP\r\n")
            while True:
                self.obey(self.until(b"\r\n"))
        self.socket.close()
        self.server.open_connections -= 1

    def obey(self, line: bytes) -> None:
        verb, _, rest = line.decode("latin-1").strip().partition(" ")
        match verb.upper():
            case "EHLO":
                self.answer(Phase.EHLO, self.capabilities())
            case "STARTTLS":
                self.answer(Phase.STARTTLS, b"220 2.0.0 go ahead\r\n")
                assert self.server.tls is not None
                self.socket = self.server.tls.wrap_socket(self.socket, server_side=True)
            case "MAIL":
                self.has_sender = self.answer(Phase.MAIL, b"250 2.1.0 ok\r\n")
            case "RCPT":
                self.recipient = ""
                if not self.has_sender:
                    self.say(b"503 5.5.1 MAIL first\r\n")
                elif self.answer(Phase.RCPT, b"250 2.1.5 ok\r\n"):
                    self.recipient = rest.partition("<")[2].partition(">")[0]
            case "DATA":
                self.take()
            case "QUIT":
                raise _HungUp
            case _:
                self.say(b"250 2.0.0 ok\r\n")

    def capabilities(self) -> bytes:
        offered = b"250-faults.example.org\r\n"
        if self.server.pipelining:
            offered += b"250-PIPELINING\r\n"
        if self.server.tls and not isinstance(self.socket, ssl.SSLSocket):
            offered += b"250-STARTTLS\r\n"
        return offered + b"250 ENHANCEDSTATUSCODES\r\n"

    def take(self) -> None:
        """Receive a message, and accept it unless the fault is to refuse it."""
        if not self.recipient:
            self.say(b"554 5.5.1 no valid recipients\r\n")
            return
        if not self.answer(Phase.DATA, b"354 go on\r\n"):
            return
        self.more(_HALF_A_BODY)
        self.server.watch(Phase.BODY, self.recipient)
        fault = self.server.strikes(Phase.BODY)
        if fault and fault not in {Fault.TRICKLE, Fault.ANSWER_AND_DROP}:
            self.misbehave(fault, b"")
            raise _HungUp
        self.until(b"\r\n.\r\n")
        if fault is Fault.ANSWER_AND_DROP:
            raise _HungUp
        self.server.watch(Phase.TERMINATOR, self.recipient)
        fault = self.server.strikes(Phase.TERMINATOR)
        if fault in {None, Fault.TRICKLE, Fault.ANSWER_AND_DROP, Fault.KEEP_AND_DROP}:
            self.server.accepted.append(self.recipient)
        good = b"250 2.0.0 Ok: queued as FAULTY01\r\n"
        self.misbehave(fault, good) if fault else self.say(good)
        self.server.watch(Phase.ANSWERED, self.recipient)

    def answer(self, phase: Phase, right: bytes) -> bool:
        """Say the right thing, unless it is time for the fault; tell whether it was said."""
        self.server.watch(phase, self.recipient)
        fault = self.server.strikes(phase)
        if fault is None:
            self.say(right)
            return True
        return self.misbehave(fault, right)

    def misbehave(self, fault: Fault, right: bytes) -> bool:
        match fault:
            case Fault.TRICKLE:
                for octet in right:
                    self.say(bytes([octet]))
                    time.sleep(_PAUSE_SECONDS)
                return True
            case Fault.STALL:
                self.stall()
            case Fault.RESET:
                self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            case Fault.ANSWER_AND_DROP:
                self.say(right)
            case Fault.LATER | Fault.NEVER | Fault.GARBAGE:
                self.say(_ANSWERS[fault])
                return False
            case Fault.CLOSING:
                self.say(_ANSWERS[fault])
        raise _HungUp

    def stall(self) -> None:
        """Say nothing until the client hangs up."""
        self.socket.settimeout(_STALL_SECONDS)
        while self.socket.recv(65536):
            pass

    def until(self, end: bytes) -> bytes:
        while end not in self.buffer:
            self.more(len(self.buffer) + 1)
        found, _, self.buffer = self.buffer.partition(end)
        return found

    def more(self, octets: int) -> None:
        while len(self.buffer) < octets:
            received = self.socket.recv(65536)
            if not received:
                raise _HungUp
            self.buffer += received

    def say(self, text: bytes) -> None:
        self.socket.sendall(text)


@contextmanager
def serve(server: FaultyServer) -> Iterator[FaultyServer]:
    """Run the server on a loopback port for the length of the block."""
    with socket.create_server(("127.0.0.1", 0), backlog=64) as listening:
        server.url = f"smtp://127.0.0.1:{listening.getsockname()[1]}"
        thread = threading.Thread(target=_accept, args=(server, listening), daemon=True)
        thread.start()
        try:
            yield server
        finally:
            listening.shutdown(socket.SHUT_RDWR)
            thread.join()


def _accept(server: FaultyServer, listening: socket.socket) -> None:
    while True:
        try:
            connection, _ = listening.accept()
        except OSError:
            return
        server.connections += 1
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        threading.Thread(target=_Dialogue(server, connection).hold, daemon=True).start()
