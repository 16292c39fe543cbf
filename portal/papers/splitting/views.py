"""The page on which a combined pack is split."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.access.permissions import PAPERS_PREPARE
from portal.core.text import count_words
from portal.infra.documents.sandbox import TooBusy, run_limited
from portal.infra.guard import allows
from portal.infra.storage import files
from portal.meetings import queries as meeting_queries
from portal.papers.blueprint import bp
from portal.papers.splitting import actions, bookmarked, queries
from portal.papers.splitting.forms import split_form
from portal.papers.splitting.rules import proposed_lines

if TYPE_CHECKING:
    from portal.papers.models import PaperVersion


@bp.route("/meetings/<uuid:meeting_id>/papers/<uuid:version_id>/split", methods=["GET", "POST"])
@allows(PAPERS_PREPARE, one=queries.file_to_split)
def split(version: PaperVersion) -> ResponseReturnValue:
    lines = _proposed(version) if request.method == "GET" else ""
    form = split_form(version.pages, version.file_name, lines)
    if form.validate_on_submit():
        actions.split(version, form.parts)
        flash(f"{version.file_name} is being split into {count_words(len(form.parts), 'file')}.")
        return redirect(url_for("papers.sort", meeting_id=version.meeting_id))
    meeting = meeting_queries.meeting_by_id(version.meeting_id)
    bookmarks = _proposed(version) if form.errors else ""  # beside what was typed, which stays as it is
    return render_template(
        "papers/splitting/split.html", form=form, version=version, meeting=meeting, bookmarks=bookmarks
    )


def _proposed(version: PaperVersion) -> str:
    """Looked into in the child that looks into uploads: it takes a third of a second, and few clerks come here."""
    try:
        found = run_limited("portal.papers.splitting.bookmarked", files.read(version.stored_as))
    except TooBusy:
        found = None
    return proposed_lines(bookmarked.among(found), version.file_name)
