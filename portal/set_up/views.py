"""Starting a board, and the list of what it still needs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING
from uuid import UUID

from flask import flash, g, has_request_context, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.access.permissions import BOARDS_MANAGE, BOARDS_START, SET_UP_READ
from portal.boards import queries as boards
from portal.infra.guard import allows, may
from portal.infra.versions import EditConflict
from portal.infra.web.emailed import emailed
from portal.set_up import actions, forms, queries
from portal.set_up.blueprint import bp
from portal.set_up.rules import Facts, Progress, leads_back, may_start, progress

if TYPE_CHECKING:
    from portal.boards.models import Board


@bp.get("/boards/<board>/set-up")
@allows(SET_UP_READ, one=queries.board)
def checklist(board: Board) -> ResponseReturnValue:
    facts = queries.facts([board.id])[board.id]
    return render_template("set_up/checklist.html", board=board, has=facts, progress=progress(facts))


@bp.route("/boards/<board>/start", methods=["GET", "POST"])
@allows(BOARDS_START, one=queries.board)
def start(board: Board) -> ResponseReturnValue:
    facts, form = queries.facts([board.id])[board.id], forms.start_form(board)
    if not may_start(facts):
        return _begun(board)
    if form.validate_on_submit():
        try:
            typed = (form.version.data, form.name.data, form.contact.data, form.admin_name.data, form.email.data)
            person = actions.start(board, *typed)
            flash(f"{board.short_name} is started. {emailed({person.id: person.name})}")
            return redirect(url_for("set_up.checklist", board=board.key))
        except actions.AlreadyBegun:
            return _begun(board)
        except actions.NotYourself:
            form.refuse("email", "Enter someone else’s email address. You cannot give yourself this role")
        except EditConflict:
            form.version.meet(board.version)
    return render_template("set_up/start.html", board=board, form=form, has=facts)


def _begun(board: Board) -> ResponseReturnValue:
    flash(f"{board.short_name} has people already. Its administrators invite everyone else.")
    return redirect(url_for("set_up.checklist", board=board.key))


def set_up_line() -> tuple[Board, Progress] | None:
    """For an administrator on a page where a step is done, or on one after it: their board, until it is set up."""
    board_id: UUID | None = g.get("board_of_thing") if has_request_context() else None
    if not board_id or not leads_back(request.endpoint or ""):
        return None
    board = boards.board_by_id(board_id)
    if not may(BOARDS_MANAGE, board):
        return None
    found = progress(queries.facts([board.id])[board.id])
    return None if found.is_done else (board, found)


def set_up_of(found: Iterable[Board]) -> Mapping[UUID, tuple[Facts, Progress]]:
    """How far some boards are, for whoever may see that of all of them."""
    return {key: (facts, progress(facts)) for key, facts in queries.facts(one.id for one in found).items()}
