from __future__ import annotations

import email
import email.policy
import re
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import dkim as dkimpy
import pytest
from dkim.canonicalization import Relaxed
from hypothesis import given, settings
from hypothesis import strategies as st

from digest import dkim, message
from digest.digests import Item
from digest.frames import Piece
from digest.message import Letter
from digest.papers import Paper, clean_text
from digest.rendering import Mail
from tests import mails
from tests.mails import PAPERS, TOPICS

KEYS = (b"k" * 32,)
UNSUBSCRIBE = "https://papers.example.org/unsubscribe/" + "t" * 150
DATE = datetime(2026, 6, 3, 8, 0, tzinfo=UTC)
DROPPED = re.compile("[\x00\x1e\x1f]")
"""Control characters that no mail shows."""
ANY_TEXT = st.text(st.characters(codec="utf-8"), max_size=3000)


def letter(**changes: object) -> Letter:
    defaults: dict[str, object] = {
        "sender": "Trending papers <digest@example.org>",
        "recipient": "reader@example.net",
        "date": DATE,
        "message_id": message.message_id(KEYS, 7, "example.org"),
        "list_url": "https://papers.example.org",
        "feedback_id": "digest:daily:papers",
    }
    return Letter(**defaults | changes)  # type: ignore[arg-type]


def mail(subject: str = "Three papers", html: str = "<p>Hello</p>", text: str = "Hello\n") -> Mail:
    return Mail.of(subject, html, text, UNSUBSCRIBE)


def parsed(octets: bytes) -> EmailMessage:
    read = email.message_from_bytes(octets, policy=email.policy.default)
    assert isinstance(read, EmailMessage)
    return read


def part(octets: bytes, kind: str) -> str:
    body = parsed(octets).get_body((kind,))
    assert body is not None
    content: str = body.get_content()
    return content


@pytest.fixture(scope="module")
def signers(tmp_path_factory: pytest.TempPathFactory) -> tuple[dkim.Signer, ...]:
    return dkim.generate(tmp_path_factory.mktemp("dkim"), "example.org", "s2026")


def accepts(octets: bytes, signers: tuple[dkim.Signer, ...], index: int) -> bool:
    """Whether dkimpy, which is not our code, accepts the signature of that index."""
    records = {f"{s.dns_name}.".encode(): s.dns_value.encode() for s in signers}
    verifier = dkimpy.DKIM(octets)
    try:
        return bool(verifier.verify(idx=index, dnsfunc=lambda name, **_: records.get(name)))
    except dkimpy.ValidationError:
        return False


@given(subject=ANY_TEXT, text=ANY_TEXT, html=ANY_TEXT)
def test_any_content_parses_back_to_itself_within_the_line_limits(
    subject: str, text: str, html: str
) -> None:
    octets = message.build(mail(subject, html, text), letter())
    lines = octets.split(b"\r\n")
    assert all(len(line) <= 998 for line in lines)
    assert b"\n" not in octets.replace(b"\r\n", b"")
    assert b"\r" not in octets.replace(b"\r\n", b"")
    assert parsed(octets)["Subject"] == clean_text(subject)
    assert [parsed(octets).get_all(name) for name in ("Bcc", "Cc")] == [None, None]
    for kind, content in (("plain", text), ("html", html)):
        expected = DROPPED.sub("", re.sub("\r\n|\r", "\n", content))
        assert part(octets, kind).replace("\r\n", "\n").removesuffix("\n") == expected.removesuffix(
            "\n"
        )


def within_limits(octets: bytes) -> bool:
    """RFC 5322's limits, and what it and RFC 2045 recommend; URIs are not folded (RFC 8058)."""
    head, _, body = octets.partition(b"\r\n\r\n")
    is_crlf_only = not re.search(rb"\r(?!\n)|(?<!\r)\n", octets)
    are_heads_short = all(len(x) <= 78 or b"<http" in x for x in head.split(b"\r\n"))
    are_lines_short = all(len(line) <= 76 for line in body.split(b"\r\n"))
    return is_crlf_only and are_heads_short and are_lines_short


def same_lines(text: str) -> str:
    return re.sub("\r\n|\r", "\n", text).removesuffix("\n")


