"""The suppression list as a file: ours with hashes, or another system's with addresses."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from email_validator import EmailNotValidError, validate_email
from sqlalchemy import select
from sqlalchemy.orm import Session

from digest.database import Database
from digest.enums import SubscriberStatus
from digest.models import Subscriber, Suppression
from digest.suppressions.hashes import address_hash, suppress
from digest.tokens import key_id

_TITLE = "# digest suppressions made with keys:"
_HEADER = "hash,reason,suppressed_at"
_HASH = re.compile(r"[0-9a-f]{64}")
_LONGEST_REASON = 64
_IMPORTED = "imported"


class UnusableList(ValueError):
    """Nothing of the file can be taken over; the text says why."""


@dataclass(frozen=True, slots=True)
class Imported:
    added: int
    known: int
    unread: tuple[int, ...]
    """Numbers of the lines that hold neither an address nor a hash."""


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    hash: bytes | None
    address_key: str
    reason: str


def export(database: Database, keys: Sequence[bytes]) -> Iterator[str]:
    """Return the list as lines; only an installation with one of our keys can use them."""
    yield f"{_TITLE} {' '.join(key_id(key) for key in keys)}"
    yield _HEADER
    with database.read() as session:
        for row in session.scalars(select(Suppression).order_by(Suppression.id)):
            reason = row.reason.replace(",", ";").replace("\n", " ").replace('"', "'")
            yield f"{row.address_hash.hex()},{reason},{row.created_at.isoformat()}"


def bring_in(
    database: Database, keys: Sequence[bytes], lines: Iterable[str], now: datetime
) -> Imported:
    """Add our own export, a list of addresses, or any CSV with an address in each row.

    All or nothing; who is subscribed with such an address gets no more mail. Raises UnusableList.
    """
    try:
        read = list(_read(lines, keys))
    except csv.Error as error:
        raise UnusableList(f"it is no list of lines: {error}") from None
    wanted = [line for line in read if line.hash or line.address_key]
    unread = tuple(line.number for line in read if not line.hash and not line.address_key)
    with database.write() as session:
        known = set(session.scalars(select(Suppression.address_hash)))
        before = len(known)
        for line in wanted:
            hashes = [line.hash] if line.hash else [address_hash(k, line.address_key) for k in keys]
            if known.isdisjoint(hashes):
                known.add(hashes[0])
                session.add(Suppression(address_hash=hashes[0], reason=line.reason, created_at=now))
        session.flush()
        _stop_readers(session, keys, known, now)
    added = len(known) - before
    return Imported(added, len(wanted) - added, unread)


def _stop_readers(
    session: Session, keys: Sequence[bytes], known: set[bytes], now: datetime
) -> None:
    """Suppress every reader whose address is in the list; a hash does not say whose it is."""
    readers = session.scalars(
        select(Subscriber.address_key).where(Subscriber.status != SubscriberStatus.SUPPRESSED)
    )
    hit = [key for key in readers if not known.isdisjoint(address_hash(k, key) for k in keys)]
    suppress(session, keys, hit, _IMPORTED, now)


def _read(lines: Iterable[str], keys: Sequence[bytes]) -> Iterator[_Line]:
    is_ours = False
    header: list[str] | None = None
    rows = csv.reader(line.replace("\0", "") for line in lines)
    for row in rows:
        cells = [cell.strip() for cell in row]
        if row and row[0].startswith(_TITLE):
            is_ours = _knows(keys, row[0])
        elif not any(cells) or cells[0].startswith("#"):
            continue
        elif header is None and not any("@" in cell for cell in cells):
            header = [cell.lower() for cell in cells]
        else:
            header = header or []
            yield _line(rows.line_num, cells, header, is_ours=is_ours)


def _knows(keys: Sequence[bytes], title: str) -> bool:
    if {key_id(key) for key in keys}.isdisjoint(title.removeprefix(_TITLE).split()):
        raise UnusableList(
            "its hashes were made with other keys; put their DIGEST_SECRET_KEYS into this ring "
            "first, or import addresses"
        )
    return True


def _line(number: int, cells: Sequence[str], header: Sequence[str], *, is_ours: bool) -> _Line:
    named = dict(zip(header, cells, strict=False))
    told = named.get("reason", "")[:_LONGEST_REASON]
    # A reason with an address in it would name who shall not be named.
    reason = told if told and "@" not in told else _IMPORTED
    if is_ours and _HASH.fullmatch(cells[0]):
        return _Line(number, bytes.fromhex(cells[0]), "", reason)
    return _Line(number, None, _address_key(cells), reason)


def _address_key(cells: Iterable[str]) -> str:
    """Return the first address among some cells, spelled as subscribers' are, or ""."""
    for cell in cells:
        if "@" not in cell:
            continue
        try:
            checked = validate_email(cell, check_deliverability=False)
        except EmailNotValidError:
            continue
        return checked.normalized.casefold()
    return ""
