"""What a mail server's answer means: for the delivery, its reader and those behind it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from digest.deliveries.answers import Blame, judge, judge_turned_away
from digest.enums import DeliveryStatus, HoldKind
from digest.smtp import Answer

MIDDLE = 0.5
"""Jitter that changes nothing."""
DEFERRED, FAILED, SENT = DeliveryStatus.DEFERRED, DeliveryStatus.FAILED, DeliveryStatus.SENT


@pytest.mark.parametrize(
    ("code", "text", "status", "blame"),
    [
        (250, "2.0.0 Ok: queued as 4XYZ", SENT, Blame.NOBODY),
        (421, "4.3.2 closing", DEFERRED, Blame.SERVER),
        (451, "4.7.1 greylisted", DEFERRED, Blame.NOBODY),
        (452, "4.2.2 mailbox full", DEFERRED, Blame.NOBODY),
        (550, "5.1.1 no such user", FAILED, Blame.ADDRESS),
        (550, "5.1.10 null MX", FAILED, Blame.ADDRESS),
        (550, "5.2.1 mailbox disabled", FAILED, Blame.ADDRESS),
        (552, "5.2.2 mailbox full", FAILED, Blame.NOBODY),
        (552, "quota exceeded", FAILED, Blame.NOBODY),
        (552, "5.3.4 too big", FAILED, Blame.NOBODY),
        (554, "5.4.1 access denied", FAILED, Blame.UNKNOWN),
        (550, "no thanks", FAILED, Blame.UNKNOWN),
        (553, "5.1.8 bad sender", DEFERRED, Blame.OURS),
        (550, "5.7.1 listed", DEFERRED, Blame.OURS),
        (550, "5.7.515 authenticate", DEFERRED, Blame.OURS),
        (530, "5.7.0 log in first", DEFERRED, Blame.OURS),
        (535, "wrong password", DEFERRED, Blame.OURS),
    ],
)
def test_who_is_to_blame(code: int, text: str, status: DeliveryStatus, blame: Blame) -> None:
    verdict = judge(Answer(code, text), 1, MIDDLE)
    assert (verdict.status, verdict.blame) == (status, blame)


def test_a_refusal_of_our_mail_holds_the_domain_and_of_our_login_the_server() -> None:
    assert judge(Answer(550, "5.7.1 listed"), 1, MIDDLE).holds is HoldKind.DOMAIN
    assert judge(Answer(535, "5.7.8 wrong password"), 1, MIDDLE).holds is HoldKind.SERVER
    assert judge(Answer(421, "busy"), 1, MIDDLE).holds is HoldKind.SERVER
    assert judge(Answer(451, "busy"), 1, MIDDLE).holds is None


def test_whoever_is_turned_away_at_the_door_blames_no_reader() -> None:
    for code, blame in ((554, Blame.OURS), (421, Blame.SERVER), (451, Blame.SERVER)):
        verdict = judge_turned_away(Answer(code, "no"), 1, MIDDLE)
        assert (verdict.status, verdict.blame) == (DEFERRED, blame)


def test_a_mail_told_to_wait_is_tried_again_ever_later() -> None:
    waits = [judge(Answer(451, "busy"), attempt, MIDDLE).retry_after for attempt in (1, 2, 3, 9)]
    assert waits == [
        timedelta(minutes=30),
        timedelta(hours=1),
        timedelta(hours=2),
        timedelta(hours=8),
    ]


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("4.7.1 Greylisted, try again in 300 seconds", 300, 480),
        ("4.7.1 come back in 5 minutes", 300, 480),
        ("4.7.0 try in 1s", 60, 100),
        ("4.7.0 try again in 99 hours", 8 * 3600, 11 * 3600),
        ("4.3.0 error 17 in queue", 25 * 60, 35 * 60),
    ],
)
def test_a_server_that_says_when_is_believed_within_reason(
    text: str, least: int, most: int
) -> None:
    for jitter in (0.0, MIDDLE, 1.0):
        wait = judge(Answer(450, text), 1, jitter).retry_after
        assert wait
        assert least <= wait.total_seconds() <= most