@pytest.mark.parametrize("name", mails.every_shape())
def test_every_mail_parses_back_to_what_was_rendered(name: str) -> None:
    rendered, octets = mails.every_shape()[name], mails.octets(name)
    assert within_limits(octets)
    assert parsed(octets)["Subject"] == rendered.subject
    assert same_lines(part(octets, "html")) == same_lines(rendered.html)
    assert same_lines(part(octets, "plain")) == same_lines(rendered.text)
    assert parsed(octets).defects == []


@given(items=st.lists(PAPERS, min_size=1, max_size=3), topic=TOPICS)
@settings(max_examples=50)
def test_a_digest_of_any_papers_and_topics_parses_back_to_what_was_rendered(
    items: list[Paper], topic: str
) -> None:
    rendered = mails.digest(
        [Item(paper=one, topic=topic, score=1.0, reason=None, day=mails.DAY) for one in items],
        topics=[topic],
    )
    octets = message.build(rendered, letter())
    assert within_limits(octets)
    assert parsed(octets)["Subject"] == clean_text(rendered.subject)
    assert same_lines(part(octets, "html")) == same_lines(rendered.html)
    assert same_lines(part(octets, "plain")) == same_lines(rendered.text)
    assert parsed(octets).keys() == parsed(message.build(mail(), letter())).keys()


@given(st.emails() | ANY_TEXT)
def test_any_address_is_written_as_it_is_or_refused(address: str) -> None:
    try:
        octets = message.build(mail(), letter(recipient=address))
    except message.AddressError:
        return
    local, _, domain = address.rpartition("@")
    written = parsed(octets)["To"].addresses
    assert [(one.username, len(written)) for one in written] == [(local, 1)]
    assert domain.isascii() <= (written[0].domain == domain)
    assert parsed(octets).keys() == parsed(message.build(mail(), letter())).keys()


@pytest.mark.parametrize("text", mails.HOSTILE)
def test_a_hostile_subject_stays_a_subject(text: str) -> None:
    octets = message.build(mail(text), letter())
    assert within_limits(octets)
    assert parsed(octets)["Subject"] == clean_text(text)
    assert parsed(octets).keys() == parsed(message.build(mail(), letter())).keys()


@given(ANY_TEXT)
def test_no_subject_injects_a_header(text: str) -> None:
    plain = parsed(message.build(mail("x"), letter())).keys()
    hostile = parsed(message.build(mail(text), letter())).keys()
    assert hostile == plain


@given(st.text(max_size=60))
def test_no_sender_name_injects_a_header(name: str) -> None:
    plain = parsed(message.build(mail(), letter())).keys()
    sender = f'"{name.translate({34: None, 92: None})}" <digest@example.org>'
    try:
        octets = message.build(mail(), letter(sender=sender))
    except message.AddressError:
        return
    assert parsed(octets).keys() == plain


@pytest.mark.parametrize(
    "address",
    ["a@b.org\r\nBcc: x@y.org", "a b@c.org", "<a@b.org>", "häns@example.org", "@b.org", "a@", "a"],
)
def test_an_address_that_could_break_a_header_is_refused(address: str) -> None:
    with pytest.raises(message.AddressError):
        message.build(mail(), letter(recipient=address))


def test_an_international_domain_goes_out_in_ascii() -> None:
    octets = message.build(mail(), letter(recipient="reader@bücher.example"))
    assert parsed(octets)["To"] == "reader@xn--bcher-kva.example"


@pytest.mark.parametrize(
    "name", ["From", "To", "Subject", "Date", "Message-ID", "List-Unsubscribe"]
)
def test_each_essential_header_stands_exactly_once(name: str) -> None:
    assert len(parsed(message.build(mail(), letter())).get_all(name) or []) == 1


def test_the_one_click_uri_is_written_whole() -> None:
    octets = message.build(mail(), letter())
    assert f"List-Unsubscribe: <{UNSUBSCRIBE}>\r\n".encode() in octets
    assert b"List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n" in octets


def test_a_mail_outside_the_list_has_no_list_headers() -> None:
    assert b"List-" not in message.build(Mail.of("x", "x", "x"), letter())


def test_plain_text_comes_first() -> None:
    kinds = [p.get_content_type() for p in parsed(message.build(mail(), letter())).iter_parts()]
    assert kinds == ["text/plain", "text/html"]


def test_the_same_mail_is_built_twice_the_same(signers: tuple[dkim.Signer, ...]) -> None:
    ed25519 = signers[1:]
    assert message.build(mail(), letter(), ed25519) == message.build(mail(), letter(), ed25519)


