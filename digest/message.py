"""Subject, HTML and text -> the octets of one mail (RFC 5322, MIME), signed."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Sequence
from datetime import datetime
from email.utils import format_datetime, parseaddr
from functools import lru_cache
from hmac import compare_digest
from typing import NamedTuple

import idna

from digest import dkim
from digest.frames import Piece
from digest.macs import mac
from digest.papers import clean_text
from digest.quoted_printable import SOFT_BREAK
from digest.rendering import Mail

_PLAIN_PHRASE = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~ .-]*")
_ASCII = re.compile(r"[\x20-\x7e]*")
_ENCODED_WORD_OCTETS = 42
"""Octets of UTF-8 that fit into an encoded word of 75 characters (RFC 2047 section 2)."""
_LINE = 76
_METADATA = 80
"""Characters that Postmark keeps of a value."""
_PART_HEAD = (
    b"\r\nContent-Type: text/%b; charset=utf-8\r\n"
    b"Content-Transfer-Encoding: quoted-printable\r\n\r\n"
)
_VERP = re.compile(r"bounces\+(\d{1,18})\.([0-9a-f]{20})@", re.IGNORECASE)
_MESSAGE_ID = re.compile(r"<?(\d{1,18})\.([0-9a-f]{20})@", re.IGNORECASE)


class AddressError(ValueError):
    """The text is not an address that can stand in a header or envelope."""


class Letter(NamedTuple):
    """What the headers of a mail say, beyond subject and content."""

    sender: str
    """`Name <address>`."""
    recipient: str
    date: datetime
    message_id: str
    """With its angle brackets."""
    list_url: str
    """The front page: help, owner and archive of the list."""
    feedback_id: str = ""
    metadata_header: str = ""
    """A header that says the Message-ID once more, for a provider that makes one of its own."""


def build(mail: Mail, letter: Letter, signers: Sequence[dkim.Signer] = ()) -> bytes:
    """Return the complete message, lines ended by CRLF, none begun by a dot; same in, same out.

    Raises AddressError for an address that cannot be written.
    """
    boundary = "=_" + letter.message_id.strip("<>").split("@")[0].replace(".", "_")
    headers = _headers(mail, letter, boundary)
    body = _body(mail, boundary)
    signed: list[tuple[str, str]] = []
    if signers:
        prepared = dkim.prepare(headers, body)
        signed = [("DKIM-Signature", s.header(prepared, letter.date)) for s in signers]
    head = "".join(f"{name}: {value}\r\n" for name, value in [*signed, *headers])
    return head.encode("ascii") + b"\r\n" + body


def message_id(keys: Sequence[bytes], delivery_id: int, domain: str) -> str:
    """Return the Message-ID of a delivery: the same at every retry, guessed by nobody."""
    # The oldest key, so that a rotation between two tries changes nothing.
    return f"<{delivery_id}.{_mac(keys[-1], 'message', delivery_id)}@{domain}>"


def envelope_sender(keys: Sequence[bytes], delivery_id: int, domain: str) -> str:
    """Return the address that bounces of this delivery come back to (VERP), signed."""
    return f"bounces+{delivery_id}.{_mac(keys[0], 'bounce', delivery_id)}@{domain}"


def bounced_delivery(keys: Sequence[bytes], address: str) -> int | None:
    """Return the delivery that a bounce address names, or none when we never made it."""
    return _genuine(keys, "bounce", _VERP.match(address))


def delivery_of(keys: Sequence[bytes], message_id: str) -> int | None:
    """Return the delivery that a Message-ID names, or none when we never made it."""
    return _genuine(keys, "message", _MESSAGE_ID.match(message_id))


def _genuine(keys: Sequence[bytes], purpose: str, found: re.Match[str] | None) -> int | None:
    if not found:
        return None
    delivery_id, given = int(found[1]), found[2].lower()
    genuine = (_mac(key, purpose, delivery_id) for key in keys)
    return delivery_id if any(compare_digest(given, own) for own in genuine) else None


@lru_cache(maxsize=256)
def wire_address(address: str) -> str:
    """Return an address as it goes over the wire, its domain in A-labels (RFC 5891).

    Raises AddressError when it needs SMTPUTF8 (RFC 6531) or could break a header.
    """
    local, _, domain = address.rpartition("@")
    try:
        wire = f"{local}@{domain if domain.isascii() else idna.encode(domain, uts46=True).decode()}"
    except idna.IDNAError as error:
        raise AddressError(f"the domain of {address!r} cannot be written: {error}") from None
    if not local or not domain or not wire.isascii() or re.search(r'[\s<>()"\x00-\x1f\x7f]', wire):
        raise AddressError(f"{address!r} cannot stand in a mail header")
    return wire


def domain_of(sender: str) -> str:
    """Return the domain of `Name <address>`, in A-labels."""
    return _sender(sender)[1].rpartition("@")[2]


@lru_cache(maxsize=64)
def _sender(text: str) -> tuple[str, str]:
    name, address = parseaddr(text)
    return name, wire_address(address)


def _headers(mail: Mail, letter: Letter, boundary: str) -> list[tuple[str, str]]:
    name, address = _sender(letter.sender)
    headers = [
        ("From", _mailbox(name, address)),
        ("To", wire_address(letter.recipient)),
        ("Subject", _unstructured("Subject", mail.subject)),
        ("Date", _date(letter.date)),
        ("Message-ID", letter.message_id),
        ("Reply-To", address),
        ("MIME-Version", "1.0"),
        ("Content-Type", f'multipart/alternative;\r\n boundary="{boundary}"'),
        ("Auto-Submitted", "auto-generated"),
        ("X-Auto-Response-Suppress", "All"),
    ]
    if letter.metadata_header:
        headers.append((letter.metadata_header, letter.message_id.strip("<>")[:_METADATA]))
    return headers + _list_headers(mail.unsubscribe_url, letter, name, address)


def _list_headers(
    unsubscribe_url: str, letter: Letter, name: str, address: str
) -> list[tuple[str, str]]:
    """RFC 2369, 2919 and 8058; a URI is never folded or encoded, as its readers expect."""
    if not unsubscribe_url:
        return []
    domain = address.rpartition("@")[2]
    return [
        ("List-Id", f"{_phrase(name or 'digest')}\r\n <digest.{domain}>"),
        ("List-Unsubscribe", f"<{_uri(unsubscribe_url)}>"),
        ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
        ("List-Help", f"<{_uri(letter.list_url)}>"),
        ("List-Owner", f"<mailto:{address}>"),
        ("List-Archive", f"<{_uri(letter.list_url)}>"),
        ("List-Post", "NO"),
        *([("Feedback-ID", letter.feedback_id)] if letter.feedback_id else []),
    ]


def _body(mail: Mail, boundary: str) -> bytes:
    # A quoted-printable line never holds "=_", so the boundary cannot occur in a part.
    mark = f"--{boundary}".encode()
    octets: list[bytes] = []
    for kind, pieces in ((b"plain", mail.text_pieces), (b"html", mail.html_pieces)):
        octets += (mark, _PART_HEAD % kind)
        octets += [piece.octets for piece in pieces]
        # What ends in a soft line break wants a line to go on with.
        octets.append(b"\r\n\r\n" if _ends_softly(pieces) else b"\r\n")
    octets += (mark, b"--\r\n")
    return b"".join(octets)


def _ends_softly(pieces: Sequence[Piece]) -> bool:
    last = next((piece.octets for piece in reversed(pieces) if piece.octets), b"")
    return last.endswith(SOFT_BREAK)


_date = lru_cache(maxsize=64)(format_datetime)


@lru_cache(maxsize=64)
def _mailbox(name: str, address: str) -> str:
    return f"{_phrase(name)} <{address}>" if name else address


@lru_cache(maxsize=64)
def _phrase(text: str) -> str:
    text = clean_text(text)
    if not _ASCII.fullmatch(text):
        return _encoded_words(text)
    if _PLAIN_PHRASE.fullmatch(text) and "=?" not in text and "." not in text:
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


@lru_cache(maxsize=1024)
def _unstructured(name: str, text: str) -> str:
    text = clean_text(text)
    if not _ASCII.fullmatch(text) or "=?" in text or any(len(w) > 60 for w in text.split(" ")):
        return _encoded_words(text)
    lines, line = [], ""
    room = _LINE - len(name) - 2
    for word in text.split(" "):
        if line and len(line) + len(word) + 1 > room:
            lines.append(line)
            line, room = word, _LINE - 1
        else:
            line = f"{line} {word}" if line else word
    return "\r\n ".join([*lines, line])


def _encoded_words(text: str) -> str:
    octets, chunks = text.encode("utf-8", "replace"), []
    while octets:
        end = min(_ENCODED_WORD_OCTETS, len(octets))
        while end < len(octets) and octets[end] & 0xC0 == 0x80:
            end -= 1  # a character is never cut (RFC 2047 section 5)
        chunks.append(octets[:end])
        octets = octets[end:]
    return "\r\n ".join(f"=?utf-8?b?{b64encode(chunk).decode()}?=" for chunk in chunks)


def _uri(url: str) -> str:
    if not url.isascii() or re.search(r"[\s<>,\x00-\x1f\x7f]", url):
        raise AddressError(f"{url!r} cannot stand in a mail header")
    return url


def _mac(key: bytes, purpose: str, number: int) -> str:
    return mac(key, purpose, b"%d" % number)[:10].hex()
