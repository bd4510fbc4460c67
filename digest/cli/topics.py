"""`digest topics`: see what a topic brings."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from digest.cli.context import AsJson, fail, now, opened, report, warn
from digest.matching import Match
from digest.papers import Paper
from digest.search import Ranking, Sifted, Trial, rank, sift, try_topic
from digest.sources.jsonl import PapersFileError, read_papers
from digest.topics import TopicSyntaxError
from digest.wording import plural

app = typer.Typer(help="See what a topic brings.", no_args_is_help=True)
PapersFile = Annotated[
    Path, typer.Option(help="Papers to use, one JSON object a line with id, title, abstract.")
]


@app.command("try")
def try_(
    query: Annotated[str, typer.Argument(help='Such as: diffusion -video author:"Kaiming He"')],
    days: Annotated[int, typer.Option(min=1, max=3650, help="How far to look back.")] = 30,
    papers: Annotated[
        Path | None, typer.Option(help="Try it on these instead: one JSON object a line.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Tell what a topic would have brought from the stored papers, and why."""
    try:
        if papers is None:
            trial = _on_stored(query, days)
            report(trial, _told(trial), as_json=as_json)
        else:
            sifted = sift(_read(papers), query)
            report(sifted, _told_of_file(sifted), as_json=as_json)
    except TopicSyntaxError as error:
        fail(f"{query}\n{' ' * error.position}^ {error.message}: {error.hint}")


@app.command("rank")
def rank_(
    topics: Annotated[Path, typer.Option(help="Topics, each on a line: id, tab, query.")],
    papers: PapersFile,
    top: Annotated[int, typer.Option(min=1, help="Papers a topic.")] = 1000,
    matches_only: Annotated[
        bool, typer.Option("--matches-only", help="Only papers that belong, by their score.")
    ] = False,
    tag: Annotated[str, typer.Option(help="Name of the run.")] = "digest",
) -> None:
    """Rank papers for topics and write a TREC run: topic Q0 paper rank score tag."""
    wanted = _read_topics(topics)
    rankings = rank(_read(papers), wanted.values(), matches_only=matches_only)
    for number, ranking in zip(wanted, rankings, strict=True):
        if ranking.unreadable:
            warn(f"topic {number} is taken as plain words: {ranking.unreadable}")
        sys.stdout.writelines(_run_lines(number, ranking, top, tag))


def _run_lines(number: str, ranking: Ranking, top: int, tag: str) -> Iterable[str]:
    for place, (paper, score) in enumerate(ranking.papers[:top], start=1):
        yield f"{number} Q0 {paper} {place} {score:.6f} {tag}\n"


def _on_stored(query: str, days: int) -> Trial:
    with opened() as (_, database):
        return try_topic(database, query, now(), days)


def _read(path: Path) -> list[Paper]:
    try:
        return read_papers(path)
    except PapersFileError as error:
        fail(str(error))


def _read_topics(path: Path) -> dict[str, str]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        fail(f"{path} cannot be read as text: {error}")
    found = {}
    for number, line in enumerate(lines, start=1):
        name, tab, query = line.partition("\t")
        if not tab or not name.strip() or not query.strip():
            fail(f"{path}, line {number}: write an id, a tab and a query")
        found[name.strip()] = query.strip()
    return found


def _told(trial: Trial) -> str:
    lines = [
        f"{trial.query}: {trial.hits} paper{plural(trial.hits)} in {trial.editions} "
        f"day{plural(trial.editions)} with papers, {trial.per_day:.1f} a day"
        + (" (too broad)" if trial.is_too_broad else ""),
        *_told_unknown(trial.unknown),
    ]
    lines += [_told_match(str(hit.day), hit.paper, hit.match) for hit in trial.newest]
    return "\n".join(lines)


def _told_of_file(sifted: Sifted) -> str:
    lines = [
        f"{sifted.query}: {len(sifted.found)} of {sifted.papers} papers",
        *_told_unknown(sifted.unknown),
    ]
    lines += [_told_match(paper.arxiv_id, paper, match) for paper, match in sifted.found]
    return "\n".join(lines)


def _told_match(name: str, paper: Paper, match: Match) -> str:
    return f"{name:10}  {match.score:.2f}  {paper.title}\n{'':18}{match.reason.sentence()}"


def _told_unknown(papers: Iterable[str]) -> list[str]:
    return [f"like:{paper} brings nothing yet: that paper is not known here." for paper in papers]
