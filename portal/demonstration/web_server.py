"""How gunicorn serves the demonstration: read instead of any gunicorn.conf.py, so that none can open it to others."""

from __future__ import annotations

from portal.infra.web.long_lived import spare_the_collector

worker_class = "gthread"
workers = 2
threads = 4
loglevel = "warning"


def post_worker_init(_worker: object) -> None:
    """Each worker has loaded the portal."""
    spare_the_collector()
