"""What the short mails say: confirmation, welcome, fresh link, farewell."""

from __future__ import annotations

from collections.abc import Sequence

from digest.rendering import Note

CONFIRMATION_WORDING = "1"
"""Kept as proof of what a reader agreed to; goes up when the confirmation says something else."""
_NOT_YOU = "Was it not you? Then do nothing: without the click nothing more comes."


def confirmation(topics: Sequence[str], schedule: str, confirm: str, refuse: str) -> Note:
    """Ask whether the owner of the address wants the mails; the link lives 48 hours."""
    about = f"about {_listed(topics)}" if topics else "with each day's whole list"
    return Note(
        subject="Confirm: trending papers in your inbox",
        heading="One click, and the papers come",
        paragraphs=(
            (
                f"Somebody, we hope you, asked us to send trending papers {about} to this "
                f"address, {schedule}."
            ),
            "Press the button and the first digest is on its way. The link works for 48 hours.",
        ),
        button=("Yes, send me papers", confirm),
        small_print=((_NOT_YOU, ""), ("Never want mail from us? Say so here:", refuse)),
    )


def moving(topics: Sequence[str], confirm: str, refuse: str) -> Note:
    """Ask the owner of a new address whether a subscription may move here; lives 48 hours."""
    about = f"about {_listed(topics)}" if topics else "with each day's whole list"
    return Note(
        subject="Confirm: your trending papers move to this address",
        heading="Shall the papers come here?",
        paragraphs=(
            (
                f"A reader, we hope you, asked us to send their trending papers {about} to this "
                "address instead of another one."
            ),
            (
                "Press the button and it goes on here where it stopped there. The link works for "
                "48 hours."
            ),
        ),
        button=("Yes, send them here", confirm),
        small_print=((_NOT_YOU, ""), ("Never want mail from us? Say so here:", refuse)),
    )


def moved() -> Note:
    """Tell the old address that the subscription has gone."""
    return Note(
        subject="Your trending papers go to another address now",
        heading="Moved",
        paragraphs=(
            (
                "With a link mailed to this address somebody, we hope you, moved your "
                "subscription to another address, whose owner agreed. No more digests come here."
            ),
        ),
        small_print=(
            ("Was it not you? Then somebody else can read your mail: change its password.", ""),
            ("You can subscribe this address again at any time.", ""),
        ),
    )


def welcome(topics: Sequence[str], manage: str, unsubscribe: str) -> Note:
    """Say that all is well although no digest could go out at once."""
    about = f"to do with {_listed(topics)}" if topics else "to send"
    return Note(
        subject="You are subscribed to trending papers",
        heading="You are subscribed",
        paragraphs=(
            (
                f"The latest edition held nothing {about}. The first digest comes as soon as "
                "one does; on days without a match we stay silent."
            ),
        ),
        button=("See or change your topics", manage),
        small_print=(("Unsubscribe:", unsubscribe),),
    )


def fresh_link(link: str, minutes: int) -> Note:
    """Hand over a new link to someone who asked for one."""
    return Note(
        subject="Your link to your trending papers",
        heading="Here is your link",
        paragraphs=(
            (
                "With it you change your topics and schedule, move to another address, take your "
                "data with you or erase it."
            ),
            f"It works for {minutes} minutes, and you can ask for three a day.",
        ),
        button=("Open my subscription", link),
        small_print=(("Did you not ask for it? Then do nothing; nothing has changed.", ""),),
    )


def farewell(come_back: str) -> Note:
    """Say that it is over, and how to come back."""
    return Note(
        subject="You have unsubscribed from trending papers",
        heading="That was the last one",
        paragraphs=("You have unsubscribed, and no more digests will come to this address.",),
        button=("Undo", come_back),
        small_print=(
            ("The button works for 7 days and brings your topics back as they were.", ""),
        ),
    )


def _listed(topics: Sequence[str]) -> str:
    quoted = [f"“{topic}”" for topic in topics]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} and {quoted[-1]}"
