"""Corrections of a board, for everyone who sees its figures; and those that wait for a second person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.access.decide import can
from portal.access.permissions import ACCOUNT_OWN, CORRECTIONS_CONFIRM, CORRECTIONS_READ
from portal.boards import queries as board_queries
from portal.boards.independence.queries import made_by
from portal.boards.independence.rules import why_not
from portal.capability import gathered
from portal.corrections import actions, queries
from portal.corrections.blueprint import bp
from portal.corrections.forms import RefusalForm
from portal.corrections.rules import (
    ANOTHER_WAITS,
    DECIDED_ALREADY,
    DONE,
    OTHER_FIGURES,
    REASON_WORDS,
    WAITS,
    WAITS_ALREADY,
    may_decide,
)
from portal.infra.correctable import NotAsItWas
from portal.infra.forms import ButtonForm
from portal.infra.guard import allows, viewer
from portal.infra.versions import EditConflict
from portal.infra.web.emailed import emailed
from portal.infra.web.moved_on import moved_on
from portal.infra.web.not_done import not_done

if TYPE_CHECKING:
    from collections.abc import Callable

    from portal.boards.models import Board
    from portal.corrections.models import Correction
    from portal.infra.forms import Form


def say(correct: Callable[[], Correction], here: str, form: Form) -> ResponseReturnValue:
    """Correct a fact of a board, and say what came of it."""
    try:
        made = correct()
        flash(f"{WAITS.format(better=made.better) if made.is_waiting else DONE} {_told(made)}")
    except actions.WaitsAlready:
        not_done(WAITS_ALREADY)
    except actions.AnotherWaits as refused:
        other = refused.other
        why = ANOTHER_WAITS.format(asked_by=other.asked_by.name, was=other.was, now=other.now)
        page = url_for("corrections.decide", correction_id=other.id)
        return moved_on(why, page, "See the correction that is waiting", form)
    return redirect(here)


def _told(correction: Correction) -> str:
    """Who is emailed: those who work for the board by name, and whoever asked for it; reps and others as a number."""
    asked_by = board_queries.people_named([correction.asked_by_id])
    return emailed({**board_queries.colleagues(correction.board_id), **asked_by})


@bp.get("/boards/<board>/corrections")
@allows(
    CORRECTIONS_READ, one=board_queries.board, see=CORRECTIONS_READ, audited=True
)  # what waits is tried out, as below
def of_board(board: Board) -> ResponseReturnValue:
    """What was refused is only for those who decide on corrections: no figure rests on it."""
    made, waits = queries.of_board(board.id), queries.waiting_of_board(board.id)
    actions.look_at_each(waits)
    refused = queries.refused_of_board(board.id) if can(viewer(), CORRECTIONS_CONFIRM, board) else ()
    kinds = gathered().correctable
    counted = [one.counted for one in kinds.values() if one.counted and can(viewer(), one.counted.permission, board)]
    shown = {"corrections": made, "waits": waits, "refused": refused, "kinds": kinds, "counted": counted}
    return render_template("corrections/of_board.html", board=board, **shown)


@bp.get("/corrections")
@allows(CORRECTIONS_CONFIRM, audited=True)  # each is tried out, which takes a writer's turn
def waiting() -> ResponseReturnValue:
    """What each would change today, as its own page says it."""
    found = queries.waiting(viewer())
    actions.look_at_each(found)
    boards = {one.id: one for one in board_queries.boards()}
    kinds = gathered().correctable
    return render_template("corrections/waiting.html", corrections=found, boards=boards, kinds=kinds)


@bp.get("/account/corrections")
@allows(ACCOUNT_OWN)
def own() -> ResponseReturnValue:
    """Rows about whoever looks that somebody corrected, with both values."""
    return render_template("corrections/own.html", corrections=queries.about(viewer().id), reasons=REASON_WORDS)


@bp.get("/corrections/<uuid:correction_id>")
@allows(CORRECTIONS_CONFIRM, one=queries.to_decide, audited=True)  # it is tried out, which takes a writer's turn
def decide(correction: Correction) -> ResponseReturnValue:
    """What it would change from the figures of this moment, before anybody confirms it."""
    kind, can_be_made = gathered().correctable[correction.kind], False
    if correction.is_waiting:
        can_be_made = actions.look_at_today(correction)
    return render_template(
        "corrections/decide.html",
        correction=correction,
        kind=kind,
        follows=kind.follows(viewer(), correction.thing_id, correction.now_value) if can_be_made else (),
        board=board_queries.board_by_id(correction.board_id),
        is_own=not may_decide(correction.asked_by_id, viewer().id),
        why_not=_why_not(correction),
    )


def _why_not(correction: Correction) -> str:
    """Why whoever looks is no second person beside whoever asked, as part of a sentence; '' where they are."""
    return why_not(viewer().id, correction.asked_by_id, made_by(correction.board_id))


@bp.post("/corrections/<uuid:correction_id>/confirm")
@allows(CORRECTIONS_CONFIRM, one=queries.to_decide)
def confirm(correction: Correction) -> ResponseReturnValue:
    try:
        actions.confirm(correction, viewer().id, request.form.get("shown", ""))
        flash(f"The record is corrected. {_told(correction)}")
    except actions.OwnCorrection:
        not_done("You asked for this correction, so someone else must confirm it.")
    except actions.NotIndependent:
        not_done("Another administrator or the coordinator must confirm this correction.")
    except NotAsItWas:
        not_done("The record has changed since this correction was asked for. Nothing is confirmed.")
    except actions.OtherFigures:
        flash(OTHER_FIGURES)
    except EditConflict:
        not_done(DECIDED_ALREADY)
    return redirect(url_for("corrections.decide", correction_id=correction.id))


@bp.route("/corrections/<uuid:correction_id>/decline", methods=["GET", "POST"])
@allows(CORRECTIONS_CONFIRM, one=queries.to_decide, audited=True)  # it is tried out, as above
def decline(correction: Correction) -> ResponseReturnValue:
    form, is_own = RefusalForm(), not may_decide(correction.asked_by_id, viewer().id)
    page = url_for("corrections.decide", correction_id=correction.id)
    if is_own or not correction.is_waiting:
        why = "You asked for this correction, so someone else must decide on it." if is_own else DECIDED_ALREADY
        return moved_on(why, page, "See the correction as it is now", form)
    if form.validate_on_submit():
        _refuse(correction, form.why.data)
    else:
        actions.look_at_today(correction)
        return render_template("corrections/decline.html", correction=correction, form=form)
    return redirect(page)


@bp.route("/corrections/<uuid:correction_id>/cancel", methods=["GET", "POST"])
@allows(CORRECTIONS_CONFIRM, one=queries.to_decide, audited=True)  # likewise
def cancel(correction: Correction) -> ResponseReturnValue:
    """Whoever asked for it wants it no more."""
    form, is_own = ButtonForm(), not may_decide(correction.asked_by_id, viewer().id)
    if not is_own or not correction.is_waiting:
        not_done(DECIDED_ALREADY if is_own else "Only the person who asked for this correction can cancel it.")
    elif form.validate_on_submit():
        _cancel(correction)
    else:
        actions.look_at_today(correction)
        return render_template("corrections/cancel.html", correction=correction, form=form)
    return redirect(url_for("corrections.decide", correction_id=correction.id))


def _cancel(correction: Correction) -> None:
    try:
        actions.cancel(correction, viewer().id)
        flash(f"The correction is cancelled. The record is not changed. {_told(correction)}")
    except EditConflict:
        not_done(DECIDED_ALREADY)


def _refuse(correction: Correction, why: str) -> None:
    try:
        actions.decline(correction, viewer().id, why)
        flash(f"The record is not changed. {_told(correction)}")
    except EditConflict:
        not_done(DECIDED_ALREADY)
