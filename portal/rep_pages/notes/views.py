"""Officers write, correct and remove notes about supporting a rep; the rep reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.access.decide import boards_for
from portal.access.permissions import SUPPORT_NOTES_OWN, SUPPORT_NOTES_WRITE
from portal.access.roles import OFFICER
from portal.boards import queries as board_queries
from portal.infra.guard import allows, viewer
from portal.infra.todo import together
from portal.infra.versions import held
from portal.infra.web.emailed import emailed
from portal.rep_pages.blueprint import bp
from portal.rep_pages.notes import actions, forms, queries
from portal.rep_pages.page.queries import rep

if TYPE_CHECKING:
    from portal.rep_pages.models import SupportNote
    from portal.rep_pages.page.queries import RepOfBoard

NOTES = "notes"  # the place on a rep's page where what was done with notes is said


def _to_page(board_id: UUID, rep_id: UUID) -> ResponseReturnValue:
    board = board_queries.board_by_id(board_id)
    return redirect(url_for("rep_pages.show", board=board.key, rep_id=rep_id, _anchor=NOTES))


@bp.route("/boards/<board>/reps/<uuid:rep_id>/notes/new", methods=["GET", "POST"])
@allows(SUPPORT_NOTES_WRITE, one=rep)
def write_note(rep: RepOfBoard) -> ResponseReturnValue:
    form = forms.note_form()
    if form.validate_on_submit():
        actions.write(form.once.data, rep.board_id, rep.person_id, viewer().id, form.text.data)
        flash(f"Saved. {rep.called} can read it. {emailed({rep.person_id: rep.name})}", NOTES)
        return _to_page(rep.board_id, rep.person_id)
    return render_template("rep_pages/notes/write.html", form=form, board=rep.board, rep=rep.person)


@bp.route("/support-notes/<uuid:support_note_id>", methods=["GET", "POST"])
@allows(SUPPORT_NOTES_WRITE, one=queries.note)
def correct_note(note: SupportNote) -> ResponseReturnValue:
    form = forms.correct_form(held(note))
    if form.validate_on_submit():
        actions.correct(note, viewer().id, form.text.data)
        flash(f"Saved. {note.person.called} can read it as it is now.", NOTES)
        return _to_page(note.board_id, note.person_id)
    board = board_queries.board_by_id(note.board_id)
    return render_template("rep_pages/notes/correct.html", form=form, board=board, rep=note.person, note=note)


@bp.route("/support-notes/<uuid:support_note_id>/remove", methods=["GET", "POST"])
@allows(SUPPORT_NOTES_WRITE, one=queries.note)
def remove_note(note: SupportNote) -> ResponseReturnValue:
    """Removing cannot be undone, so it is asked first."""
    if request.method == "GET":
        board = board_queries.board_by_id(note.board_id)
        return render_template("rep_pages/notes/remove.html", board=board, rep=note.person, note=note)
    actions.remove(note)
    flash("The note is removed.", NOTES)
    return _to_page(note.board_id, note.person_id)


@bp.get("/support-notes")
@allows(SUPPORT_NOTES_OWN)
def own_notes() -> ResponseReturnValue:
    """What officers have noted about supporting whoever looks, of each of their boards, and who can read it."""
    notes = together(queries.own_notes(viewer()), lambda note: note.board_id)
    of_boards = [
        (name, _readers(board_id), notes.get(board_id, []))
        for board_id, _, name in boards_for(viewer(), SUPPORT_NOTES_OWN)
    ]
    return render_template("rep_pages/notes/own.html", of_boards=of_boards)


def _readers(board_id: UUID) -> list[str]:
    """The officers who can read and correct what is noted; somebody's own notes are never theirs to correct."""
    return [name for key, name in board_queries.people_with_role(board_id, OFFICER) if key != viewer().id]
