"""Lists and texts that somebody has read: what a test works out anew must be the same, or is put beside it to read."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parents[1]


def problem(now: str, reviewed: Path) -> str:
    """What to do when a reviewed text is not what it is now, which is written beside it as .new; '' when it is."""
    new = reviewed.with_name(f"{reviewed.name}.new")
    if reviewed.exists() and reviewed.read_text() == now:
        new.unlink(missing_ok=True)
        return ""
    new.parent.mkdir(exist_ok=True)
    new.write_text(now)
    return f"Read {_shown(new)}, and if it is right, put it in the place of {reviewed.name}."


def assert_reviewed(now: str, reviewed: Path) -> None:
    if said := problem(now, reviewed):
        raise AssertionError(said)


def _shown(path: Path) -> Path:
    return path.relative_to(ROOT) if path.is_relative_to(ROOT) else path
