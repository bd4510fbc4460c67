"""OpenDKIM, in a network and mount namespace of its own.

opendkim-testmsg asks the system's resolver for keys and no other. In a namespace of its own the
system's resolver can be a server that knows our keys and nothing else.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from tests.judges import needs
from tests.servers import names

_PORT_OF_DNS = 53
_NAMESPACE = ("unshare", "--map-root-user", "--net", "--mount")


def accepted(mails: Mapping[str, bytes], zone: Sequence[str], folder: Path) -> set[str]:
    """Return the names of the mails whose signature OpenDKIM accepts."""
    needs("opendkim-testmsg", package="opendkim-tools")
    needs("ip", package="iproute2")
    needs("unshare", "mount", package="util-linux, mount")
    if subprocess.run([*_NAMESPACE, "true"], capture_output=True, check=False).returncode:
        pytest.skip("this system lets us make no namespace (unshare), which OpenDKIM's DNS needs")
    (folder / "zone.json").write_text(json.dumps(list(zone)))
    for name, octets in mails.items():
        (folder / f"{name}.eml").write_bytes(octets)
    command = [*_NAMESPACE, sys.executable, "-m", __name__, folder, *mails]
    judged = subprocess.run(command, capture_output=True, text=True, check=True)
    return set(json.loads(judged.stdout))


def _main(folder: Path, mails: Sequence[str]) -> None:
    resolver = folder / "resolv.conf"
    resolver.write_text("nameserver 127.0.0.1\n")
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    subprocess.run(["mount", "--bind", resolver, "/etc/resolv.conf"], check=True)
    with names.serve(json.loads((folder / "zone.json").read_text()), _PORT_OF_DNS):
        print(json.dumps([name for name in mails if _accepts(folder / f"{name}.eml")]))


def _accepts(path: Path) -> bool:
    with path.open("rb") as mail:
        return subprocess.run(["opendkim-testmsg"], stdin=mail, check=False).returncode == 0


if __name__ == "__main__":
    _main(Path(sys.argv[1]), sys.argv[2:])
