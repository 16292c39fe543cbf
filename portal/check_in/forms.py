"""The one page: coming, care, travel, papers by post, anything that helps."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cached_property
from typing import TYPE_CHECKING
from uuid import UUID

from wtforms import Field, HiddenField
from wtforms.validators import ValidationError

from portal.check_in.rules import (
    ATTENDED,
    COMING,
    DEPUTE,
    DIFFERENT,
    EXPECTED_WORDS,
    IN_PERSON,
    KEEP,
    NO,
    ONLINE,
    SAME,
    TRAVEL,
    YES,
    Answers,
    questions,
)
from portal.core.values import Typed
from portal.corrections.correcting_form import CorrectingForm
from portal.corrections.forms import line_of_row, reason_of_row
from portal.infra import forms
from portal.infra.fields.each_field import Thing, each
from portal.replacement_care.requests.rules import CANNOT, OPEN

if TYPE_CHECKING:
    from portal.check_in.models import CheckIn
    from portal.check_in.offering import Offer
    from portal.check_in.queries import Last
    from portal.replacement_care.models import CareRequest


ONLY_OFFICERS = "Only your board’s engagement officers can see this"


class CheckInForm(forms.Form):
    """Only what follows from the answers so far is on the page; the rest of these fields is taken out of the form."""

    coming = forms.radios("Are you coming?", COMING, "Select whether you are coming")
    care = forms.radios(
        "Do you need replacement care so you can come?",
        ((SAME, "As last time"), (DIFFERENT, "Yes"), (NO, "No")),
        "Select whether you need replacement care",
        hint="If you travel and we know your usual journey, we add it to the times. You can change them afterwards",
    )
    care_words = forms.paragraphs(
        "What is needed, and when?",
        most=2000,
        hint="Only the officer who arranges it can read this. Do not include names or health details",
    )
    cancel_care = forms.tick("Cancel my care request")
    travel = forms.select(
        "How will you get there?",
        "Select how you will get there",
        (("", "Choose"), (SAME, "As last time"), *TRAVEL),
        hint=ONLY_OFFICERS,
    )
    travel_from = forms.line(
        "Where will you travel from?", most=200, hint="For example, home. Leave blank if you will not travel"
    )
    printed = forms.radios(
        "Would you like the papers by post?",
        ((SAME, "As last time"), (YES, "Yes"), (NO, "No")),
        "Select whether you would like the papers by post",
    )
    address = forms.paragraphs(
        "Which address should we post them to?", most=500, hint="Only your board’s clerks and officers can see this"
    )
    help_words = forms.paragraphs(
        "Is there anything else that would help?",
        most=1000,
        hint=f"For example, a hearing loop, breaks or large print. {ONLY_OFFICERS}",
    )
    version = forms.version()  # of what was answered when the page was opened
    shown = HiddenField()  # the questions that were on the page: a choice that was left out is not sent at all
    is_whole = False  # it stands as it was sent, whatever was answered since its page was opened
    _has_address = False
    _has_request = False
    _new: tuple[str, ...] = ()  # what nobody has answered, because it was not on the page

    @cached_property
    def typed(self) -> dict[str, str]:
        """What was typed and does not follow now: it stays on the page unseen, in case it follows again."""
        return {}

    def validate_care_words(self, field: Field) -> None:
        if not field.data:
            raise ValidationError("Say in a few words what is needed, and when")

    def validate_cancel_care(self, field: Field) -> None:
        if not field.data:
            raise ValidationError("Tick the box to cancel your care request, or change your answer above")

    def validate_address(self, field: Field) -> None:
        if not field.data and not self._has_address:
            raise ValidationError("Enter the address to post them to")

    def is_answered(self) -> bool:
        """Whether everything that follows was asked and answered; new questions come without a complaint."""
        is_valid = self.is_submitted() and self.meanwhile is None and self.validate()
        for name in self._new:
            self[name].errors = ()
        return is_valid and not self._new

    @property
    def more(self) -> int:
        """How many questions came to the page that nobody has answered on it before; nothing has been kept then."""
        return len(self._new)

    def answers(self) -> Answers:
        return Answers(**{name: self[name].data or "" if name in self else "" for name in ANSWERS})

    def _look_at(self, offered: Offer, shows_saved: bool) -> None:
        """Nothing is answered over an answer that was given since the page was opened: it is said first.

        A mailed link shows nothing of it in its boxes, so what was typed there stays. So it does where the other answer
        says otherwise whether they come: whatever else was answered goes with that.
        """
        opened = self.version.data if self.is_submitted() else 0
        if opened and opened != offered.version:
            self.meanwhile, self.is_whole = (), not shows_saved or self.coming.data != self.coming.object_data
            if not self.is_whole:
                self.version.meet(offered.version)
        self.version.take(offered.version)

    def _ask_what_follows(self) -> None:
        """Take out what does not follow, and remember what has not been on the page before."""
        answered = {name for name in QUESTIONS if self[name].raw_data}
        on_page = set((self.shown.data or "").split()) or answered
        coming, care, travel, printed = (self[name].data or "" for name in ("coming", "care", "travel", "printed"))
        coming = coming if coming in dict(self.coming.choices) else ""
        asked = questions(coming, care, travel, printed, self._has_request)
        for name in [name for name in QUESTIONS if name not in asked]:
            if self[name].raw_data and name in ANSWERS:
                self.typed[name] = self[name].data or ""
            del self[name]
        came = [name for name in asked if name not in on_page] if self.is_submitted() else []
        self._new = tuple(name for name in came if name not in answered)
        self.shown.data = " ".join(asked)


ANSWERS = tuple(Answers.__dataclass_fields__)
QUESTIONS = (*ANSWERS, "cancel_care")


class EmailForm(forms.Form):
    email = forms.email(own="email")


def check_in_form(
    last: Last,
    offered: Offer,
    current: CheckIn | None = None,
    care_words: str = "",
    asked: CareRequest | None = None,
    shows_saved: bool = True,
    comes: bool = False,
) -> CheckInForm:
    """The page as it is opened. What follows `offered` is given only for whoever is signed in.

    What somebody said before is chosen, as "As last time" whatever it was, so that a mailed link does not tell.
    Nothing else is: no answer is theirs that they have not given. `comes`: they have just said so with a button.
    """
    shown = _shown(current, care_words, dict(offered.choices)) if current else _just_said(comes, offered)
    is_open = asked is not None and asked.status != CANNOT
    ended = bool(current and current.needs_care and not is_open)  # what they asked for is not asked for now
    if ended:
        shown |= {"care": ""}
    form = CheckInForm(**{"coming": DEPUTE} if offered.goes else shown)
    form._has_address = bool(last.printed and last.printed.address)
    form.coming.choices = list(offered.choices)
    form._look_at(offered, shows_saved)
    for name, said in (("care", last.care), ("travel", last.travel), ("printed", last.printed)):
        _offer_as_last_time(form, name, is_said=said is not None, is_chosen=not (name == "care" and ended))
    if asked is not None and is_open:
        _offer_to_keep(form, asked)
    form._ask_what_follows()
    return form


def any_answer() -> CheckInForm:
    """What was sent, every choice of the page known, to be shown again."""
    return CheckInForm()


def _offer_to_keep(form: CheckInForm, asked: CareRequest) -> None:
    """Nothing is asked of care that is requested, but whether to leave it; it is changed on its own page."""
    form.care.choices = [(KEEP, "Keep the request as it is, if you come"), (NO, "No, I do not need care")]
    form._has_request = asked.status in OPEN
    if not form.care.raw_data:
        form.care.data = KEEP


def _offer_as_last_time(form: CheckInForm, name: str, is_said: bool, is_chosen: bool) -> None:
    if not is_said:
        form[name].choices = [choice for choice in form[name].choices if choice[0] != SAME]
    elif is_chosen and not form[name].data and name not in (form.shown.data or "").split():
        form[name].data = SAME


def _shown(current: CheckIn, care_words: str, offered: Collection[str]) -> Typed:
    """What somebody answered, while it still is an answer; of whoever could not come, nothing that was not asked."""
    if current.coming not in offered:
        return {}
    if current.coming not in (IN_PERSON, ONLINE):
        return {"coming": current.coming}
    shown = {name: getattr(current, name, care_words) for name in Answers.__dataclass_fields__}
    return {**shown, "care": DIFFERENT if current.needs_care else NO, "printed": YES if current.printed else NO}


def _just_said(comes: bool, offered: Offer) -> Typed:
    """That they come: in person, where that is offered. Nothing is kept of it until they send the page."""
    return {"coming": next(key for key, _ in offered.choices if key in (IN_PERSON, ONLINE))} if comes else {}


class AttendanceForm(forms.Form):
    attended = each(forms.radios("", ATTENDED, "Select whether they came"))
    as_said = forms.tick("For everyone else, record what they told us before the meeting")


def attendance_form(names: Mapping[UUID, str], said: Mapping[UUID, str]) -> AttendanceForm:
    """One choice for each person. What was `said` before is proposed: taken only where the box for that is ticked."""
    form = AttendanceForm(attended={key: Thing(name) for key, name in names.items()})
    proposed = {key: answer for key, answer in said.items() if answer and key in names}
    for key, answer in proposed.items():
        form.attended[key].description = f"Before the meeting: {EXPECTED_WORDS[answer]}"
        if form.as_said.data and not form.attended[key].raw_data:
            form.attended[key].data, form.attended[key].raw_data = answer, [answer]
    if not proposed:
        del form.as_said
    return form


class CorrectAttendanceForm(CorrectingForm):
    attended = forms.radios("What is right?", ATTENDED, "Select what is right")
    reason = reason_of_row()
    line = line_of_row()

    was = ""

    def validate_attended(self, field: Field) -> None:
        if field.data == self.was:
            raise ValidationError("The record says this already. Select what is right")


def correct_attendance_form(was: str) -> CorrectAttendanceForm:
    form = CorrectAttendanceForm()
    form.was, form.record_says = was, dict(ATTENDED)[was]
    return form
