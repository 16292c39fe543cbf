"""What a group has on every agenda: added, changed, moved and removed."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.access.permissions import STANDING_ITEMS_WRITE
from portal.boards import queries as board_queries
from portal.infra.forms import ButtonForm
from portal.infra.guard import allows
from portal.infra.versions import held
from portal.meetings.agendas import actions, forms, queries
from portal.meetings.blueprint import bp

if TYPE_CHECKING:
    from portal.boards.models import Group
    from portal.meetings.models import Meeting, StandingItem


@bp.route("/boards/<board>/groups/<uuid:group_id>/standing-items", methods=["GET", "POST"])
@allows(STANDING_ITEMS_WRITE, one=board_queries.group)
def standing_items(group: Group) -> ResponseReturnValue:
    form = forms.standing_item_form()
    meeting = queries.meeting_of_group(group.id, request.args.get("meeting", type=UUID))
    if form.validate_on_submit():
        actions.add_standing_item(group, form.once.data, form.typed())
        flash(f"Added: {form.title.data}")
        return redirect(_back_to_agenda(meeting) if meeting else _page_of(group))
    items = queries.standing_items(group.board_id, group.id)
    return render_template("meetings/agendas/standing.html", group=group, form=form, items=items, meeting=meeting)


def _back_to_agenda(meeting: Meeting) -> str:
    """Where the standing items that are not on the agenda yet are put on it."""
    return f"{url_for('meetings.copy_agenda', meeting_id=meeting.id)}?from={forms.STANDING_ALONE}"


def _page_of(group: Group) -> str:
    return url_for("meetings.standing_items", board=group.board.key, group_id=group.id)


@bp.route("/standing-items/<uuid:standing_item_id>/change", methods=["GET", "POST"])
@allows(STANDING_ITEMS_WRITE, one=queries.standing_item)
def change_standing_item(item: StandingItem) -> ResponseReturnValue:
    form = forms.standing_item_form(held(item))
    if form.validate_on_submit():
        actions.change_standing_item(item, form.typed())
        flash(f"Changed: {form.title.data}")
        return _all_of(item)
    board = board_queries.board_by_id(item.board_id)
    return render_template("meetings/agendas/standing_item.html", item=item, form=form, board=board)


def _all_of(item: StandingItem) -> ResponseReturnValue:
    board = board_queries.board_by_id(item.board_id)
    return redirect(url_for("meetings.standing_items", board=board.key, group_id=item.group_id))


@bp.post("/standing-items/<uuid:standing_item_id>/move")
@allows(STANDING_ITEMS_WRITE, one=queries.standing_item)
def move_standing_item(item: StandingItem) -> ResponseReturnValue:
    actions.move_standing_item(item, -1 if request.form.get("step") == "up" else 1)
    return _all_of(item)


@bp.route("/standing-items/<uuid:standing_item_id>/remove", methods=["GET", "POST"])
@allows(STANDING_ITEMS_WRITE, one=queries.standing_item)
def remove_standing_item(item: StandingItem) -> ResponseReturnValue:
    """Asked first: an item that was removed is gone."""
    form = ButtonForm()
    if not form.validate_on_submit():
        board = board_queries.board_by_id(item.board_id)
        return render_template("meetings/agendas/remove_standing.html", item=item, form=form, board=board)
    actions.remove_standing_item(item)
    flash(f"Removed: {item.title}")
    return _all_of(item)
