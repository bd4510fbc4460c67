"""`digest topics`: see what a topic brings."""

from __future__ import annotations

from typing import Annotated

import typer

from digest.cli.context import AsJson, fail, now, opened, report
from digest.matches import Trial, try_topic
from digest.topics import TopicSyntaxError

app = typer.Typer(help="See what a topic brings.", no_args_is_help=True)


@app.callback()
def _group() -> None:
    """See what a topic brings."""


@app.command("try")
def try_(
    query: Annotated[str, typer.Argument(help='Such as: diffusion -video author:"Kaiming He"')],
    days: Annotated[int, typer.Option(min=1, max=3650, help="How far to look back.")] = 30,
    as_json: AsJson = False,
) -> None:
    """Tell what a topic would have brought from the stored papers, and why."""
    with opened() as (_, database):
        try:
            trial = try_topic(database, query, now(), days)
        except TopicSyntaxError as error:
            fail(f"{query}\n{' ' * error.position}^ {error.message}: {error.hint}")
    report(trial, _told(trial), as_json=as_json)


def _told(trial: Trial) -> str:
    lines = [
        f"{trial.query}: {trial.hits} papers in {trial.editions} days with papers, "
        f"{trial.per_day:.1f} a day" + (" (too broad)" if trial.is_too_broad else "")
    ]
    lines += [
        f"{hit.day}  {hit.match.score:.2f}  {hit.paper.title}\n"
        f"                  {hit.match.reason.sentence()}"
        for hit in trial.newest
    ]
    return "\n".join(lines)
