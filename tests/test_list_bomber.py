"""A list-bomber at work: who is flooded, who pays, and who still gets through."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from itertools import count, cycle, islice, product
from pathlib import Path

import altcha
import pytest
from sqlalchemy import func, select

from digest import challenges, signups, subscribers
from digest.addresses import Origin
from digest.config import Challenge, Settings
from digest.database import Database
from digest.enums import MailKind, SignUpKind
from digest.models import Delivery, SignUp, Subscriber
from digest.signups import ChallengeNeeded, TooManySignUps, Wish
from digest.subscribers import Preferences
from tests.factories import NOW, subscriber

MANY = 10_000
VICTIM = "list.bomb.victim@gmail.com"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path, secret_keys=("k" * 32,))


def wish(
    address: str,
    client: str = "203.0.113.9",
    kind: SignUpKind = SignUpKind.SUBSCRIBE,
    proof: bytes | None = None,
) -> Wish:
    preferences = Preferences().to_json() if kind is SignUpKind.SUBSCRIBE else None
    return Wish(kind, address, Origin.of(client), preferences, proof)


def is_let_in(database: Database, settings: Settings, one: Wish, now: datetime) -> bool:
    try:
        signups.ask(database, settings, one, now)
    except TooManySignUps:
        return False
    return True


def clients() -> Iterator[str]:
    """One address in each of 62,500 networks."""
    for a, b in product(range(250), range(250)):
        yield f"100.{a}.{b}.7"


def mails(database: Database) -> int:
    with database.read() as session:
        return session.scalar(select(func.count(Delivery.id))) or 0


def mailed_on(database: Database) -> list[date]:
    with database.read() as session:
        planned = session.scalars(select(Delivery.planned_at).order_by(Delivery.planned_at))
        return [at.date() for at in planned]


def solution(settings: Settings, now: datetime, most_tries: int = 3) -> str:
    """What a browser sends when it has solved a (here: easy) challenge."""
    made = challenges.make(settings.keys, now, most_tries=most_tries)
    solved = altcha.solve_challenge(altcha.Challenge.from_dict(made))
    assert solved is not None
    text = json.dumps({"challenge": made, "solution": solved.to_dict()})
    return b64encode(text.encode()).decode()


def spellings() -> Iterator[str]:
    """Endlessly many ways to write the victim's address."""
    for number, domain in enumerate(cycle(["gmail.com", "GMAIL.com", "googlemail.com"])):
        dots = "".join(
            letter + "." * (number >> place & 1) for place, letter in enumerate("listbombvictim")
        ).strip(".")
        yield f"{dots.title() if number % 2 else dots}+{number}@{domain}"


def test_one_victim_written_in_many_ways_gets_one_mail_a_day(
    sqlite: Database, settings: Settings
) -> None:
    let_in = 0
    for number, address, client in zip(range(MANY), spellings(), clients(), strict=False):
        now = NOW + number * timedelta(seconds=10)
        let_in += is_let_in(sqlite, settings, wish(address, client), now)
        if number % 100 == 99:
            subscribers.admit(sqlite, settings.keys, now)
    assert let_in > 500
    assert mailed_on(sqlite) == [NOW.date() + timedelta(days=day) for day in range(2)]


def test_a_month_later_the_victim_can_be_asked_again(sqlite: Database, settings: Settings) -> None:
    for hour, address, client in zip(range(0, 32 * 24, 6), spellings(), clients(), strict=False):
        now = NOW + timedelta(hours=hour)
        signups.ask(sqlite, settings, wish(address, client), now)
        subscribers.admit(sqlite, settings.keys, now)
    days = [(day - NOW.date()).days for day in mailed_on(sqlite)]
    assert days == [0, 1, 2, 30, 31]


def test_ten_thousand_addresses_from_one_network_cost_it_the_network(
    sqlite: Database, settings: Settings
) -> None:
    free = settings.model_copy(update={"challenge": Challenge.NEVER})
    step = timedelta(hours=24) / MANY
    hosts = cycle(f"203.0.113.{number}" for number in range(1, 255))
    let_in = sum(
        is_let_in(sqlite, free, wish(f"v{number}@example.org", host), NOW + number * step)
        for number, host in zip(range(MANY), hosts, strict=False)
    )
    subscribers.admit(sqlite, settings.keys, NOW + timedelta(days=1))
    assert let_in == mails(sqlite) == 120
    reader = wish("honest@example.org", "198.51.100.1")
    assert is_let_in(sqlite, settings, reader, NOW + timedelta(days=1))


def test_ten_thousand_networks_at_once_leave_room_for_who_solves_the_challenge(
    sqlite: Database, settings: Settings
) -> None:
    let_in = sum(
        is_let_in(sqlite, settings, wish(f"v{number}@example.org", client), NOW)
        for number, client in zip(range(MANY), clients(), strict=False)
    )
    assert let_in == settings.signups_per_hour // 4
    reader = wish("honest@example.org", "198.51.100.1")
    with pytest.raises(ChallengeNeeded):
        signups.ask(sqlite, settings, reader, NOW)
    solved = challenges.check(settings.keys, solution(settings, NOW), NOW)
    assert is_let_in(sqlite, settings, wish(reader.address, "198.51.100.1", proof=solved), NOW)
    subscribers.admit(sqlite, settings.keys, NOW)
    with sqlite.read() as session:
        known = select(Subscriber.id).where(Subscriber.address == reader.address)
        assert session.scalar(known) is not None


