"""Sign-ups: somebody asks us to mail an address. Counted and kept here; a worker decides.

The request that asks does the same whatever the address: it checks where it comes from, and
writes one row. Who reads at the address, whether it is suppressed, whether it had its mails:
that is looked up later, in a worker, so neither the answer nor its timing can tell.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, delete, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from digest import quotas
from digest.addresses import Origin, folded
from digest.config import Settings
from digest.database import Database
from digest.enums import SignUpKind
from digest.macs import mac
from digest.models import SignUp, SolvedChallenge
from digest.quotas import Answer, Counts

_LOCK = 7263551
_KEPT = timedelta(days=31)
MAILS = {SignUpKind.SUBSCRIBE: (1, 3), SignUpKind.LINK: (3, 10)}
"""What strangers can make us send to one inbox: in a day, and in 30 days."""
_DAY, _MONTH = timedelta(days=1), timedelta(days=30)

_FROM_HOST = SignUp.host_hash == bindparam("host")
_FROM_NETWORK = SignUp.network == bindparam("network")
_IN_THE_HOUR = SignUp.asked_at > bindparam("hour_ago")
_COUNTED = select(
    func.count().filter(_FROM_HOST, _IN_THE_HOUR).label("host_hour"),
    func.count().filter(_FROM_HOST).label("host_day"),
    func.count().filter(_FROM_NETWORK, _IN_THE_HOUR).label("network_hour"),
    func.count().filter(_FROM_NETWORK).label("network_day"),
    func.count().filter(_IN_THE_HOUR).label("all_hour"),
    func.count().label("all_day"),
).where(SignUp.asked_at > bindparam("day_ago"))


class TooManySignUps(Exception):
    """A quota is used up; says after how many seconds it is surely free again."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__("too many sign-ups")
        self.seconds = int(wait.total_seconds())


class ChallengeNeeded(TooManySignUps):
    """Let in with a solved challenge that was not used before."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked of us: which mail, to whom, by whom."""

    kind: SignUpKind
    address: str
    """Checked."""
    origin: Origin
    preferences: dict[str, Any] | None = None
    proof: bytes | None = None
    """Names what was spent on it, a solved challenge or a fresh link; each counts once."""


def ask(database: Database, settings: Settings, wish: Wish, now: datetime) -> None:
    """Keep a wish for a worker to decide on; the same work for every address.

    Raises ChallengeNeeded or TooManySignUps. Only one request at a time counts and adds, so the
    quotas are exact; a challenge is used up by its unique row, in the same transaction.
    """
    row = SignUp(
        kind=wish.kind,
        address=wish.address,
        preferences=wish.preferences,
        host_hash=_hash(settings.keys[0], "host", wish.origin.host),
        network=wish.origin.network,
        asked_at=now,
    )
    try:
        with database.write() as session:
            _one_at_a_time(session)
            if wish.proof:
                session.add(SolvedChallenge(name=wish.proof, solved_at=now))
                session.flush()
            _let_in(session, settings, row, has_solved=wish.proof is not None)
            session.add(row)
    except IntegrityError:
        raise ChallengeNeeded(quotas.HOUR) from None


def undecided(session: Session, most: int) -> list[int]:
    """Return the numbers of the oldest wishes that wait for a worker."""
    waiting = select(SignUp.id).where(SignUp.address.is_not(None)).order_by(SignUp.id)
    return list(session.scalars(waiting.limit(most)))


def taken(session: Session, number: int) -> SignUp | None:
    """Return a wish that is still undecided; no other worker decides before the commit."""
    _one_at_a_time(session)
    wish = session.get(SignUp, number, populate_existing=True)
    return wish if wish is not None and wish.address is not None else None


def grant(
    session: Session, keys: Sequence[bytes], wish: SignUp, kind: SignUpKind, now: datetime
) -> bool:
    """Count a mail of this kind to the wish's inbox; False when it has had enough of them."""
    address = folded(wish.address or "")
    a_day, a_month = MAILS[kind]
    hashes = [_hash(key, "inbox", address) for key in keys]
    mailed = [SignUp.inbox_hash.in_(hashes), SignUp.kind == kind, SignUp.mailed_at > now - _MONTH]
    is_today = SignUp.mailed_at > now - _DAY
    month, day = session.execute(
        select(func.count(), func.count().filter(is_today)).where(*mailed)
    ).one()
    if day >= a_day or month >= a_month:
        return False
    wish.kind, wish.inbox_hash, wish.mailed_at = kind, hashes[0], now
    return True


def settle(wish: SignUp) -> None:
    """Forget the address: it was only lent to us until we had decided."""
    wish.address = wish.preferences = None


def purge(database: Database, now: datetime) -> int:
    """Delete what no limit counts any more."""
    with database.write() as session:
        session.execute(delete(SolvedChallenge).where(SolvedChallenge.solved_at < now - _KEPT))
        gone = delete(SignUp).where(SignUp.asked_at < now - _KEPT).returning(SignUp.id)
        return len(session.execute(gone).all())


def _let_in(session: Session, settings: Settings, row: SignUp, *, has_solved: bool) -> None:
    most = quotas.quota(settings.signups_per_hour, settings.signups_per_day)
    verdict = quotas.judge(_used(session, row), most, settings.challenge, has_solved=has_solved)
    if verdict.answer is Answer.REFUSED:
        raise TooManySignUps(verdict.wait)
    if verdict.answer is Answer.CHALLENGED:
        raise ChallengeNeeded(verdict.wait)


def _used(session: Session, row: SignUp) -> Counts:
    """Count the last day's sign-ups in one look."""
    known = {
        "host": row.host_hash,
        "network": row.network,
        "hour_ago": row.asked_at - quotas.HOUR,
        "day_ago": row.asked_at - quotas.DAY,
    }
    return Counts(**session.execute(_COUNTED, known).one()._asdict())


def _one_at_a_time(session: Session) -> None:
    # SQLite's write transactions queue up anyway.
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(_LOCK)))


def _hash(key: bytes, what: str, text: str) -> bytes:
    return mac(key, f"sign-up {what}", text.encode())
