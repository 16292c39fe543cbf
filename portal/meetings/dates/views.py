"""A year of meeting dates: pasted, looked at with its questions, and saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.access.permissions import MEETINGS_MANAGE
from portal.boards import queries as board_queries
from portal.core import clock
from portal.core.calendar import NoSuchHour
from portal.core.text import count_words
from portal.infra.guard import allows
from portal.infra.web.emailed import emailed
from portal.meetings.blueprint import bp
from portal.meetings.dates import actions, forms, queries
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
        return render_template("meetings/dates/several.html", form=form, board=board)
    asked = _asked(form, groups[form.group.data])
    return _shown_to_check(board, forms.check_form(form.meetings, asked, formdata=None), form, asked)


def _groups(form: forms.SeveralForm, board: Board) -> dict[str, Group]:
    groups = {str(group.id): group for group in board_queries.groups(board.id)}
    form.group.choices = [(key, group.name) for key, group in groups.items()]
    return groups


def _asked(form: forms.SeveralForm, group: Group) -> dict[int, Question]:
    today = clock.today()
    days = [day for one in form.meetings for day in days_it_may_be(one.read, today)]
    return questions(form.meetings, queries.taken(group, days), today)


def _shown_to_check(
    board: Board, form: forms.CheckDatesForm, typed: forms.SeveralForm, asked: Mapping[int, Question]
) -> str:
    return render_template(
        "meetings/dates/check.html",
        board=board,
        form=form,
        meetings=typed.meetings,
        others=typed.reading.other_lines,
        asked=asked,
        kept=forms.kept(request.form),
        group=dict(typed.group.choices)[typed.group.data],
        starts=starts_words,
    )


@bp.post("/boards/<board>/meetings/new/several/check")
@allows(MEETINGS_MANAGE, one=board_queries.board)
def add_several(board: Board) -> ResponseReturnValue:
    typed = forms.SeveralForm()
    groups = _groups(typed, board)
    if not typed.validate():
        return render_template("meetings/dates/several.html", form=typed, board=board)
    group = groups[typed.group.data]
    asked = _asked(typed, group)
    form = forms.check_form(typed.meetings, asked)
    _groups(form, board)
    if not form.validate():
        return _shown_to_check(board, form, typed, asked)
    return _called(board, group, form, asked)


def _called(
    board: Board, group: Group, form: forms.CheckDatesForm, asked: Mapping[int, Question]
) -> ResponseReturnValue:
    chosen = [(day, one.hour, one.place, one.link) for day, one in form.days(asked)]
    try:
        called = actions.schedule_all(group, chosen, form.kind.data)
    except NoSuchHour:
        form.refuse("dates", "The clocks go forward and skip this hour on a day that you chose. Choose another")
        return render_template("meetings/dates/several.html", form=form, board=board)
    flash(f"{count_words(len(called), 'meeting is', 'meetings are')} on the calendar. {emailed()}")
    return redirect(url_for("meetings.index", board=board.key))
