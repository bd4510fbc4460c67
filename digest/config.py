"""Settings: one typed class, read from DIGEST_* variables and `.env`, checked at start."""

from __future__ import annotations

import os
import re
import secrets
from base64 import b64decode
from datetime import date, timedelta
from email.utils import parseaddr
from enum import StrEnum
from functools import cached_property
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Any, Self
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from cryptography.hazmat.primitives.serialization import load_der_public_key
from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

_REMEDIES = {
    "enum": "choose one of these",
    "int_parsing": "write a whole number",
    "float_parsing": "write a number",
    "date_from_datetime_parsing": "write a date, such as 2026-12-01",
    "greater_than_equal": "choose a larger number",
    "less_than_equal": "choose a smaller number",
}


class Challenge(StrEnum):
    """When a sign-up has to solve a proof-of-work challenge."""

    AUTO = "auto"
    """When a limit comes near."""
    ALWAYS = "always"
    NEVER = "never"


class ConfigurationError(Exception):
    """One or more settings are wrong; the text names each variable and says what to write."""


class Settings(BaseSettings):
    """Everything an operator can set; field `x` is the variable `DIGEST_X`."""

    model_config = SettingsConfigDict(
        env_prefix="DIGEST_", env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True
    )

    data_dir: Path = Path("var")
    """Everything embedded mode keeps: database, outbox, secret, DKIM keys."""
    database_url: str = ""
    """`postgresql://user:pass@host/name`; empty: SQLite in the data directory."""
    broker_url: str = "memory://"
    """`redis://host:6379/0`; `memory://` runs the worker inside `digest up`."""
    smtp_url: str = ""
    """`smtp://user:pass@host:587`, `smtps://host`, `outbox:DIR`; empty: outbox in the data dir."""
    base_url: str = ""
    """Public address of the web pages, as written into links; empty: http://localhost:PORT."""
    from_: Annotated[str, Field(alias="DIGEST_FROM")] = "Trending papers <digest@localhost>"
    postal_address: str = ""
    """Printed in every mail; many countries' laws ask for it."""
    secret_keys: Annotated[tuple[str, ...], NoDecode] = ()
    """Key ring for signed links, comma-separated: the first signs, all verify."""
    hf_url: str = "https://huggingface.co"
    arxiv_url: str = "https://export.arxiv.org"
    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535)] = 8000
    trusted_proxies: Annotated[tuple[str, ...], NoDecode] = ()
    """Addresses or networks whose X-Forwarded-For is believed, comma-separated."""

    check_dns: bool = True
    """Refuse addresses whose domain, as DNS says, takes no mail; not asked for the outbox."""
    dkim_dir: Path | None = None
    """Folder with the keys `digest dkim keygen` wrote; none: mail is not signed."""

    feedback_listen: str = ""
    """`lmtp://127.0.0.1:2424` or `smtp://…`: where `digest feedback listen` takes bounces."""
    feedback_certificate: Annotated[tuple[Path, ...], NoDecode] = ()
    """PEM files, comma-separated: the certificate with its chain, and its key unless that is in
    the same file; with them `digest feedback listen` offers STARTTLS."""
    imap_url: str = ""
    """`imaps://user:password@host/Folder`: a mailbox with bounces, read every minute."""
    ses_topic: str = ""
    """ARN of the SNS topic that Amazon SES publishes to; opens /webhooks/ses."""
    postmark_webhook: str = ""
    """`user:password` in the URL that Postmark calls; opens /webhooks/postmark."""
    sendgrid_webhook_key: str = ""
    """SendGrid's verification key, base64; opens /webhooks/sendgrid."""
    mailgun_signing_key: str = ""
    """Mailgun's HTTP webhook signing key; opens /webhooks/mailgun."""

    fetch_minutes: Annotated[int, Field(ge=1, le=720)] = 30
    """How often the open edition is refreshed."""
    close_hours: Annotated[int, Field(ge=1, le=72)] = 24
    """How long after its UTC midnight an edition closes; 24: when its day is over."""
    backfill_days: Annotated[int, Field(ge=0, le=60)] = 7
    """How many past days a new installation fetches."""
    connections: Annotated[int, Field(ge=1, le=100)] = 16
    """Connections to the mail server that one worker process holds at once."""
    max_per_second: Annotated[float, Field(ge=0)] = 0
    """Mails a second, all workers together; 0: no limit."""
    max_per_domain_per_second: Annotated[float, Field(ge=0)] = 0
    """Mails a second to any one recipient domain, all workers together; 0: no limit."""
    warm_up_from: date | None = None
    """First day (YYYY-MM-DD, UTC) of a new sender, whose daily number grows slowly; empty: none."""
    warm_up_mails: Annotated[int, Field(ge=1)] = 500
    """Mails on the first day of the warm-up; half as many again each day after."""
    send_window_hours: Annotated[int, Field(ge=0, le=168)] = 0
    """A digest is not sent later than this after it was due; 0: until the next one is due."""
    retention_days: Annotated[int, Field(ge=7)] = 90
    """How long attempts and finished deliveries are kept."""
    max_topics: Annotated[int, Field(ge=1, le=500)] = 50
    """Topics a subscriber may follow."""
    signups_per_hour: Annotated[int, Field(ge=1)] = 300
    """Sign-ups let in from all the world, so that nobody makes us send more."""
    signups_per_day: Annotated[int, Field(ge=1)] = 2000
    challenge: Challenge = Challenge.AUTO
    """Whether forms ask the browser for a proof of work: auto (when limits near), always, never."""

    @field_validator("secret_keys", "trusted_proxies", "feedback_certificate", mode="before")
    @classmethod
    def _split_commas(cls, value: Any) -> Any:
        if isinstance(value, str):
            return tuple(part.strip() for part in value.split(",") if part.strip())
        return value

    @field_validator("secret_keys")
    @classmethod
    def _check_keys(cls, keys: tuple[str, ...]) -> tuple[str, ...]:
        if any(len(key) < 32 for key in keys):
            raise ValueError(
                "each key needs 32 characters or more; "
                "make one with: python3 -c 'import secrets; print(secrets.token_urlsafe(32))'"
            )
        return keys

    @field_validator("trusted_proxies")
    @classmethod
    def _check_proxies(cls, hops: tuple[str, ...]) -> tuple[str, ...]:
        for hop in hops:
            try:
                ip_network(hop)
            except ValueError:
                raise ValueError(
                    f"{hop!r} is not an address or network; write such as 10.0.0.1 or 10.0.0.0/8"
                ) from None
        return hops

    @field_validator("smtp_url")
    @classmethod
    def _check_smtp(cls, url: str) -> str:
        if url and url.split(":", 1)[0] not in {"smtp", "smtps", "outbox"}:
            raise ValueError("write smtp://user:pass@host:587, smtps://host or outbox:DIR")
        if url.startswith("smtp") and not urlsplit(url).hostname:
            raise ValueError("the host is missing; write smtp://host:587")
        return url

    @field_validator("feedback_listen")
    @classmethod
    def _check_feedback_listen(cls, url: str) -> str:
        if url and not (url.startswith(("lmtp://", "smtp://")) and _has_host_and_port(url)):
            raise ValueError("write lmtp://127.0.0.1:2424 or smtp://127.0.0.1:2525")
        return url

    @field_validator("feedback_certificate")
    @classmethod
    def _check_feedback_certificate(cls, files: tuple[Path, ...]) -> tuple[Path, ...]:
        if len(files) > 2:
            raise ValueError("write FULLCHAIN.pem,KEY.pem, or one file that holds both")
        return files

    @field_validator("imap_url")
    @classmethod
    def _check_imap_url(cls, url: str) -> str:
        parts = urlsplit(url)
        if url and not (parts.scheme in {"imap", "imaps"} and parts.hostname and parts.username):
            raise ValueError("write imaps://user:password@host/Folder, @ in the user as %40")
        return url

    @field_validator("ses_topic")
    @classmethod
    def _check_ses_topic(cls, arn: str) -> str:
        if arn and not re.fullmatch(r"arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[\w-]{1,256}", arn):
            raise ValueError("write the topic's ARN, arn:aws:sns:REGION:ACCOUNT:NAME")
        return arn

    @field_validator("postmark_webhook")
    @classmethod
    def _check_postmark_webhook(cls, value: str) -> str:
        if value and (":" not in value or len(value.partition(":")[2]) < 16):
            raise ValueError("write user:password, the password 16 characters or longer")
        return value

    @field_validator("sendgrid_webhook_key")
    @classmethod
    def _check_sendgrid_webhook_key(cls, value: str) -> str:
        try:
            is_usable = not value or isinstance(
                load_der_public_key(b64decode(value)), EllipticCurvePublicKey
            )
        except ValueError:
            is_usable = False
        if not is_usable:
            raise ValueError("write the verification key as SendGrid shows it, beginning with MF")
        return value

    @field_validator("mailgun_signing_key")
    @classmethod
    def _check_mailgun_signing_key(cls, value: str) -> str:
        if value and len(value) < 16:
            raise ValueError("write the HTTP webhook signing key as Mailgun shows it")
        return value

    @field_validator("database_url")
    @classmethod
    def _check_database(cls, url: str) -> str:
        if url and not url.startswith(("sqlite:", "postgresql:", "postgresql+psycopg:")):
            raise ValueError("write postgresql://user:pass@host/name or sqlite:///FILE")
        return url

    @field_validator("broker_url")
    @classmethod
    def _check_broker(cls, url: str) -> str:
        if not url.startswith(("memory:", "redis:", "rediss:", "redis+socket:")):
            raise ValueError("write redis://host:6379/0, or memory:// for `digest up`")
        return url

    @field_validator("base_url")
    @classmethod
    def _check_base_url(cls, url: str) -> str:
        if url and (urlsplit(url).scheme not in {"http", "https"} or not urlsplit(url).hostname):
            raise ValueError("write the public address, such as https://papers.example.org")
        return url.rstrip("/")

    @field_validator("from_")
    @classmethod
    def _check_from(cls, value: str) -> str:
        if "@" not in parseaddr(value)[1] or any(c in value for c in "\r\n"):
            raise ValueError('write an address, such as "Trending papers <digest@example.org>"')
        if not parseaddr(value)[1].rpartition("@")[0].isascii():
            raise ValueError("write plain letters before the @ sign; not every server takes others")
        return value

    @model_validator(mode="after")
    def _check_production(self) -> Self:
        if not self.smtp_url.startswith("smtp"):
            return self
        needed = {
            "DIGEST_BASE_URL": (self.base_url, "the public address that links in mails open"),
            "DIGEST_FROM": ("localhost" not in self.from_, "an address of your own domain"),
            "DIGEST_POSTAL_ADDRESS": (self.postal_address, "who sends, for the foot of each mail"),
        }
        missing = [f"{name} ({why})" for name, (value, why) in needed.items() if not value]
        if missing:
            raise ValueError(f"DIGEST_SMTP_URL sends real mail, so set also {', '.join(missing)}")
        return self

    @property
    def database(self) -> str:
        """The SQLAlchemy address of the database."""
        return self.database_url or f"sqlite:///{self.data_dir.resolve() / 'digest.db'}"

    @property
    def smtp(self) -> str:
        """Where mail goes: an smtp(s) address, or `outbox:DIR`."""
        return self.smtp_url or f"outbox:{self.data_dir / 'outbox'}"

    @property
    def outbox(self) -> Path | None:
        """The folder that keeps mail instead of sending it, if so set."""
        scheme, _, folder = self.smtp.partition(":")
        return Path(folder) if scheme == "outbox" else None

    @property
    def asks_dns(self) -> bool:
        """Whether an address is checked with DNS: mail to it would really go out."""
        return self.check_dns and self.outbox is None

    @property
    def url(self) -> str:
        """The public address of the web pages, without a slash at the end."""
        return self.base_url or f"http://localhost:{self.port}"

    @property
    def send_window(self) -> timedelta | None:
        """How long a digest is worth sending, unless the next one is due before."""
        return timedelta(hours=self.send_window_hours) if self.send_window_hours else None

    @property
    def is_embedded(self) -> bool:
        """Whether broker and worker live inside `digest up`."""
        return self.broker_url.startswith("memory:")

    @cached_property
    def keys(self) -> tuple[bytes, ...]:
        """The key ring; without DIGEST_SECRET_KEYS, one key made once and kept with the data."""
        if self.secret_keys:
            return tuple(key.encode() for key in self.secret_keys)
        return (_kept_key(self.data_dir / "secret.key"),)


def _has_host_and_port(url: str) -> bool:
    """Tell whether an address names both, the port being a number that exists."""
    try:
        return bool(urlsplit(url).hostname and urlsplit(url).port)
    except ValueError:
        return False


def load() -> Settings:
    """Read and check the settings; raises ConfigurationError naming each wrong variable."""
    try:
        return Settings()
    except ValidationError as error:
        raise ConfigurationError("\n".join(_sentences(error))) from None


def _sentences(error: ValidationError) -> list[str]:
    lines = []
    for item in error.errors():
        name = str(item["loc"][0]).upper() if item["loc"] else ""
        variable = name if name.startswith("DIGEST_") or not name else f"DIGEST_{name}"
        remedy = _REMEDIES.get(item["type"], "")
        text = item["msg"].removeprefix("Value error, ")
        lines.append(": ".join(part for part in (variable, text) if part))
        if remedy:
            lines[-1] += f"; {remedy}"
    return lines


def _kept_key(path: Path) -> bytes:
    """Return the key in `path`, made first where there is none (mode 0600, whole or not at all)."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(secrets.token_urlsafe(48).encode())
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_bytes()
