"""One mail of every kind, made of the bundled sample papers: to look at, and to be judged."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from digest import notes
from digest.digests import Digest
from digest.papers import Paper
from digest.previews import Wishes, digest_of
from digest.rendering import Links, Mail, Note, Sender, render_digest, render_note
from digest.sections import TopicLinks
from digest.sources.base import Validators
from digest.sources.sample import Sample

_TOPICS = ("diffusion -video", "agents", 'quantization OR "mixture of experts"')
_LIMIT = 6
_SCHEDULE = "every day at 8:00 (Europe/Berlin)"


class Scheme(StrEnum):
    """The colours that somebody's mail program prefers."""

    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True)
class Specimen:
    name: str
    """As in the address of its page: `digest`, `fresh-link`."""
    title: str
    mail: Mail


def specimens(sender: Sender, day: date) -> tuple[Specimen, ...]:
    """Return one mail of every kind, as `sender` would send them on `day`."""
    digests = (
        Specimen(name, title, render_digest(digest, _links(sender, digest), sender))
        for name, title, digest in (
            ("digest", "Digest", _by_topic(day)),
            ("trending", "Digest without topics", _trending(day)),
        )
    )
    written = (
        Specimen(name, title, render_note(note, sender)) for name, title, note in _notes(sender)
    )
    return (*digests, *written)


def in_scheme(html: str, scheme: Scheme) -> str:
    """Return a mail as it looks in these colours, whatever the reader prefers."""
    condition = "all" if scheme is Scheme.DARK else "not all"
    forced = html.replace("(prefers-color-scheme: dark)", condition)
    return forced.replace("color-scheme: light dark", f"color-scheme: {scheme}")


def _by_topic(day: date) -> Digest:
    """A digest that has everything: sections, a paper of the day before, changes, a rest."""
    digest = digest_of(_papers(day), Wishes(_TOPICS, _LIMIT), day)
    *others, last = digest.items
    missed = replace(last, day=day - timedelta(days=1), is_leftover=True)
    return replace(digest, items=(*others, missed), cut=3, changes=("added “agents”",))


def _trending(day: date) -> Digest:
    return digest_of(_papers(day), Wishes(most_papers=_LIMIT), day)


def _papers(day: date) -> tuple[Paper, ...]:
    return Sample().fetch(day, Validators()).papers


def _links(sender: Sender, digest: Digest) -> Links:
    here = _addresses(sender)
    return Links(
        view=here("view"),
        manage=here("manage"),
        unsubscribe=here("unsubscribe"),
        edition=f"{sender.url}/papers/{digest.day}",
        topics={topic: TopicLinks(here("pause"), here("drop")) for topic in digest.topics},
    )


def _notes(sender: Sender) -> tuple[tuple[str, str, Note], ...]:
    here = _addresses(sender)
    confirmation = notes.confirmation(_TOPICS, _SCHEDULE, here("confirm"), here("refuse"))
    return (
        ("confirmation", "Confirmation", confirmation),
        ("welcome", "Welcome", notes.welcome(_TOPICS, here("manage"), here("unsubscribe"))),
        ("fresh-link", "Fresh link", notes.fresh_link(here("account"), 30)),
        ("moving", "Move", notes.moving(_TOPICS, here("confirm"), here("refuse"))),
        ("moved", "Moved", notes.moved()),
        ("farewell", "Farewell", notes.farewell(here("unsubscribe"))),
    )


def _addresses(sender: Sender) -> Callable[[str], str]:
    """Return what makes addresses as long as real ones, with a token that opens nothing."""
    return lambda page: f"{sender.url}/{page}/specimen.{'x' * 40}.{'y' * 27}"