def test_even_who_solves_every_challenge_cannot_make_us_send_more_than_the_budget(
    any_database: Database, settings: Settings
) -> None:
    few = settings.model_copy(update={"signups_per_hour": 20})
    let_in = [
        is_let_in(any_database, few, wish(f"v{n}@example.org", client, proof=n.to_bytes(32)), NOW)
        for n, client in zip(range(60), clients(), strict=False)
    ]
    assert let_in == [True] * 20 + [False] * 40
    subscribers.admit(any_database, settings.keys, NOW)
    assert mails(any_database) == 20


def test_a_few_networks_that_solve_every_challenge_cannot_shut_the_others_out(
    sqlite: Database, settings: Settings
) -> None:
    tries = count()
    hosts = [f"203.0.{network}.{host}" for network in range(10) for host in range(60)]
    let_in = [
        is_let_in(sqlite, settings, wish("v@example.org", host, proof=n.to_bytes(32)), NOW)
        for host, n in zip(hosts, tries, strict=False)
    ]
    assert sum(let_in) < settings.signups_per_hour * 2 / 3
    solved = challenges.check(settings.keys, solution(settings, NOW), NOW)
    assert is_let_in(sqlite, settings, wish("honest@example.org", "100.1.1.1", proof=solved), NOW)


def test_an_hour_later_the_door_is_open_again(sqlite: Database, settings: Settings) -> None:
    while is_let_in(sqlite, settings, wish("a@example.org"), NOW):
        pass
    later = NOW + timedelta(hours=1)
    assert is_let_in(sqlite, settings, wish("a@example.org"), later)


def test_a_household_without_javascript_gets_through_until_it_asks_often(
    sqlite: Database, settings: Settings
) -> None:
    let_in = [is_let_in(sqlite, settings, wish(f"a{n}@example.org"), NOW) for n in range(7)]
    assert let_in == [True] * 5 + [False] * 2


def test_a_solution_counts_once(any_database: Database, settings: Settings) -> None:
    always = settings.model_copy(update={"challenge": Challenge.ALWAYS})
    assert not is_let_in(any_database, always, wish("a@example.org"), NOW)
    solved = b"s" * 32
    assert is_let_in(any_database, always, wish("a@example.org", proof=solved), NOW)
    assert not is_let_in(any_database, always, wish("b@example.org", proof=solved), NOW)


def test_a_reader_gets_three_links_a_day_whoever_asks_and_however(
    any_database: Database, settings: Settings
) -> None:
    with any_database.write() as session:
        subscriber(session, address="known@example.org")
    for number, client in zip(range(10), clients(), strict=False):
        kind = SignUpKind.LINK if number % 2 else SignUpKind.SUBSCRIBE
        assert is_let_in(any_database, settings, wish("Known@example.org", client, kind), NOW)
    subscribers.admit(any_database, settings.keys, NOW)
    with any_database.read() as session:
        assert session.scalars(select(Delivery.kind)).all() == [MailKind.FRESH_LINK] * 3


def test_erasing_a_subscriber_does_not_open_the_inbox_again(
    any_database: Database, settings: Settings
) -> None:
    for hour in range(2):
        signups.ask(any_database, settings, wish(VICTIM), NOW + timedelta(hours=hour))
        subscribers.admit(any_database, settings.keys, NOW + timedelta(hours=hour))
        if not hour:
            subscribers.erase(any_database, subscribers.find(any_database, VICTIM), NOW)
    assert mails(any_database) == 1


def test_limits_outlive_a_rotation_of_the_key(sqlite: Database, settings: Settings) -> None:
    rotated = settings.model_copy(update={"secret_keys": ("n" * 32, "k" * 32)})
    for own in (settings, Settings(**rotated.model_dump(by_alias=True))):
        signups.ask(sqlite, own, wish(VICTIM), NOW)
        subscribers.admit(sqlite, own.keys, NOW)
    assert mails(sqlite) == 1


def test_what_was_asked_is_forgotten_when_it_is_decided_and_counted_for_a_month(
    any_database: Database, settings: Settings
) -> None:
    signups.ask(any_database, settings, wish(VICTIM), NOW)
    subscribers.admit(any_database, settings.keys, NOW)
    with any_database.read() as session:
        (kept,) = session.scalars(select(SignUp))
    assert (kept.address, kept.preferences, kept.network) == (None, None, "203.0.113.0/24")
    assert signups.purge(any_database, NOW + timedelta(days=30)) == 0
    assert signups.purge(any_database, NOW + timedelta(days=32)) == 1


def test_quotas_hold_exactly_while_many_ask_at_once(
    any_database: Database, settings: Settings
) -> None:
    few = settings.model_copy(
        update={"signups_per_hour": 10, "signups_per_day": 99, "challenge": Challenge.NEVER}
    )
    wishes = [
        wish(f"v{n}@example.org", client) for n, client in zip(range(40), clients(), strict=False)
    ]
    with ThreadPoolExecutor(8) as pool:
        let_in = list(pool.map(lambda one: is_let_in(any_database, few, one, NOW), wishes))
    assert sum(let_in) == 10


def test_two_workers_that_decide_at_once_mail_the_victim_once(
    any_database: Database, settings: Settings
) -> None:
    for address, client in zip(islice(spellings(), 5), clients(), strict=False):
        signups.ask(any_database, settings, wish(address, client), NOW)
    with ThreadPoolExecutor(4) as pool:
        decided = list(
            pool.map(lambda _: subscribers.admit(any_database, settings.keys, NOW), range(4))
        )
    assert (sum(decided), mails(any_database)) == (5, 1)
