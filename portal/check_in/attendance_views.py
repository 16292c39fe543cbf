"""After a meeting: the clerk says who came, each person once; what is on record is corrected."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.access.permissions import ATTENDANCE_CONFIRM, ATTENDANCE_CORRECT
from portal.check_in import forms, queries
from portal.check_in.attendance import words_of_attendance
from portal.check_in.blueprint import bp
from portal.check_in.recording import actions as recording
from portal.check_in.rules import ATTENDANCE, ATTENDED, expected_attendance
from portal.check_in.views import people_of
from portal.core.text import day_words
from portal.corrections import queries as corrections
from portal.corrections.rules import RowPage
from portal.infra.guard import allows, viewer
from portal.infra.versions import held
from portal.infra.web.emailed import emailed
from portal.infra.web.not_done import not_done
from portal.infra.web.pages import PageFacts
from portal.meetings import queries as meeting_queries

if TYPE_CHECKING:
    from portal.check_in.models import CheckIn
    from portal.meetings.models import Meeting


@bp.route("/meetings/<uuid:meeting_id>/attendance", methods=["GET", "POST"])
@allows(ATTENDANCE_CONFIRM, one=meeting_queries.meeting)
def attendance(meeting: Meeting) -> ResponseReturnValue:
    people, answers = people_of(held(meeting)), queries.of_meeting(meeting.id)
    recorded = {key: one for key, one in answers.items() if one.attended}
    form, names = _form_of_attendance(people, answers), _names(people)
    if people["is_held"] and form.validate_on_submit():
        saved = {key: how for key, how in form.attended.data.items() if how}
        recording.confirm_attendance(meeting, saved.items()) if saved else None
        flash(words_of_attendance(request.form, recorded, names, saved))
        return redirect(url_for("check_in.coming", meeting_id=meeting.id))
    facts = {"recorded": recorded, "words": dict(ATTENDED), **people}
    return render_template("check_in/attendance.html", form=form, meeting=meeting, **facts)


def _form_of_attendance(people: PageFacts, answers: Mapping[UUID, CheckIn]) -> forms.AttendanceForm:
    """Of those about whom nothing is recorded yet: what is, is corrected."""
    instead = people["deputes"]
    answering = {key: answers.get(instead.get(key, key)) for key in people["reps"]}
    said = {key: expected_attendance(one.coming) for key, one in answering.items() if one}
    asked = {key for key in people["reps"] if key not in answers or not answers[key].attended}
    return forms.attendance_form({key: name for key, name in _names(people).items() if key in asked}, said)


def _names(people: PageFacts) -> dict[UUID, str]:
    """Each rep, or whoever stood in for them, by the rep's id."""
    instead: dict[UUID, str] = people["stand_ins"]
    return {key: f"{instead[key]} (for {name})" if key in instead else name for key, name in people["reps"].items()}


@bp.route("/attendance/<uuid:check_in_id>/correct", methods=["GET", "POST"])
@allows(ATTENDANCE_CORRECT, one=queries.attendance)
def correct_attendance(check_in: CheckIn) -> ResponseReturnValue:
    held(check_in)
    back_to = url_for("check_in.coming", meeting_id=check_in.meeting_id)
    if not check_in.attended:
        not_done("Their attendance is not recorded yet, so there is nothing to correct.")
        return redirect(back_to)
    form = forms.correct_attendance_form(check_in.attended)
    if form.validate_on_submit():
        typed = (form.attended.data, viewer().id, form.reason.data, form.line.data or "")
        recording.correct_attendance(check_in, *typed)
        flash(f"Corrected. {emailed({check_in.person_id: check_in.person.name})}")
        return redirect(back_to)
    about = f"{check_in.person.name}: {check_in.meeting.group.name}, {day_words(check_in.meeting.meets_on)}."
    told = corrections.told_words(check_in.board_id, ATTENDANCE, check_in.person_id, viewer().id)
    now = dict(ATTENDED)[check_in.attended]
    page = RowPage("Correct who came", about, now, told, back_to, "Who came")
    return render_template("corrections/correct_row.html", form=form, page=page)
