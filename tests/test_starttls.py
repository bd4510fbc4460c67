"""STARTTLS with a mail server: certificates are checked, connections pooled and renewed."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from digest import smtp
from digest.smtp import (
    AnswerLost,
    Connection,
    ConnectionFailed,
    Parcel,
    Patience,
    Refused,
    SmtpServer,
    in_step,
)
from tests.certificates import self_signed
from tests.servers import faults
from tests.servers.faults import Fault, FaultyServer, Phase

PARCEL = Parcel(
    "bounces@example.org", "reader@example.org", b"Subject: Hello\r\n\r\n" + b"x\r\n" * 500
)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return self_signed(tmp_path_factory.mktemp("tls"))


@pytest.fixture
def server(certificate: Path) -> Iterator[FaultyServer]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with faults.serve(FaultyServer(tls=context)) as running:
        yield running


@pytest.fixture
def trusted(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The operator trusts the server's certificate, the way OpenSSL documents."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    smtp._trust.cache_clear()
    yield
    smtp._trust.cache_clear()


def connection_to(server: FaultyServer) -> Connection:
    return replace(SmtpServer.at(server.url), patience=Patience(1, 1, 1)).connect()


def send(connection: Connection) -> object:
    (outcome,) = in_step([connection.offer(PARCEL)])
    if outcome is not None:
        return outcome
    return in_step([connection.conclude()])[0]


@pytest.mark.usefixtures("trusted")
def test_mail_goes_through_tls_where_the_server_offers_it(server: FaultyServer) -> None:
    connection = connection_to(server)
    answer = send(connection)
    connection.close()
    assert not isinstance(answer, Refused | ConnectionFailed | AnswerLost)
    assert server.accepted == ["reader@example.org"]


def test_a_certificate_nobody_vouches_for_gets_no_mail(server: FaultyServer) -> None:
    smtp._trust.cache_clear()
    outcome = send(connection_to(server))
    assert isinstance(outcome, ConnectionFailed)
    assert "CERTIFICATE_VERIFY_FAILED" in str(outcome)
    assert server.accepted == []


@pytest.mark.usefixtures("trusted")
@pytest.mark.parametrize("fault", [fault for fault in Fault if fault is not Fault.TRICKLE])
def test_a_fault_at_starttls_sends_nothing_in_the_clear(server: FaultyServer, fault: Fault) -> None:
    server.phase, server.fault, server.faults_left = Phase.STARTTLS, fault, 1
    connection = connection_to(server)
    assert isinstance(send(connection), Refused | ConnectionFailed)
    assert server.accepted == []
    assert not isinstance(send(connection), Refused | ConnectionFailed | AnswerLost)


def test_a_connection_is_renewed_after_a_hundred_messages() -> None:
    with faults.serve(FaultyServer()) as plain:
        connection = connection_to(plain)
        for _ in range(101):
            send(connection)
        connection.close()
    assert (len(plain.accepted), plain.connections) == (101, 2)
