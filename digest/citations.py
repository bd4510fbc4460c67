"""Papers as BibTeX and RIS, for whoever keeps references."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from digest.papers import Paper

_LATEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        # An escaped brace still counts for BibTeX, so that one alone would swallow the file.
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{sign: f"\\{sign}" for sign in "$&#_%"},
    }
)
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
_PARTICLES = frozenset({"Van", "Von", "De", "Den", "Der", "Del", "Della", "Di", "Dos"})
"""Part of a family name though written with a capital; in small letters every word is."""
_JOINTS = frozenset({"y", "e", "i"})
"""Between two family names: "Ortega y Gasset"."""
_GROUPS = re.compile(
    r"(and|others|team|group|collaboration|consortium|community|contributors|project|initiative"
    r"|foundation|institute|university|labs?|laboratory|research|inc\.?)",
    re.IGNORECASE,
)
"""Words that no person's name has; "and" and "others" are also words of BibTeX's own."""
_FAMILY_FIRST = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
"""Chinese, Japanese and Korean letters; in Latin ones the order cannot be told."""


class _Name(NamedTuple):
    family: str
    given: str = ""
    suffix: str = ""


def bibtex(papers: Iterable[Paper]) -> str:
    """Return BibTeX entries (UTF-8), each named after the paper's arXiv id."""
    return "\n".join(map(_bibtex_entry, papers))


def ris(papers: Iterable[Paper]) -> str:
    """Return RIS records, lines ended as the format asks."""
    lines = (line for paper in papers for line in _ris_record(paper))
    return "".join(f"{tag}  - {value}\r\n" for tag, value in lines)


def _bibtex_entry(paper: Paper) -> str:
    fields = {
        # Twice in braces: the capitals of a title are meant.
        "title": f"{{{_latex(paper.title)}}}",
        "author": " and ".join(map(_bibtex_name, paper.authors)),
        "year": str(paper.published_on.year) if paper.published_on else "",
        "month": str(paper.published_on.month) if paper.published_on else "",
        "eprint": paper.arxiv_id if paper.is_on_arxiv else "",
        "archivePrefix": "arXiv" if paper.is_on_arxiv else "",
        "primaryClass": paper.categories[0] if paper.categories else "",
        "url": _page(paper),
        "abstract": _latex(paper.abstract),
    }
    lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items() if value)
    return f"@misc{{{_key(paper)},\n{lines}\n}}\n"


def _ris_record(paper: Paper) -> Iterator[tuple[str, str]]:
    yield "TY", "UNPB"
    yield "ID", _key(paper)
    yield "TI", paper.title
    for author in paper.authors:
        yield "AU", _ris_name(author)
    if paper.published_on:
        yield "PY", str(paper.published_on.year)
        yield "DA", f"{paper.published_on:%Y/%m/%d}/"
    if paper.abstract:
        yield "AB", paper.abstract
    for keyword in paper.keywords:
        yield "KW", keyword
    if paper.is_on_arxiv:
        yield "PB", "arXiv"
    yield "UR", _page(paper)
    yield "ER", ""


def _page(paper: Paper) -> str:
    return f"https://arxiv.org/abs/{paper.arxiv_id}" if paper.is_on_arxiv else paper.url


def _key(paper: Paper) -> str:
    return "arxiv" + "".join(
        c for c in paper.arxiv_id if c.isascii() and (c.isalnum() or c in ".-")
    )


def _latex(text: str) -> str:
    return text.translate(_LATEX)


def _bibtex_name(author: str) -> str:
    """Return "Downey, Jr., Robert", or in braces what BibTeX must not take apart."""
    name = _name(author)
    if not name.given:
        return f"{{{_latex(name.family)}}}"
    words = name.family.split()
    is_joined = any(word in _JOINTS for word in words[1:])
    family = f"{{{_latex(name.family)}}}" if is_joined else _latex(name.family)
    return ", ".join(part for part in (family, name.suffix, _latex(name.given)) if part)


def _ris_name(author: str) -> str:
    """Return "Downey, Robert, Jr."."""
    name = _name(author)
    return ", ".join(part for part in (name.family, name.given, name.suffix) if part)


def _name(author: str) -> _Name:
    """Take a name apart; a guess, as names differ: the family name is the last word.

    It begins earlier at words in small letters ("van der Maaten"), as BibTeX has it, and at some
    with a capital ("Van Gool"). A group's name stays whole, and so does a single word.
    """
    words = author.replace(",", " ").split()
    suffix = words.pop() if len(words) > 2 and words[-1].lower().strip(".") in _SUFFIXES else ""
    if len(words) < 2 or _is_group(author if not suffix else " ".join(words)):
        return _Name(author)
    if _FAMILY_FIRST.match(author):
        return _Name(words[0], " ".join(words[1:]))
    start = _family_start(words)
    return _Name(" ".join(words[start:]), " ".join(words[:start]), suffix)


def _family_start(words: list[str]) -> int:
    last = len(words) - 1
    starts = (n for n in range(1, last) if words[n][0].islower() or words[n] in _PARTICLES)
    start = next(starts, last)
    return start - 1 if words[start] in _JOINTS and start > 1 else start


def _is_group(name: str) -> bool:
    words = name.split()
    return "," in name or "AI" in words or any(map(_GROUPS.fullmatch, words))
