"""`digest preview`: a digest as it would be, without sending it."""

from __future__ import annotations

import webbrowser
from pathlib import Path
from typing import Annotated

import typer

from digest import previews
from digest.cli.context import console, day_given, fail, now, opened
from digest.previews import NothingToPreview
from digest.topics import TopicSyntaxError


def preview(
    to: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="A subscriber's own topics.")
    ] = None,
    topic: Annotated[list[str] | None, typer.Option(help="May be repeated.")] = None,
    date: Annotated[
        str | None, typer.Option(metavar="YYYY-MM-DD", help="The edition; by default the newest.")
    ] = None,
    out: Annotated[Path, typer.Option(help="Folder for the three files.")] = Path("preview"),
    open_it: Annotated[bool, typer.Option("--open", help="Show it in the browser.")] = False,
) -> None:
    """Write a digest as HTML, text and .eml; nothing is sent and nothing is remembered."""
    day = day_given(date)
    with opened() as (settings, database):
        try:
            made = previews.preview(settings, database, to, tuple(topic or ()), day, now())
        except (NothingToPreview, TopicSyntaxError) as error:
            fail(str(error))
    out.mkdir(parents=True, exist_ok=True)
    (out / "digest.html").write_text(made.mail.html)
    (out / "digest.txt").write_text(made.mail.text)
    (out / "digest.eml").write_bytes(made.octets)
    console.print(f"{made.mail.subject}\nWritten: {out}/digest.html, .txt and .eml", markup=False)
    if open_it:
        webbrowser.open((out / "digest.html").resolve().as_uri())
