"""Pages on which the two of a pair record that they talked, and write notes for both or for themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, flash, render_template, request
from flask.typing import ResponseReturnValue

from portal.access.permissions import MENTORING_OWN
from portal.infra.guard import allows
from portal.infra.versions import held
from portal.infra.web.emailed import emailed
from portal.mentoring.blueprint import bp
from portal.mentoring.kept import actions, forms
from portal.mentoring.kept import queries as kept
from portal.mentoring.pairs import queries
from portal.mentoring.pairs.views import only_while, to_pair
from portal.mentoring.rules import RUNNING

if TYPE_CHECKING:
    from portal.mentoring.kept.queries import Own
    from portal.mentoring.models import MentoringNote, MentoringSession


@bp.route("/mentoring/pairs/<uuid:pair_id>/sessions/new", methods=["GET", "POST"])
@allows(MENTORING_OWN, one=queries.own_pair)
def new_session(side: queries.Side) -> ResponseReturnValue:
    form = forms.session_form(side.pair.began_on, kept.talks_recorded(side.pair))
    if elsewhere := only_while(side, form, RUNNING):
        return elsewhere
    if form.validate_on_submit():
        actions.keep_session(form.once.data, side, form.typed(), form.next_step.data or "", form.next_on.data)
        seen = "Your officer sees the date you talked and when you’ll talk next, and not what you said."
        flash(f"Saved. {seen} {emailed({side.other_id: side.other})}")
        return to_pair(side)
    return render_template("mentoring/kept/new_session.html", form=form, side=side)


@bp.route("/mentoring/sessions/<uuid:session_id>", methods=["GET", "POST"])
@allows(MENTORING_OWN, one=kept.own_session)
def session(own: Own[MentoringSession]) -> ResponseReturnValue:
    """Change a talk that one has recorded."""
    form = forms.talk_form(held(own.row), own.side.pair.began_on)
    if form.validate_on_submit():
        actions.change_session(own.row, own.side.pair, form.typed(), form.next_step.data or "")
        flash(f"Saved. {own.side.other} sees the change. Your officer sees the date, and not what you said.")
        return to_pair(own.side)
    return render_template("mentoring/kept/session.html", form=form, side=own.side, one=own.row)


@bp.route("/mentoring/sessions/<uuid:session_id>/remove", methods=["GET", "POST"])
@allows(MENTORING_OWN, one=kept.own_session)
def remove_session(own: Own[MentoringSession]) -> ResponseReturnValue:
    if request.method == "GET":
        return render_template("mentoring/kept/remove_session.html", side=own.side, one=own.row)
    actions.remove_session(own.row, own.side.pair)
    flash("Removed. Your officer no longer counts this talk.")
    return to_pair(own.side)


@bp.route("/mentoring/pairs/<uuid:pair_id>/notes/<for_whom>", methods=["GET", "POST"])
@allows(MENTORING_OWN, one=queries.own_pair)
def new_note(side: queries.Side) -> ResponseReturnValue:
    """A note; for whom stands in the address, so it is chosen before a word is typed."""
    for_whom = (request.view_args or {})["for_whom"]
    if for_whom not in dict(forms.FOR_WHOM):
        abort(404)
    form, is_shared = forms.note_form(), for_whom == forms.BOTH
    if elsewhere := only_while(side, form, RUNNING):
        return elsewhere
    if form.validate_on_submit():
        actions.keep_note(form.once.data, side, is_shared, form.text.data)
        flash(_saved(side, is_shared))
        return to_pair(side)
    return render_template("mentoring/kept/note.html", form=form, side=side, is_shared=is_shared, one=None)


def _saved(side: queries.Side, is_shared: bool) -> str:
    return f"Saved. {side.other} can now read it." if is_shared else "Saved. Only you can read it."


@bp.route("/mentoring/notes/<uuid:note_id>", methods=["GET", "POST"])
@allows(MENTORING_OWN, one=kept.own_note)
def note(own: Own[MentoringNote]) -> ResponseReturnValue:
    """Change a note of one's own."""
    form = forms.note_again_form(held(own.row))
    if form.validate_on_submit():
        actions.change_note(own.row, own.side.pair, form.text.data)
        flash(_saved(own.side, own.row.is_shared))
        return to_pair(own.side)
    return render_template(
        "mentoring/kept/note.html", form=form, side=own.side, is_shared=own.row.is_shared, one=own.row
    )


@bp.route("/mentoring/notes/<uuid:note_id>/remove", methods=["GET", "POST"])
@allows(MENTORING_OWN, one=kept.own_note)
def remove_note(own: Own[MentoringNote]) -> ResponseReturnValue:
    """Removing cannot be undone, so it is asked first."""
    if request.method == "GET":
        return render_template("mentoring/kept/remove_note.html", side=own.side, one=own.row)
    actions.remove_note(own.row, own.side.pair)
    flash("The note is removed.")
    return to_pair(own.side)
