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
    sent: Mapping[str, str], recorded: Mapping[UUID, Recorded], names: Mapping[UUID, str], saved: Mapping[UUID, str]
) -> str:
    """What is saved, by name. What was recorded while the page was open stays, and what was typed otherwise is said."""
    typed = {key: sent.get(f"attended-{key}") for key in recorded if key in names}
    others = [key for key, answer in typed.items() if answer and answer != recorded[key].attended]
    words = dict(ATTENDED)
    by_answer = {how: [names[key] for key in saved if saved[key] == how] for how in words}
    back = " ".join(f"{words[how]}: {together(people)}." for how, people in by_answer.items() if people)
    if not others:
        return f"Attendance saved. {back}".strip()
    there = together([f"“{words[recorded[key].attended or '']}” for {names[key]}" for key in others])
    was = "was" if len(others) == 1 else "were"
    left = f"{back} These are saved, but" if back else "Not saved:"
    return f"{left} {there} {was} recorded after you opened this page. If that is wrong, correct it."
