"""A board's page, its settings and groups."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.access.in_words import IN_WORDS
from portal.access.permissions import (
    BOARDS_LIST,
    BOARDS_MANAGE,
    BOARDS_READ,
    TABLE,
)
from portal.access.roles import ROLE_NAMES
from portal.access.who_may import what_may, who_may, words_for
from portal.boards import actions, forms, queries
from portal.boards.blueprint import bp
from portal.boards.joined import compared
from portal.boards.rules import NewTarget, counts_from, target_for
from portal.boards.seats import actions as seats_actions
from portal.boards.seats import queries as seats_queries
from portal.core import clock
from portal.core.text import with_article
from portal.infra.forms import ButtonForm
from portal.infra.guard import allows, public
from portal.infra.versions import EditConflict, held
from portal.infra.web.interrupted_form import not_taken

if TYPE_CHECKING:
    from portal.boards.models import Board, Group


@bp.get("/boards")
@allows(BOARDS_LIST)
def index() -> ResponseReturnValue:
    return render_template("boards/index.html", found=compared())


@bp.get("/boards/<board>")
@allows(BOARDS_READ, one=queries.board)
def show(board: Board) -> ResponseReturnValue:
    today, targets = clock.today(), queries.paper_targets(board.id)
    return render_template(
        "boards/show.html",
        board=board,
        groups=queries.groups(board.id),
        seats=seats_queries.seats_by_group(board.id, today),
        today=today,
        targets=targets,
        target_days=target_for(targets, today),
    )


@bp.route("/boards/<board>/settings", methods=["GET", "POST"])
@allows(BOARDS_MANAGE, one=queries.board)
def settings(board: Board) -> ResponseReturnValue:
    targets = queries.paper_targets(board.id)
    form = forms.settings_form(board, targets[-1].days)
    in_force = {"targets": targets, "target_days": target_for(targets, clock.today())}
    if form.validate_on_submit():
        if (target := _target_to_read(board, form)) is not None:
            says = {"target": target, "says": counts_from(target)}
            return render_template("boards/settings.html", form=form, board=board, **in_force, **says)
        try:
            actions.change_settings(board, form.version.data, form.settings())
            target = actions.set_paper_target(board, int(form.paper_target_days.data), form.target_from.data)
            flash(f"The settings are saved.{f' {counts_from(target)}' if target else ''}")
            return redirect(url_for("boards.show", board=board.key))
        except EditConflict:
            form.version.meet(board.version)
    return render_template("boards/settings.html", form=form, board=board, **in_force)


def _target_to_read(board: Board, form: forms.SettingsForm) -> NewTarget | None:
    """A new target, until whoever sets it has read from which meeting on it counts; None where nothing is to be read.

    A page that was changed elsewhere meanwhile says that first.
    """
    target = queries.target_to_set(board, int(form.paper_target_days.data), form.target_from.data)
    if target is None or form.version.data != board.version or form.target_seen.data == str(target):
        return None
    form.target_seen.data = str(target)
    not_taken()
    return target


@bp.route("/boards/<board>/groups/new", methods=["GET", "POST"])
@allows(BOARDS_MANAGE, one=queries.board)
def new_group(board: Board) -> ResponseReturnValue:
    form = forms.group_form(queries.groups(board.id))
    if form.validate_on_submit():
        actions.create_group(board, form.name.data, form.kind.data, form.parent_id())
        flash(f"{form.name.data} is added.")
        return redirect(url_for("boards.show", board=board.key))
    return render_template("boards/group.html", form=form, board=board, title="Add a group")


@bp.route("/boards/<board>/groups/<uuid:group_id>/change", methods=["GET", "POST"])
@allows(BOARDS_MANAGE, one=queries.group)
def change_group(group: Group) -> ResponseReturnValue:
    form = forms.group_form(queries.groups(group.board_id), held(group))
    if form.validate_on_submit():
        actions.change_group(group, form.name.data, form.kind.data, form.parent_id())
        flash("The group is changed.")
        return redirect(url_for("boards.show", board=group.board.key))
    return render_template("boards/group.html", form=form, board=group.board, title="Change a group")


@bp.route("/boards/<board>/groups/<uuid:group_id>/close", methods=["GET", "POST"])
@allows(BOARDS_MANAGE, one=queries.group)
def close_group(group: Group) -> ResponseReturnValue:
    form, taken = ButtonForm(), False
    if form.validate_on_submit():
        try:
            actions.close_group(group)
            flash(f"{group.name} is closed.")
            return redirect(url_for("boards.show", board=group.board.key))
        except seats_actions.SeatTaken:
            taken = True
    return render_template("boards/close_group.html", form=form, group=group, taken=taken)


@bp.get("/who-can-do-what")
@public
def who_can_do_what() -> ResponseReturnValue:
    """The whole table, or what those with one role can do."""
    role = request.args.get("role", "")
    if role in ROLE_NAMES:
        who = with_article(ROLE_NAMES[role])
        return render_template(
            "boards/what_one_role_can_do.html", who=who, may=what_may(role), words=words_for, role=role
        )
    return render_template(
        "boards/who_can_do_what.html", table=TABLE, words=IN_WORDS, who_may=who_may, roles=ROLE_NAMES
    )
