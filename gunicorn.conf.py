"""What gunicorn reads in this folder: settings are looked at once, before there are workers and each would say it."""

from portal.deployment import end_unless_safe


def on_starting(_server: object) -> None:
    """End before the first worker when the settings are refused: gunicorn answers two such workers with a traceback."""
    end_unless_safe()
