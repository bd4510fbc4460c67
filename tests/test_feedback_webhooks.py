"""Webhooks of providers: real signatures count once, everything else changes nothing."""

from __future__ import annotations

import email
import hmac
import json
from base64 import b64encode
from collections.abc import Callable, Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA1, SHA256
from cryptography.x509.oid import NameOID
from fastapi.testclient import TestClient
from sqlalchemy import func, select

from digest.config import Settings
from digest.database import Database
from digest.deliveries import Composer, plan_mail, read_jobs
from digest.enums import DeliveryStatus, MailKind, SubscriberStatus
from digest.feedback import ses
from digest.message import delivery_of, envelope_sender, message_id
from digest.models import Delivery, FeedbackEvent
from digest.web import create_app
from tests.factories import NOW
from tests.test_feedback import delivery, reader, status, who

DOMAIN = "papers.example.com"
ARN = "arn:aws:sns:eu-west-1:123456789012:bounces"
CERTIFICATE = "https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-0123456789abcdef.pem"
CREDENTIALS = "postmark:0123456789abcdef"
MAILGUN_KEY = "key-0123456789abcdef"
SENDGRID = ec.generate_private_key(ec.SECP256R1())
AMAZON = rsa.generate_private_key(public_exponent=65537, key_size=2048)
STRANGER = rsa.generate_private_key(public_exponent=65537, key_size=2048)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    public = SENDGRID.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return Settings(
        data_dir=tmp_path,
        ses_topic=ARN,
        postmark_webhook=CREDENTIALS,
        sendgrid_webhook_key=b64encode(public).decode(),
        mailgun_signing_key=MAILGUN_KEY,
    )


class Amazon:
    """A real HTTP server in the place of sns.eu-west-1.amazonaws.com."""

    def __init__(self) -> None:
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "sns.amazonaws.com")])
        self.certificate = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(AMAZON.public_key())
            .serial_number(1)
            .not_valid_before(NOW - timedelta(days=1))
            .not_valid_after(NOW + timedelta(days=1))
            .sign(AMAZON, SHA256())
            .public_bytes(serialization.Encoding.PEM)
        )
        self.requests: list[str] = []
        amazon = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                amazon.requests.append(self.path)
                self.send_response(200)
                self.end_headers()
                self.wfile.write(amazon.certificate)

            def log_message(self, *_: Any) -> None: ...

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        Thread(target=self.server.serve_forever, daemon=True).start()

    def fetch(self, url: str) -> bytes:
        assert url.startswith("https://sns.eu-west-1.amazonaws.com/")
        here = f"http://127.0.0.1:{self.server.server_address[1]}"
        return ses.fetch(url.replace("https://sns.eu-west-1.amazonaws.com", here))


@pytest.fixture
def amazon() -> Iterator[Amazon]:
    running = Amazon()
    yield running
    running.server.shutdown()
    running.server.server_close()


@pytest.fixture
def web(sqlite: Database, settings: Settings, amazon: Amazon) -> Iterator[TestClient]:
    app = create_app(settings, sqlite, lambda _: None, lambda: NOW)
    app.state.ses_topic = ses.Topic(ARN, amazon.fetch)
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def number(sqlite: Database) -> int:
    """A delivery that was sent to reader@example.org."""
    return delivery(sqlite, reader(sqlite, address="reader@example.org"))


Post = Callable[..., httpx.Response]
"""Posts what a provider would, genuinely unless told otherwise."""


def sns(value: Any, key: rsa.RSAPrivateKey = AMAZON, **changes: str) -> dict[str, str]:
    """An SNS message around a notification, signed as Amazon documents it."""
    envelope = {
        "Type": "Notification",
        "MessageId": "22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324",
        "TopicArn": ARN,
        "Message": json.dumps(value),
        "Timestamp": "2026-06-03T09:30:00.000Z",
        "SignatureVersion": "2",
        "SigningCertURL": CERTIFICATE,
    } | changes
    is_notification = envelope["Type"] == "Notification"
    order = ["Message", "MessageId", *(["Subject"] if is_notification else ["SubscribeURL"])]
    order += ["Timestamp", *([] if is_notification else ["Token"]), "TopicArn", "Type"]
    signed = "".join(f"{name}\n{envelope[name]}\n" for name in order if name in envelope)
    algorithm = SHA1() if envelope["SignatureVersion"] == "1" else SHA256()
    signature = key.sign(signed.encode(), padding.PKCS1v15(), algorithm)
    return envelope | {"Signature": b64encode(signature).decode()}