@given(text=ANY_TEXT)
def test_another_judge_accepts_both_signatures(signers: tuple[dkim.Signer, ...], text: str) -> None:
    octets = message.build(mail(text, text, text), letter(), signers)
    assert accepts(octets, signers, 0)
    assert accepts(octets, signers, 1)


@pytest.mark.parametrize("index", [0, 1])
@pytest.mark.parametrize(
    "name", ["From", "To", "Subject", "Date", "List-Unsubscribe", "List-Unsubscribe-Post"]
)
def test_a_changed_or_added_header_breaks_both_signatures(
    signers: tuple[dkim.Signer, ...], name: str, index: int
) -> None:
    octets = message.build(mail(), letter(), signers)
    changed = re.sub(rb"(?m)^(%b: .)" % name.encode(), rb"\1x", octets, count=1)
    assert changed != octets
    assert not accepts(changed, signers, index)
    assert not accepts(name.encode() + b": forged\r\n" + octets, signers, index)


def test_a_changed_body_breaks_the_signature(signers: tuple[dkim.Signer, ...]) -> None:
    octets = message.build(mail(), letter(), signers)
    assert not accepts(octets.replace(b"Hello", b"Hallo"), signers, 0)


def test_keys_are_private_and_never_overwritten(tmp_path: Path) -> None:
    dkim.generate(tmp_path, "example.org", "s")
    assert {path.stat().st_mode & 0o777 for path in tmp_path.iterdir()} == {0o600}
    with pytest.raises(FileExistsError):
        dkim.generate(tmp_path, "example.org", "s")


def test_kept_keys_are_loaded_with_their_names(tmp_path: Path) -> None:
    made = dkim.generate(tmp_path, "example.org", "s")
    assert {s.dns_value for s in dkim.load(tmp_path)} == {s.dns_value for s in made}


def test_a_bounce_names_its_delivery_whatever_case_it_comes_back_in() -> None:
    address = message.envelope_sender(KEYS, 42, "example.org")
    assert message.bounced_delivery(KEYS, address) == 42
    assert message.bounced_delivery((b"new" * 11, *KEYS), address.upper()) == 42


@given(st.integers(1, 10**9), st.text("0123456789abcdef", min_size=20, max_size=20))
def test_a_forged_bounce_address_names_nothing(delivery_id: int, mac: str) -> None:
    address = f"bounces+{delivery_id}.{mac}@example.org"
    genuine = message.envelope_sender(KEYS, delivery_id, "example.org") == address
    assert (message.bounced_delivery(KEYS, address) == delivery_id) is genuine


@given(st.lists(ANY_TEXT.filter(lambda text: "\r" not in text), min_size=1, max_size=5))
def test_pieces_join_without_a_trace(texts: list[str]) -> None:
    pieces = tuple(map(Piece.of, texts))
    octets = message.build(Mail("x", pieces, pieces), letter())
    body = octets.split(b"\r\n\r\n", 1)[1]
    assert all(len(line) <= 76 for line in body.split(b"\r\n"))
    expected = DROPPED.sub("", "".join(texts))
    found = part(octets, "html").replace("\r\n", "\n")
    assert found.removesuffix("\n") == expected.removesuffix("\n")


def test_a_long_link_is_found_whole_by_a_mail_client() -> None:
    link = "https://papers.example.org/manage/" + "t" * 150
    pieces = tuple(map(Piece.of, ('<a href="', link, '">Change</a>\n')))
    octets = message.build(Mail("x", pieces, pieces), letter())
    assert f'<a href="{link}">Change</a>' in part(octets, "html")


@given(st.text(".\n =a", max_size=200))
def test_no_line_begins_with_a_dot_and_every_dot_arrives(text: str) -> None:
    octets = message.build(Mail.of(text, text, text), letter())
    assert b"\n." not in octets
    assert part(octets, "plain").replace("\r\n", "\n").removesuffix("\n") == text.removesuffix("\n")


@given(ANY_TEXT)
def test_dkim_hashes_what_is_sent(text: str) -> None:
    body = message.build(Mail.of("x", text, text), letter()).split(b"\r\n\r\n", 1)[1]
    assert canonicalise(body) == body


def canonicalise(body: bytes) -> bytes:
    return bytes(Relaxed.canonicalize_body(body))
