"""The beat schedule of production, sixty times as fast.

celery -A tests.fast_beat beat
"""

from __future__ import annotations

from digest.tasks import app

for name in ("close", "plan", "sweep", "deliver"):
    app.conf.beat_schedule[name]["schedule"] = 1.0
app.conf.beat_max_loop_interval = 0.5
