"""A year of meeting dates: pasted, looked at with its questions, and saved."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.access.permissions import MEETINGS_MANAGE
from portal.boards import queries as board_queries
from portal.core import clock
from portal.core.calendar import NoSuchHour
from portal.core.text import count_words
from portal.infra.guard import allows, viewer
from portal.infra.unit_of_work import emails_written, tried_out
from portal.infra.web.emailed import emailed
from portal.meetings.blueprint import bp
from portal.meetings.dates import actions, forms, queries
from portal.meetings.dates.doubts import Names
from portal.meetings.dates.rules import Question, days_it_may_be, questions, starts_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from portal.boards.models import Board, Group


@bp.route("/boards/<board>/meetings/new/several", methods=["GET", "POST"])
@allows(MEETINGS_MANAGE, one=board_queries.board)
def several(board: Board) -> ResponseReturnValue:
    form = forms.SeveralForm()
    groups = _groups(form, board)
    if request.args.get("again") == "yes" or not form.validate_on_submit():
        return _shown_to_change(board, form)
    group = groups[form.group.data]
    asked = _asked(form, group)
    answered = request.form if forms.answers_in(request.form) else None
    return _shown_to_check(board, group, forms.check_form(form.meetings, asked, formdata=answered), form, asked)


def _shown_to_change(board: Board, form: forms.SeveralForm) -> str:
    answers = forms.answers_in(request.form)
    return render_template("meetings/dates/several.html", form=form, board=board, answers=answers)


def _groups(form: forms.SeveralForm, board: Board) -> dict[str, Group]:
    groups = {str(group.id): group for group in board_queries.groups(board.id)}
    form.offer({key: group.name for key, group in groups.items()}, request.args.get("group", ""))
    form.names = _names(board, groups, form.group.data)
    return groups


def _names(board: Board, groups: Mapping[str, Group], chosen: str | None) -> Names:
    others = [group.name for key, group in groups.items() if key != chosen]
    own = groups[chosen].name if chosen and chosen in groups else ""
    return Names(own, f"{board.name} {board.short_name}", others)


def _asked(form: forms.SeveralForm, group: Group) -> dict[int, Question]:
    today = clock.today()
    days = [day for one in form.meetings for day in days_it_may_be(one.read, today)]
    return questions(form.meetings, queries.taken(group, days), today)


def _shown_to_check(
    board: Board, group: Group, form: forms.CheckDatesForm, typed: forms.SeveralForm, asked: Mapping[int, Question]
) -> str:
    return render_template(
        "meetings/dates/check.html",
        board=board,
        form=form,
        meetings=typed.meetings,
        others=typed.reading.other_lines,
        asked=asked,
        kept=forms.kept(request.form),
        group=group.name,
        starts=starts_words,
        told=_told_beforehand(group, typed),
    )


def _emailed_of_each(board_id: UUID) -> str:
    """Who is emailed; and how many emails that is, where each meeting has one of its own."""
    said = emailed(board_queries.known_to(viewer(), board_id))
    now = [one for one in emails_written() if one.at is None and not one.once_joined]
    people = len({one.person_id for one in now})
    to = f"{len(now)} emails to {count_words(people, 'person', 'people')}"
    return f"{said} That is {to}, one for each meeting." if len(now) > people else said


def _told_beforehand(group: Group, typed: forms.SeveralForm) -> str:
    """Who would be emailed if all were called that can be: they are called, and taken back."""
    today = clock.today()
    chosen = [(one.read.day, one.hour, one.place, one.link) for one in typed.meetings if one.read.day >= today]
    with tried_out():
        actions.schedule_all(group, chosen, typed.kind.data)
        return _emailed_of_each(group.board_id)


@bp.post("/boards/<board>/meetings/new/several/check")
@allows(MEETINGS_MANAGE, one=board_queries.board)
def add_several(board: Board) -> ResponseReturnValue:
    typed = forms.SeveralForm()
    groups = _groups(typed, board)
    if not typed.validate():
        return _shown_to_change(board, typed)
    group = groups[typed.group.data]
    asked = _asked(typed, group)
    form = forms.check_form(typed.meetings, asked)
    _groups(form, board)
    if not form.validate():
        return _shown_to_check(board, group, form, typed, asked)
    return _called(board, group, form, asked)


def _called(
    board: Board, group: Group, form: forms.CheckDatesForm, asked: Mapping[int, Question]
) -> ResponseReturnValue:
    chosen = [(day, one.hour, one.place, one.link) for day, one in form.days(asked)]
    if not chosen:
        form.refuse("dates", "You have left out every date. Change the list, or answer again")
        return _shown_to_change(board, form)
    try:
        called = actions.schedule_all(group, chosen, form.kind.data)
    except NoSuchHour:
        form.refuse("dates", "The clocks go forward and skip this hour on a day that you chose. Choose another")
        return _shown_to_change(board, form)
    flash(f"{count_words(len(called), 'meeting has', 'meetings have')} been added. {_emailed_of_each(board.id)}")
    return redirect(url_for("meetings.index", board=board.key))
