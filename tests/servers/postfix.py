"""A real Postfix of the test's own on loopback, with every domain routed where the test says."""

from __future__ import annotations

import os
import shutil
import smtplib
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.processes import free_port

_MAIN = """
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
maillog_file = {folder}/log
maillog_file_prefixes = {folder}
myhostname = relay.example.com
mydestination =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
alias_maps =
local_recipient_maps =
smtp_dns_support_level = disabled
smtp_tls_security_level = none
smtpd_tls_security_level = none
smtpd_recipient_restrictions = permit_mynetworks, reject
transport_maps = inline:{{{routes}}}
default_transport = error:5.4.4 no route in this test
notify_classes =
bounce_queue_lifetime = 1h
minimal_backoff_time = 1s
maximal_backoff_time = 1s
queue_run_delay = 1s
delay_warning_time = 1s
"""
_SERVICES = (
    "cleanup unix n - n - 0 cleanup",
    "qmgr unix n - n 1 1 qmgr",
    "rewrite unix - - n - - trivial-rewrite",
    "bounce unix - - n - 0 bounce",
    "defer unix - - n - 0 bounce",
    "trace unix - - n - 0 bounce",
    "flush unix n - n 1000? 0 flush",
    "smtp unix - - n - - smtp",
    "lmtp unix - - n - - lmtp",
    "error unix - - n - - error",
    "retry unix - - n - - error",
    "discard unix - - n - - discard",
    "anvil unix - - n - 1 anvil",
    "scache unix - - n - 1 scache",
    "proxymap unix - - n - - proxymap",
    "tlsmgr unix - - n 1000? 1 tlsmgr",
    "postlog unix-dgram n - n - 1 postlogd",
)


@dataclass(frozen=True)
class Postfix:
    port: int
    log: Path

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    def send(self, sender: str, recipient: str, octets: bytes) -> None:
        """Hand a mail over."""
        with smtplib.SMTP("127.0.0.1", self.port) as smtp:
            smtp.sendmail(sender, [recipient], octets)


@contextmanager
def serve(routes: Mapping[str, str]) -> Iterator[Postfix]:
    """Run Postfix for the length of the block; `routes` are domains and where they go.

    A route is the result of a transport(5) line, such as `lmtp:inet:127.0.0.1:2424`. Skips the
    test where there is no Postfix or no right to run one.
    """
    if shutil.which("postfix", path=f"{os.environ['PATH']}:/usr/sbin") is None:
        pytest.skip("postfix is not installed")
    if os.geteuid() != 0:
        pytest.skip("Postfix's master runs as root only")
    port = free_port()
    # Not below pytest's own folder: Postfix's daemons are not root and could not get there.
    with TemporaryDirectory(prefix="postfix-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        _configure(folder, routes, port)
        command = ["/usr/sbin/postfix", "-c", str(folder / "conf")]
        subprocess.run([*command, "start"], check=True, capture_output=True)
        try:
            yield Postfix(port, folder / "log")
        finally:
            subprocess.run([*command, "stop"], check=False, capture_output=True)


def _configure(folder: Path, routes: Mapping[str, str], port: int) -> None:
    for part in ("conf", "queue", "data"):
        (folder / part).mkdir()
    shutil.chown(folder / "data", "postfix")
    lines = ", ".join(f"{{{domain} = {route}}}" for domain, route in routes.items())
    (folder / "conf/main.cf").write_text(_MAIN.format(folder=folder, routes=f" {lines} "))
    services = [f"127.0.0.1:{port} inet n - n - - smtpd", *_SERVICES]
    (folder / "conf/master.cf").write_text("\n".join(services) + "\n")
