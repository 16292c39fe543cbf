"""Deputes as reps, deputes and officers see them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.access.permissions import DEPUTES_AGREE, DEPUTES_CONFIRM, DEPUTES_NOMINATE, DEPUTES_OWN
from portal.boards import queries as board_queries
from portal.core import clock
from portal.core.text import short_day_words
from portal.deputes import actions, forms, queries
from portal.deputes.blueprint import bp
from portal.deputes.rules import ASKED, OPEN, asked_words, problem_with
from portal.infra.forms import ButtonForm
from portal.infra.guard import allows, viewer
from portal.infra.unit_of_work import emails_written
from portal.infra.web.emailed import emailed
from portal.infra.web.moved_on import moved_on
from portal.meetings import actions as meeting_actions
from portal.meetings import queries as meeting_queries
from portal.meetings.naming import name_on_day
from portal.role_descriptions import queries as roles

if TYPE_CHECKING:
    from portal.boards.models import Board, Group
    from portal.deputes.models import Nomination
    from portal.meetings.models import Meeting, StandIn

OF_BOARD = "board-changed"  # the email to administrators of what changed on their board


@bp.get("/deputes")
@allows(DEPUTES_OWN)
def index() -> ResponseReturnValue:
    own, theirs = queries.nominations_by(viewer().id), queries.standing_in(viewer().id)
    going = meeting_queries.stood_in_by(viewer().id, clock.today())
    to_agree = {one.group_id: one for one in roles.to_agree(viewer().id, {one.group_id for one, _ in theirs})}
    written = {group for board in {one.board_id for one, _ in theirs} for group in roles.current_of_board(board)}
    return render_template(
        "deputes/index.html",
        own=own,
        theirs=theirs,
        going=going,
        to_agree=to_agree,
        written=written,
        boards={board_id: key for board_id, key, _ in viewer().boards},
        names=_names_of_meetings(own),
    )


def _named(group: Group) -> str:
    return ", ".join(part for part in (group.name, viewer().name_apart(group.board_id)) if part)


def _known(board_id: UUID) -> dict[UUID, str]:
    return board_queries.known_to(viewer(), board_id)


def _names_of_meetings(nominations: Iterable[Nomination]) -> dict[UUID, str]:
    days = meeting_queries.days_of([one.only_meeting_id for one in nominations if one.only_meeting_id])
    return {key: short_day_words(day) for key, day in days.items()}


@bp.route("/deputes/new", methods=["GET", "POST"])
@allows(DEPUTES_NOMINATE)
def nominate() -> ResponseReturnValue:
    groups = {str(group.id): group for group in queries.groups_of_rep(viewer())}
    coming = meeting_queries.upcoming(viewer(), clock.today(), most=12)
    meetings = {str(m.id): m for m in coming if str(m.group_id) in groups}
    words = [(key, f"Only {name_on_day(m)}") for key, m in meetings.items()]
    form = forms.nominate_form([(key, _named(group)) for key, group in groups.items()], words)
    if form.validate_on_submit():
        only = meetings.get(form.only.data)
        group = groups[str(only.group_id)] if only else groups[form.group.data]
        if problem := _problem(group, form.email.data):
            form.refuse("email", problem)
        else:
            typed = (form.name.data, form.email.data, form.why.data, only.id if only else None)
            actions.nominate(viewer(), group, *typed)
            told = emailed(_known(group.board_id))
            flash(f"You have nominated {form.name.data}. Your officer will confirm or decline. {told}")
            return redirect(url_for("deputes.index"))
    return render_template("deputes/nominate.html", form=form, has_seat=bool(groups))


def _problem(group: Group, email: str) -> str:
    reps = queries.emails_of_reps(group.board_id, group.id, clock.today())
    mine = queries.nominations_by(viewer().id)
    waiting = {one.email for one in mine if one.group_id == group.id and one.status in OPEN}
    return problem_with(email, viewer().email, reps, waiting)


@bp.route("/deputes/<uuid:nomination_id>/withdraw", methods=["GET", "POST"])
@allows(DEPUTES_NOMINATE, one=queries.own_nomination)
def withdraw(nomination: Nomination) -> ResponseReturnValue:
    """Where the depute is down for meetings, the rep says of each whether they still go."""
    found = queries.coming_stand_ins_of(nomination)
    days = meeting_queries.days_of([row.meeting_id for row in found])
    form = forms.withdraw_form({key: f"{nomination.group.name}, {short_day_words(day)}" for key, day in days.items()})
    if form.validate_on_submit():
        still = [key for key, answer in form.goes.data.items() if answer == forms.YES]
        actions.withdraw(nomination, still)
        apart = ", apart from the meetings you chose" if still else ""
        names = {nomination.person_id: nomination.name} if nomination.person_id else {}
        told = emailed({**_known(nomination.board_id), **names})
        flash(f"{nomination.name} is no longer your depute{apart}. {told}")
        return redirect(url_for("deputes.index"))
    return render_template("deputes/withdraw.html", form=form, nomination=nomination, days=days)


@bp.post("/deputes/<uuid:nomination_id>/agree")
@allows(DEPUTES_AGREE, one=queries.nomination_to_agree)
def agree(nomination: Nomination) -> ResponseReturnValue:
    actions.agree(nomination)
    rep = board_queries.people_named([nomination.on_behalf_of_id])
    flash(f"Thank you. You are now a depute. {emailed({**_known(nomination.board_id), **rep})}")
    return redirect(url_for("deputes.index"))


@bp.get("/boards/<board>/deputes")
@allows(DEPUTES_CONFIRM, one=board_queries.board)
def of_board(board: Board) -> ResponseReturnValue:
    found = queries.nominations_of_board(board.id)
    names = _names_of_meetings([one for one, _ in found])
    return render_template("deputes/of_board.html", board=board, found=found, names=names)


@bp.route("/deputes/<uuid:nomination_id>/decide", methods=["GET", "POST"])
@allows(DEPUTES_CONFIRM, one=queries.nomination_to_decide)
def decide(nomination: Nomination) -> ResponseReturnValue:
    form, board = forms.DecideForm(), board_queries.board_by_id(nomination.board_id)
    rep: dict[UUID, str] = board_queries.people_named([nomination.on_behalf_of_id])
    if nomination.status != ASKED:
        page = url_for("deputes.of_board", board=board.key)
        return moved_on("This nomination has been decided, or was cancelled.", page, "See all deputes", form)
    if form.validate_on_submit():
        if form.answer.data == forms.YES:
            actions.confirm(nomination, viewer().id)
            told = _told_of_confirmed(nomination, rep)
            is_invited = bool(board_queries.not_joined([nomination.person_id] if nomination.person_id else []))
            flash(f"Confirmed. {asked_words(nomination.name, is_invited)} {told}")
        else:
            actions.decline(nomination, viewer().id, form.reason.data)
            flash(f"Declined. {emailed(_known(board.id) | rep)}")
        return redirect(url_for("deputes.of_board", board=board.key))
    name = rep[nomination.on_behalf_of_id]
    names = _names_of_meetings([nomination])
    return render_template("deputes/decide.html", form=form, nomination=nomination, rep=name, board=board, names=names)


def _told_of_confirmed(nomination: Nomination, rep: Mapping[UUID, str]) -> str:
    """Who hears that there is a depute; and who that somebody has a role, which is another email."""
    names = {**_known(nomination.board_id), **rep}
    if nomination.person_id:
        names[nomination.person_id] = nomination.name
    every = emails_written()
    of_role = [one for one in every if one.about == OF_BOARD]
    told = emailed(names, [one for one in every if one not in of_role])
    return f"{told} About the new role: {emailed(names, of_role)}" if of_role else told


@bp.route("/meetings/<uuid:meeting_id>/stand-ins", methods=["GET", "POST"])
@allows(DEPUTES_CONFIRM, one=meeting_queries.meeting)
def stand_ins(meeting: Meeting) -> ResponseReturnValue:
    """Only a depute who has agreed can be chosen; of the others the page says what they have not said yet."""
    form, agreed = forms.StandInForm(), queries.ready_for(meeting)
    reps = board_queries.reps_of_group(meeting.board_id, meeting.group_id, meeting.meets_on)
    form.depute.choices = [(str(key), name) for key, name in agreed.items()]
    form.rep.choices = [(str(key), name) for key, name in reps.items()]
    if form.validate_on_submit():
        depute, rep = UUID(form.depute.data), UUID(form.rep.data)
        meeting_actions.let_stand_in(meeting, depute, rep)
        told = emailed({**_known(meeting.board_id), depute: agreed[depute], rep: reps[rep]})
        flash(f"{agreed[depute]} is down to go for {reps[rep]}. {told}")
        return redirect(url_for("deputes.stand_ins", meeting_id=meeting.id))
    rows, asked = meeting_queries.stand_ins(meeting.id), queries.not_agreed_for(meeting)
    return render_template("deputes/stand_ins.html", form=form, meeting=meeting, rows=rows, asked=asked)


@bp.route("/stand-ins/<uuid:stand_in_id>/end", methods=["GET", "POST"])
@allows(DEPUTES_CONFIRM, one=meeting_queries.stand_in)
def end_stand_in(row: StandIn) -> ResponseReturnValue:
    form, meeting = ButtonForm(), meeting_queries.meeting_by_id(row.meeting_id)
    names = board_queries.people_named([row.person_id, row.on_behalf_of_id])
    depute, rep = names[row.person_id], names[row.on_behalf_of_id]
    if form.validate_on_submit():
        meeting_actions.end_stand_in(row)
        flash(f"{depute} no longer stands in for {rep}. {emailed({**_known(meeting.board_id), **names})}")
        return redirect(url_for("deputes.stand_ins", meeting_id=meeting.id))
    return render_template("deputes/end_stand_in.html", form=form, meeting=meeting, depute=depute, rep=rep)
