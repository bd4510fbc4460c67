"""Reading reports: what each says, which delivery it proves, and that no octets break it."""

from __future__ import annotations

import io
import tarfile
import time
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from digest.deliveries.answers import Blame
from digest.enums import FeedbackKind
from digest.feedback import read
from digest.feedback.events import nameless, telling_code
from digest.message import delivery_of, envelope_sender, message_id

KEYS = (b"n" * 32, b"o" * 32)
STRANGER = (b"s" * 32,)
DOMAIN = "papers.example.org"
OURS = envelope_sender(KEYS, 7, DOMAIN)
CORPUS = Path(__file__).parent / "corpus"
NOT_BOUNCES = {"groupwise_03.txt", "qmail_08.txt"}
"""A letter from a person, and an automatic reply."""


def dsn(
    *,
    to: str = OURS,
    action: str = "failed",
    status: str = "5.1.1",
    diagnostic: str = "smtp; 550 5.1.1 <gone@example.net>: no such user",
    recipient: str = "rfc822; gone@example.net",
    original: str = "",
) -> bytes:
    """A delivery status notification as RFC 3464 section 2 describes it."""
    head = f"To: {to}\r\nFrom: MAILER-DAEMON@mx.example.net\r\nSubject: Undelivered\r\n"
    return (
        f"{head}MIME-Version: 1.0\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\n\r\nIt did not get through.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\n"
        "Reporting-MTA: dns; mx.example.net\r\n\r\n"
        f"Final-Recipient: {recipient}\r\nAction: {action}\r\nStatus: {status}\r\n"
        f"Diagnostic-Code: {diagnostic}\r\n\r\n"
        f"--b\r\nContent-Type: message/rfc822\r\n\r\n{original}Subject: Papers\r\n\r\nHello\r\n"
        "--b--\r\n"
    ).encode()


def complaint(
    *, kind: str = "abuse", original: str = "", fields: str = "", headers_only: bool = False
) -> bytes:
    """A complaint as RFC 5965 section 2 describes it."""
    content = "text/rfc822-headers" if headers_only else "message/rfc822"
    return (
        "To: complaints@papers.example.org\r\nFrom: fbl@example.net\r\n"
        'Content-Type: multipart/report; report-type=feedback-report; boundary="b"\r\n\r\n'
        "--b\r\n\r\nThis is an abuse report.\r\n"
        "--b\r\nContent-Type: message/feedback-report\r\n\r\n"
        f"Feedback-Type: {kind}\r\nUser-Agent: Example/1\r\nVersion: 1\r\n{fields}\r\n"
        f"--b\r\nContent-Type: {content}\r\n\r\n{original}Subject: Papers\r\n\r\n"
        "--b--\r\n"
    ).encode()


def test_a_failure_names_the_delivery_the_code_and_the_address() -> None:
    (event,) = read(dsn(), KEYS)
    assert event.delivery_id == 7
    assert (event.kind, event.blame) == (FeedbackKind.BOUNCED, Blame.ADDRESS)
    assert (event.enhanced_code, event.recipient) == ("5.1.1", "gone@example.net")
    assert event.text == "smtp; 550 5.1.1 <(address)>: no such user"


@pytest.mark.parametrize(
    ("action", "kind"),
    [
        ("failed", FeedbackKind.BOUNCED),
        ("Failed (really)", FeedbackKind.BOUNCED),
        ("delayed", FeedbackKind.DELAYED),
        ("delivered", FeedbackKind.DELIVERED),
        ("relayed", FeedbackKind.DELIVERED),
        ("expanded", FeedbackKind.DELIVERED),
    ],
)
def test_only_a_failure_is_a_bounce(action: str, kind: FeedbackKind) -> None:
    (event,) = read(dsn(action=action), KEYS)
    assert event.kind is kind
    assert event.blame is (Blame.ADDRESS if kind is FeedbackKind.BOUNCED else Blame.NOBODY)


