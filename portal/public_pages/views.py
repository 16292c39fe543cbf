"""A board's public page, and whom to complain to."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from portal.boards import queries as boards
from portal.boards.data_protection import CONDITIONS
from portal.boards.joined import has_joined
from portal.boards.seats import queries as seats_queries
from portal.core import clock
from portal.expenses.categories import CATEGORIES
from portal.expenses.policies import queries as policies_queries
from portal.infra.guard import public, viewer
from portal.public_pages.blueprint import bp
from portal.replacement_care.policy import queries as policy_queries
from portal.replacement_care.requests.rules import ARRANGED_BY
from portal.role_descriptions import queries as roles
from portal.role_profiles import queries as profiles


@bp.get("/complain")
@public
def complain() -> ResponseReturnValue:
    """Whom to complain to, with words to adapt. The portal takes and keeps no complaint."""
    is_known = current_user.is_authenticated
    found = [boards.board_by_id(board_id) for board_id, _, _ in viewer().boards] if is_known else []
    name = viewer().name if is_known else ""
    return render_template("public_pages/complain.html", boards=found, name=name, is_known=is_known)


@bp.get("/public/boards/<board>")
@public
def board(board: str) -> ResponseReturnValue:
    found, today = boards.board_by_key(board), clock.today()
    if found is None:
        return render_template("errors/404.html"), 404
    if not has_joined(found):
        return render_template("public_pages/not_joined.html", board=found)
    policy = policies_queries.policy_on(found.id, today)
    return render_template(
        "public_pages/board.html",
        board=found,
        groups=boards.groups(found.id),
        seats=seats_queries.seats_by_group(found.id, today),
        described=roles.current_of_board(found.id),
        policy=policy,
        terms=policies_queries.terms_of(found.id, [policy.id])[policy.id] if policy else {},
        categories=CATEGORIES,
        care=policy_queries.policy(found.id),
        arranged_by=dict(ARRANGED_BY),
        profiles=profiles.public_profiles(found.id, today),
        groups_of=profiles.groups_of_reps(found.id, today),
        conditions=CONDITIONS,
        today=today,
    )
