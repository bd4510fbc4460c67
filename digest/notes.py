"""What the short mails say: confirmation, welcome, fresh link, move, farewell."""

from __future__ import annotations

from collections.abc import Sequence

from digest.rendering import Note, SmallPrint

CONFIRMATION_WORDING = "2"
"""Kept as proof of what a reader agreed to; goes up when the confirmation says something else."""
_NOT_YOU = SmallPrint("Was it not you? Then do nothing: without the click nothing more comes.")
_WHOLE_LIST = "each day's whole list"


def confirmation(topics: Sequence[str], schedule: str, confirm: str, refuse: str) -> Note:
    """Ask whether the owner of the address wants the mails; the link lives 48 hours."""
    return Note(
        subject="Confirm: trending papers in your inbox",
        heading="One click, and the papers come",
        paragraphs=(
            (
                "Somebody, we hope you, asked us to send trending papers to this address, "
                f"{schedule}:"
            ),
            "Press the button and the first digest is on its way. The link works for 48 hours.",
        ),
        listed=tuple(topics) or (_WHOLE_LIST,),
        button=("Yes, send me papers", confirm),
        small_print=(_NOT_YOU, _never_again(refuse)),
    )


def moving(topics: Sequence[str], confirm: str, refuse: str) -> Note:
    """Ask the owner of a new address whether a subscription may move here; lives 48 hours."""
    return Note(
        subject="Confirm: your trending papers move to this address",
        heading="Shall the papers come here?",
        paragraphs=(
            (
                "A reader, we hope you, asked us to send their trending papers to this address "
                "instead of another one:"
            ),
            (
                "Press the button and it goes on here where it stopped there. The link works for "
                "48 hours."
            ),
        ),
        listed=tuple(topics) or (_WHOLE_LIST,),
        button=("Yes, send them here", confirm),
        small_print=(_NOT_YOU, _never_again(refuse)),
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
            SmallPrint(
                "Was it not you? Then somebody else can read your mail: change its password."
            ),
            SmallPrint("You can subscribe this address again at any time."),
        ),
    )


def welcome(topics: Sequence[str], manage: str, unsubscribe: str) -> Note:
    """Say that all is well although no digest could go out at once."""
    return Note(
        subject="You are subscribed to trending papers",
        heading="You are subscribed",
        paragraphs=(
            (
                "The latest edition held nothing for you. The first digest comes as soon as one "
                "does; on days without a match we stay silent. You follow:"
            ),
        ),
        listed=tuple(topics) or (_WHOLE_LIST,),
        button=("See or change your topics", manage),
        small_print=(SmallPrint("Changed your mind?", "Unsubscribe", unsubscribe),),
        unsubscribe_url=unsubscribe,
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
        small_print=(
            SmallPrint("Did you not ask for it? Then do nothing; nothing has changed."),
            SmallPrint("Pass this mail on to nobody: its link opens your subscription."),
        ),
    )


def farewell(come_back: str) -> Note:
    """Say that it is over, and how to come back."""
    return Note(
        subject="You have unsubscribed from trending papers",
        heading="That was the last one",
        paragraphs=("You have unsubscribed, and no more digests will come to this address.",),
        button=("Undo: subscribe me again", come_back),
        small_print=(
            SmallPrint("The button works for 7 days and brings your topics back as they were."),
        ),
    )


def _never_again(refuse: str) -> SmallPrint:
    return SmallPrint("Never want mail from us?", "Never mail this address again", refuse)
