"""A rep says that they want to stop, and takes that back; their officer sets the last day, or notes that they stay."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.access.permissions import STEPPING_DOWN_OWN, STEPPING_DOWN_SETTLE
from portal.boards import queries as boards
from portal.boards.rules import PAPERS_STAY_DAYS
from portal.core import clock
from portal.core.text import day_words
from portal.infra.guard import allows, viewer
from portal.infra.web.emailed import emailed
from portal.infra.web.moved_on import moved_on
from portal.role_profiles import queries as profiles
from portal.role_profiles.blueprint import bp
from portal.role_profiles.stepping_down import actions, forms, queries
from portal.role_profiles.stepping_down.rules import ASKED, ENDED, KEPT_DAYS, STAYS

if TYPE_CHECKING:
    from portal.role_profiles.models import StepDownRequest


@bp.route("/role/stop", methods=["GET", "POST"])
@allows(STEPPING_DOWN_OWN)
def stop() -> ResponseReturnValue:
    """Whoever has asked about one seat is asked about another only when they follow the link that names it."""
    held, asked = profiles.seats_held(viewer().id, clock.today()), queries.open_requests_of(viewer().id)
    left, meant = [one for one in held if one.appointment.id not in asked], request.args.get("seat", type=UUID)
    form = forms.stop_form([one for one in left if one.appointment.id == meant or not (asked or meant)])
    if form.held and form.validate_on_submit():
        for one in form.chosen():
            actions.ask(one.appointment, form.day(), form.words.data)
        flash(f"You stay a rep until your last day is set. {_emailed(*(one.board.id for one in form.chosen()))}")
        return redirect(url_for("role_profiles.stop"))
    told = {one.board.short_name: queries.told(one.board.id).words for one in form.held}
    facts = {"form": form, "asked": list(asked.values()), "told": told, "papers_days": PAPERS_STAY_DAYS, "left": left}
    return render_template("role_profiles/stepping_down/stop.html", kept_days=KEPT_DAYS, **facts)


def _emailed(*boards_told: UUID) -> str:
    """Who is emailed, the officers by name."""
    return emailed(dict(one for board_id in boards_told for one in queries.told(board_id).people))


@bp.post("/role/stop/<uuid:step_down_id>/take-back")
@allows(STEPPING_DOWN_OWN, one=queries.own_request)
def take_back_stop(asked: StepDownRequest) -> ResponseReturnValue:
    was_open = asked.status == ASKED
    actions.take_back(asked)
    words = f"You stay a rep on {asked.group.name}. {_emailed(asked.board_id)}"
    flash(words if was_open else "This was settled already.")
    return redirect(url_for("role_profiles.show"))


@bp.route("/stepping-down/<uuid:step_down_id>", methods=["GET", "POST"])
@allows(STEPPING_DOWN_SETTLE, one=queries.request_to_settle)
def settle_stop(asked: StepDownRequest) -> ResponseReturnValue:
    form, board = forms.last_day_form(asked), boards.board_by_id(asked.board_id)
    if request.method == "POST" and asked.status != ASKED:
        page = url_for("role_profiles.settle_stop", step_down_id=asked.id)
        return moved_on("This was settled already.", page, "See how it was settled", form)
    if asked.status == ASKED and form.validate_on_submit():
        actions.set_last_day(asked, form.last_day.data, form.because.data)
        names = {**boards.colleagues(board.id), asked.person_id: asked.person.name}
        day = day_words(form.last_day.data)
        flash(f"The last day of {asked.person.name} on {asked.group.name} is {day}. {emailed(names)}")
        return redirect(url_for("role_profiles.of_board", board=board.key))
    facts = {"asked": asked, "board": board, "is_open": asked.status == ASKED, "stays": asked.status == STAYS}
    return render_template(
        "role_profiles/stepping_down/settle.html", form=form, ended=asked.status == ENDED, kept_days=KEPT_DAYS, **facts
    )


@bp.post("/stepping-down/<uuid:step_down_id>/stays")
@allows(STEPPING_DOWN_SETTLE, one=queries.request_to_settle)
def note_that_they_stay(asked: StepDownRequest) -> ResponseReturnValue:
    was_open = asked.status == ASKED
    actions.note_that_they_stay(asked)
    words = f"{asked.person.name} stays a rep on {asked.group.name}. {emailed({asked.person_id: asked.person.name})}"
    flash(words if was_open else "This was settled already.")
    return redirect(url_for("role_profiles.of_board", board=boards.board_by_id(asked.board_id).key))
