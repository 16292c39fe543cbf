"""Somebody's account as a board's administrators see it: lost phones, accounts to be closed, and agreeing to either."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.access.permissions import PEOPLE_MANAGE
from portal.boards.access.queries import open_to_member
from portal.boards.access.views import others_told
from portal.boards.accounts import agreements, queries
from portal.boards.accounts.rules import ACCOUNT_CHANGES, WITHDRAW, WITHDRAW_AND_END
from portal.boards.blueprint import bp
from portal.boards.people import queries as people_queries
from portal.boards.told import emailed_of
from portal.core import clock
from portal.infra.forms import ButtonForm
from portal.infra.guard import allows, viewer
from portal.infra.web.not_done import not_done

if TYPE_CHECKING:
    from portal.boards.accounts.queries import Member


@bp.route("/boards/<board>/people/<uuid:person_id>/account", methods=["GET", "POST"])
@allows(PEOPLE_MANAGE, one=queries.member)
def member_account(member: Member) -> ResponseReturnValue:
    form, open_to = ButtonForm(), agreements.changes_open_to(member)
    is_own = member.person.id == viewer().id
    what = request.form.get("what", "")
    if form.validate_on_submit() and what in open_to and not is_own:
        return _agree(member, what)
    waiting = {change: agreements.missing(member.person.id, change) for change in open_to}
    return render_template(
        "boards/accounts/member_account.html",
        member=member,
        is_own=is_own,
        waiting=waiting,
        words=ACCOUNT_CHANGES,
        invitation=people_queries.invitation_of(member.person),
        access_open_to=open_to_member(member),
        others_told=others_told(member),
    )


DONE = dict.fromkeys(ACCOUNT_CHANGES, "Done.") | {
    WITHDRAW: "The invitation has been withdrawn. Its link no longer works.",
    WITHDRAW_AND_END: "The invitation has been withdrawn and their roles have ended. Its link no longer works.",
}
WITHDRAWING = (WITHDRAW, WITHDRAW_AND_END)
SEAT_STAYS = "Their seat counts as vacant. You can appoint someone else to it, or free it on the board’s page."


def _done_words(member: Member, what: str) -> str:
    keeps_seat = what in WITHDRAWING and queries.has_seat(member.person.id, clock.today())
    return f"{DONE[what]} {SEAT_STAYS}" if keeps_seat else DONE[what]


def _agree(member: Member, what: str) -> ResponseReturnValue:
    try:
        is_done = agreements.agree(member, what, viewer().id)
    except agreements.OnlyTheOperator:
        not_done("They also have a national role. Only the engineer who runs the portal can do this.")
    else:
        asked = "You have agreed. An administrator of every other board where they have a role must agree too."
        flash(f"{_done_words(member, what) if is_done else asked} {emailed_of(member.person, member.board_id)}")
    return redirect(url_for("boards.member_account", board=member.board.key, person_id=member.person.id))
