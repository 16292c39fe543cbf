"""Calling and changing meetings, agendas, and calendar feeds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from flask import Response, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from portal.access.permissions import (
    ACCOUNT_OWN,
    BOARDS_READ,
    MEETINGS_MANAGE,
)
from portal.access.roles import Viewer
from portal.accounts import actions as account_actions
from portal.boards import queries as board_queries
from portal.capability import gathered
from portal.core import clock
from portal.core.calendar import NoSuchHour, day_off_words
from portal.infra.forms import ButtonForm, Form
from portal.infra.guard import allows, by_link, viewer
from portal.infra.versions import EditConflict, held
from portal.infra.web.emailed import emailed
from portal.infra.web.links import token_for
from portal.infra.web.moved_on import moved_on
from portal.infra.web.not_done import not_done
from portal.infra.web.pages import PageFacts
from portal.infra.web.signed_in import people
from portal.meetings import actions, forms, queries, telling
from portal.meetings.agendas.said import Before, as_they_are, said_of_numbers
from portal.meetings.blueprint import bp
from portal.meetings.feed import calendar_feed
from portal.meetings.listing import past_part
from portal.meetings.rules import (
    CALLED_LATE_DAYS,
    PLANNED,
    as_webcal,
    sits_again,
    why_agenda_fixed,
    why_not_ended,
    why_not_moved,
    why_order_fixed,
)

if TYPE_CHECKING:
    from portal.boards.models import Board
    from portal.meetings.models import AgendaItem, Meeting

WhyNot = Callable[["Meeting", datetime], str]
Tell = Callable[["Meeting"], str]
NO_SUCH_HOUR = "The clocks go forward and skip this hour. Enter another hour"


@bp.get("/boards/<board>/meetings")
@allows(BOARDS_READ, one=board_queries.board)
def index(board: Board) -> ResponseReturnValue:
    meetings = queries.meetings_of_board(viewer(), board.id)
    today = clock.today()
    coming = [m for m in reversed(meetings) if m.meets_on >= today]
    part = past_part([m for m in meetings if m.meets_on < today], request.args)
    return render_template("meetings/index.html", board=board, coming=coming, part=part, now=clock.now())


def _groups(form: forms.GroupFields, board: Board) -> PageFacts:
    groups = {str(group.id): group for group in board_queries.groups(board.id)}
    form.offer({key: group.name for key, group in groups.items()}, request.args.get("group", ""))
    return groups


@bp.route("/boards/<board>/meetings/new", methods=["GET", "POST"])
@allows(MEETINGS_MANAGE, one=board_queries.board)
def new(board: Board) -> ResponseReturnValue:
    form = forms.NewMeetingForm()
    groups = _groups(form, board)
    if form.validate_on_submit():
        try:
            meeting = actions.schedule(groups[form.group.data], **_when_and_where(form))
            flash(
                f"Meeting saved. Now add its agenda and papers. {emailed(board_queries.known_to(viewer(), board.id))}"
            )
            _say_day_off(meeting)
            return redirect(url_for("papers.meeting", meeting_id=meeting.id))
        except NoSuchHour:
            form.refuse("hour", NO_SUCH_HOUR)
    return render_template("meetings/new.html", form=form, board=board, called_late_days=CALLED_LATE_DAYS)


def _when_and_where(form: Form) -> PageFacts:
    fields = ("meets_on", "hour", "place", "link", "kind")
    return {name: form[name].data or "" if name in ("place", "link") else form[name].data for name in fields}


def _say_day_off(meeting: Meeting) -> None:
    """Of one that is to come: that its day is no working day."""
    if meeting.status == PLANNED and (words := day_off_words(meeting.meets_on)):
        flash(f"{words}. If that is not right, change the day.")


SEE_MEETING = "See the meeting as it is now"


def _here(meeting: Meeting) -> str:
    return url_for("papers.meeting", meeting_id=meeting.id)


def _save(
    form: Form, meeting: Meeting, template: str, done: str, save: Callable[[int], None], why_not: WhyNot, tell: Tell
) -> ResponseReturnValue:
    """Show a form about a meeting, or save it; whoever comes second sees both, theirs and what is saved.

    `why_not` says why the record of the meeting does not change this way, `tell` who would be emailed.
    """
    changed = False
    if refused := why_not(meeting, clock.now()):
        return moved_on(refused, _here(meeting), SEE_MEETING, form)
    if form.validate_on_submit():
        try:
            save(form.version.data)
            flash(f"{done} {telling.told_of(meeting)}")
            _say_day_off(meeting)
            return redirect(url_for("papers.meeting", meeting_id=meeting.id))
        except NoSuchHour:
            form.refuse("hour", NO_SUCH_HOUR)
        except actions.Settled as why:
            form.refuse("hour" if "hour" in form else "reason", str(why))
        except EditConflict:
            changed = True
            form.version.meet(meeting.version) if "place" in form else form.version.take(meeting.version)
    told, again = tell(meeting), sits_again(meeting)
    return render_template(template, form=form, meeting=meeting, changed=changed, sits_again=again, told=told)


@bp.route("/meetings/<uuid:meeting_id>/change", methods=["GET", "POST"])
@allows(MEETINGS_MANAGE, one=queries.meeting, audited=True)  # it is tried out, which takes a writer's turn
def change(meeting: Meeting) -> ResponseReturnValue:
    hour = meeting.starts_at.astimezone(clock.LONDON).time()
    form = forms.ChangeForm(obj=meeting, hour=hour, version=meeting.version)

    def save(version: int) -> None:
        actions.change(meeting, version, **_when_and_where(form))

    done = "The meeting has been changed."
    return _save(form, meeting, "meetings/change.html", done, save, why_not_moved, telling.if_moved)


@bp.route("/meetings/<uuid:meeting_id>/cancel", methods=["GET", "POST"])
@allows(MEETINGS_MANAGE, one=queries.meeting, audited=True)  # likewise
def cancel(meeting: Meeting) -> ResponseReturnValue:
    form = forms.CancelForm(version=meeting.version)
    done = "The meeting will not sit again on that day." if sits_again(meeting) else "The meeting has been cancelled."

    def save(version: int) -> None:
        actions.cancel(meeting, version, form.reason.data)

    return _save(form, meeting, "meetings/cancel.html", done, save, why_not_moved, telling.if_cancelled)


@bp.route("/meetings/<uuid:meeting_id>/adjourn", methods=["GET", "POST"])
@allows(MEETINGS_MANAGE, one=queries.meeting, audited=True)  # likewise
def adjourn(meeting: Meeting) -> ResponseReturnValue:
    form = forms.AdjournForm(version=meeting.version)

    def save(version: int) -> None:
        actions.adjourn(meeting, version, form.meets_on.data, form.hour.data, form.reason.data)

    done = "The meeting has been adjourned."
    return _save(form, meeting, "meetings/adjourn.html", done, save, why_not_ended, telling.if_adjourned)


@bp.route("/meetings/<uuid:meeting_id>/not-held", methods=["GET", "POST"])
@allows(MEETINGS_MANAGE, one=queries.meeting, audited=True)  # likewise
def not_held(meeting: Meeting) -> ResponseReturnValue:
    form = forms.NotHeldForm(version=meeting.version)

    def save(version: int) -> None:
        actions.mark_not_held(meeting, version, form.reason.data)

    done = "Recorded: the meeting did not take place."
    return _save(form, meeting, "meetings/not_held.html", done, save, why_not_ended, telling.if_not_held)


@bp.route("/meetings/<uuid:meeting_id>/items/new", methods=["GET", "POST"])
@allows(MEETINGS_MANAGE, one=queries.meeting)
def new_item(meeting: Meeting) -> ResponseReturnValue:
    form = forms.new_item_form(meeting, lambda: queries.items(meeting.id))
    if why := why_agenda_fixed(held(meeting)):  # held, or two at once have one place
        return moved_on(why, _here(meeting), SEE_MEETING, form)
    if form.validate_on_submit():
        before = as_they_are(queries.items(meeting.id))
        item = actions.add_item(meeting, form.once.data, **form.typed())
        flash(f"Added: {item.number} {item.title}")
        _say_numbers(before, meeting.id)
        goes_on = request.args.get("then") == "another"
        return redirect(url_for("meetings.new_item" if goes_on else "papers.meeting", meeting_id=meeting.id))
    return render_template("meetings/item.html", form=form, meeting=meeting, item=None)


@bp.route("/items/<uuid:item_id>/change", methods=["GET", "POST"])
@allows(MEETINGS_MANAGE, one=queries.item)
def change_item(item: AgendaItem) -> ResponseReturnValue:
    held(item.meeting)  # its other items are numbered anew with this one
    form = forms.item_form(held(item), lambda: queries.items(item.meeting_id))
    if why := why_agenda_fixed(item.meeting):
        return moved_on(why, _here(item.meeting), SEE_MEETING, form)
    if not form.restricts_too_late and form.validate_on_submit():
        try:
            before = as_they_are(queries.items(item.meeting_id))
            actions.change_item(item, **form.typed())
            flash(f"Changed: {form.title.data}")
            _say_numbers(before, item.meeting_id, item.id)
            return redirect(url_for("papers.meeting", meeting_id=item.meeting_id))
        except actions.Settled as why:
            form.refuse("is_verbal", str(why))
    return render_template("meetings/item.html", form=form, meeting=item.meeting, item=item)


@bp.post("/items/<uuid:item_id>/move")
@allows(MEETINGS_MANAGE, one=queries.item)
def move_item(item: AgendaItem) -> ResponseReturnValue:
    held(item.meeting), held(item)
    step, _, shown_at = request.form.get("step", "").partition(" ")
    if why := why_order_fixed(item.meeting, clock.now()):
        flash(why)
    elif shown_at and shown_at != str(item.position):
        not_done("The agenda was changed after you opened this page, so nothing was moved.")
    else:
        before = as_they_are(queries.items(item.meeting_id))
        actions.move_item(item, -1 if step == "up" else 1)
        _say_numbers(before, item.meeting_id)
    return redirect(url_for("papers.meeting", meeting_id=item.meeting_id, _anchor=f"item-{item.id}"))


@bp.route("/items/<uuid:item_id>/remove", methods=["GET", "POST"])
@allows(MEETINGS_MANAGE, one=queries.item)
def remove_item(item: AgendaItem) -> ResponseReturnValue:
    """Asked first: an item that was removed is gone."""
    form = ButtonForm()
    if item.published_at is None and not form.validate_on_submit():
        return render_template("meetings/agendas/remove.html", form=form, item=item, meeting=item.meeting)
    held(item.meeting), held(item)
    if item.published_at is None:
        _remove(item)
    return redirect(url_for("papers.meeting", meeting_id=item.meeting_id))


def _remove(item: AgendaItem) -> None:
    before = as_they_are(queries.items(item.meeting_id))
    try:
        actions.remove_item(item)
        flash(f"Removed from the agenda: {item.title}")
        _say_numbers(before, item.meeting_id)
    except actions.Settled as why:
        flash(f"{why}.")


def _say_numbers(before: Mapping[UUID, Before], meeting_id: UUID, *besides: UUID) -> None:
    """Which other numbers changed with what was done, and which several items have."""
    if said := said_of_numbers(before, queries.items(meeting_id), besides):
        flash(said)


def _feed_owner(person_id: UUID, generation: str) -> Viewer | None:
    return people().feed_owner(person_id, generation)


@bp.get("/calendar/<token>.ics")
@by_link("calendar", _feed_owner)
def feed(person: Viewer) -> ResponseReturnValue:
    meetings = queries.for_calendar(person, clock.today() - timedelta(days=90))
    address, now = current_app.config["PORTAL"].base_url, clock.now()
    calendars = [one.calendar for one in gathered().capabilities if one.calendar]
    more = [entry for entries in calendars for entry in entries(person, address, now)]
    content = calendar_feed(person, meetings, more, address, now)
    return Response(content, mimetype="text/calendar", headers={"Cache-Control": "private, no-store"})


@bp.route("/account/calendar", methods=["GET", "POST"])
@allows(ACCOUNT_OWN)
def calendar() -> ResponseReturnValue:
    form = ButtonForm()
    if form.validate_on_submit():
        account_actions.change_calendar_address(current_user.person)
        flash("You have a new calendar address. The old one no longer works.")
        return redirect(url_for("meetings.calendar"))
    person = current_user.person
    token = token_for("calendar", person.id, str(person.feed_generation))
    path = url_for("meetings.feed", token=token)
    address = current_app.config["PORTAL"].base_url + path
    return render_template("meetings/calendar.html", form=form, address=address, webcal=as_webcal(address), path=path)


def stands_in_for(meeting: Meeting) -> list[str]:
    """For templates: the reps in whose place whoever is looking goes to a meeting."""
    found = queries.stand_ins(meeting.id) if meeting.id in viewer().meetings else []
    return [rep for row, _, rep in found if row.person_id == viewer().id]
