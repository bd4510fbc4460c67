"""SpamAssassin and rspamd with the rules they bring; neither asks the network anything."""

from __future__ import annotations

import re
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import httpx

from tests.judges import needs
from tests.servers import names

Scores = dict[str, float]
"""By rule."""

_RULE = re.compile(r"^\s*(-?\d+\.\d) ([A-Z][A-Z0-9_]+) ", re.MULTILINE)
_ASKING_THE_NETWORK = (
    "rbl",
    "surbl",
    "fuzzy_check",
    "asn",
    "phishing",
    "rspamd_update",
    "mx_check",
)
_NEEDING_A_MEMORY = ("neural", "greylist", "ratelimit", "redis", "reputation", "replies")
_OTHER_WORKERS = ("controller", "proxy", "fuzzy")


def spamassassin(mails: Mapping[str, bytes], folder: Path) -> dict[str, Scores]:
    """Return the rules that each mail hits, all judged by one process."""
    needs("spamassassin")
    paths = [folder / f"{name}.eml" for name in mails]
    for path, octets in zip(paths, mails.values(), strict=True):
        path.write_bytes(octets)
    options = ["--local", "--test-mode", "--nocreate-prefs", "--prefspath", folder / "prefs"]
    (folder / "prefs").touch()
    command = ["spamassassin", *options, *paths]
    judged = subprocess.run(command, capture_output=True, check=True).stdout.decode(
        "utf-8", "replace"
    )
    # --test-mode puts a table of the rules under each mail.
    reports = judged.split("\nContent analysis details:")[1:]
    assert len(reports) == len(mails)
    return {
        name: {rule: float(points) for points, rule in _RULE.findall(report)}
        for name, report in zip(mails, reports, strict=True)
    }


def rspamd(
    mails: Mapping[str, bytes], zone: Sequence[str], sent_from: Mapping[str, str], folder: Path
) -> dict[str, Scores]:
    """Return the rules that each mail hits; `sent_from` names Ip, Helo, From and so on."""
    needs("rspamd")
    with names.serve(zone) as dns_port, _running(folder, dns_port) as url:
        return {
            name: _symbols(httpx.post(url, content=octets, headers=dict(sent_from), timeout=30))
            for name, octets in mails.items()
        }


def _symbols(answer: httpx.Response) -> Scores:
    symbols = answer.raise_for_status().json()["symbols"]
    return {name: symbol["score"] for name, symbol in symbols.items()}


@contextmanager
def _running(folder: Path, dns_port: int) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    _configure(folder, port, dns_port)
    places = ("LOCAL_CONFDIR", "DBDIR", "LOGDIR", "RUNDIR")
    options = [option for place in places for option in ("--var", f"{place}={folder}")]
    command = ["rspamd", "--insecure", "--no-fork", "--config", "/etc/rspamd/rspamd.conf"]
    with (folder / "output").open("wb") as output:
        process = subprocess.Popen([*command, *options], stdout=output, stderr=output)
    try:
        url = f"http://127.0.0.1:{port}"
        _wait(f"{url}/ping", folder)
        yield f"{url}/checkv2"
    finally:
        process.terminate()
        process.wait(20)


def _configure(folder: Path, port: int, dns_port: int) -> None:
    local = folder / "local.d"
    local.mkdir()
    # Compiling all suffixes and expressions takes ten seconds and pays over thousands of mails.
    (folder / "suffixes").write_text("org\nnet\nco\ncom\n")
    (local / "options.inc").write_text(
        f'dns {{ nameserver = ["127.0.0.1:{dns_port}"]; timeout = 1s; }}\n'
        f'disable_hyperscan = true;\nurl_tld = "{folder}/suffixes";\n'
    )
    (local / "worker-normal.inc").write_text(f'bind_socket = "127.0.0.1:{port}";\ncount = 1;\n')
    for worker in _OTHER_WORKERS:
        (local / f"worker-{worker}.inc").write_text("enabled = false;\ncount = -1;\n")
    for module in (*_ASKING_THE_NETWORK, *_NEEDING_A_MEMORY):
        (local / f"{module}.conf").write_text("enabled = false;\n")


def _wait(url: str, folder: Path) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            httpx.get(url, timeout=5)
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError((folder / "output").read_text()[-2000:])
