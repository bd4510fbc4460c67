"""Deliveries: plan, claim, gate, hand over, record, recover, hold. See docs/delivery.md."""

from digest.deliveries.breakers import trip
from digest.deliveries.composing import Composer
from digest.deliveries.history import past_digest, past_digests
from digest.deliveries.holds import NotHeld, active, release
from digest.deliveries.jobs import read_jobs
from digest.deliveries.pace import Pace
from digest.deliveries.planning import PlanCounts, plan, plan_now
from digest.deliveries.recovery import NotUncertain, SweepCounts, purge, settle, sweep
from digest.deliveries.schedules import enlist, is_being_planned, overdue
from digest.deliveries.sending import DeliverCounts, Sending, deliver
from digest.deliveries.singles import plan_first_digest, plan_mail

__all__ = [
    "Composer",
    "DeliverCounts",
    "NotHeld",
    "NotUncertain",
    "Pace",
    "PlanCounts",
    "Sending",
    "SweepCounts",
    "active",
    "deliver",
    "enlist",
    "is_being_planned",
    "overdue",
    "past_digest",
    "past_digests",
    "plan",
    "plan_first_digest",
    "plan_mail",
    "plan_now",
    "purge",
    "read_jobs",
    "release",
    "settle",
    "sweep",
    "trip",
]
