"""What an administrator does to somebody's access to their board."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.access.permissions import PEOPLE_MANAGE
from portal.access.roles import APPROVER
from portal.boards.access import rules
from portal.boards.access.actions import DO, suspend
from portal.boards.access.queries import open_to_member
from portal.boards.accounts import queries
from portal.boards.blueprint import bp
from portal.boards.people import queries as people
from portal.boards.told import emailed_of
from portal.core import clock
from portal.infra.forms import ButtonForm
from portal.infra.guard import allows, viewer

if TYPE_CHECKING:
    from portal.boards.accounts.queries import Member

DONE = {
    rules.SIGN_OUT: "They are signed out of {board} in every browser.",
    rules.SUSPEND: "Their access to {board} is suspended.",
    rules.RESTORE: "They have access to {board} again.",
    rules.END_READING: "They can no longer read past papers of {board}.",
}


@bp.route("/boards/<board>/people/<uuid:person_id>/suspend", methods=["GET", "POST"])
@allows(PEOPLE_MANAGE, one=queries.member)
def suspend_access(member: Member) -> ResponseReturnValue:
    """What follows from it stands on the page, before anything is done."""
    form = ButtonForm()
    account = url_for("boards.member_account", board=member.board.key, person_id=member.person.id)
    if member.person.id == viewer().id or rules.SUSPEND not in open_to_member(member):
        return redirect(account)
    if form.validate_on_submit():
        suspend(member.board_id, member.person.id, viewer().id)
        said = emailed_of(member.person, member.board_id)
        flash(f"{DONE[rules.SUSPEND].format(board=member.board.short_name)} {said}")
        return redirect(account)
    return render_template("boards/access/suspend.html", member=member, form=form, others_told=others_told(member))


def others_told(member: Member) -> str:
    """Who hears, beside themselves, that access is suspended or given back."""
    posts = people.posts_of(member.board_id, member.person.id, clock.today())
    is_approver = any(role == APPROVER for role, *_ in posts)
    return f"the board’s officers{', other approvers' if is_approver else ''} and other administrators"


@bp.post("/boards/<board>/people/<uuid:person_id>/access")
@allows(PEOPLE_MANAGE, one=queries.member)
def change_access(member: Member) -> ResponseReturnValue:
    what = request.form.get("what", "")
    if member.person.id != viewer().id and what in DO and what in open_to_member(member):
        DO[what](member.board_id, member.person.id, viewer().id)
        flash(f"{DONE[what].format(board=member.board.short_name)} {emailed_of(member.person, member.board_id)}")
    return redirect(url_for("boards.member_account", board=member.board.key, person_id=member.person.id))
