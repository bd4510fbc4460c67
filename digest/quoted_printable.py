"""Quoted-printable (RFC 2045 section 6.7), written so that DKIM hashes it as it stands."""

from __future__ import annotations

import re
from binascii import b2a_qp

SOFT_BREAK = b"=\r\n"
_BLANK_AGAIN = re.compile(r"(?<=[ \t])[ \t]|\t")
_DROPPED = re.compile("[\x00\x1e\x1f]")
_DOTS_FIRST = re.compile(rb"^\.+", re.MULTILINE)
_ROOM = 75
"""Octets of a line that ends in a soft break."""


def encode(text: str) -> bytes:
    """Encode a run of text; what does not end a line ends with a soft line break.

    So runs join without another look. A tab, and a blank after another, is written as an escape,
    which leaves nothing for relaxed canonicalisation (RFC 6376 section 3.4.4) to change; so is a
    dot that begins a line, which leaves nothing for SMTP to double (RFC 5321 section 4.5.2).
    """
    return _without_dots_first(_encoded(text))


def encode_link(link: str) -> bytes:
    """Encode like `encode` what holds only visible ASCII and no "=", faster."""
    octets, rest = b"", link.encode()
    while rest:
        octets += rest[:_ROOM] + SOFT_BREAK
        rest = rest[_ROOM:]
    return _without_dots_first(octets)


def _without_dots_first(octets: bytes) -> bytes:
    if octets.startswith(b".") or b"\n." in octets:
        return _DOTS_FIRST.sub(lambda found: b"=2E=\r\n" * len(found[0]), octets)
    return octets


def _encoded(text: str) -> bytes:
    if not text:
        return b""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    lines = _DROPPED.sub("", lines)
    if "  " not in lines and "\t" not in lines:
        return _quoted(lines)
    # The escape of a control character takes the place, and the room, of the blank's.
    held = _BLANK_AGAIN.sub(lambda found: "\x1e" if found[0] == "\t" else "\x1f", lines)
    return _quoted(held).replace(b"=1E", b"=09").replace(b"=1F", b"=20")


def _quoted(lines: str) -> bytes:
    if lines.endswith("\n"):
        quoted = b2a_qp(lines.encode("utf-8", "replace"), istext=True)
    else:
        # The x keeps a place free for the "=" of the soft line break.
        quoted = b2a_qp((lines + "x").encode("utf-8", "replace"), istext=True)[:-1] + b"=\n"
    return quoted.replace(b"\n", b"\r\n")
