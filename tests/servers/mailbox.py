"""A real Postfix that takes mail by SMTP and hands it to a real Dovecot, read by IMAP."""

from __future__ import annotations

import imaplib
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

DOMAIN = "example.net"
"""Whose mailboxes are here: every name in it has one."""
_PASSWORD = "any"
_MAIN_CF = """
compatibility_level = 3.6
queue_directory = {folder}/spool
data_directory = {folder}/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
maillog_file = {folder}/postfix.log
maillog_file_prefixes = {folder}
myhostname = mail.{domain}
inet_interfaces = loopback-only
inet_protocols = ipv4
smtpd_peername_lookup = no
smtpd_relay_restrictions = permit_mynetworks, reject
mynetworks = 127.0.0.0/8
mydestination =
alias_maps =
virtual_mailbox_domains = {domain}
virtual_transport = lmtp:inet:127.0.0.1:{lmtp_port}
"""
_MASTER_CF = """
127.0.0.1:{smtp_port} inet n - n - - smtpd
postlog unix-dgram n - n - 1 postlogd
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
error unix - - n - - error
retry unix - - n - - error
lmtp unix - - n - - lmtp
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
proxymap unix - - n - - proxymap
"""
_DOVECOT_CONF = """
protocols = imap lmtp
base_dir = {folder}/run
log_path = {folder}/dovecot.log
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
auth_failure_delay = 0
service anvil {{
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
first_valid_uid = 1
mail_location = maildir:{folder}/mail/%n
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid=mail gid=mail home={folder}/mail/%n allow_all_users=yes
}}
service imap-login {{
  inet_listener imap {{
    port = {imap_port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service lmtp {{
  inet_listener lmtp {{
    address = 127.0.0.1
    port = {lmtp_port}
  }}
}}
"""


@dataclass(frozen=True, slots=True)
class Mailboxes:
    smtp_port: int
    imap_port: int
    log: Path
    """Postfix's."""

    @property
    def smtp_url(self) -> str:
        return f"smtp://127.0.0.1:{self.smtp_port}"

    def read(self, address: str, count: int, patience_seconds: float = 20) -> list[bytes]:
        """Wait until a mailbox holds `count` mails, and return them as they lie there."""
        deadline = time.monotonic() + patience_seconds
        while time.monotonic() < deadline:
            mails = self._inbox(address)
            if len(mails) >= count:
                return mails
            time.sleep(0.1)
        raise TimeoutError(self.log.read_text()[-3000:])

    def _inbox(self, address: str) -> list[bytes]:
        with imaplib.IMAP4("127.0.0.1", self.imap_port) as imap:
            imap.login(address, _PASSWORD)
            imap.select(readonly=True)
            _, (numbers,) = imap.search(None, "ALL")
            if not numbers:
                return []
            _, answers = imap.fetch(b",".join(numbers.split()).decode(), "(BODY.PEEK[])")
            return [answer[1] for answer in answers if isinstance(answer, tuple)]


@contextmanager
def serve() -> Iterator[Mailboxes]:
    """Run both for the length of the block; skips the test where that cannot be."""
    if os.geteuid() != 0:
        pytest.skip("Postfix and Dovecot start only as root")
    for program, package in (("postfix", "postfix"), ("dovecot", "dovecot-imapd, dovecot-lmtpd")):
        if shutil.which(program) is None:
            pytest.skip(f"{program} is not installed (Debian packages {package})")
    # Their own users must be able to reach it, which pytest's folders do not let them.
    folder = Path(tempfile.mkdtemp(prefix="mailbox-"))
    folder.chmod(0o755)
    ports = dict(zip(("smtp_port", "lmtp_port", "imap_port"), _free_ports(3), strict=True))
    try:
        with ExitStack() as running:
            running.enter_context(_dovecot(folder, ports))
            running.enter_context(_postfix(folder, ports))
            for port in ports.values():
                _wait_for(port)
            log = folder / "postfix.log"
            yield Mailboxes(ports["smtp_port"], ports["imap_port"], log)
    finally:
        shutil.rmtree(folder)


@contextmanager
def _postfix(folder: Path, ports: dict[str, int]) -> Iterator[None]:
    for name in ("etc", "spool", "data"):
        (folder / name).mkdir()
    shutil.chown(folder / "data", "postfix")
    facts = {"folder": folder, "domain": DOMAIN, **ports}
    (folder / "etc/main.cf").write_text(_MAIN_CF.format(**facts))
    (folder / "etc/master.cf").write_text(_MASTER_CF.format(**facts))
    command = ["postfix", "-c", str(folder / "etc")]
    subprocess.run([*command, "start"], check=True, capture_output=True)
    yield
    subprocess.run([*command, "abort"], check=True, capture_output=True)


@contextmanager
def _dovecot(folder: Path, ports: dict[str, int]) -> Iterator[None]:
    mail = pwd.getpwnam("mail")
    (folder / "mail").mkdir()
    os.chown(folder / "mail", mail.pw_uid, mail.pw_gid)
    facts = {"folder": folder, "password": _PASSWORD, **ports}
    (folder / "dovecot.conf").write_text(_DOVECOT_CONF.format(**facts))
    process = subprocess.Popen(["dovecot", "-F", "-c", folder / "dovecot.conf"])
    yield
    process.terminate()
    process.wait(20)


def _free_ports(count: int) -> list[int]:
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [listening.getsockname()[1] for listening in sockets]
    for listening in sockets:
        listening.close()
    return ports


def _wait_for(port: int, patience_seconds: float = 20) -> None:
    deadline = time.monotonic() + patience_seconds
    while time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise TimeoutError(f"nobody listens on port {port}")
