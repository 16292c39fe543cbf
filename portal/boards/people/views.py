"""The people of a board: roles given and ended, invitations sent again, a list imported."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.access.decide import can
from portal.access.in_words import IN_WORDS
from portal.access.permissions import BOARDS_MANAGE, OWN_ROLES_SETTLE, PEOPLE_MANAGE, PEOPLE_READ
from portal.access.roles import ADMIN, ROLE_NAMES
from portal.access.who_may import only_for
from portal.accounts import invitations
from portal.boards import queries as board_queries
from portal.boards.accounts import queries as account_queries
from portal.boards.blueprint import bp
from portal.boards.independence import queries as independence
from portal.boards.independence.rules import brought_in, why_not
from portal.boards.people import actions, arrived, forms, importing, list_file, queries, template
from portal.boards.people.import_rules import Row
from portal.boards.seats import queries as seats_queries
from portal.boards.seats.rules import CAPACITIES
from portal.boards.told import also_told, emailed_of
from portal.core import clock
from portal.core.names import shared_names
from portal.core.text import count_words, with_article
from portal.infra.documents.sheets import XLSX
from portal.infra.forms import ButtonForm, Form, chosen
from portal.infra.guard import allows, viewer
from portal.infra.versions import EditConflict
from portal.infra.web import downloads
from portal.infra.web.emailed import emailed
from portal.infra.web.not_done import not_done
from portal.infra.web.pages import PageFacts

if TYPE_CHECKING:
    from uuid import UUID

    from portal.boards.models import Appointment, Board, StaffRole


@bp.get("/boards/<board>/people")
@allows(PEOPLE_READ, one=board_queries.board)
def people(board: Board) -> ResponseReturnValue:
    members = queries.members(board.id, clock.today())
    groups = {group.id: group.name for group in board_queries.every_group(board.id)}
    left_open = queries.left_open(board.id, clock.today()) if can(viewer(), PEOPLE_MANAGE, board) else []
    lists = {"members": members, "left_open": left_open, "groups": groups}
    lists["never_joined"] = queries.never_joined(board.id, clock.today()) if can(viewer(), PEOPLE_MANAGE, board) else {}
    waits = [role for one in members for role in one.staff_roles if role.waits_since]
    lists["settled_by"] = _settled_by(board, waits) if waits else {}
    shared = shared_names([*(one.person.name for one in members), *(one.name for one in left_open)])
    return render_template("boards/people/people.html", board=board, names=ROLE_NAMES, shared_names=shared, **lists)


def _settled_by(board: Board, waits: Sequence[StaffRole]) -> dict[UUID, str]:
    """Who can agree to each role that somebody gave themselves: not whom they brought in."""
    able, made_by = board_queries.able(board.id, ADMIN), independence.made_by(board.id)

    def is_for_another(whose: UUID) -> bool:
        return any(key != whose and not brought_in(whose, key, made_by) for key in able)

    words = {True: "another administrator", False: "whoever runs the portal"}
    return {one.id: words[is_for_another(one.person_id)] for one in waits}


@bp.route("/boards/<board>/people/new", methods=["GET", "POST"])
@allows(PEOPLE_MANAGE, one=board_queries.board)
def invite(board: Board) -> ResponseReturnValue:
    form = forms.RoleForm()
    if form.validate_on_submit():
        person, is_new = actions.ask_to_role(board, **{k: v for k, v in form.data.items() if k != "csrf_token"})
        said = arrived.has_role(
            person,
            form.name.data,
            form.role.data,
            form.from_on.data,
            is_new=is_new,
            waits=queries.is_waiting(board.id, person.id, form.role.data),
        )
        flash(f"{said}{arrived.keeps_number(person, form.work_phone.data)} {emailed_of(person, board.id)}")
        return redirect(url_for("boards.people", board=board.key))
    officers = queries.officers(board.id, clock.today())
    told = also_told(board.id)
    return render_template("boards/people/invite.html", form=form, board=board, officers=officers, also_told=told)


@bp.post("/boards/<board>/roles/<uuid:role_id>/invite-again")
@allows(PEOPLE_MANAGE, one=queries.staff_role)
def invite_staff_again(held: StaffRole) -> ResponseReturnValue:
    return _invite_again(held)


@bp.post("/boards/<board>/appointments/<uuid:appointment_id>/invite-again")
@allows(PEOPLE_MANAGE, one=seats_queries.appointment)
def invite_rep_again(appointment: Appointment) -> ResponseReturnValue:
    return _invite_again(appointment)


def _invite_again(held: StaffRole | Appointment) -> ResponseReturnValue:
    """A new invitation to whoever holds this role or seat and has not joined."""
    said = arrived.invited_again(held.person, invitations.invite_again(held.person, held.board_id))
    board = board_queries.board_by_id(held.board_id)
    flash(f"{said} {emailed_of(held.person, board.id)}")
    return redirect(url_for("boards.people", board=board.key))


@bp.route("/boards/<board>/roles/<uuid:role_id>/end", methods=["GET", "POST"])
@allows(PEOPLE_MANAGE, one=queries.staff_role)
def end_role(held: StaffRole) -> ResponseReturnValue:
    form, board = ButtonForm(), board_queries.board_by_id(held.board_id)
    is_own = held.person_id == viewer().id
    if form.validate_on_submit():
        actions.end_role(held)
        if held.waits_since:
            flash(f"The role will not begin: {ROLE_NAMES[held.role]} of {board.short_name}.")
            return redirect(url_for("boards.people", board=board.key))
        said = arrived.has_no_role(held.person, f"{ROLE_NAMES[held.role]} of {board.short_name}", is_own=is_own)
        flash(f"{said} {emailed_of(held.person, board.id)}")
        return redirect(url_for("accounts.sign_in") if is_own else url_for("boards.people", board=board.key))
    return render_template("boards/people/end_role.html", form=form, held=held, board=board, **_of_ending(held))


def _of_ending(held: StaffRole) -> PageFacts:
    """What ends with a role, and what nobody of the board can do then."""
    is_last = queries.is_last_of_role(held)
    return {
        "is_own": held.person_id == viewer().id,
        "is_last": is_last,
        "is_administrator": held.role == ADMIN,
        "undone": [IN_WORDS[name] for name in only_for(held.role)] if is_last else [],
        "invitation": queries.invitation_of(held.person),
        "keeps_invitation": account_queries.number_of_posts(held.person_id, clock.today()) > 1,
        "role_name": ROLE_NAMES[held.role],
        "role": with_article(ROLE_NAMES[held.role]),
    }


@bp.route("/boards/<board>/roles/<uuid:own_role_id>/settle", methods=["GET", "POST"])
@allows(OWN_ROLES_SETTLE, one=queries.waiting_role)
def settle_role(held: StaffRole) -> ResponseReturnValue:
    """A role that another administrator gave themselves: agree, or refuse it."""
    form, board = ButtonForm(), board_queries.board_by_id(held.board_id)
    role = with_article(ROLE_NAMES[held.role])
    made_by = independence.made_by(board.id)
    is_theirs = brought_in(held.person_id, viewer().id, made_by)
    why = why_not(viewer().id, held.person_id, made_by) if is_theirs else ""
    if not form.validate_on_submit() or (why and request.form.get("answer") == "agree"):
        facts = {"form": form, "held": held, "board": board, "role": role, "why_not": why}
        return render_template("boards/people/settle_role.html", **facts)
    is_agreed = request.form.get("answer") == "agree"
    try:
        (actions.let_begin if is_agreed else actions.refuse)(held, viewer().id)
        became = "is" if is_agreed else "will not be"
        flash(f"{held.person.name} {became} {role} of {board.short_name}. {emailed_of(held.person, board.id)}")
    except EditConflict:
        not_done("Someone answered or cancelled this while you had the page open.")
    return redirect(url_for("boards.people", board=board.key))


@bp.route("/boards/<board>/people/import", methods=["GET", "POST"])
@allows(PEOPLE_MANAGE, one=board_queries.board)
def import_people(board: Board) -> ResponseReturnValue:
    form = forms.ImportForm()
    if form.validate_on_submit():
        try:
            found, may_add_seats = _people_in(form), _may_add_seats(board, form.add_seats.data)
            rows = importing.check_people(board, found.rows, may_add_seats)
            return _preview(board, rows, may_add_seats, found.notes)
        except list_file.UnreadableList as problem:
            form.refuse("file", str(problem))
    known = {"headings": template.HEADINGS, "officers": queries.officers(board.id, clock.today())}
    return render_template("boards/people/import.html", form=form, board=board, **known)


def _people_in(form: Form) -> list_file.ListOfPeople:
    files = chosen(form.file)
    if not files:
        raise list_file.UnreadableList("Choose a CSV or Excel file")
    return list_file.people_in_file(files[0].read())


def _may_add_seats(board: Board, is_asked: object) -> bool:
    return bool(is_asked) and can(viewer(), BOARDS_MANAGE, board)


def _preview(board: Board, rows: Sequence[Row], may_add_seats: bool, notes: Sequence[str] = ()) -> str:
    kept = json.dumps([row.as_typed() for row in rows], ensure_ascii=False)
    form = forms.ConfirmImportForm(formdata=None, rows=kept, add_seats="yes" if may_add_seats else "")
    return render_template(
        "boards/people/import_preview.html",
        form=form,
        board=board,
        rows=rows,
        notes=notes,
        names=ROLE_NAMES,
        capacities=dict(CAPACITIES),
        words_for_seats=forms.ADD_SEATS,
    )


@bp.post("/boards/<board>/people/import/confirm")
@allows(PEOPLE_MANAGE, one=board_queries.board)
def confirm_import(board: Board) -> ResponseReturnValue:
    form = forms.ConfirmImportForm()
    if not form.validate_on_submit():
        return redirect(url_for("boards.import_people", board=board.key))
    may_add_seats = _may_add_seats(board, form.add_seats.data)
    rows = importing.import_people(board, form.cells(), may_add_seats)
    if any(row.problems for row in rows):
        return _preview(board, rows, may_add_seats)
    waits = any(queries.is_waiting(board.id, viewer().id, row.role) for row in rows if row.email == viewer().email)
    own = f" {arrived.WAITS}" if waits else ""
    told = emailed(board_queries.known_to(viewer(), board.id))
    flash(f"{count_words(len({row.email for row in rows}), 'person', 'people')} added.{own} {told}")
    return redirect(url_for("boards.people", board=board.key))


@bp.get("/boards/<board>/people/import/template.csv")
@allows(PEOPLE_MANAGE, one=board_queries.board)
def import_template_csv(board: Board) -> ResponseReturnValue:
    return downloads.as_file(template.as_csv(), "text/csv", f"people-{board.key}.csv")


@bp.get("/boards/<board>/people/import/template.xlsx")
@allows(PEOPLE_MANAGE, one=board_queries.board)
def import_template_xlsx(board: Board) -> ResponseReturnValue:
    groups = [group.name for group in board_queries.groups(board.id)]
    return downloads.as_file(template.as_xlsx(groups), XLSX, f"people-{board.key}.xlsx")
