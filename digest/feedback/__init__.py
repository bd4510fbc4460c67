"""Feedback: bounces, complaints and proofs of delivery. See docs/feedback.md."""

from digest.feedback.acting import FeedbackCounts, act
from digest.feedback.events import Event
from digest.feedback.files import NotMail, mails
from digest.feedback.reports import read

__all__ = ["Event", "FeedbackCounts", "NotMail", "act", "mails", "read"]
