"""Who will be emailed that a paper was withdrawn, and what they read: made from the emails that would be written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from portal.boards import queries as boards
from portal.core.text import together
from portal.infra.unit_of_work import EmailTo, emails_written, tried_out
from portal.infra.web.emailed import emailed
from portal.papers.withdrawing import actions

if TYPE_CHECKING:
    from portal.papers.models import Paper, PaperVersion

TO_READERS, TO_ADMINISTRATORS = "paper-withdrawn", "personal-data-found"
NOT_TO_USE = "that it was withdrawn and why, and not to use a copy they may have"
TO_DELETE = "that it was withdrawn because it contained personal data, and to delete any copy they may have"
TO_LOOK_INTO = (
    "the same, how many people could open it, when the file will be destroyed, and how to ask who downloaded it"
)


@dataclass(frozen=True)
class Told:
    """'3 people will be emailed.', who they are, and what they read."""

    words: str
    who: str
    what: str


def told_beforehand(
    paper: Paper, what: str, reason: str, copies: Sequence[PaperVersion], is_personal: bool
) -> tuple[list[Told], list[Told]]:
    """Of the paper itself, and of its copies on other meetings: they are withdrawn, and that is taken back."""
    own: list[EmailTo] = []
    of_copies: list[EmailTo] = []
    with tried_out(), suppress(actions.NothingToWithdraw):
        actions.withdraw(paper, paper.meeting.version, what, reason)
        own = emails_written()
        actions.withdraw_copies(copies)
        of_copies = emails_written()[len(own) :]
    names = boards.people_named(one.person_id for one in (*own, *of_copies))
    gets = {TO_READERS: TO_DELETE if is_personal else NOT_TO_USE, TO_ADMINISTRATORS: TO_LOOK_INTO}
    return _told(own, names, gets), _told(of_copies, names, gets)


def _told(emails: Sequence[EmailTo], names: Mapping[UUID, str], gets: Mapping[str, str]) -> list[Told]:
    found = []
    for about, what in gets.items():
        if these := [one for one in emails if one.about == about]:
            who = together(sorted({names[one.person_id] for one in these if one.person_id in names}))
            found.append(Told(emailed(emails=these), who, what))
    return found
