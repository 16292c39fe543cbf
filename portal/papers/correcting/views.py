"""Administrators correct the record of a meeting, or of a target for papers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.access.permissions import CORRECTIONS_WRITE
from portal.boards import queries as board_queries
from portal.core import clock
from portal.corrections import queries as corrections
from portal.corrections.views import say
from portal.infra.guard import allows, viewer
from portal.infra.versions import held
from portal.infra.web.not_done import not_done
from portal.meetings import queries as meeting_queries
from portal.papers.blueprint import bp
from portal.papers.correcting import actions, forms, queries
from portal.papers.correcting.rules import DAY, HELD

if TYPE_CHECKING:
    from portal.boards.models import PaperTarget
    from portal.corrections.models import Correction
    from portal.meetings.models import Meeting


@bp.route("/meetings/<uuid:meeting_id>/correct", methods=["GET", "POST"])
@allows(CORRECTIONS_WRITE, one=meeting_queries.meeting)
def correct_meeting(meeting: Meeting) -> ResponseReturnValue:
    if meeting.opened_on >= clock.today():
        not_done("The day of this meeting is not over, so there is nothing to correct. The clerk can still change it.")
        return redirect(url_for("papers.meeting", meeting_id=meeting.id))
    form = forms.meeting_form(held(meeting))
    form.waits = waits = corrections.waiting_of_thing(meeting.board_id, meeting.id)
    if form.validate_on_submit():
        return say(lambda: _correct(meeting, form), url_for("papers.meeting", meeting_id=meeting.id), form)
    return render_template("papers/correcting/meeting.html", form=form, meeting=meeting, waits=waits)


def _correct(meeting: Meeting, form: forms.MeetingForm) -> Correction:
    if form.what.data == DAY:
        return actions.correct_day(meeting, form.day.data, viewer().id, form.reason.data)
    return actions.correct_held(meeting, form.what.data == HELD, viewer().id, form.reason.data)


@bp.route("/paper-targets/<uuid:target_id>/correct", methods=["GET", "POST"])
@allows(CORRECTIONS_WRITE, one=board_queries.paper_target)
def correct_target(target: PaperTarget) -> ResponseReturnValue:
    board = board_queries.board_by_id(target.board_id)
    if target.meetings_from > clock.today():
        not_done("This target measures no meeting yet, so you can change it in the settings.")
        return redirect(url_for("boards.settings", board=board.key))
    form = forms.target_form(held(target))
    form.waits = waits = corrections.waiting_of_thing(target.board_id, target.id)
    if form.validate_on_submit():
        here = url_for("papers.notice", board=board.key)
        return say(
            lambda: actions.correct_target(target, int(form.days.data), viewer().id, form.reason.data), here, form
        )
    coming = queries.coming_by(viewer(), target)
    return render_template(
        "papers/correcting/target.html", form=form, target=target, board=board, waits=waits, coming=coming
    )
