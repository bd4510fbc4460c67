"""The operator's command. One module a group of commands; each parses, calls, reports."""

import typer

from digest.cli import (
    deliveries,
    dkim,
    doctor,
    feedback,
    pipeline,
    preview,
    subscribers,
    suppressions,
    topics,
)

app = typer.Typer(
    help="Trending papers in your readers' email inboxes.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
app.command()(pipeline.migrate)
app.command()(doctor.doctor)
app.command()(pipeline.fetch)
app.command()(pipeline.run)
app.command()(pipeline.send)
app.command()(preview.preview)
app.add_typer(subscribers.app, name="subscribers")
app.add_typer(topics.app, name="topics")
app.add_typer(deliveries.app, name="deliveries")
app.add_typer(feedback.app, name="feedback")
app.add_typer(suppressions.app, name="suppressions")
app.add_typer(dkim.app, name="dkim")

__all__ = ["app"]