def ses_bounce(keys: tuple[bytes, ...], number: int, **bounce: Any) -> dict[str, Any]:
    recipient = {"emailAddress": "reader@example.org", "status": "5.1.1", "action": "failed"}
    bounce = {"bounceType": "Permanent", "bouncedRecipients": [recipient]} | bounce
    source = envelope_sender(keys, number, DOMAIN)
    return {"notificationType": "Bounce", "bounce": bounce, "mail": {"source": source}}


def sendgrid_post(web: TestClient, events: Any, *, signed: bytes | None = None) -> httpx.Response:
    body = json.dumps(events).encode()
    signature = SENDGRID.sign(b"1780479000" + (signed or body), ec.ECDSA(SHA256()))
    headers = {
        "X-Twilio-Email-Event-Webhook-Signature": b64encode(signature).decode(),
        "X-Twilio-Email-Event-Webhook-Timestamp": "1780479000",
    }
    return web.post("/webhooks/sendgrid", content=body, headers=headers)


def mailgun_post(
    web: TestClient, event: Any, *, key: str = MAILGUN_KEY, age: float = 0
) -> httpx.Response:
    timestamp, token = str(int(NOW.timestamp() - age)), "t" * 50
    signature = hmac.new(key.encode(), f"{timestamp}{token}".encode(), "sha256").hexdigest()
    signed = {"timestamp": timestamp, "token": token, "signature": signature}
    return web.post("/webhooks/mailgun", json={"signature": signed, "event-data": event})


def postmark_post(web: TestClient, event: Any, credentials: str = CREDENTIALS) -> httpx.Response:
    encoded = b64encode(credentials.encode()).decode()
    return web.post("/webhooks/postmark", json=event, headers={"Authorization": f"Basic {encoded}"})


def post(web: TestClient, provider: str, kind: str, named: str, **how: Any) -> httpx.Response:
    """Post a provider's event of a kind (hard, complained, delivered) about a Message-ID."""
    address = "reader@example.org"
    if provider == "sendgrid":
        event = {"hard": "bounce", "complained": "spamreport", "delivered": "delivered"}[kind]
        record = {"event": event, "type": "bounce", "status": "5.1.1", "email": address}
        return sendgrid_post(web, [record | {"smtp-id": named, "sg_event_id": kind}], **how)
    if provider == "mailgun":
        event = {"hard": "failed", "complained": "complained", "delivered": "delivered"}[kind]
        record = {"event": event, "severity": "permanent", "recipient": address, "id": kind}
        headers = {"headers": {"message-id": named.strip("<>")}}
        return mailgun_post(web, record | {"message": headers}, **how)
    if provider == "postmark":
        record = {
            "hard": {"RecordType": "Bounce", "Type": "HardBounce", "ID": 1},
            "complained": {"RecordType": "SpamComplaint", "ID": 2},
            "delivered": {"RecordType": "Delivery", "MessageID": "883953f4"},
        }[kind]
        metadata = {"Metadata": {"delivery": named.strip("<>")}, "Email": address}
        return postmark_post(web, record | metadata, **how)
    value = {
        "hard": {
            "notificationType": "Bounce",
            "bounce": {
                "bounceType": "Permanent",
                "bouncedRecipients": [{"emailAddress": address, "status": "5.1.1"}],
            },
        },
        "complained": {"notificationType": "Complaint", "complaint": {}},
        "delivered": {"eventType": "Delivery", "delivery": {}},
    }[kind] | {"mail": {"commonHeaders": {"messageId": named}}}
    return web.post("/webhooks/ses", json=sns(value, MessageId=kind, **how))


PROVIDERS = ["ses", "postmark", "sendgrid", "mailgun"]


