"""From a delivery to the octets that are handed over, and to the page that shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from email.utils import parseaddr

from sqlalchemy.orm import Session

from digest import dkim, notes, tokens
from digest.config import Settings
from digest.deliveries.choosing import Content, choose_digests, digests, topics_followed
from digest.deliveries.offers import Offers
from digest.digests import Digest, Schedule
from digest.message import Letter, build, domain_of, envelope_sender, message_id, wire_address
from digest.models import Delivery, Frequency, MailKind, Subscriber
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
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True)
class Composed:
    parcel: Parcel
    content: Content
    """To be frozen with the delivery."""


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

    def compose(self, session: Session, deliveries: Sequence[Delivery]) -> dict[int, Composed]:
        """Build the mails of a batch, by delivery id; a digest that has become empty is left out.

        The same delivery gives the same octets every time.
        """
        mails, contents = self._mails(session, deliveries)
        return {
            delivery.id: Composed(self._parcel(delivery, mails[delivery.id]), contents[delivery.id])
            for delivery in deliveries
            if delivery.id in mails
        }

    def mail(self, session: Session, delivery: Delivery) -> Mail | None:
        """Return what a delivery says, for its page in the browser."""
        return self._mails(session, [delivery])[0].get(delivery.id)

    def link(
        self,
        page: str,
        scope: Scope,
        delivery: Delivery,
        *,
        detail: str = "",
        lifetime: timedelta | None = None,
    ) -> str:
        """Return the address of a page with a token for the delivery's reader in it."""
        expires = delivery.planned_at + lifetime if lifetime else None
        token = tokens.sign(self.keys, scope, _reader(delivery).id, detail=detail, expires=expires)
        return f"{self.sender.url}/{page}/{token}"

    def _mails(
        self, session: Session, deliveries: Sequence[Delivery]
    ) -> tuple[dict[int, Mail], dict[int, Content]]:
        contents = {d.id: d.content for d in deliveries if d.content is not None}
        wanted = [d for d in deliveries if d.kind is MailKind.DIGEST]
        filled = digests(session, {d.id: contents[d.id] for d in wanted if d.id in contents})
        fresh = choose_digests(session, [d for d in wanted if d.content is None], self.offers)
        for number, chosen in fresh.items():
            contents[number] = chosen.content
            if chosen.digest:
                filled[number] = chosen.digest
        mails = {
            d.id: render_digest(
                filled[d.id], self._links(d, filled[d.id], contents[d.id]), self.sender
            )
            for d in wanted
            if d.id in filled
        }
        others = [d for d in deliveries if d.kind is not MailKind.DIGEST]
        topics = topics_followed(session, [d.id for d in others])
        for other in others:
            note = self._note(other, tuple(topics.get(other.id, {}).values()))
            mails[other.id] = render_note(note, self.sender)
        return mails, contents

    def _parcel(self, delivery: Delivery, mail: Mail) -> Parcel:
        domain = domain_of(self.from_)
        recipient = _reader(delivery).address
        letter = Letter(
            sender=self.from_,
            recipient=recipient,
            date=delivery.planned_at,
            message_id=message_id(self.keys, delivery.id, domain),
            list_url=f"{self.sender.url}/",
            unsubscribe_url=self._unsubscribe(delivery),
            feedback_id=f"{delivery.kind}:digest:{domain}",
            metadata_header=self.metadata_header,
        )
        return Parcel(
            sender=envelope_sender(self.keys, delivery.id, domain),
            recipient=wire_address(recipient),
            octets=build(mail, letter, self.signers),
        )

    def _unsubscribe(self, delivery: Delivery) -> str:
        if delivery.kind not in {MailKind.DIGEST, MailKind.WELCOME}:
            return ""
        # It names the mail too: whoever presses its button has received it.
        return self.link("unsubscribe", Scope.UNSUBSCRIBE, delivery, detail=str(delivery.id))

    def _manage(self, delivery: Delivery) -> str:
        return self.link("manage", Scope.MANAGE, delivery, lifetime=MANAGE_WITHIN)

    def _links(self, delivery: Delivery, digest: Digest, content: Content) -> Links:
        view = tokens.sign(self.keys, Scope.VIEW, delivery.id)
        # Links for topics that brought nothing would only make the mail longer.
        brought = {item.topic for item in digest.items}
        return Links(
            view=f"{self.sender.url}/digests/{view}",
            manage=self._manage(delivery),
            unsubscribe=self._unsubscribe(delivery),
            edition=f"{self.sender.url}/papers/{digest.day.isoformat()}",
            topics={
                query: TopicLinks(
                    pause=self._topic("pause", Scope.PAUSE_TOPIC, delivery, number),
                    drop=self._topic("drop", Scope.DROP_TOPIC, delivery, number),
                )
                for number, query in content["topics"].items()
                if query in brought
            },
        )

    def _topic(self, page: str, scope: Scope, delivery: Delivery, number: str) -> str:
        return self.link(page, scope, delivery, detail=number, lifetime=MANAGE_WITHIN)

    def _note(self, delivery: Delivery, topics: Sequence[str]) -> Note:
        match delivery.kind:
            case MailKind.CONFIRMATION:
                asked = delivery.content or {}
                confirm = self._once("confirm", Scope.CONFIRM, delivery, CONFIRM_WITHIN)
                refuse = self.link("refuse", Scope.REFUSE, delivery)
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
                return notes.welcome(topics, self._manage(delivery), self._unsubscribe(delivery))
            case MailKind.FRESH_LINK:
                link = self._once("account", Scope.ACCOUNT, delivery, FRESH_LINK_WITHIN)
                return notes.fresh_link(link, int(FRESH_LINK_WITHIN.total_seconds() // 60))
            case _ if (delivery.content or {}).get("moved"):
                return notes.moved()
            case _:
                return notes.farewell(self._come_back(delivery))

    def _once(self, page: str, scope: Scope, delivery: Delivery, lifetime: timedelta) -> str:
        """Return a link that names its mail, so that it can be used up."""
        return self.link(page, scope, delivery, detail=str(delivery.id), lifetime=lifetime)

    def _come_back(self, delivery: Delivery) -> str:
        return self.link("unsubscribe", Scope.UNSUBSCRIBE, delivery, lifetime=COME_BACK_WITHIN)


def spoken_schedule(schedule: Schedule) -> str:
    """Say when a reader gets mail, as in "on Mondays at 8:00 (Europe/Berlin)"."""
    days = {
        Frequency.DAILY: "every day",
        Frequency.WEEKDAYS: "from Monday to Friday",
        Frequency.WEEKLY: f"on {_WEEKDAYS[schedule.weekday]}s",
    }
    return f"{days[schedule.frequency]} at {schedule.hour}:00 ({schedule.time_zone})"


def _reader(delivery: Delivery) -> Subscriber:
    if delivery.subscriber is None:
        raise ValueError(f"delivery {delivery.id} has lost its subscriber")
    return delivery.subscriber