@pytest.mark.parametrize(
    ("status", "diagnostic", "blame"),
    [
        ("5.1.1", "", Blame.ADDRESS),
        ("5.0.0", "smtp; 550-5.1.1 The account does not exist", Blame.ADDRESS),
        ("5.1.1", "smtp; 550 5.7.1 blocked by policy", Blame.OURS),
        ("5.7.26", "", Blame.OURS),
        ("5.1.1", "smtp; 550 5.1.8 your address is not wanted here", Blame.OURS),
        ("5.2.2", "smtp; 552 5.2.2 full", Blame.NOBODY),
        ("4.4.7", "smtp; 451 try later", Blame.NOBODY),
        ("5.0.0", "smtp; 550 no", Blame.UNKNOWN),
        ("garbage", "", Blame.UNKNOWN),
        ("5.0.0", "smtp; 550 refused by 5.1.1.7", Blame.UNKNOWN),
    ],
)
def test_the_code_says_whose_fault_it_is(status: str, diagnostic: str, blame: Blame) -> None:
    (event,) = read(dsn(status=status, diagnostic=diagnostic), KEYS)
    assert event.blame is blame


@pytest.mark.parametrize(
    "to",
    [
        "somebody@papers.example.org",
        envelope_sender(STRANGER, 7, DOMAIN),
        OURS.replace("+7.", "+8."),
        OURS[:-25] + "@" + DOMAIN,
    ],
)
def test_a_forged_bounce_names_no_delivery(to: str) -> None:
    (event,) = read(dsn(to=to), KEYS)
    assert event.delivery_id is None


def test_what_the_envelope_says_counts_first() -> None:
    other = envelope_sender(KEYS, 9, DOMAIN)
    (event,) = read(dsn(to=other), KEYS, [OURS])
    assert event.delivery_id == 7


@pytest.mark.parametrize("key", [0, 1])
def test_bounces_signed_with_an_older_key_of_the_ring_still_count(key: int) -> None:
    (event,) = read(dsn(to=envelope_sender(KEYS[key:], 7, DOMAIN)), KEYS)
    assert event.delivery_id == 7


def test_a_bounce_sent_elsewhere_is_proven_by_the_mail_it_quotes() -> None:
    quoted = f"Message-ID: {message_id(KEYS, 7, DOMAIN)}\r\n"
    (event,) = read(dsn(to="digest@papers.example.org", original=quoted), KEYS)
    assert event.delivery_id == 7


def test_the_same_bounce_has_the_same_id_and_another_one_another() -> None:
    first, second = read(dsn(), KEYS), read(dsn(diagnostic="smtp; 550 5.1.1 sent again"), KEYS)
    assert first[0].id == second[0].id
    assert read(dsn(status="5.2.2", diagnostic=""), KEYS)[0].id != first[0].id


def test_a_bounce_that_a_scanner_has_wrapped_is_at_most_a_strike() -> None:
    head = f"To: {OURS}\r\nContent-Type: multipart/mixed; boundary=o\r\n\r\n"
    octets = head.encode() + b"--o\r\nContent-Type: message/rfc822\r\n\r\n" + dsn() + b"--o--\r\n"
    (event,) = read(octets, KEYS)
    assert (event.delivery_id, event.blame) == (7, Blame.UNKNOWN)


@pytest.mark.parametrize("headers_only", [False, True])
@pytest.mark.parametrize(
    "original",
    [
        f"Message-ID: {message_id(KEYS, 7, DOMAIN)}\r\n",
        f"Return-Path: <{OURS}>\r\n",
    ],
)
def test_a_complaint_is_proven_by_the_headers_it_quotes(original: str, headers_only: bool) -> None:
    (event,) = read(complaint(original=original, headers_only=headers_only), KEYS)
    assert (event.kind, event.delivery_id) == (FeedbackKind.COMPLAINED, 7)


def test_a_complaint_is_proven_by_the_envelope_it_names() -> None:
    (event,) = read(complaint(fields=f"Original-Mail-From: <{OURS}>\r\n"), KEYS)
    assert event.delivery_id == 7


@pytest.mark.parametrize(
    "original",
    ["", f"Message-ID: {message_id(STRANGER, 7, DOMAIN)}\r\n", "Message-ID: <7@example.org>\r\n"],
)
def test_a_complaint_without_proof_names_no_delivery(original: str) -> None:
    (event,) = read(complaint(original=original), KEYS)
    assert event.delivery_id is None


