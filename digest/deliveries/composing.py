"""From a delivery to the octets that are handed over, and to the page that shows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from email.utils import parseaddr
from typing import NamedTuple

from sqlalchemy.orm import Session

from digest import dkim, notes, tokens
from digest.config import Settings
from digest.deliveries.choosing import choose_digests, digests, topics_followed
from digest.deliveries.jobs import Job
from digest.deliveries.offers import Offers
from digest.digests import Digest, Schedule
from digest.enums import Frequency, MailKind
from digest.message import Letter, build, domain_of, envelope_sender, message_id, wire_address
from digest.rendering import (
    Links,
    Mail,
    Note,
    Sender,
    render_digest,
    render_note,
)
from digest.sections import TopicLinks
from digest.smtp import Parcel
from digest.tokens import Scope

CONFIRM_WITHIN = timedelta(hours=48)
MANAGE_WITHIN = timedelta(days=90)
FRESH_LINK_WITHIN = timedelta(minutes=30)
POSTMARK_HEADER = "X-PM-Metadata-delivery"
"""Postmark repeats its value in webhooks; the Message-ID it replaces by its own."""
COME_BACK_WITHIN = timedelta(days=7)
Topics = Mapping[int, str] | Mapping[str, str]
"""Queries by the topics' numbers, which JSON turns into text."""
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class Composed(NamedTuple):
    parcel: Parcel
    content: str | None
    """To be frozen with the delivery, as JSON; None: it already is, or is a short mail."""


