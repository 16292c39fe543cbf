"""Writing to a rep, and confirming that by a mailed link."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from flask import abort, render_template
from flask.typing import ResponseReturnValue

from portal.boards import queries as board_queries
from portal.core import clock
from portal.infra.forms import ButtonForm
from portal.infra.guard import by_link, public
from portal.infra.web.errors import too_often
from portal.role_profiles import forms, queries
from portal.role_profiles.blueprint import bp
from portal.role_profiles.letters import actions
from portal.role_profiles.letters import queries as letters
from portal.role_profiles.letters.rules import LETTER, WAITS_HOURS

if TYPE_CHECKING:
    from portal.role_profiles.models import UnconfirmedLetter

GONE = "role_profiles/letters/gone.html"


@bp.route("/public/profiles/<uuid:profile_id>/write", methods=["GET", "POST"])
@public
def write(profile_id: UUID) -> ResponseReturnValue:
    """A letter to a rep from anybody; the address they have here is not told."""
    profile = queries.open_to_letters(profile_id, clock.today()) or abort(404)
    form, board = forms.LetterForm(), board_queries.board_by_id(profile.board_id)
    known = {"form": form, "profile": profile, "board": board, "hours": WAITS_HOURS}
    if form.validate_on_submit():
        try:
            actions.write_to_rep(profile, form.name.data, form.email.data, form.text.data)
            return render_template("role_profiles/letters/written.html", email=form.email.data, **known)
        except actions.TooManyLetters as error:
            return too_often(error, "role_profiles/letters/write.html", **known)
    return render_template("role_profiles/letters/write.html", **known)


@bp.route("/public/letters/<token>", methods=["GET", "POST"])
@by_link(LETTER, letters.letter_to_confirm, GONE)
def confirm_letter(letter: UnconfirmedLetter) -> ResponseReturnValue:
    """Reading the page does nothing: programs that look at emails open every link."""
    form, board = ButtonForm(), board_queries.board_by_id(letter.board_id)
    if form.validate_on_submit():
        try:
            actions.confirm(letter)
        except actions.LetterGone:
            return render_template(GONE), 409
        return render_template("role_profiles/letters/sent.html", board=board)
    return render_template("role_profiles/letters/confirm.html", form=form, board=board)