@pytest.mark.parametrize("provider", PROVIDERS)
@pytest.mark.parametrize(
    ("kind", "expected", "of_reader"),
    [
        ("hard", DeliveryStatus.BOUNCED, SubscriberStatus.SUPPRESSED),
        ("complained", DeliveryStatus.COMPLAINED, SubscriberStatus.SUPPRESSED),
        ("delivered", DeliveryStatus.SENT, SubscriberStatus.ACTIVE),
    ],
)
def test_what_a_provider_signs_settles_the_delivery_it_names(
    web: TestClient,
    sqlite: Database,
    settings: Settings,
    provider: str,
    kind: str,
    expected: DeliveryStatus,
    of_reader: SubscriberStatus,
) -> None:
    mine = reader(sqlite, address="reader@example.org")
    uncertain = delivery(sqlite, mine, DeliveryStatus.UNCERTAIN)
    answer = post(web, provider, kind, message_id(settings.keys, uncertain, DOMAIN))
    assert (answer.status_code, answer.json()) == (200, {"applied": 1, "known": 0})
    assert status(sqlite, uncertain) is expected
    assert who(sqlite, mine).status is of_reader


@pytest.mark.parametrize("provider", PROVIDERS)
def test_what_is_told_twice_is_answered_twice_and_done_once(
    web: TestClient, sqlite: Database, settings: Settings, number: int, provider: str
) -> None:
    named = message_id(settings.keys, number, DOMAIN)
    post(web, provider, "hard", named)
    again = post(web, provider, "hard", named)
    assert (again.status_code, again.json()) == (200, {"applied": 0, "known": 1})
    with sqlite.read() as session:
        assert session.scalar(select(func.count(FeedbackEvent.id))) == 1


@pytest.mark.parametrize("provider", PROVIDERS)
def test_an_event_about_a_mail_that_is_not_ours_changes_nothing(
    web: TestClient, sqlite: Database, number: int, provider: str
) -> None:
    answer = post(web, provider, "hard", message_id((b"s" * 32,), number, DOMAIN))
    assert (answer.status_code, answer.json()) == (200, {"applied": 0, "known": 0})
    assert status(sqlite, number) is DeliveryStatus.SENT


@pytest.mark.parametrize(
    ("provider", "how"),
    [
        ("postmark", {"credentials": "postmark:wrong"}),
        ("postmark", {"credentials": ""}),
        ("sendgrid", {"signed": b"[]"}),
        ("mailgun", {"key": "another"}),
        ("mailgun", {"age": 90_000}),
        ("mailgun", {"age": -90_000}),
        ("ses", {"key": STRANGER}),
        ("ses", {"SignatureVersion": "3"}),
        ("ses", {"TopicArn": ARN + "-of-somebody-else"}),
        ("ses", {"SigningCertURL": CERTIFICATE.replace("amazonaws.com", "example.com")}),
        ("ses", {"SigningCertURL": CERTIFICATE.replace("https", "http")}),
        ("ses", {"SigningCertURL": CERTIFICATE.replace("eu-west-1", "us-east-1")}),
        ("ses", {"SigningCertURL": CERTIFICATE.replace("/Simple", "/x@example.com/Simple")}),
    ],
)
def test_what_is_not_genuine_is_refused_and_changes_nothing(
    web: TestClient,
    sqlite: Database,
    settings: Settings,
    number: int,
    provider: str,
    how: dict[str, Any],
) -> None:
    answer = post(web, provider, "hard", message_id(settings.keys, number, DOMAIN), **how)
    assert answer.status_code == 403
    assert status(sqlite, number) is DeliveryStatus.SENT


@pytest.mark.parametrize("provider", PROVIDERS)
@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'"x"', b"\xff", b"[" * 5_000, b"{}"])
def test_an_unsigned_body_of_any_shape_is_refused(
    web: TestClient, provider: str, body: bytes
) -> None:
    assert web.post(f"/webhooks/{provider}", content=body).status_code in {400, 403}


def test_a_certificate_is_fetched_once(
    web: TestClient, settings: Settings, number: int, amazon: Amazon
) -> None:
    for _ in range(3):
        post(web, "ses", "hard", message_id(settings.keys, number, DOMAIN))
    assert len(amazon.requests) == 1


