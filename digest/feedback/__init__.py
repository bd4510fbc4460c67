"""Feedback: bounces, complaints and proofs of delivery. See docs/feedback.md."""

from digest.feedback.acting import FeedbackCounts, act, pressed
from digest.feedback.events import Event
from digest.feedback.files import NotMail, mails
from digest.feedback.imap import Mailbox, MailboxUnreachable, Polled, poll
from digest.feedback.listener import CertificateUnusable, Listener
from digest.feedback.relay_log import Reconciled, reconcile
from digest.feedback.reports import read

__all__ = [
    "CertificateUnusable",
    "Event",
    "FeedbackCounts",
    "Listener",
    "Mailbox",
    "MailboxUnreachable",
    "NotMail",
    "Polled",
    "Reconciled",
    "act",
    "mails",
    "poll",
    "pressed",
    "read",
    "reconcile",
]
