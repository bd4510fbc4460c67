"""A mailbox that bounces and complaints come to, read by IMAP; what was acted on is marked read."""

from __future__ import annotations

import imaplib
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Self
from urllib.parse import unquote, urlsplit

from digest.database import Database
from digest.feedback.acting import FeedbackCounts, act
from digest.feedback.reports import LARGEST_OCTETS, read

_TIMEOUT_SECONDS = 20.0
_MOST_AT_ONCE = 200
"""Mails of one round; the rest waits for the next."""
_LOCAL = {"localhost", "127.0.0.1", "::1"}


class MailboxUnreachable(Exception):
    """The mailbox cannot be opened or read; the text says why, without the password."""


@dataclass(frozen=True, slots=True)
class Mailbox:
    """Where it is, and how to open it."""

    host: str
    port: int
    user: str
    password: str
    folder: str
    is_tls: bool
    """TLS from the first octet (imaps); otherwise STARTTLS, which only this machine may lack."""

    @classmethod
    def at(cls, url: str) -> Self:
        """Return the mailbox at `imaps://user:password@host/Folder`; the folder may be left out."""
        parts = urlsplit(url)
        is_tls = parts.scheme == "imaps"
        return cls(
            host=parts.hostname or "localhost",
            port=parts.port or (993 if is_tls else 143),
            user=unquote(parts.username or ""),
            password=unquote(parts.password or ""),
            folder=unquote(parts.path.strip("/")) or "INBOX",
            is_tls=is_tls,
        )

    @contextmanager
    def opened(self) -> Iterator[imaplib.IMAP4]:
        """Open the folder for the length of the block; raises MailboxUnreachable."""
        try:
            imap = self._connected()
        except (OSError, imaplib.IMAP4.error) as error:
            raise MailboxUnreachable(f"{self.host}: {error or type(error).__name__}") from error
        try:
            imap.login(self.user, self.password)
            folder = self.folder.replace("\\", "\\\\").replace('"', '\\"')
            answer, said = imap.select(f'"{folder}"')
            if answer != "OK":
                raise MailboxUnreachable(f"{self.host} has no folder {self.folder}: {said!r}")
            yield imap
        except (OSError, imaplib.IMAP4.error) as error:
            raise MailboxUnreachable(f"{self.host}: {error or type(error).__name__}") from error
        finally:
            with suppress(OSError, imaplib.IMAP4.error):
                imap.logout()

    def _connected(self) -> imaplib.IMAP4:
        trust = ssl.create_default_context()
        if self.is_tls:
            return imaplib.IMAP4_SSL(
                self.host, self.port, ssl_context=trust, timeout=_TIMEOUT_SECONDS
            )
        imap = imaplib.IMAP4(self.host, self.port, timeout=_TIMEOUT_SECONDS)
        if "STARTTLS" in imap.capabilities:
            imap.starttls(trust)
        elif self.host not in _LOCAL:
            imap.shutdown()
            raise OSError("it offers no STARTTLS, and the password must not go in the clear")
        return imap


@dataclass(frozen=True, slots=True)
class Polled:
    mails: int
    feedback: FeedbackCounts


def poll(database: Database, keys: Sequence[bytes], mailbox: Mailbox, now: datetime) -> Polled:
    """Act on the unread mails of a mailbox, and mark each as read once that is committed.

    A crash between the two only means that it is read again, which changes nothing.
    Raises MailboxUnreachable.
    """
    mails, counts = 0, FeedbackCounts()
    with mailbox.opened() as imap:
        for number in _unread(imap)[:_MOST_AT_ONCE]:
            counts += act(database, keys, read(_octets(imap, number), keys), now)
            imap.uid("STORE", number, "+FLAGS.SILENT", r"(\Seen)")
            mails += 1
    return Polled(mails, counts)


def _unread(imap: imaplib.IMAP4) -> list[str]:
    _, found = imap.uid("SEARCH", "UNSEEN", "SMALLER", str(LARGEST_OCTETS))
    return [number.decode() for number in (found[0] or b"").split()]


def _octets(imap: imaplib.IMAP4, number: str) -> bytes:
    _, answers = imap.uid("FETCH", number, "(BODY.PEEK[])")
    parts = [answer[1] for answer in answers if isinstance(answer, tuple)]
    return bytes(parts[0]) if parts else b""
