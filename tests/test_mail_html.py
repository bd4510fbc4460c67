"""The HTML of every mail, before judges that are not our own code."""

from __future__ import annotations

from pathlib import Path

from tests import mails
from tests.judges import clients, w3c

PROGRESSIVE = {
    "@media": "narrower padding and dark colours; without it, the light mail with wide padding",
    "<style> element": "holds only what is listed here",
    "<body> element": "replaced by a div; the table inside it has the same style",
    "Attribute selector": "dark colours in Outlook on the web ([data-ogsc])",
    "Class selector": "dark colours, narrow padding",
    "Descendant combinator": "dark colours in Outlook on the web",
    "aria-hidden attribute": "keeps the preheader from being read twice",
    "color-scheme CSS property": "announces dark mode",
    "color-scheme meta tag": "announces dark mode",
    "role attribute": "keeps layout tables from being read as tables",
    "display:none": "hides the preheader; else it is one line of small print on top",
    "max-height property": "hides the preheader, second try",
    "overflow": "hides the preheader, third try",
    "Type selector": "dark colours, in Gmail's mobile site",
    "white-space": "keeps Pause and Drop on one line",
    "border-radius": "the button's corners",
    "word-break": "breaks words longer than a line; Yahoo breaks them by itself",
}
"""What a mail can do without, and why; everything else must work everywhere."""


def html() -> dict[str, str]:
    return {name: mail.html for name, mail in mails.every_shape().items()}


def test_the_w3c_checker_finds_no_error_in_any_mail(tmp_path: Path) -> None:
    assert w3c.errors(html(), tmp_path) == []


def test_every_client_supports_what_a_mail_cannot_do_without(tmp_path: Path) -> None:
    lacking = {
        feature: sorted(support["none"])
        for feature, support in clients.missing(html(), tmp_path).items()
        if support["none"]
    }
    assert {f: who for f, who in lacking.items() if f not in PROGRESSIVE} == {}