@dataclass(frozen=True, slots=True)
class Composer:
    """Builds mails in the name of one installation."""

    keys: tuple[bytes, ...]
    from_: str
    sender: Sender
    signers: tuple[dkim.Signer, ...]
    metadata_header: str = ""
    offers: Offers = field(default_factory=Offers)

    @classmethod
    def of(cls, settings: Settings) -> Composer:
        name, address = parseaddr(settings.from_)
        sender = Sender(
            name=name or "Trending papers",
            address=address,
            postal_address=settings.postal_address,
            url=settings.url,
        )
        header = POSTMARK_HEADER if settings.postmark_webhook else ""
        return cls(settings.keys, settings.from_, sender, dkim.load(settings.dkim_dir), header)

    def compose(self, session: Session, jobs: Sequence[Job]) -> dict[int, Composed]:
        """Build the mails of a batch, by delivery id; a digest that has become empty is left out.

        The same delivery gives the same octets every time.
        """
        mails, contents = self._mails(session, jobs)
        return {
            job.id: Composed(self._parcel(job, mails[job.id]), contents.get(job.id))
            for job in jobs
            if job.id in mails
        }

    def mail(self, session: Session, job: Job) -> Mail | None:
        """Return what a delivery says, for its page in the browser."""
        return self._mails(session, [job])[0].get(job.id)

    def link(
        self,
        page: str,
        scope: Scope,
        job: Job,
        *,
        detail: str = "",
        lifetime: timedelta | None = None,
    ) -> str:
        """Return the address of a page with a token for the delivery's reader in it."""
        expires = job.planned_at + lifetime if lifetime else None
        token = tokens.sign(self.keys, scope, job.subscriber_id, detail=detail, expires=expires)
        return f"{self.sender.url}/{page}/{token}"

    def _mails(
        self, session: Session, jobs: Sequence[Job]
    ) -> tuple[dict[int, Mail], dict[int, str]]:
        """Return the mails, and what is to be frozen with them."""
        wanted = [job for job in jobs if job.kind is MailKind.DIGEST]
        frozen = {job.id: job.content for job in wanted if job.content is not None}
        filled = digests(session, frozen)
        topics: dict[int, Topics] = {number: c["topics"] for number, c in frozen.items()}
        contents: dict[int, str] = {}
        fresh = choose_digests(session, [j for j in wanted if j.content is None], self.offers)
        for number, chosen in fresh.items():
            if chosen.digest:
                filled[number] = chosen.digest
                topics[number] = chosen.topics
                contents[number] = chosen.content
        mails = {
            job.id: render_digest(
                filled[job.id], self._links(job, filled[job.id], topics[job.id]), self.sender
            )
            for job in wanted
            if job.id in filled
        }
        others = [job for job in jobs if job.kind is not MailKind.DIGEST]
        followed = topics_followed(session, others, self.offers) if others else {}
        for other in others:
            note = self._note(other, tuple(followed.get(other.id, {}).values()))
            mails[other.id] = render_note(note, self.sender)
        return mails, contents

    def _parcel(self, job: Job, mail: Mail) -> Parcel:
        domain = domain_of(self.from_)
        recipient = job.address
        letter = Letter(
            sender=self.from_,
            recipient=recipient,
            date=job.planned_at,
            message_id=message_id(self.keys, job.id, domain),
            list_url=f"{self.sender.url}/",
            feedback_id=f"{job.kind}:digest:{domain}",
            metadata_header=self.metadata_header,
        )
        return Parcel(
            sender=envelope_sender(self.keys, job.id, domain),
            recipient=wire_address(recipient),
            octets=build(mail, letter, self.signers),
            has_dots=False,
        )

    def _unsubscribe(self, job: Job) -> str:
        # It names the mail too: whoever presses its button has received it.
        return self.link("unsubscribe", Scope.UNSUBSCRIBE, job, detail=str(job.id))

    def _manage(self, job: Job) -> str:
        return self.link("manage", Scope.MANAGE, job, lifetime=MANAGE_WITHIN)

    def _links(self, job: Job, digest: Digest, topics: Topics) -> Links:
        view = tokens.sign(self.keys, Scope.VIEW, job.id)
        # Links for topics that brought nothing would only make the mail longer.
        brought = {item.topic for item in digest.items}
        return Links(
            view=f"{self.sender.url}/digests/{view}",
            manage=self._manage(job),
            unsubscribe=self._unsubscribe(job),
            edition=f"{self.sender.url}/papers/{digest.day.isoformat()}",
            topics={
                query: TopicLinks(
                    pause=self._topic("pause", Scope.PAUSE_TOPIC, job, number),
                    drop=self._topic("drop", Scope.DROP_TOPIC, job, number),
                )
                for number, query in topics.items()
                if query in brought
            },
        )

    def _topic(self, page: str, scope: Scope, job: Job, number: int | str) -> str:
        return self.link(page, scope, job, detail=str(number), lifetime=MANAGE_WITHIN)

    def _note(self, job: Job, topics: Sequence[str]) -> Note:
        match job.kind:
            case MailKind.CONFIRMATION:
                asked = job.content or {}
                confirm = self._once("confirm", Scope.CONFIRM, job, CONFIRM_WITHIN)
                refuse = self.link("refuse", Scope.REFUSE, job)
                if "moves" in asked:
                    return notes.moving(asked["topics"], confirm, refuse)
                schedule = Schedule(
                    Frequency(asked["frequency"]),
                    asked["weekday"],
                    asked["hour"],
                    asked["time_zone"],
                )
                return notes.confirmation(
                    asked["topics"], spoken_schedule(schedule), confirm, refuse
                )
            case MailKind.WELCOME:
                return notes.welcome(topics, self._manage(job), self._unsubscribe(job))
            case MailKind.FRESH_LINK:
                link = self._once("account", Scope.ACCOUNT, job, FRESH_LINK_WITHIN)
                return notes.fresh_link(link, int(FRESH_LINK_WITHIN.total_seconds() // 60))
            case _ if (job.content or {}).get("moved"):
                return notes.moved()
            case _:
                return notes.farewell(self._come_back(job))

    def _once(self, page: str, scope: Scope, job: Job, lifetime: timedelta) -> str:
        """Return a link that names its mail, so that it can be used up."""
        return self.link(page, scope, job, detail=str(job.id), lifetime=lifetime)

    def _come_back(self, job: Job) -> str:
        return self.link("unsubscribe", Scope.UNSUBSCRIBE, job, lifetime=COME_BACK_WITHIN)


def spoken_schedule(schedule: Schedule) -> str:
    """Say when a reader gets mail, as in "on Mondays at 8:00 (Europe/Berlin)"."""
    days = {
        Frequency.DAILY: "every day",
        Frequency.WEEKDAYS: "from Monday to Friday",
        Frequency.WEEKLY: f"on {_WEEKDAYS[schedule.weekday]}s",
    }
    return f"{days[schedule.frequency]} at {schedule.hour}:00 ({schedule.time_zone})"