@pytest.mark.parametrize("kind", ["not-spam", "auth-failure", "dmarc", "", "virus"])
def test_reports_that_are_no_complaint_are_not_taken_for_one(kind: str) -> None:
    original = f"Message-ID: {message_id(KEYS, 7, DOMAIN)}\r\n"
    assert read(complaint(kind=kind, original=original), KEYS) == ()


def test_an_automatic_reply_is_no_report() -> None:
    reply = f"To: {OURS}\r\nAuto-Submitted: auto-replied\r\nSubject: Holiday\r\n\r\nI am away.\r\n"
    assert read(reply.encode(), KEYS) == ()


def test_a_message_id_of_ours_names_its_delivery() -> None:
    assert delivery_of(KEYS, message_id(KEYS, 12, DOMAIN)) == 12
    assert delivery_of(KEYS, message_id(STRANGER, 12, DOMAIN)) is None


def test_a_policy_code_outweighs_every_other() -> None:
    assert telling_code("5.1.1", "550 5.7.1 no") == "5.7.1"
    assert telling_code("5.0.0", "550 5.1.1 no") == "5.1.1"
    assert telling_code("", "550 no") == ""


def test_words_are_kept_without_addresses() -> None:
    assert nameless("550 <a.b@example.org>\r\n unknown") == "550 <(address)> unknown"


@pytest.fixture(scope="module")
def corpus() -> dict[str, bytes]:
    """The bounces that flufl.bounce tests itself with, from its source distribution."""
    found = sorted(CORPUS.glob("flufl_bounce-*.tar.gz"))
    if not found:
        pytest.skip(f"{CORPUS} holds no source of flufl.bounce; .ci/run fetches it")
    mails: dict[str, bytes] = {}
    with tarfile.open(found[-1]) as archive:
        for member in archive.getmembers():
            if "/tests/data/" in member.name and member.name.endswith(".txt"):
                mails[Path(member.name).name] = (archive.extractfile(member) or io.BytesIO()).read()
    return mails


def test_every_bounce_of_the_corpus_is_classified(corpus: dict[str, bytes]) -> None:
    assert len(corpus) > 100
    unread = {name for name, octets in corpus.items() if not read(octets, KEYS, [OURS])}
    assert unread == NOT_BOUNCES


def test_no_bounce_of_the_corpus_concerns_anybody_but_the_proven_delivery(
    corpus: dict[str, bytes],
) -> None:
    proven = {e.delivery_id for o in corpus.values() for e in read(o, KEYS, [OURS])}
    unproven = {e.delivery_id for o in corpus.values() for e in read(o, KEYS)}
    assert (proven, unproven) == ({7}, {None})


def test_warnings_of_the_corpus_are_no_bounces(corpus: dict[str, bytes]) -> None:
    delayed = {"dsn_05.txt", "dsn_06.txt", "dsn_07.txt", "dsn_08.txt", "dsn_17.txt"}
    warned = {f"simple_{number}.txt" for number in ("03", "21", "22", "28", "35", "40")}
    found = {
        name
        for name, octets in corpus.items()
        for event in read(octets, KEYS, [OURS])
        if event.kind is FeedbackKind.DELAYED
    }
    assert found == delayed | warned


def test_a_mail_of_very_many_parts_is_left_alone() -> None:
    head = f"To: {OURS}\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n".encode()
    started = time.process_time()
    assert read(head + b"--b\r\n\r\nx\r\n" * 200_000, KEYS) == ()
    assert time.process_time() - started < 1


@given(st.binary(max_size=2_000))
@example(b"Content-Type: message/rfc822\n\n" * 2_000)
@example(
    b"".join(b'Content-Type: multipart/x; boundary="%d"\n\n--%d\n' % (n, n) for n in range(900))
)
@settings(max_examples=100, deadline=None)
def test_no_octets_break_the_reader(octets: bytes) -> None:
    read(octets, KEYS)


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_no_mangled_report_breaks_the_reader_or_changes_whom_it_concerns(
    data: st.DataObject,
) -> None:
    original = f"Message-ID: {message_id(KEYS, 7, DOMAIN)}\r\n"
    octets = bytearray(data.draw(st.sampled_from([dsn(), complaint(original=original)])))
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(octets) - 1))
        octets[at : at + data.draw(st.integers(0, 40))] = data.draw(st.binary(max_size=8))
    assert {event.delivery_id for event in read(bytes(octets), KEYS)} <= {7, None}
