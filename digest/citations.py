"""Papers as BibTeX and RIS, for whoever keeps references."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

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
        yield "AU", _family_first(author)
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
    return "arxiv" + "".join(c for c in paper.arxiv_id if c.isascii() and (c.isalnum() or c == "."))


def _latex(text: str) -> str:
    return text.translate(_LATEX)


def _bibtex_name(name: str) -> str:
    """Keep a name whole where BibTeX would take it apart: "Research and Ethics Group"."""
    return f"{{{_latex(name)}}}" if _is_group(name) else _latex(name)


def _family_first(name: str) -> str:
    """Return "Maaten, Laurens"; a guess, as names differ: the family name is the last word.

    Small words before it ("van der") go with it.
    """
    if _is_group(name):
        return name
    words = name.split()
    start = len(words) - 1
    while start > 1 and words[start - 1].islower():
        start -= 1
    return ", ".join(part for part in (" ".join(words[start:]), " ".join(words[:start])) if part)


def _is_group(name: str) -> bool:
    return "," in name or " and " in name.casefold()
