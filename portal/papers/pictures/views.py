"""Finding words in a paper, also those that a machine read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, flash, render_template
from flask.typing import ResponseReturnValue

from portal.access.decide import can
from portal.access.permissions import NOTES_WRITE, PAPERS_READ
from portal.infra.guard import allows, viewer
from portal.infra.versions import held
from portal.papers.blueprint import bp
from portal.papers.pictures import queries
from portal.papers.pictures.forms import FindForm
from portal.papers.reading import actions as reading_actions
from portal.papers.reading import queries as reading
from portal.papers.reading.beside_notes import note_form, who_reads
from portal.papers.reading.rules import shown_file

if TYPE_CHECKING:
    from portal.papers.models import Paper


@bp.post("/papers/<uuid:paper_id>/find")
@allows(PAPERS_READ, one=reading.paper)
def find(paper: Paper) -> ResponseReturnValue:
    """A note that was typed beside the box of the words is saved with it, so that no page carries it unsaved."""
    version = shown_file(reading.versions(viewer(), paper)) or abort(404)
    pages, form = queries.pages_shown(version), FindForm()
    if can(viewer(), NOTES_WRITE, paper):
        own = held(reading.note(viewer(), paper.id))
        readers, note = who_reads(paper, own), note_form(paper, own, is_sent=True)
        if note.is_typed and not note.validate():
            return render_template("papers/reading/note.html", form=note, paper=paper, find=form)
        if note.is_typed:
            reading_actions.keep_note(viewer(), paper, note.text.data)
            flash(f"Your note is saved. {readers}.")
    asked = form.words.data or "" if form.validate_on_submit() else ""
    return render_template(
        "papers/pictures/found.html",
        form=form,
        paper=paper,
        asked=asked,
        found=queries.pages_with(pages, asked),
        unread=sum(page.is_picture and not page.read_by_machine for page in pages),
    )
