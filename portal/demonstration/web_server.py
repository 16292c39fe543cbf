"""How gunicorn serves the demonstration: read instead of any gunicorn.conf.py, so that none can open it to others."""

from __future__ import annotations

worker_class = "gthread"
workers = 2
threads = 4
loglevel = "warning"
