"""Templates of mails, rendered once for many readers: a frame is open where their mails differ.

Whatever is the same for many is rendered and encoded once for all of them; what is one reader's
own (links, mostly) is filled in as pieces of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from typing import NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from digest.quoted_printable import encode, encode_link
from digest.wording import byline, counts, further_links, spoken_day, wrapped

_OPENING = re.compile("\x00([a-z_]+)\x00")
_LINK = re.compile(r"[\w:/.%?-]+", re.ASCII)
"""What stands in HTML and in quoted-printable as it is."""


class Piece(NamedTuple):
    """A run of a mail's text, and as it goes over the wire; the same one stands in many mails."""

    text: str
    octets: bytes
    """Quoted-printable."""

    @classmethod
    def of(cls, text: str) -> Piece:
        return cls(text, encode(text))

    @classmethod
    def joined(cls, pieces: Iterable[Piece]) -> Piece:
        texts, octets = zip(*pieces, strict=True)
        return cls("".join(texts), b"".join(octets))


class Own(NamedTuple):
    """A reader's own text, as it stands in HTML and in plain text: mostly the same piece."""

    html: Piece
    text: Piece

    @classmethod
    def of(cls, text: str) -> Own:
        if _LINK.fullmatch(text):
            piece = Piece(text, encode_link(text))
            return cls(piece, piece)
        plain, escaped = Piece.of(text), escape(text)
        return cls(plain if escaped == text else Piece.of(escaped), plain)


common = lru_cache(maxsize=512)(Own.of)
"""A text that is in the mails of many readers."""
Filling = Mapping[str, tuple[Piece, ...]]
"""What goes into each opening of a frame, by name."""


def opening(name: str) -> str:
    """Return what stands for an opening while its template is rendered.

    Cleaned texts hold no such characters, and autoescape lets them pass.
    """
    return f"\x00{name}\x00"


@dataclass(frozen=True, slots=True)
class Frame:
    """A rendered template, cut at its openings."""

    first: Piece
    rest: tuple[tuple[str, Piece], ...]
    """Each opening's name, with what follows it."""

    @classmethod
    def cut(cls, rendered: str) -> Frame:
        first, *others = _OPENING.split(rendered)
        pieces = map(Piece.of, others[1::2])
        return cls(Piece.of(first), tuple(zip(others[::2], pieces, strict=True)))

    def filled(self, filling: Filling) -> tuple[Piece, ...]:
        """Return the whole as pieces; every opening must have a filling, be it an empty one."""
        pieces = [self.first]
        for name, following in self.rest:
            pieces += filling[name]
            pieces.append(following)
        return tuple(pieces)


class Frames(NamedTuple):
    """The same in HTML and in plain text."""

    html: Frame
    text: Frame


@lru_cache(maxsize=1)
def templates() -> Environment:
    """The templates of mails, read once."""
    environment = Environment(
        loader=PackageLoader("digest"),
        autoescape=select_autoescape(enabled_extensions=("html",)),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters |= {
        "byline": byline,
        "counts": counts,
        "day": spoken_day,
        "further": further_links,
        "wrapped": wrapped,
    }
    # Evaluated once, not once a mail.
    environment.globals["s"] = environment.get_template("email/_styles.html").module.s  # type: ignore[attr-defined]
    return environment


def tidy(text: str) -> str:
    """Leave one empty line where a template leaves several."""
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"
