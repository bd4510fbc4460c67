"""Amazon SES tells through SNS: the signature of SNS is checked, then SES's notification read."""

from __future__ import annotations

import re
from base64 import b64decode
from binascii import Error as Base64Error
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import httpx
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA1, SHA256, HashAlgorithm
from cryptography.x509 import load_pem_x509_certificate

from digest.deliveries.answers import Blame
from digest.enums import FeedbackKind
from digest.feedback.events import Event, nameless, proven_delivery, telling_code
from digest.feedback.providers import NotGenuine, at, given_up, parsed, text

_PATH = r"/SimpleNotificationService-[0-9a-f]{8,64}\.pem"
_HASHES: dict[str, HashAlgorithm] = {"1": SHA1(), "2": SHA256()}  # noqa: S303 SNS's version 1
_SIGNED = {
    "Notification": ("Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"),
    "SubscriptionConfirmation": (
        *("Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"),
    ),
}
_SIGNED["UnsubscribeConfirmation"] = _SIGNED["SubscriptionConfirmation"]
_LARGEST_ANSWER = 64 * 1024
_MOST_CERTIFICATES = 8


class AmazonUnreachable(Exception):
    """Amazon could not be asked for its certificate: the notification should come again."""


def fetch(url: str) -> bytes:
    """GET from Amazon: bounded in time and size, no redirects; raises AmazonUnreachable."""
    try:
        with httpx.stream("GET", url, timeout=5) as answer:
            answer.raise_for_status()
            body = bytearray()
            for piece in answer.iter_bytes():
                body += piece
                if len(body) > _LARGEST_ANSWER:
                    raise AmazonUnreachable("its answer is too large")
    except httpx.HTTPError as error:
        raise AmazonUnreachable(type(error).__name__) from error
    return bytes(body)


@dataclass(slots=True)
class Topic:
    """The SNS topic that SES publishes to, and the keys that Amazon signs it with."""

    arn: str
    fetch: Callable[[str], bytes] = fetch
    _keys: dict[str, RSAPublicKey] = field(default_factory=dict)

    def read(self, body: bytes, keys: Sequence[bytes]) -> tuple[Event, ...]:
        """Return what a genuine notification of this topic says; confirms our subscription to it.

        Raises NotGenuine for what Amazon has not signed, Unreadable for what it cannot mean,
        AmazonUnreachable when its certificate cannot be had.
        """
        value = parsed(body)
        if text(value, "TopicArn") != self.arn:
            raise NotGenuine("another topic")
        self._check(value)
        match text(value, "Type"):
            case "SubscriptionConfirmation":
                self._confirm(text(value, "SubscribeURL"))
                return ()
            case "Notification":
                return tuple(_events(value, parsed(text(value, "Message").encode()), keys))
            case _:
                return ()

    def _check(self, value: Any) -> None:
        names = _SIGNED.get(text(value, "Type"))
        algorithm = _HASHES.get(text(value, "SignatureVersion"))
        if names is None or algorithm is None:
            raise NotGenuine("an unknown type or signature version")
        lines = (f"{n}\n{text(value, n)}\n" for n in names if at(value, n) is not None)
        signed = "".join(lines).encode("utf-8", "surrogatepass")
        try:
            signature = b64decode(text(value, "Signature"), validate=True)
            key = self._key(text(value, "SigningCertURL"))
            key.verify(signature, signed, PKCS1v15(), algorithm)
        except (InvalidSignature, Base64Error, ValueError):
            raise NotGenuine("wrong signature") from None

    def _key(self, url: str) -> RSAPublicKey:
        if not re.fullmatch(re.escape(self._host) + _PATH, url):
            raise NotGenuine("the certificate is not at Amazon's")
        if url not in self._keys:
            key = load_pem_x509_certificate(self.fetch(url)).public_key()
            if not isinstance(key, RSAPublicKey):
                raise NotGenuine("the certificate holds no RSA key")
            if len(self._keys) >= _MOST_CERTIFICATES:
                self._keys.clear()
            self._keys[url] = key
        return self._keys[url]

    def _confirm(self, url: str) -> None:
        if not url.startswith(f"{self._host}/?Action=ConfirmSubscription&"):
            raise NotGenuine("the confirmation is not at Amazon's")
        self.fetch(url)

    @property
    def _host(self) -> str:
        """The only server that signs for this topic: that of its region."""
        _, partition, _, region, *_ = self.arn.split(":")
        return f"https://sns.{region}.amazonaws.com" + (".cn" if partition == "aws-cn" else "")


def _events(envelope: Any, value: Any, keys: Sequence[bytes]) -> Iterator[Event]:
    recipient = _recipient(value)
    said = text(recipient, "diagnosticCode")
    code = telling_code(text(recipient, "status"), said)
    kind, blame = _outcome(value, code)
    if kind is not None:
        yield Event(
            source="ses",
            id=text(envelope, "MessageId"),
            kind=kind,
            delivery_id=proven_delivery(keys, _proofs(value)),
            blame=blame,
            recipient=text(recipient, "emailAddress"),
            enhanced_code=code,
            text=nameless(said),
        )


def _outcome(value: Any, code: str) -> tuple[FeedbackKind | None, Blame]:
    match text(value, "notificationType") or text(value, "eventType"):
        case "Send" | "Delivery":
            return FeedbackKind.DELIVERED, Blame.NOBODY
        case "DeliveryDelay":
            return FeedbackKind.DELAYED, Blame.NOBODY
        case "Reject":
            return FeedbackKind.BOUNCED, Blame.OURS
        case "Complaint" if text(value, "complaint", "complaintFeedbackType") != "not-spam":
            return FeedbackKind.COMPLAINED, Blame.NOBODY
        case "Bounce":
            return FeedbackKind.BOUNCED, _blame(text(value, "bounce", "bounceType"), code)
        case _:
            return None, Blame.NOBODY


def _blame(bounce_type: str, code: str) -> Blame:
    if bounce_type == "Permanent":
        return given_up(code, Blame.ADDRESS)
    return Blame.NOBODY if bounce_type == "Transient" else Blame.UNKNOWN


def _recipient(value: Any) -> Any:
    """Return the one recipient that our mails have."""
    for part, name in (("bounce", "bouncedRecipients"), ("complaint", "complainedRecipients")):
        found = at(value, part, name)
        if isinstance(found, list) and found:
            return found[0]
    return None


def _proofs(value: Any) -> list[str]:
    """Return what may carry our signature: the envelope's sender, and the headers SES was given."""
    headers = at(value, "mail", "headers")
    named = [
        text(header, "value")
        for header in (headers if isinstance(headers, list) else [])
        if text(header, "name").lower() == "message-id"
    ]
    return [
        text(value, "mail", "source"),
        text(value, "mail", "commonHeaders", "messageId"),
        *named,
    ]
