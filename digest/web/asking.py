"""The gate that forms and API share, in front of whatever makes us send mail to an address."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Annotated

from fastapi import Depends, Form, Request
from fastapi.responses import HTMLResponse

from digest import challenges, signups
from digest.addresses import Origin
from digest.challenges import ChallengeFailed
from digest.enums import SignUpKind
from digest.signups import ChallengeNeeded, TooManySignUps, Wish
from digest.subscribers import Preferences
from digest.tokens import Scope, TokenError
from digest.web.site import Site, client_of

LEAST_TIME = timedelta(seconds=2)
"""People need longer to fill in a form."""
HURRIED = "Please wait two seconds, then press the button once more."


class Guard:
    """The fields by which a form tells people from programs."""

    def __init__(
        self,
        website: Annotated[str, Form(max_length=2000)] = "",
        opened: Annotated[str, Form(max_length=500)] = "",
        altcha: Annotated[str, Form(max_length=4000)] = "",
    ) -> None:
        self.is_trapped = bool(website)
        """Only programs fill in a field that people cannot see."""
        self.opened = opened
        self.altcha = altcha

    def is_hurried(self, site: Site) -> bool:
        """Tell whether the form was sent sooner than it can be read, or was never shown."""
        try:
            shown_at = int(site.token(self.opened, Scope.FORM).detail)
        except (TokenError, ValueError):
            return True
        return datetime.fromtimestamp(shown_at, UTC) + LEAST_TIME > site.clock()


Guarded = Annotated[Guard, Depends()]


def ask(
    site: Site,
    request: Request,
    kind: SignUpKind,
    address: str,
    preferences: Preferences | None = None,
    altcha: str = "",
) -> None:
    """Keep what is asked for, and call a worker to decide; raises TooManySignUps."""
    wish = Wish(
        kind=kind,
        address=address,
        origin=Origin.of(client_of(request)),
        preferences=preferences.to_json() if preferences else None,
        proof=_solved(site, altcha),
    )
    signups.ask(site.database, site.settings, wish, site.clock())
    site.poke("deliver")


def turned_away(page: HTMLResponse, error: TooManySignUps) -> HTMLResponse:
    """Say on a page when to come back, for programs too."""
    page.headers["Retry-After"] = str(error.seconds)
    return page


def sentence(error: TooManySignUps) -> str:
    """Say why a sign-up was not let in, and what helps."""
    wait = f"{error.seconds // 3600} hours" if error.seconds > 3600 else "an hour"
    if isinstance(error, ChallengeNeeded):
        return (
            "Many sign-ups come in right now, so this page lets your browser solve a small "
            "problem first. Switch JavaScript on, press again and give it up to three minutes, "
            f"or come back in {wait}."
        )
    return f"Too many sign-ups have come in. Please try again in {wait}."


def _solved(site: Site, altcha: str) -> bytes | None:
    try:
        return challenges.check(site.settings.keys, altcha, site.clock()) if altcha else None
    except ChallengeFailed:
        return None
