"""What gunicorn reads in this folder: settings are looked at once, before there are workers and each would say it."""

from portal.deployment import end_unless_safe
from portal.infra.web.long_lived import spare_the_collector


def on_starting(_server: object) -> None:
    """End before the first worker when the settings are refused: gunicorn answers two such workers with a traceback."""
    end_unless_safe()


def when_ready(_server: object) -> None:
    """With --preload the portal is loaded by now, before workers share its memory."""
    spare_the_collector()


def post_worker_init(_worker: object) -> None:
    """Without it each worker has loaded its own."""
    spare_the_collector()
