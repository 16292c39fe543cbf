"""What happened to the accounts of a board's people, as its administrators may know it.

Changes of two-step sign-in and of addresses, accounts that were closed or opened again, and wrong passwords or codes
from three a day up. Never when somebody signed in: that is their own affair, and says nothing that a board needs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from portal.accounts import events as accounts
from portal.audit import queries
from portal.audit.models import AuditLine
from portal.boards.people.queries import Member, members
from portal.core.calendar import moment
from portal.core.clock import london_day
from portal.core.events import sentence_of
from portal.core.text import count_words

DAYS = 90  # how far back the page goes
FROM = 3  # fewer wrong passwords or codes in a day are somebody's own slips
CHANGES = (
    accounts.FactorSetUp,
    accounts.FactorCleared,
    accounts.EmailChanged,
    accounts.EmailPutBack,
    accounts.AccountDisabled,
    accounts.AccountEnabled,
)
FAILURES: Mapping[str, tuple[str, str]] = {
    accounts.SignInFailed.__name__: ("wrong password was tried", "wrong passwords were tried"),
    accounts.CodeFailed.__name__: ("wrong code was entered", "wrong codes were entered"),
}


@dataclass(frozen=True)
class AccountShown:
    """One change, with its moment; or the failures of a day, without one."""

    name: str
    what: str
    day: date
    at: datetime | None = None


def of_board(board_id: UUID, today: date) -> list[AccountShown]:
    """Of everyone with a seat or role on a board, from their first day there on; the newest first."""
    people = {member.person.id: (member.person.name, _first_day(member)) for member in members(board_id, today)}
    since = moment(today - timedelta(days=DAYS), time(0))
    kinds = (*CHANGES, accounts.SignInFailed, accounts.CodeFailed)
    lines = queries.lines_of_accounts([name for kind in kinds for name in kind.names], list(people), since)
    theirs = [line for line in lines if london_day(line.happened_at) >= people[_whose(line)][1]]
    names = {key: name for key, (name, _) in people.items()}
    found = [*_changes(theirs, names), *_failures(theirs, names)]
    return sorted(found, key=lambda one: (one.day, one.at.timestamp() if one.at else 0, one.name), reverse=True)


def _first_day(member: Member) -> date:
    seats = [appointment.from_on for _, appointment in member.seats]
    return min([*seats, *(role.from_on for role in member.staff_roles)])


def _whose(line: AuditLine) -> UUID:
    return UUID(str(line.facts["person_id"]))


def _changes(lines: Iterable[AuditLine], names: Mapping[UUID, str]) -> Iterator[AccountShown]:
    for line in lines:
        if line.event not in FAILURES:
            at = line.happened_at
            yield AccountShown(names[_whose(line)], sentence_of(line.event), london_day(at), at)


def _failures(lines: Sequence[AuditLine], names: Mapping[UUID, str]) -> Iterator[AccountShown]:
    failed = Counter(
        (line.event, _whose(line), london_day(line.happened_at)) for line in lines if line.event in FAILURES
    )
    for (event, person_id, day), times in failed.items():
        if times >= FROM:
            yield AccountShown(names[person_id], count_words(times, *FAILURES[event]), day)
