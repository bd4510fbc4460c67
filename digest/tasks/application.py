"""The Celery app and the beat schedule."""

from __future__ import annotations

from celery import Celery
from celery.schedules import crontab

from digest import config

settings = config.load()

_polls = ("poll",) if settings.imap_url else ()

app = Celery("digest", broker=settings.broker_url, include=["digest.tasks.stages"])
app.conf.update(
    task_ignore_result=True,
    # A lost task is made up for by the next beat, so none is kept for redelivery: acknowledged
    # on receipt, never waiting in a worker behind a long one, dropped when its minute is over.
    worker_prefetch_multiplier=1,
    task_default_queue="digest",
    task_serializer="json",
    accept_content=["json"],
    timezone="UTC",
    broker_connection_retry_on_startup=True,
    broker_transport_options={"socket_connect_timeout": 2, "socket_timeout": 30},
    worker_hijack_root_logger=False,
    worker_redirect_stdouts=False,
    worker_send_task_events=False,
    beat_max_loop_interval=30,
    beat_scheduler="celery.beat:Scheduler",
    beat_schedule={
        "fetch": {
            "task": "digest.fetch",
            "schedule": 60.0 * settings.fetch_minutes,
            "options": {"expires": 60 * settings.fetch_minutes},
        },
        **{
            stage: {"task": f"digest.{stage}", "schedule": 60.0, "options": {"expires": 55}}
            for stage in ("close", "plan", "sweep", "deliver", *_polls)
        },
        "purge": {"task": "digest.purge", "schedule": crontab(hour="3", minute="17")},
    },
)
