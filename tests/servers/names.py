"""A real DNS server that knows the records it is given, and no other name."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import dns.flags
import dns.message
import dns.rcode
import dns.rrset
import dns.zonefile

_TXT_OCTETS = 255
"""A TXT record is a row of strings of at most this length (RFC 1035 section 3.3.14)."""

Records = dict[tuple[dns.name.Name, int], dns.rrset.RRset]


def txt(name: str, text: str) -> str:
    """Return a TXT record as a line of a zone file."""
    pieces = (text[start : start + _TXT_OCTETS] for start in range(0, len(text), _TXT_OCTETS))
    return f"{name}. 60 IN TXT " + " ".join(f'"{piece}"' for piece in pieces)


@contextmanager
def serve(zone: Sequence[str], port: int = 0) -> Iterator[int]:
    """Answer on a loopback port for the length of the block; yields the port."""
    rrsets = dns.zonefile.read_rrsets("\n".join(zone), rdclass=None)
    records = {(rrset.name, rrset.rdtype): rrset for rrset in rrsets}
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as listening:
        listening.bind(("127.0.0.1", port))
        threading.Thread(target=_answer_all, args=(listening, records), daemon=True).start()
        yield listening.getsockname()[1]


def _answer_all(listening: socket.socket, records: Records) -> None:
    while True:
        try:
            octets, asker = listening.recvfrom(4096)
            listening.sendto(_answer(octets, records), asker)
        except OSError:
            return


def _answer(octets: bytes, records: Records) -> bytes:
    query = dns.message.from_wire(octets)
    answer = dns.message.make_response(query)
    answer.flags |= dns.flags.AA | dns.flags.RA
    (question,) = query.question
    found = records.get((question.name, question.rdtype))
    if found is not None:
        answer.answer.append(found)
    elif all(name != question.name for name, _ in records):
        answer.set_rcode(dns.rcode.NXDOMAIN)
    return answer.to_wire(max_size=4096)
