"""What came of a request once its day is over: figures count it, and lists say it, in the same words."""

from __future__ import annotations

from enum import Enum

from portal.replacement_care.requests.rules import CANNOT, TOOK_PLACE


class Outcome(Enum):
    """Each request is exactly one of these; the words are those of the columns of figures."""

    ARRANGED = "Arranged"
    NOT_BY_BOARD = "Took place, but not arranged by the board"
    NOT_PROVIDED = "Not provided"


MEANS = (
    f"“{Outcome.ARRANGED.value}” means that the board arranged care, whether or not it then took place. "
    f"“{Outcome.NOT_BY_BOARD.value}” means that the board declined or had not answered, but there was care all "
    f"the same. The rep may have used their own care budget. “{Outcome.NOT_PROVIDED.value}” means that the "
    "board declined, that it had arranged nothing by the end of the day, or that the rep says there was no care. What "
    "the board or the rep records later changes it."
)


def came_of(status: str, was_arranged: bool) -> Outcome:
    if status == CANNOT:
        return Outcome.NOT_PROVIDED
    if was_arranged:
        return Outcome.ARRANGED
    return Outcome.NOT_BY_BOARD if status == TOOK_PLACE else Outcome.NOT_PROVIDED
