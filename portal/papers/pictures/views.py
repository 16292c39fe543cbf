"""Finding words in a paper, also those that a machine read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from portal.access.decide import can
from portal.access.permissions import NOTES_WRITE, PAPERS_READ
from portal.infra.guard import allows, viewer
from portal.papers.blueprint import bp
from portal.papers.pictures import queries
from portal.papers.pictures.forms import FindForm
from portal.papers.reading import queries as reading
from portal.papers.reading.beside_notes import note_form
from portal.papers.reading.rules import shown_file

if TYPE_CHECKING:
    from portal.papers.models import Paper
    from portal.papers.reading.forms import NoteForm


@bp.post("/papers/<uuid:paper_id>/find")
@allows(PAPERS_READ, one=reading.paper)
def find(paper: Paper) -> ResponseReturnValue:
    version = shown_file(reading.versions(viewer(), paper)) or abort(404)
    pages, form = queries.pages_shown(version), FindForm()
    note = _note(paper)
    asked = form.words.data or "" if form.validate_on_submit() else ""
    return render_template(
        "papers/pictures/found.html",
        form=form,
        paper=paper,
        note=note,
        asked=asked,
        found=queries.pages_with(pages, asked),
        unread=sum(page.is_picture and not page.read_by_machine for page in pages),
    )


def _note(paper: Paper) -> NoteForm | None:
    """The box of the note, with what was typed there before words were looked for: that is not saved yet, nor lost."""
    if not can(viewer(), NOTES_WRITE, paper):
        return None
    return note_form(paper, reading.notes(viewer(), paper).own, is_sent="text" in request.form)
