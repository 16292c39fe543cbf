"""An answer with one button: coming, and everything else as last time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from portal.check_in.last_time import said_last
from portal.check_in.rules import IN_PERSON, KEEP, ONLINE, SAME, questions
from portal.core.text import together
from portal.infra.web.pages import PageFacts
from portal.replacement_care.requests.rules import CANNOT

if TYPE_CHECKING:
    from uuid import UUID

    from portal.check_in.forms import CheckInForm
    from portal.check_in.offering import Offer
    from portal.check_in.queries import Last
    from portal.meetings.models import Meeting
    from portal.replacement_care.models import CareRequest

ABOUT = {"care": "replacement care", "travel": "how you’ll get there", "printed": "papers by post"}
BUTTONS = {IN_PERSON: "I’m coming, same as last time", ONLINE: "I’ll join online, same as last time"}


@dataclass(frozen=True)
class OneButton:
    """Its words, and what it sends."""

    words: str
    fields: Mapping[str, str]


def one_buttons(last: Last, offered: Offer, has_request: bool = False, by_link: bool = False) -> list[OneButton]:
    """For whoever has not answered yet, and has said before all that would be asked now.

    With `has_request` care is requested already, and is left as it is. A mailed link does not tell who has answered.
    """
    known = {"care": has_request or last.care, "travel": last.travel, "printed": last.printed}
    answered = bool(offered.last_said and not by_link) or offered.goes or bool(offered.said and offered.said.is_absent)
    found = []
    for coming, words in BUTTONS.items():
        if answered or coming not in dict(offered.choices):
            continue
        care = KEEP if has_request else SAME
        asked = questions(coming, care, SAME, SAME)
        same = [name for name in asked if name in ABOUT]
        if all(known[name] for name in same):
            fields = dict.fromkeys(same, SAME) | {"coming": coming, "care": care, "shown": " ".join(asked)}
            found.append(OneButton(words, fields | {"version": str(offered.version)}))
    return found


def taken_over(form: CheckInForm) -> str:
    """What an answer took from last time, in words; '' where it took nothing."""
    names = [words for name, words in ABOUT.items() if name in form and form[name].data == SAME]
    return f"We’ve used your last answers about {together(names)}." if names else ""


def facts(meeting: Meeting, person_id: UUID, last: Last, offered: Offer, asked: CareRequest | None) -> PageFacts:
    """The buttons for whoever is signed in, and what they would send."""
    has_request = asked is not None and asked.status != CANNOT
    buttons = one_buttons(last, offered, has_request)
    said = said_last(last, meeting, person_id) if buttons else {}
    same = {ABOUT[name]: words for name, words in said.items() if not (name == "care" and has_request)}
    return {"buttons": buttons, "same": same}
