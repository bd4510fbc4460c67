"""Reports kept in a file: one mail, an mbox, or a Maildir."""

from __future__ import annotations

import mailbox
from collections.abc import Iterator
from pathlib import Path


class NotMail(ValueError):
    """The path leads to nothing that holds mail; the text says what would."""


def mails(path: Path) -> Iterator[bytes]:
    """Return the octets of each mail at `path`; raises NotMail."""
    if path.is_dir():
        if not (path / "cur").is_dir():
            raise NotMail(f"{path} is a folder, but no Maildir: it has no cur/ in it")
        yield from _all(mailbox.Maildir(path, create=False))
        return
    if not path.is_file():
        raise NotMail(f"{path} does not exist; name a mail, an mbox or a Maildir, or - for stdin")
    with path.open("rb") as file:
        is_mbox = file.read(5) == b"From "
    if is_mbox:
        yield from _all(mailbox.mbox(path, create=False))
    else:
        yield path.read_bytes()


def _all(box: mailbox.Maildir | mailbox.mbox) -> Iterator[bytes]:
    try:
        for key in box.iterkeys():
            yield box.get_bytes(key)
    finally:
        box.close()
