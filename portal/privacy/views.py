"""What is rule and how long; everything held about oneself, to take away; and a board's legal holds."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from portal.access.permissions import ACCOUNT_OWN, RETENTION_MANAGE
from portal.accounts.rules import is_fresh
from portal.boards import queries as board_queries
from portal.boards.data_protection import CONDITIONS
from portal.boards.joined import compared
from portal.boards.people import queries as people_queries
from portal.capability import gathered
from portal.core import clock
from portal.infra.guard import allows, public, viewer
from portal.infra.web import downloads
from portal.infra.web.pages import PageFacts
from portal.privacy import actions, export, forms, law
from portal.privacy.blueprint import bp
from portal.privacy.queries import hold_of_board
from portal.replacement_care.retention import WORDS_GO
from portal.retention import actions as retention
from portal.retention import queries
from portal.retention.rule import RetentionRule

if TYPE_CHECKING:
    from portal.boards.models import Board
    from portal.retention.models import Hold


ABOUT_THE_LAW: PageFacts = {
    "bases": law.BASES,
    "regulator": law.REGULATOR,
    "answer_within": law.ANSWER_WITHIN,
    "checked_on": law.CHECKED_ON,
}


@bp.get("/privacy")
@public
def privacy() -> ResponseReturnValue:
    is_known, boards = current_user.is_authenticated, board_queries.boards()
    of_viewer = {board_id for board_id, *_ in viewer().boards} if is_known else set()
    return render_template(
        "privacy/privacy.html",
        is_known=is_known,
        own=[board for board in boards if board.id in of_viewer],
        boards=compared().boards,
        conditions=CONDITIONS,
        until={rule.table: rule.until for rule in gathered().retention},
        words_go=WORDS_GO,
        **ABOUT_THE_LAW,
    )


@bp.get("/privacy/how-long")
@public
def register() -> ResponseReturnValue:
    """Each thing that is kept, and until when, from the rules that remove it."""
    together: dict[str, list[RetentionRule]] = {}
    for rule in gathered().retention:
        together.setdefault(rule.until, []).append(rule)
    return render_template("privacy/register.html", together=together)


@bp.get("/account/data")
@allows(ACCOUNT_OWN)
def own_data() -> ResponseReturnValue:
    if not is_fresh(current_user.session.proved_at, clock.now()):
        return redirect(url_for("accounts.prove", next=request.path))
    return render_template("privacy/own_data.html")


@bp.get("/account/data.json")
@allows(ACCOUNT_OWN, audited=True)
def own_data_json() -> ResponseReturnValue:
    return _own_data(lambda held: export.as_json(held).encode(), "application/json", "my-data.json")


@bp.get("/account/data.pdf")
@allows(ACCOUNT_OWN, audited=True)
def own_data_pdf() -> ResponseReturnValue:
    name, now = current_user.person.name, clock.now()
    return _own_data(lambda held: export.as_pdf(held, name, now), "application/pdf", "my-data.pdf")


def _own_data(write: Callable[[export.Held], bytes], mimetype: str, name: str) -> ResponseReturnValue:
    if not is_fresh(current_user.session.proved_at, clock.now()):
        return redirect(url_for("accounts.prove", next=url_for("privacy.own_data")))
    content = write(export.everything_about(viewer().id))
    actions.note_download(viewer().id)
    return downloads.as_file(content, mimetype, name)


@bp.get("/boards/<board>/keeping")
@allows(RETENTION_MANAGE, one=board_queries.board)
def keeping(board: Board) -> ResponseReturnValue:
    holds = queries.holds(board.id)
    return render_template(
        "privacy/keeping.html",
        board=board,
        holds=holds,
        names=board_queries.people_named(hold.person_id for hold in holds if hold.person_id),
        announced=queries.announced(board.id),
        register=gathered().rule_of,
    )


@bp.route("/boards/<board>/holds/new", methods=["GET", "POST"])
@allows(RETENTION_MANAGE, one=board_queries.board)
def new_hold(board: Board) -> ResponseReturnValue:
    form = forms.hold_form([(str(key), name) for key, name in people_queries.everyone_ever(board.id)])
    if form.validate_on_submit():
        person_id = None if form.person.data == "board" else UUID(form.person.data)
        retention.place_hold(board.id, person_id, form.reason.data, viewer().id)
        flash("The hold is in place until you lift it.")
        return redirect(url_for("privacy.keeping", board=board.key))
    return render_template("privacy/new_hold.html", form=form, board=board)


@bp.post("/boards/<board>/holds/<uuid:hold_id>/lift")
@allows(RETENTION_MANAGE, one=hold_of_board)
def lift_hold(hold: Hold) -> ResponseReturnValue:
    retention.lift_hold(hold)
    flash("The hold is lifted. What is over goes when it is next announced.")
    return redirect(url_for("privacy.keeping", board=board_queries.board_by_id(hold.board_id).key))
