"""What must be so before people are let in: settings that the demonstration has and production must not."""

from __future__ import annotations

import base64
import binascii

from config import Config

SHORTEST_SECRET = 32


def problems(config: Config) -> list[str]:
    """Everything that is wrong with these settings for a real deployment, each as what to do about it."""
    checks = (
        (not config.is_production, "Set PORTAL_ENV=production"),
        (config.secret_key == Config.secret_key, "Set SECRET_KEY to a random word of your own"),
        (len(config.secret_key) < SHORTEST_SECRET, f"Make SECRET_KEY at least {SHORTEST_SECRET} characters long"),
        (config.second_factor_of != "staff", "A second factor must be required of staff"),
        (bool(_key_problem(config)), _key_problem(config)),
        (not config.base_url.startswith("https://"), "Set BASE_URL to an address that starts with https://"),
        (config.host in ("127.0.0.1", "localhost", ""), "Set BASE_URL to the host that people will use"),
        (not config.smtp_host, "Set SMTP_HOST, so that emails go to people and not into a folder"),
        (bool(config.smtp_host) and not config.smtp_starttls, "Take SMTP_STARTTLS=no away: emails must be encrypted"),
        (bool(config.clock_file), "Take CLOCK_FILE away: the clock must be the real one"),
        (config.files_url.startswith("memory:"), "Set FILES_URL to a folder or a bucket: memory forgets papers"),
    )
    return [what_to_do for is_wrong, what_to_do in checks if is_wrong]


def _key_problem(config: Config) -> str:
    """What is wrong with the keys that seal private text; '' when they are fit."""
    how = 'Set FIELD_KEYS to "name:key", the key being 32 random bytes in base64'
    for one in config.field_keys.split(","):
        name, _, key = one.strip().partition(":")
        try:
            if not name or len(base64.b64decode(key, validate=True)) != 32:
                return how
        except binascii.Error:
            return how
    return ""
