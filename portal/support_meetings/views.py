"""The support meeting before a meeting, points for it, and how a meeting was."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.access.decide import can
from portal.access.permissions import POINTS_BRING, SUPPORT_ARRANGE, SUPPORT_READ, VOICE_READ
from portal.boards import queries as board_queries
from portal.core import clock
from portal.core.disclosure import NOT_SHOWN_BECAUSE
from portal.infra.forms import Form
from portal.infra.guard import allows, viewer
from portal.infra.versions import EditConflict
from portal.infra.web.emailed import emailed
from portal.infra.web.not_done import not_done
from portal.meetings import queries as meetings
from portal.meetings.rules import is_over
from portal.support_meetings import actions, charts, figures, forms, queries
from portal.support_meetings.blueprint import bp
from portal.support_meetings.rules import ANSWERS, QUESTIONS, may_answer

if TYPE_CHECKING:
    from portal.boards.models import Board
    from portal.meetings.models import AgendaItem, Meeting
    from portal.support_meetings.models import Point, SupportMeeting
    from portal.support_meetings.queries import Coming


def _items(meeting: Meeting) -> Sequence[AgendaItem]:
    """The agenda as it is published."""
    return [one for one in meetings.items(meeting.id) if one.published_at]


def coming(meetings: Iterable[Meeting]) -> dict[UUID, Coming]:
    """For templates: the support meetings before some meetings, for whoever may see them."""
    return queries.coming(viewer(), [one for one in meetings if can(viewer(), SUPPORT_READ, one)])


def _overlap(meeting: Meeting, support: SupportMeeting) -> str:
    """For whoever arranges it, what anybody invited has then."""
    if can(viewer(), SUPPORT_ARRANGE, meeting):
        return queries.overlap(meeting, support.starts_at)
    return ""


def _own_overlaps(meeting: Meeting) -> Sequence[tuple[Meeting, str]]:
    found = queries.coming(viewer(), [meeting]).get(meeting.id)
    return found.overlaps if found and not can(viewer(), SUPPORT_ARRANGE, meeting) else ()


def _page(meeting: Meeting, form: Form) -> str:
    support = queries.support_of(meeting)
    return render_template(
        "support_meetings/show.html",
        meeting=meeting,
        support=support,
        overlap=_overlap(meeting, support) if support else "",
        own_overlaps=_own_overlaps(meeting),
        items=_items(meeting),
        points=queries.points(viewer(), meeting),
        form=form,
        me=viewer().id,
        may_bring=can(viewer(), POINTS_BRING, meeting),
        is_over=is_over(meeting.starts_at, clock.now()),
    )


@bp.get("/meetings/<uuid:meeting_id>/support")
@allows(SUPPORT_READ, one=meetings.meeting)
def show(meeting: Meeting) -> ResponseReturnValue:
    """When reps meet before, the agenda beside it, and the points for it."""
    return _page(meeting, forms.point_form(_items(meeting)))


@bp.post("/meetings/<uuid:meeting_id>/points")
@allows(POINTS_BRING, one=meetings.meeting)
def keep_point(meeting: Meeting) -> ResponseReturnValue:
    form = forms.point_form(_items(meeting))
    if not form.validate_on_submit():
        return _page(meeting, form)
    item_id = UUID(form.item.data) if form.item.data else None
    actions.keep_point(form.once.data, meeting, viewer().id, item_id, bool(form.is_brought.data), form.text.data)
    flash("Your point is saved." + (" It will be shared at the support meeting." if form.is_brought.data else ""))
    return redirect(url_for("support_meetings.show", meeting_id=meeting.id))


@bp.post("/points/<uuid:point_id>/remove")
@allows(POINTS_BRING, one=queries.own_point)
def remove_point(point: Point) -> ResponseReturnValue:
    actions.remove_point(point)
    flash("Removed.")
    return redirect(url_for("support_meetings.show", meeting_id=point.meeting_id))


@bp.route("/meetings/<uuid:meeting_id>/support/arrange", methods=["GET", "POST"])
@allows(SUPPORT_ARRANGE, one=meetings.meeting)
def arrange(meeting: Meeting) -> ResponseReturnValue:
    found = queries.support_of(meeting)
    form = forms.support_form(found, meeting.starts_at, partial(queries.overlap, meeting))
    if form.validate_on_submit():
        where = (form.place.data or "", form.link.data or "")
        try:
            actions.set_support(meeting, form.version.data, form.starts_at(), *where)
            flash(f"Support meeting saved. {emailed(_names(meeting))}")
            return redirect(url_for("support_meetings.show", meeting_id=meeting.id))
        except EditConflict:
            form.version.meet(found.version if found else 1)
    return render_template("support_meetings/arrange.html", meeting=meeting, form=form, found=found)


def _names(meeting: Meeting) -> dict[UUID, str]:
    """Of those whom an officer may see by name."""
    return dict(board_queries.reps_and_deputes(meeting.board_id, clock.today()))


@bp.post("/meetings/<uuid:meeting_id>/support/call-off")
@allows(SUPPORT_ARRANGE, one=meetings.meeting)
def call_off(meeting: Meeting) -> ResponseReturnValue:
    actions.call_off(meeting)
    flash(f"The support meeting is cancelled. The points are still on the list. {emailed(_names(meeting))}")
    return redirect(url_for("support_meetings.show", meeting_id=meeting.id))


@bp.route("/meetings/<uuid:meeting_id>/how-it-was", methods=["GET", "POST"])
@allows(POINTS_BRING, one=meetings.meeting)
def how_it_was(meeting: Meeting) -> ResponseReturnValue:
    """Three questions after a meeting."""
    if not may_answer(meeting.meets_on, clock.today(), is_over(meeting.starts_at, clock.now())):
        not_done("You can answer this for three weeks after a meeting.")
        return redirect(url_for("papers.meeting", meeting_id=meeting.id))
    form = forms.HowItWasForm(obj=queries.how_it_was(meeting, viewer().id))
    if form.validate_on_submit():
        actions.say_how_it_was(meeting, viewer().id, form.answers())
        flash("Thank you. Your officer can see your answers, so that they can help.")
        return redirect(url_for("papers.meeting", meeting_id=meeting.id))
    return render_template("support_meetings/how_it_was.html", meeting=meeting, form=form)


@bp.get("/boards/<board>/how-meetings-are")
@allows(VOICE_READ, one=board_queries.board)
def voices(board: Board) -> ResponseReturnValue:
    """How meetings are for reps: totals for everybody, each answer for officers alone."""
    sees_each, found = can(viewer(), SUPPORT_ARRANGE, board), figures.voices(board.id, clock.today())
    return render_template(
        "support_meetings/voices.html",
        board=board,
        voices=found,
        of_feedback=charts.of_feedback(found),
        definition=figures.DEFINITION,
        not_shown=NOT_SHOWN_BECAUSE,
        answers=queries.answers_of_board(board.id) if sees_each else [],
        sees_each=sees_each,
        words=dict(ANSWERS),
        questions=QUESTIONS,
    )
