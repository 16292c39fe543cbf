"""How boards support their reps: induction, training, mentors, Carer Awareness, beside what was found in 2017."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median
from uuid import UUID

from portal.boards import figures as boards
from portal.core.nothing import EMPTY, cell
from portal.mentoring import figures as mentoring
from portal.training.awareness import figures as awareness_figures
from portal.training.inductions import figures as inductions_figures
from portal.training.records import figures as records_figures

MEASURES = (
    ("inducted", "Induction done within three months", "Of reps who began more than three months ago"),
    ("trained", "Trained", "Of reps who sit today: at least one training that an officer confirmed"),
    ("mentored", "Have a mentor", "Of reps who sit today"),
    ("aware", "Carer Awareness", "Other members who had it in the last three years, of all other members"),
)
LEAST_BOARDS = 5
IN_2017: Mapping[str, str] = {  # Equal, Expert and Valued, update 2018: what it gives, and nothing made up for the rest
    "mentored": "More than two thirds of reps had no mentor. Two boards mentored through an engagement officer"
}


@dataclass(frozen=True)
class Share:
    """So many of so many."""

    part: int
    whole: int

    @property
    def percent(self) -> int | None:
        """None where there is nothing, or where older numbers say more than there can be."""
        return round(100 * self.part / self.whole) if self.whole and self.part <= self.whole else None


Shares = Mapping[str, Share]


def cells(share: Share | None) -> tuple[object, object]:
    """Part and whole for a sheet; where the page has no figure, the sheet has none either."""
    shown = share is not None and share.percent is not None
    return (share.part, share.whole) if share and shown else (cell(None, EMPTY), cell(None, EMPTY))


def of_boards(today: date) -> dict[UUID, Shares]:
    """Each measure of every board with a rep, in five queries."""
    sitting, trained, mentored = (
        boards.sitting(today),
        records_figures.trained_of_boards(today),
        mentoring.mentored(today),
    )
    inducted, aware = inductions_figures.inducted_of_boards(today), awareness_figures.awareness_of_boards(today)
    return {
        board_id: {
            "inducted": Share(in_time.done, in_time.inductions) if (in_time := inducted.get(board_id)) else Share(0, 0),
            "trained": Share(trained.get(board_id, 0), reps),
            "mentored": Share(mentored.get(board_id, 0), reps),
            "aware": Share(one.had_it, one.members) if (one := aware.get(board_id)) else Share(0, 0),
        }
        for board_id, reps in sitting.items()
    }


def in_all(found: Iterable[Shares]) -> Shares:
    """The sum of some boards."""
    every: Sequence[Shares] = list(found)
    return {
        key: Share(sum(one[key].part for one in every), sum(one[key].whole for one in every)) for key, _, _ in MEASURES
    }


def medians(found: Iterable[Shares]) -> Mapping[str, int | None]:
    """What half of the boards reach, in percent; None where so few have a figure that it would tell of one of them."""
    every: Sequence[Shares] = list(found)
    percents = {key: [p for one in every if (p := one[key].percent) is not None] for key, _, _ in MEASURES}
    return {key: round(median(each)) if len(each) >= LEAST_BOARDS else None for key, each in percents.items()}
