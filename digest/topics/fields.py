"""The fields of a topic, and the one way to write the value of each."""

from __future__ import annotations

import re
import unicodedata

from digest.topics.errors import TopicSyntaxError

FIELDS = ("title", "author", "org", "cat", "has", "upvotes", "like")
_EXAMPLES = {
    "author": 'author:"Kaiming He"',
    "org": "org:stanford",
    "cat": "cat:cs.CL",
    "has": "has:code",
    "upvotes": "upvotes:>20",
    "like": "like:2412.15213",
}
EXAMPLES = {
    "author": 'author:"Kaiming He"',
    "org": "org:stanford",
    "cat": "cat:cs.CL",
    "has": "has:code",
    "upvotes": "upvotes:>20",
    "like": "like:2412.15213",
}
_UPVOTES = re.compile(r">\s?(=?)\s?(\d{1,6})", re.ASCII)
_PAPER_ID = re.compile(
    r"(?:https?://(?:www\.)?(?:arxiv\.org/(?:abs|pdf)|huggingface\.co/papers)/|arxiv:)?"
    r"(\d{4}\.\d{4,5}|[a-z-]+(?:\.[a-z]{2})?/\d{7})(?:v\d+)?(?:\.pdf)?",
    re.ASCII,
)
_SUBJECT_CLASS = re.compile(r"[a-z]{2}", re.ASCII)


def field_value(name: str, text: str, position: int) -> str:
    """Return the one way to write the value of a field."""
    match name:
        case "cat":
            return _category(text)
        case "has":
            return _has(text, position)
        case "upvotes":
            return _upvotes(text, position)
        case "like":
            return _paper_id(text, position)
        case _:
            return folded(text)


def _category(text: str) -> str:
    """Write an arXiv category as arXiv does: cs.CL, but cond-mat.supr-con."""
    archive, dot, subject = text.casefold().partition(".")
    return archive + dot + (subject.upper() if _SUBJECT_CLASS.fullmatch(subject) else subject)


def _has(text: str, position: int) -> str:
    if text.casefold() != "code":
        raise TopicSyntaxError(f"has:{text} is not known", position, "write has:code")
    return "code"


def _upvotes(text: str, position: int) -> str:
    found = _UPVOTES.fullmatch(text)
    if found is None or (least := int(found[2]) - len(found[1])) < 0:
        raise TopicSyntaxError(
            "A number of upvotes is needed", position, "write upvotes:>20 for more than 20"
        )
    return f">{least}"


def _paper_id(text: str, position: int) -> str:
    found = _PAPER_ID.fullmatch(text.casefold())
    if found is None:
        raise TopicSyntaxError(
            f"{text} is not an arXiv id", position, "write it as in like:2412.15213"
        )
    archive, slash, number = found[1].partition("/")
    return _category(archive) + slash + number


def folded(text: str) -> str:
    """Return `text` without capitals, composed (NFC)."""
    return unicodedata.normalize("NFC", text.casefold())
