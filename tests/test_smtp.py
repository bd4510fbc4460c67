"""The SMTP dialogue by phase, against a real server."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import pytest

from digest.smtp import (
    AnswerLost,
    Connection,
    ConnectionFailed,
    Dialogue,
    Outbox,
    Parcel,
    Refused,
    SmtpServer,
    in_step,
)
from tests.servers import mail
from tests.servers.mail import HANG_UP_AFTER_BODY, MailServer

T = TypeVar("T")
BODY = b"Subject: Hello\r\n\r\n.a line that begins with a dot\r\nanother\r\n"


@pytest.fixture
def server() -> Iterator[MailServer]:
    with mail.serve() as running:
        yield running


@pytest.fixture
def connection(server: MailServer) -> Iterator[Connection]:
    opened = SmtpServer.at(server.url).connect()
    yield opened
    opened.close()


def held(dialogue: Dialogue[T]) -> T:
    """Hold one dialogue to its end."""
    (outcome,) = in_step([dialogue])
    if isinstance(outcome, Refused | ConnectionFailed | AnswerLost):
        raise outcome
    return outcome


def parcel(recipient: str = "reader@example.org") -> Parcel:
    return Parcel("bounces+1.aa@example.org", recipient, BODY)


def test_a_message_arrives_as_it_was_dots_and_all(
    server: MailServer, connection: Connection
) -> None:
    held(connection.offer(parcel()))
    answer = held(connection.conclude())
    assert (answer.code, answer.enhanced_code, answer.queue_id) == (250, "2.0.0", "TEST12345")
    assert server.accepted[0].original_content == BODY
    assert server.accepted[0].mail_from == "bounces+1.aa@example.org"


def test_nothing_is_sent_before_the_terminator(server: MailServer, connection: Connection) -> None:
    held(connection.offer(parcel()))
    connection.abandon()
    held(connection.offer(parcel("other@example.org")))
    held(connection.conclude())
    assert server.recipients == ["other@example.org"]


def test_many_messages_share_a_connection(server: MailServer, connection: Connection) -> None:
    for number in range(5):
        held(connection.offer(parcel(f"r{number}@example.org")))
        held(connection.conclude())
    assert (len(server.accepted), server.connections) == (5, 1)


def test_a_refusal_is_told_and_the_connection_lives_on(
    server: MailServer, connection: Connection
) -> None:
    server.at_rcpt["gone@example.org"].append("550 5.1.1 no such user")
    with pytest.raises(Refused) as refused:
        held(connection.offer(parcel("gone@example.org")))
    assert (refused.value.answer.code, refused.value.answer.enhanced_code) == (550, "5.1.1")
    held(connection.offer(parcel()))
    held(connection.conclude())
    assert (server.recipients, server.connections) == (["reader@example.org"], 1)


def test_a_refusal_after_the_body_is_an_answer(server: MailServer, connection: Connection) -> None:
    server.at_data["reader@example.org"].append("452 4.2.2 mailbox full")
    held(connection.offer(parcel()))
    assert held(connection.conclude()).code == 452


def test_a_connection_lost_after_the_terminator_leaves_the_answer_unknown(
    server: MailServer, connection: Connection
) -> None:
    server.at_data["reader@example.org"].append(HANG_UP_AFTER_BODY)
    held(connection.offer(parcel()))
    with pytest.raises(AnswerLost):
        held(connection.conclude())


def test_no_server_is_a_failed_connection() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with pytest.raises(ConnectionFailed):
        held(SmtpServer.at(f"smtp://127.0.0.1:{port}").connect().offer(parcel()))


def test_an_address_with_credentials_is_read() -> None:
    server = SmtpServer.at("smtp://me%40example.org:p%3Ass@mail.example.org:587")
    assert (server.user, server.password) == ("me@example.org", "p:ss")
    assert (server.host, server.port, server.is_tls) == ("mail.example.org", 587, False)


def test_smtps_speaks_tls_from_the_first_octet_on_its_own_port() -> None:
    server = SmtpServer.at("smtps://mail.example.org")
    assert (server.port, server.is_tls) == (465, True)


def test_the_outbox_keeps_a_mail_only_when_it_is_concluded(tmp_path: Path) -> None:
    connection = Outbox(tmp_path / "outbox").connect()
    held(connection.offer(parcel()))
    assert list(tmp_path.glob("outbox/*.eml")) == []
    assert held(connection.conclude()).code == 250
    assert (tmp_path / "outbox" / "0000000001.eml").read_bytes() == BODY


def test_the_outbox_forgets_an_abandoned_mail(tmp_path: Path) -> None:
    connection = Outbox(tmp_path).connect()
    held(connection.offer(parcel()))
    connection.abandon()
    assert list(tmp_path.iterdir()) == []
