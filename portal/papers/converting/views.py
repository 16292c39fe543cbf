"""The page on which a clerk looks at every page of a file before it is published."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.access.permissions import PAPERS_PREPARE
from portal.infra.documents.sandbox import TooBusy, run_making
from portal.infra.guard import allows
from portal.infra.storage import files
from portal.meetings import queries as meeting_queries
from portal.papers.blueprint import bp
from portal.papers.converting import actions, queries
from portal.papers.converting.forms import LookedAtForm

if TYPE_CHECKING:
    from portal.papers.models import PaperVersion


@bp.route("/meetings/<uuid:meeting_id>/papers/<uuid:version_id>/look", methods=["GET", "POST"])
@allows(PAPERS_PREPARE, one=queries.file_to_look_at)
def look(version: PaperVersion) -> ResponseReturnValue:
    form = LookedAtForm()
    if form.validate_on_submit():
        actions.confirm_look(version)
        flash(f"You have looked at every page of {version.file_name}.")
        back = "papers.publish" if request.args.get("then") == "publish" else "papers.sort"
        return redirect(url_for(back, meeting_id=version.meeting_id))
    meeting = meeting_queries.meeting_by_id(version.meeting_id)
    return render_template("papers/converting/look.html", form=form, version=version, meeting=meeting)


@bp.get("/meetings/<uuid:meeting_id>/papers/<uuid:version_id>/page.jpg")
@allows(PAPERS_PREPARE, one=queries.file_to_look_at)
def page_picture(version: PaperVersion) -> ResponseReturnValue:
    number = request.args.get("number", 1, type=int)
    drawn = _drawn(version, number) if 1 <= number <= version.pages else b""
    return Response(drawn, mimetype="image/jpeg") if drawn else abort(404)


def _drawn(version: PaperVersion, number: int) -> bytes:
    """One page, drawn where what is inside can hurt nothing else."""
    try:
        return run_making("portal.papers.converting.draw_page", files.read(version.stored_as), str(number))[1]
    except TooBusy:
        return b""
