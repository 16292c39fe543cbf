"""What an administrator does to somebody's access to their board."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from portal.access.permissions import PEOPLE_MANAGE
from portal.boards.access import rules
from portal.boards.access.actions import DO
from portal.boards.access.queries import open_to_member
from portal.boards.accounts import queries
from portal.boards.blueprint import bp
from portal.infra.guard import allows, viewer
from portal.infra.web.emailed import emailed

if TYPE_CHECKING:
    from portal.boards.accounts.queries import Member

DONE = {
    rules.SIGN_OUT: "They are signed out of {board} in every browser.",
    rules.SUSPEND: "Their access to {board} is suspended.",
    rules.RESTORE: "They have access to {board} again.",
    rules.END_READING: "They can no longer read past papers of {board}.",
}


@bp.post("/boards/<board>/people/<uuid:person_id>/access")
@allows(PEOPLE_MANAGE, one=queries.member)
def change_access(member: Member) -> ResponseReturnValue:
    what = request.form.get("what", "")
    if member.person.id != viewer().id and what in open_to_member(member):
        DO[what](member.board_id, member.person.id, viewer().id)
        flash(f"{DONE[what].format(board=member.board.short_name)} {emailed({member.person.id: member.person.name})}")
    return redirect(url_for("boards.member_account", board=member.board.key, person_id=member.person.id))