@pytest.mark.parametrize("version", ["1", "2"])
def test_both_signature_versions_of_sns_are_understood(
    web: TestClient, settings: Settings, number: int, version: str
) -> None:
    value = ses_bounce(settings.keys, number)
    answer = web.post("/webhooks/ses", json=sns(value, SignatureVersion=version, Subject="x"))
    assert answer.json()["applied"] == 1


def test_amazon_out_of_reach_asks_sns_to_try_again(
    web: TestClient, settings: Settings, number: int, amazon: Amazon
) -> None:
    amazon.server.shutdown()
    amazon.server.server_close()
    answer = web.post("/webhooks/ses", json=sns(ses_bounce(settings.keys, number)))
    assert answer.status_code == 503


def test_the_subscription_to_our_topic_is_confirmed(web: TestClient, amazon: Amazon) -> None:
    url = "https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription&Token=t"
    asked = {"Type": "SubscriptionConfirmation", "SubscribeURL": url, "Token": "t"}
    assert web.post("/webhooks/ses", json=sns({}, **asked)).status_code == 200
    assert amazon.requests[-1] == "/?Action=ConfirmSubscription&Token=t"


def test_a_confirmation_elsewhere_is_not_visited(web: TestClient, amazon: Amazon) -> None:
    url = "https://example.com/?Action=ConfirmSubscription&Token=t"
    asked = {"Type": "SubscriptionConfirmation", "SubscribeURL": url, "Token": "t"}
    assert web.post("/webhooks/ses", json=sns({}, **asked)).status_code == 403
    assert len(amazon.requests) == 1


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"bounceType": "Transient"}, SubscriberStatus.ACTIVE),
        ({"bounceType": "Undetermined"}, SubscriberStatus.ACTIVE),
        (
            {"bouncedRecipients": [{"emailAddress": "reader@example.org", "status": "5.7.1"}]},
            SubscriberStatus.ACTIVE,
        ),
        ({"bouncedRecipients": []}, SubscriberStatus.SUPPRESSED),
    ],
)
def test_ses_bounces_are_told_apart(
    web: TestClient,
    sqlite: Database,
    settings: Settings,
    number: int,
    change: dict[str, Any],
    expected: SubscriberStatus,
) -> None:
    web.post("/webhooks/ses", json=sns(ses_bounce(settings.keys, number, **change)))
    assert status(sqlite, number) is DeliveryStatus.BOUNCED
    assert who(sqlite, 1).status is expected


@pytest.mark.parametrize("name", ["open", "click", "group_resubscribe", ""])
def test_other_events_are_taken_and_left(web: TestClient, name: str) -> None:
    answer = sendgrid_post(web, [{"event": name, "sg_event_id": "1"}, "x", 3, None])
    assert (answer.status_code, answer.json()["applied"]) == (200, 0)


@pytest.mark.parametrize("is_chunked", [False, True])
def test_a_body_that_is_too_large_is_refused(web: TestClient, is_chunked: bool) -> None:
    large = b"x" * (1024 * 1024 + 1)
    content = iter([large[:600_000], large[600_000:]]) if is_chunked else large
    assert web.post("/webhooks/mailgun", content=content).status_code == 413


@pytest.mark.parametrize("provider", PROVIDERS)
def test_a_provider_that_is_not_set_up_has_no_page(
    sqlite: Database, tmp_path: Path, provider: str
) -> None:
    app = create_app(Settings(data_dir=tmp_path), sqlite, lambda _: None, lambda: NOW)
    with TestClient(app) as client:
        assert client.post(f"/webhooks/{provider}", content=b"{}").status_code == 404


def test_mails_name_their_delivery_to_postmark_in_metadata(
    sqlite: Database, settings: Settings
) -> None:
    mine = reader(sqlite)
    with sqlite.write() as session:
        plan_mail(session, mine, MailKind.WELCOME, NOW, expires_after=timedelta(days=1))
        row = read_jobs(session, session.scalars(select(Delivery.id)).all())[0]
        octets = Composer.of(settings).compose(session, [row])[row.id].parcel.octets
    header = email.message_from_bytes(octets)["X-PM-Metadata-delivery"]
    assert delivery_of(settings.keys, header) == row.id
