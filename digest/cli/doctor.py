"""`digest doctor`: one look at every part of the installation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import dns.resolver
import typer
from rich.text import Text

from digest.cli.context import AsJson, console, now, opened, report
from digest.doctor import Finding, State, examine

_STYLES = {State.OK: "green", State.DOUBTFUL: "yellow", State.WRONG: "bold red"}
_DNS_SECONDS = 5.0


def doctor(as_json: AsJson = False) -> None:
    """Look at every part, change and send nothing, say what to do; exit code 1 when it is wrong."""
    resolver = dns.resolver.Resolver()
    resolver.lifetime = _DNS_SECONDS
    with opened() as (settings, database):
        found = examine(settings, database, resolver, now())
        findings = list(found if as_json else _told(found))
    if as_json:
        report(findings, "", as_json=True)
    if any(finding.state is State.WRONG for finding in findings):
        raise typer.Exit(1)


def _told(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Print each as it comes: what does not answer takes its time."""
    for finding in findings:
        line = Text(f"{finding.state:<10}", style=_STYLES[finding.state])
        line.append(f"{finding.part:<13}", style="default not bold")
        line.append(finding.text.replace("\n", "\n" + " " * 23), style="default not bold")
        console.print(line, soft_wrap=True)
        yield finding
