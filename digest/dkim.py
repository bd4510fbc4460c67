"""DKIM signatures (RFC 6376), rsa-sha256 and ed25519-sha256 (RFC 8463) side by side."""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ed25519, padding, rsa

Headers = Sequence[tuple[str, str]]
"""Names and folded values, in the order of the message."""

_SIGNED = (
    "From",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "Reply-To",
    "MIME-Version",
    "Content-Type",
    "List-Id",
    "List-Help",
    "List-Owner",
    "List-Archive",
    "List-Post",
    "List-Unsubscribe",
    "List-Unsubscribe-Post",
    "Auto-Submitted",
    "Feedback-ID",
)
_OVERSIGNED = ("From", "To", "Subject", "Date", "List-Unsubscribe", "List-Unsubscribe-Post")
"""Named once more than they occur, so that a second one added on the way breaks the signature."""
_BLANKS = re.compile(r"[ \t]{2,}|\t")
_PADDING, _HASH = padding.PKCS1v15(), hashes.SHA256()
_RSA_BITS = 2048
_FILE_NAME = re.compile(r"(?P<selector>[a-z0-9-]+)\._domainkey\.(?P<domain>[a-z0-9.-]+)\.pem")

PrivateKey = rsa.RSAPrivateKey | ed25519.Ed25519PrivateKey


@dataclass(frozen=True, slots=True)
class Prepared:
    """What all signatures of one message are made over."""

    names: str
    """The folded `h=` tag."""
    headers: bytes
    """Canonicalised (RFC 6376 section 3.4.2), in the order of the names."""
    body_hash: str


@dataclass(frozen=True, slots=True)
class Signer:
    """One key under one selector of one domain."""

    domain: str
    selector: str
    key: PrivateKey

    @property
    def algorithm(self) -> str:
        return "rsa-sha256" if isinstance(self.key, rsa.RSAPrivateKey) else "ed25519-sha256"

    @property
    def dns_name(self) -> str:
        return f"{self.selector}._domainkey.{self.domain}"

    @property
    def dns_value(self) -> str:
        """The TXT record that publishes the key (RFC 6376 section 3.6.1)."""
        public = self.key.public_key()
        if isinstance(public, rsa.RSAPublicKey):
            octets = public.public_bytes(
                serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
            )
            return f"v=DKIM1; k=rsa; p={b64encode(octets).decode()}"
        raw = public.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
        return f"v=DKIM1; k=ed25519; p={b64encode(raw).decode()}"

    def header(self, prepared: Prepared, at: datetime) -> str:
        """Return the folded value of the DKIM-Signature header."""
        value = (
            f"v=1; a={self.algorithm}; c=relaxed/relaxed; d={self.domain};\r\n"
            f" s={self.selector}; t={int(at.timestamp())};\r\n"
            f" bh={prepared.body_hash};\r\n"
            f" h={prepared.names};\r\n b="
        )
        relaxed = "dkim-signature:" + value.replace("\r\n", "")
        signed = prepared.headers + relaxed.encode()
        signature = b64encode(self._sign(signed)).decode()
        return value + "\r\n ".join(signature[i : i + 72] for i in range(0, len(signature), 72))

    def _sign(self, octets: bytes) -> bytes:
        if isinstance(self.key, rsa.RSAPrivateKey):
            return self.key.sign(octets, _PADDING, _HASH)
        # RFC 8463 section 3: Ed25519 signs the SHA-256 hash, not the octets.
        return self.key.sign(hashlib.sha256(octets).digest())


def load(folder: Path | None) -> tuple[Signer, ...]:
    """Return the signers whose keys lie in `folder` as SELECTOR._domainkey.DOMAIN.pem."""
    if folder is None or not folder.is_dir():
        return ()
    found = ((path, _FILE_NAME.fullmatch(path.name)) for path in sorted(folder.glob("*.pem")))
    return tuple(
        Signer(name["domain"], name["selector"], _read(path)) for path, name in found if name
    )


def generate(folder: Path, domain: str, prefix: str) -> tuple[Signer, ...]:
    """Make an RSA and an Ed25519 key for `domain` and keep them in `folder`, mode 0600.

    Raises FileExistsError rather than overwrite a key that may be published already.
    """
    folder.mkdir(parents=True, exist_ok=True)
    signers = (
        Signer(domain, f"{prefix}r", rsa.generate_private_key(65537, _RSA_BITS)),
        Signer(domain, f"{prefix}e", ed25519.Ed25519PrivateKey.generate()),
    )
    for signer in signers:
        path = folder / f"{signer.dns_name}.pem"
        path.touch(mode=0o600, exist_ok=False)
        path.write_bytes(
            signer.key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
        )
    return signers


def prepare(headers: Headers, body: bytes) -> Prepared:
    """Canonicalise and hash a message once.

    The body must be one that relaxed canonicalisation (RFC 6376 section 3.4.4) leaves as it is: no
    two blanks in a row, none before a line end, no tab, and no empty line at its end.
    """
    named, folded = _named(frozenset(name.lower() for name, _ in headers))
    body_hash = b64encode(hashlib.sha256(body).digest()).decode()
    return Prepared(folded, _relaxed_headers(headers, named), body_hash)


@lru_cache(maxsize=64)
def _named(present: frozenset[str]) -> tuple[tuple[str, ...], str]:
    """Return which of the headers present are signed, and the folded `h=` tag."""
    named = tuple(name for name in _SIGNED if name.lower() in present)
    return named, _folded([*named, *_OVERSIGNED], ":")


def _relaxed_headers(headers: Headers, named: Sequence[str]) -> bytes:
    values = dict(headers)
    return b"".join(_relaxed(name, values[name]) for name in named)


@lru_cache(maxsize=512)
def _relaxed(name: str, value: str) -> bytes:
    """Canonicalise a header (RFC 6376 section 3.4.2); most are the same in every mail."""
    unfolded = value.replace("\r\n", "").strip()
    if "  " in unfolded or "\t" in unfolded:
        unfolded = _BLANKS.sub(" ", unfolded)
    return f"{name.lower()}:{unfolded}\r\n".encode()


def _folded(words: Sequence[str], separator: str) -> str:
    lines, line = [], ""
    for word in words:
        if line and len(line) + len(word) + 1 > 70:
            lines.append(line)
            line = ""
        line += word + separator
    return "\r\n ".join([*lines, line])[: -len(separator)]


def _read(path: Path) -> PrivateKey:
    key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, rsa.RSAPrivateKey | ed25519.Ed25519PrivateKey):
        raise ValueError(f"{path} holds neither an RSA nor an Ed25519 key")
    return key
