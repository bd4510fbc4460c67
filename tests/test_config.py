from __future__ import annotations

import stat
from pathlib import Path

import pytest

from digest import config


@pytest.fixture
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DIGEST_DATA_DIR", str(tmp_path))
    return tmp_path


def test_without_any_variable_everything_is_embedded(data_dir: Path) -> None:
    settings = config.load()
    assert settings.is_embedded
    assert settings.database == f"sqlite:///{data_dir / 'digest.db'}"
    assert settings.outbox == data_dir / "outbox"
    assert settings.url == "http://localhost:8000"


def test_a_made_secret_is_kept_and_private(data_dir: Path) -> None:
    first = config.load().keys
    assert config.load().keys == first
    assert stat.S_IMODE((data_dir / "secret.key").stat().st_mode) == 0o600
    assert [path.name for path in data_dir.iterdir()] == ["secret.key"]


def test_the_key_ring_keeps_its_order(monkeypatch: pytest.MonkeyPatch) -> None:
    new, old = "n" * 32, "o" * 32
    monkeypatch.setenv("DIGEST_SECRET_KEYS", f"{new}, {old}")
    assert config.load().keys == (new.encode(), old.encode())


@pytest.mark.parametrize(
    ("variable", "value", "remedy"),
    [
        ("DIGEST_PORT", "eighty", "whole number"),
        ("DIGEST_PORT", "70000", "smaller number"),
        ("DIGEST_SMTP_URL", "relay.example.org", "smtp://"),
        ("DIGEST_SMTP_URL", "smtp://", "host is missing"),
        ("DIGEST_DATABASE_URL", "mysql://db", "postgresql://"),
        ("DIGEST_BROKER_URL", "amqp://mq", "redis://"),
        ("DIGEST_BASE_URL", "papers.example.org", "https://"),
        ("DIGEST_FROM", "nobody", "digest@example.org"),
        ("DIGEST_FROM", "Papers <größe@example.org>", "plain letters"),
        ("DIGEST_FEEDBACK_CERTIFICATE", "a.pem,b.pem,c.pem", "KEY.pem"),
        ("DIGEST_FEEDBACK_LISTEN", "127.0.0.1:2424", "lmtp://"),
        ("DIGEST_FEEDBACK_LISTEN", "lmtp://localhost:lots", "lmtp://"),
        ("DIGEST_IMAP_URL", "imap.example.org", "imaps://"),
        ("DIGEST_IMAP_URL", "imaps://imap.example.org", "user:password"),
        ("DIGEST_SES_TOPIC", "bounces", "arn:aws:sns:"),
        ("DIGEST_POSTMARK_WEBHOOK", "user:short", "16 characters"),
        ("DIGEST_SENDGRID_WEBHOOK_KEY", "no key", "verification key"),
        ("DIGEST_SENDGRID_WEBHOOK_KEY", "bm8ga2V5", "verification key"),
        ("DIGEST_MAILGUN_SIGNING_KEY", "short", "signing key"),
        ("DIGEST_SECRET_KEYS", "short", "32 characters"),
        ("DIGEST_TRUSTED_PROXIES", "*", "10.0.0.0/8"),
        ("DIGEST_TRUSTED_PROXIES", "10.0.0.1, 10.1.0.0/8", "10.0.0.0/8"),
        ("DIGEST_CHALLENGE", "sometimes", "always"),
        ("DIGEST_SIGNUPS_PER_HOUR", "0", "larger number"),
    ],
)
def test_a_wrong_value_is_named_with_its_remedy(
    variable: str, value: str, remedy: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(config.ConfigurationError) as caught:
        config.load()
    assert variable in str(caught.value)
    assert remedy in str(caught.value)


def test_all_wrong_variables_are_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIGEST_PORT", "x")
    monkeypatch.setenv("DIGEST_BASE_URL", "x")
    with pytest.raises(config.ConfigurationError) as caught:
        config.load()
    assert len(str(caught.value).splitlines()) == 2


def test_sending_real_mail_asks_for_who_sends_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIGEST_SMTP_URL", "smtp://relay.example.org")
    with pytest.raises(config.ConfigurationError, match="DIGEST_POSTAL_ADDRESS"):
        config.load()


def test_empty_variables_count_as_unset(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIGEST_PORT", "")
    assert config.load().port == 8000


def test_a_secret_password_is_not_in_the_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIGEST_DATABASE_URL", "mysql://user:hunter2hunter2@db")
    with pytest.raises(config.ConfigurationError) as caught:
        config.load()
    assert "hunter2" not in str(caught.value)
