"""`digest dkim`: keys that sign the mails."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer

from digest import dkim
from digest.cli.context import console, fail
from digest.config import load
from digest.message import domain_of

app = typer.Typer(help="Keys that sign the mails.", no_args_is_help=True)


@app.callback()
def _group() -> None:
    """Keys that sign the mails."""


@app.command()
def keygen(
    selector: Annotated[
        str, typer.Option(help="Begin of the keys' names; by default of this month.")
    ] = "",
) -> None:
    """Make an RSA and an Ed25519 key, and print the DNS records that publish them."""
    settings = load()
    folder = settings.dkim_dir or settings.data_dir / "dkim"
    domain = domain_of(settings.from_)
    if domain == "localhost":
        fail("Set DIGEST_FROM first: the keys are for the domain in it.")
    prefix = selector or f"d{datetime.now(UTC):%Y%m}"
    try:
        signers = dkim.generate(folder, domain, prefix)
    except FileExistsError as error:
        fail(f"{error.filename} exists; name other keys with --selector")
    console.print(f"Keys are in {folder}. Publish these TXT records:", highlight=False)
    for signer in signers:
        console.print(f"\n{signer.dns_name}\n{signer.dns_value}", highlight=False, soft_wrap=True)
    console.print(
        "\nIn a zone file, write a value of more than 255 characters as several quoted strings.",
        highlight=False,
        soft_wrap=True,
    )
    if settings.dkim_dir is None:
        console.print(f"\nThen set DIGEST_DKIM_DIR={folder} and restart.", highlight=False)
