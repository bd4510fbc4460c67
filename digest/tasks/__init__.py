"""Celery only knocks on the door: every task finds its work in the database.

Run twice is the same as run once, and a task that was lost is made up for by the next beat.

    celery -A digest.tasks worker
    celery -A digest.tasks beat
"""

from digest.tasks.application import app

__all__ = ["app"]
