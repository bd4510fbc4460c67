"""The console script: the operator's commands, and those that run something for good."""

from __future__ import annotations

import sys
from contextlib import suppress

import httpx
from alembic.util import CommandError
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from digest import config, database, migrations, supervisor
from digest.cli import app
from digest.cli.context import console, error_console, fail, warn
from digest.config import ConfigurationError
from digest.supervisor import PortTaken


@app.command()
def up() -> None:
    """Run everything in one process: web pages, scheduler, worker. Ctrl-C stops it."""
    try:
        supervisor.up(
            config.load(), lambda text: console.print(text, highlight=False, soft_wrap=True)
        )
    except PortTaken as error:
        fail(str(error))


@app.command()
def web() -> None:
    """Run only the web pages; workers and beat run elsewhere."""
    settings = config.load()
    try:
        listening = supervisor.listen(settings)
    except PortTaken as error:
        fail(str(error))
    opened = database.connect(settings.database)
    try:
        with suppress(SQLAlchemyError):  # out of reach for now: pages say so until it is back
            if trouble := migrations.state(opened).trouble:
                warn(f"The database is not ready: {trouble}")
        supervisor.serve(settings, opened, listening)
    finally:
        listening.close()
        opened.close()


@app.command()
def health() -> None:
    """Ask the local web server whether all is well; exit code 1 when not."""
    url = f"http://127.0.0.1:{config.load().port}/healthz"
    try:
        answer = httpx.get(url, timeout=5)
    except httpx.HTTPError as error:
        fail(f"{url}: {error}")
    console.print(answer.text, highlight=False, soft_wrap=True)
    if answer.status_code != 200:
        sys.exit(1)


def main() -> None:
    """Run a command; an error the operator can mend is one text, not a traceback."""
    try:
        app()
    except ConfigurationError as error:
        error_console.print(str(error), style="red", highlight=False, markup=False, soft_wrap=True)
        sys.exit(2)
    except (OperationalError, CommandError) as error:
        reason = str(getattr(error, "orig", error)).strip()
        text = (
            f"The database cannot be used: {reason}\n"
            "Is DIGEST_DATABASE_URL right, and has `digest migrate` been run?"
        )
        error_console.print(text, style="red", highlight=False, markup=False, soft_wrap=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
