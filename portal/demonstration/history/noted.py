"""What officers noted about supporting reps: a few lines of the last months, which the reps read too."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from uuid import uuid4

from portal.core.calendar import working_day_by
from portal.demonstration.history.in_order import Step, at_hour, go_until_lately
from portal.demonstration.history.learning import chance
from portal.demonstration.world.towns import Town
from portal.rep_pages.notes import actions

WORDS = (
    "Prefers a phone call to an email, best before 10am. Agreed to ring the week before each board meeting.",
    "Asked for papers by post from now on. Told the clerk.",
    "Would like to sit in on the budget workshop before the next meeting. I will ask if there is a place.",
    "Feels able to speak up at the planning group now. Would like to raise short breaks next time.",
    "Meets us at the carers centre, as parking there is free.",
)
LONGEST_AGO, LATEST = 150, 4  # days
NOTED = 0.6  # share of reps about whom there is a note


def fill(town: Town) -> None:
    go_until_lately(list(_notes(town)))


def _notes(town: Town) -> Iterator[Step]:
    chances, officer = chance(town, "noted"), town.people["officer"]
    sitting = dict.fromkeys(who for kind in town.groups for who in town.sitting(kind, town.today))
    for who in sitting:
        if who == "rep" or chances.random() < NOTED:
            day = working_day_by(town.day(-chances.randint(LATEST, LONGEST_AGO)))
            note = (uuid4(), town.groups["board"].board_id, town.people[who], officer, chances.choice(WORDS))
            yield Step(at_hour(max(day, town.began_on), 15), officer, partial(actions.write, *note))
