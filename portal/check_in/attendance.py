"""What is said when attendance was saved."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol
from uuid import UUID

from portal.check_in.rules import ATTENDED
from portal.core.text import together


class Recorded(Protocol):
    """Whether somebody came, as it is on record."""

    @property
    def attended(self) -> str | None: ...


def words_of_attendance(
    sent: Mapping[str, str], recorded: Mapping[UUID, Recorded], names: Mapping[UUID, str], saved_some: bool
) -> str:
    """What was recorded while the page was open stays; of what was typed otherwise it is said that it was not saved."""
    typed = {key: sent.get(f"attended-{key}") for key in recorded if key in names}
    others = [key for key, answer in typed.items() if answer and answer != recorded[key].attended]
    if not others:
        return "Attendance saved."
    words = dict(ATTENDED)
    there = together([f"“{words[recorded[key].attended or '']}” for {names[key]}" for key in others])
    was = "was" if len(others) == 1 else "were"
    left = "The others are saved, but" if saved_some else "Not saved:"
    return f"{left} {there} {was} recorded after you opened this page. If that is wrong, correct it."
