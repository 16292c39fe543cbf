"""Keeping that Carer Awareness took place, and how many other members groups have."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from uuid import UUID

from portal.boards.models import Board, Group
from portal.core import clock
from portal.core.text import count_words
from portal.core.values import Typed
from portal.corrections import actions as corrections
from portal.corrections.actions import Change
from portal.corrections.models import Correction
from portal.infra.correctable import NotAsItWas
from portal.infra.database import db
from portal.infra.unit_of_work import record, records_nothing
from portal.training.awareness import queries
from portal.training.awareness.rules import (
    ALL,
    AWARENESS,
    about_words,
)
from portal.training.events import (
    AwarenessHeld,
    OtherMembersCounted,
)
from portal.training.models import (
    AwarenessCount,
    AwarenessDelivered,
    AwarenessSession,
    OtherMembers,
)


class WrongNumbers(ValueError):
    """Numbers that cannot be right; `problems` says why, by group."""

    def __init__(self, problems: Mapping[UUID, str]) -> None:
        super().__init__("; ".join(problems.values()))
        self.problems = problems


def _refuse(problems: Mapping[UUID, str]) -> None:
    if problems:
        raise WrongNumbers(problems)


def _members(board_id: UUID) -> dict[UUID, int]:
    return {key: one.members for key, one in queries.other_members(board_id).items()}


def hold_awareness(
    session_id: UUID,
    board_id: UUID,
    typed: Typed,
    delivered_by: Collection[UUID],
    members: Mapping[UUID, int],
) -> None:
    """Carer Awareness that took place: which reps gave it, and how many members by group. Sent twice, kept once.

    Raises WrongNumbers where more would have had it than there are.
    """
    if db.session.get(AwarenessSession, session_id) is not None:
        return
    db.session.get_one(Board, board_id, with_for_update=True)  # so that two at once see each other's numbers
    _refuse(queries.wrong_numbers(board_id, typed["held_on"], members))
    db.session.add(AwarenessSession(id=session_id, board_id=board_id, recorded_on=clock.today(), **typed))
    db.session.flush()
    of = {"board_id": board_id, "session_id": session_id}
    db.session.add_all(AwarenessDelivered(**of, person_id=one) for one in delivered_by)
    db.session.add_all(AwarenessCount(**of, group_id=key, members=n) for key, n in members.items() if n)
    db.session.flush()
    record(AwarenessHeld(**of))


def count_other_members(board_id: UUID, members: Mapping[UUID, int]) -> None:
    """How many other members each group has. Raises WrongNumbers where more than that had Carer Awareness."""
    db.session.get_one(Board, board_id, with_for_update=True)
    _refuse(queries.too_few_members(board_id, members))
    known = queries.other_members(board_id)
    changed = {key: number for key, number in members.items() if key not in known or known[key].members != number}
    for group_id, number in changed.items():
        one = known.get(group_id) or OtherMembers(board_id=board_id, group_id=group_id)
        one.members = number
        db.session.add(one)
    db.session.flush()
    if changed:
        record(OtherMembersCounted(board_id=board_id))


@records_nothing("the correction is recorded")
def correct_number(session: AwarenessSession, group: Group, number: int, person_id: UUID, reason: str) -> Correction:
    """How many members of a group had it at a session. Raises NotAsItWas."""
    was = queries.counts(session.id).get(group.id, 0)
    change = Change(
        kind=AWARENESS,
        board_id=session.board_id,
        thing_id=session.id,
        group_id=group.id,
        about=about_words(session.held_on, group.name),
        was_value=f"{group.id}:{was}",
        now_value=f"{group.id}:{number}",
        was=count_words(was, "member"),
        now=count_words(number, "member"),
    )
    return corrections.correct_fact(change, person_id, reason)


@records_nothing("the correction is recorded")
def correct_held(session: AwarenessSession, person_id: UUID, reason: str) -> Correction:
    """A session that did not take place: it counts no more, and stays in the list as such. Raises NotAsItWas."""
    change = Change(
        kind=AWARENESS,
        board_id=session.board_id,
        thing_id=session.id,
        about=about_words(session.held_on),
        was_value=f"{ALL}:held",
        now_value=f"{ALL}:withdrawn",
        was="took place",
        now="did not take place",
    )
    return corrections.correct_fact(change, person_id, reason)


@records_nothing("the correction is recorded")
def apply(board_id: UUID, session_id: UUID, was: str, now: str) -> None:
    """Put the number of a group right, or that the session took place. Raises NotAsItWas, also when more would have had
    it by now than there are."""
    if not queries.can_correct(board_id, session_id, was, now):
        raise NotAsItWas
    session = db.session.get_one(AwarenessSession, session_id)
    what, number = now.split(":")
    if what == ALL:
        session.withdrawn_on = clock.today()
    else:
        _set_number(session, UUID(what), int(number))
    db.session.flush()


def _set_number(session: AwarenessSession, group_id: UUID, number: int) -> None:
    row = queries.count_of(session.id, group_id)
    if row is None:
        row = AwarenessCount(board_id=session.board_id, session_id=session.id, group_id=group_id)
        db.session.add(row)
    row.members = number
