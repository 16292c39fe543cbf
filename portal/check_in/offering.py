"""What the page of a check-in offers: the same with a mailed link and signed in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID
from zlib import crc32

from portal.access.roles import Viewer
from portal.check_in import queries
from portal.check_in.rules import COMING, DEPUTE, IN_PERSON, ONLINE
from portal.check_in.undoing import queries as undoing
from portal.core import clock
from portal.core.clock import london_day
from portal.core.text import hour_words, short_day_words

if TYPE_CHECKING:
    from datetime import date, datetime

    from portal.check_in.models import CheckIn
    from portal.check_in.undoing.queries import Said
    from portal.infra.forms import Choices
    from portal.meetings.models import Meeting


@dataclass(frozen=True)
class Offer:
    """`said` is what is so of them by now; `choices` are the answers to whether they come, in words."""

    said: Said | None
    is_depute: bool

    choices: Choices
    version: int
    last_said: str
    changes_until: datetime | None  # whoever stands in may be another until then
    answer_was: date | None = None  # the day for which they answered, before the meeting moved

    @property
    def goes(self) -> bool:
        """Whether a depute goes for them."""
        return bool(self.said and self.said.instead)


def offer(meeting: Meeting, person_id: UUID, check_in: CheckIn | None) -> Offer:
    """A depute is an answer where one goes already, or has agreed to go to this group's meetings."""
    around = undoing.around(Viewer(person_id), [meeting])[meeting.id]
    said = around.said
    is_depute = queries.stand_in_of(meeting, person_id) is not None
    goes = bool(said and said.instead)
    found = [] if is_depute or goes else queries.deputes_to_call(person_id, meeting)
    said_no = bool(found) and found[0].person_id in queries.who_said_no(meeting.id)
    choices = choices_of(meeting, offers_depute=goes or bool(found), depute_said_no=said_no)
    version = version_of(check_in, said.instead if said else "")
    return Offer(said, is_depute, choices, version, _last_said(check_in), around.changes_until, around.answer_was)


def _last_said(check_in: CheckIn | None) -> str:
    """What they answered last, and when, for whoever sends another answer from a page that was opened before that."""
    if check_in is None or check_in.answered_at is None or not check_in.coming:
        return ""
    day = london_day(check_in.answered_at)
    on = "" if day == clock.today() else f" on {short_day_words(day)}"
    return f"You answered “{dict(COMING)[check_in.coming]}” at {hour_words(check_in.answered_at)}{on}."


def choices_of(meeting: Meeting, *, offers_depute: bool, depute_said_no: bool) -> Choices:
    """Whether somebody comes: nobody goes in person to a meeting that is online only."""
    words = dict(COMING)
    if meeting.is_online_only:
        del words[IN_PERSON]
    if not meeting.link:
        words[ONLINE] += " (there is no link to join yet, so ask the clerk for one)"
    if not offers_depute:
        del words[DEPUTE]
    elif depute_said_no:
        words[DEPUTE] += " (they told us they can’t go, so check with them first)"
    return tuple(words.items())


def version_of(check_in: CheckIn | None, instead: str) -> int:
    """A number that is another one as soon as somebody answers, or a depute goes or does not."""
    said = (check_in.answered_at, check_in.answered_for, check_in.coming) if check_in else (None, None, "")
    return crc32(repr((*said, instead)).encode()) % 999_999_999 + 1
