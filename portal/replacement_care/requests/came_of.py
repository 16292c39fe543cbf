"""What came of a request once its day is over: figures count it, and lists say it, in the same words."""

from __future__ import annotations

from enum import Enum

from portal.replacement_care.requests.rules import CANNOT, NOT_HELD, TOOK_PLACE


class Outcome(Enum):
    """Each request is exactly one of these; the words are those of the columns of figures."""

    ARRANGED = "Arranged"
    NOT_BY_BOARD = "Took place, but not arranged by the board"
    NOT_PROVIDED = "Not provided"
    NOT_ANSWERED = "Not answered"


MEANS = (
    f"“{Outcome.ARRANGED.value}” means that the board arranged care, whether or not it then took place. "
    f"“{Outcome.NOT_BY_BOARD.value}” means that the board declined or had not answered, but there was care all "
    f"the same. The rep may have used their own care budget. “{Outcome.NOT_PROVIDED.value}” means that the "
    "board declined, or that the rep says there was no care. "
    f"“{Outcome.NOT_ANSWERED.value}” means that neither the board nor the rep has recorded anything."
)


def came_of(status: str, was_arranged: bool) -> Outcome:
    if status == CANNOT:
        return Outcome.NOT_PROVIDED
    if was_arranged:
        return Outcome.ARRANGED
    without_board = {TOOK_PLACE: Outcome.NOT_BY_BOARD, NOT_HELD: Outcome.NOT_PROVIDED}
    return without_board.get(status, Outcome.NOT_ANSWERED)
