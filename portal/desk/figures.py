"""How boards support their reps: induction, training, mentors, Carer Awareness, beside what was found in 2017."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from statistics import median
from uuid import UUID

from portal.boards import figures as boards
from portal.core.disclosure import shown_of_shares
from portal.core.nothing import EMPTY, WITHHELD, cell
from portal.core.text import count_words
from portal.corrections.models import Correction
from portal.mentoring import figures as mentoring
from portal.training.awareness import figures as awareness_figures
from portal.training.inductions import figures as inductions_figures
from portal.training.records import figures as records_figures


@dataclass(frozen=True)
class Measure:
    """One figure: its name, of whom it is, and what whoever is counted in is called."""

    key: str
    title: str
    definition: str
    is_of_people: bool  # what reps had or chose, not what their board did: it is withheld where it tells of few


MEASURES = (
    Measure(
        "inducted",
        "Induction done within three months",
        "Of reps who began between 3 and 18 months ago, how many did every step due in their first three months, in "
        "time. Later steps, like a six-month review, do not count. If an "
        "appointment was recorded after its first day, its three months count from the day it was recorded",
        is_of_people=False,
    ),
    Measure("trained", "Trained", "Of reps in a seat today: an officer has confirmed at least one training", True),
    Measure("mentored", "Have a mentor", "Of reps in a seat today", True),
    Measure(
        "aware",
        "Carer Awareness",
        "Of all other members: had Carer Awareness training in the last three years. Boards say how many other members "
        "they have, and someone in two groups counts once in each",
        is_of_people=False,
    ),
)
NOT_SHOWN_HERE = (
    "What a board does (induction, Carer Awareness) is always shown, even where it did it for one rep. To protect "
    "privacy, the other figures are withheld where they would tell of fewer than five people, by themselves or beside "
    "the total."
)
LEAST_BOARDS = 5
IN_2017: Mapping[str, str] = {  # Equal, Expert and Valued, update 2018: what it gives, and nothing made up for the rest
    "mentored": "fewer than a third of reps had a mentor. Two boards mentored through an engagement officer"
}


@dataclass(frozen=True)
class Share:
    """So many of so many, of one board or of several."""

    part: int
    whole: int
    is_withheld: bool = False
    boards: int = 1
    withheld: int = 0  # of these boards: their own figure is not shown
    late: int = 0  # of the whole: recorded more than 30 days later

    @property
    def percent(self) -> int | None:
        """None where there is nothing, where older numbers say more than there can be, and where it is withheld."""
        return round(100 * self.part / self.whole) if self.is_known and not self.is_withheld else None

    @property
    def is_known(self) -> bool:
        return self.whole > 0 and self.part <= self.whole

    @property
    def why_not(self) -> str:
        """Why there is no percentage, where there is none."""
        return WITHHELD if self.is_withheld else EMPTY


def total_words(total: Share) -> str:
    """What the row of all boards together is called: of how many it is, and how many of these do not show their own."""
    if not total.withheld:
        return f"Total ({count_words(total.boards, 'board has', 'boards have')} a figure)"
    of = f"Total of {count_words(total.boards, 'board')}"
    if total.is_withheld:
        return of
    which = "each" if total.withheld == total.boards else f"{total.withheld} of them"
    return f"{of}, {which} withheld"


NOBODY = Share(0, 0)
Shares = Mapping[str, Share]


def recorded_late(shares: Shares) -> object:
    """For a sheet: of how many inductions that a board is measured by the appointment was recorded late."""
    share = shares.get("inducted")
    return cell(share.late if share and share.percent is not None else None, EMPTY)


def cells(share: Share | None) -> tuple[object, object, object]:
    """Part, whole and percentage for a sheet; where the page has no figure, the sheet has none either."""
    if share is None or share.percent is None:
        return (cell(None, share.why_not if share else EMPTY),) * 3
    return share.part, share.whole, share.percent


def of_boards(today: date) -> dict[UUID, Shares]:
    """Each measure of every board with a rep, in five queries. Nothing is withheld yet: see `told`."""
    sitting, trained, mentored = (
        boards.sitting(today),
        records_figures.trained_of_boards(today),
        mentoring.mentored(today),
    )
    inducted, aware = inductions_figures.inducted_of_boards(today), awareness_figures.awareness_of_boards(today)
    return {
        board_id: {
            "inducted": Share(in_time.done, in_time.inductions, late=in_time.late)
            if (in_time := inducted.get(board_id))
            else NOBODY,
            "trained": Share(trained.get(board_id, 0), reps),
            "mentored": Share(mentored.get(board_id, 0), reps),
            "aware": Share(one.had_it, one.members) if (one := aware.get(board_id)) and one.is_known else NOBODY,
        }
        for board_id, reps in sitting.items()
    }


def aware_before(board_id: UUID, made: Sequence[Correction], today: date) -> Share:
    """Carer Awareness of a board without some corrections, which come with the latest first."""
    one = awareness_figures.in_all(awareness_figures.uncorrected(board_id, made, today))
    return Share(one.had_it, one.members) if one.is_known else NOBODY


def all_aware_before(found: Mapping[UUID, Shares], before: Mapping[UUID, Share]) -> Share:
    """Carer Awareness of all boards together as it would be without corrections; `before` are those that made any."""
    [measure] = [one for one in MEASURES if one.key == "aware"]
    _, total = _told(measure, {key: before.get(key, shares[measure.key]) for key, shares in found.items()})
    return total


@dataclass(frozen=True)
class Table:
    """What may be shown of every board, by board and measure, and of all together."""

    of_boards: Mapping[UUID, Shares]
    in_all: Shares


def told(found: Mapping[UUID, Shares]) -> Table:
    """The same figures where they may be shown: see core/disclosure.py."""
    columns = {one.key: _told(one, {board_id: found[board_id][one.key] for board_id in found}) for one in MEASURES}
    rows = {board_id: {key: shares[board_id] for key, (shares, _) in columns.items()} for board_id in found}
    return Table(rows, {key: total for key, (_, total) in columns.items()})


def _told(measure: Measure, shares: Mapping[UUID, Share]) -> tuple[Mapping[UUID, Share], Share]:
    """One measure of each board, and of all boards that have a figure."""
    known = {key: one for key, one in shares.items() if one.is_known}
    total = Share(sum(one.part for one in known.values()), sum(one.whole for one in known.values()), boards=len(known))
    total = replace(total, late=sum(one.late for one in known.values()))
    if not measure.is_of_people:
        return shares, total
    may = shown_of_shares({key: (one.part, one.whole) for key, one in known.items()})
    rows = {key: replace(one, is_withheld=key in known and key not in may.names) for key, one in shares.items()}
    hidden = sum(one.is_withheld for one in rows.values())
    return rows, replace(total, is_withheld=bool(known) and not may.total, withheld=hidden)


def medians(found: Iterable[Shares]) -> Mapping[str, int | None]:
    """What half of the boards reach, in percent; None where so few have a figure that it would tell of one of them."""
    every: Sequence[Shares] = list(found)
    percents = {m.key: [p for one in every if (p := one[m.key].percent) is not None] for m in MEASURES}
    return {key: round(median(each)) if len(each) >= LEAST_BOARDS else None for key, each in percents.items()}
