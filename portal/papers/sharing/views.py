"""Sharing notes with a depute: which, and what a depute sees of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.access.decide import can
from portal.access.permissions import NOTES_WRITE
from portal.infra.guard import allows, viewer
from portal.meetings import queries as meeting_queries
from portal.papers.blueprint import bp
from portal.papers.reading import actions, forms
from portal.papers.sharing import queries

if TYPE_CHECKING:
    from portal.meetings.models import Meeting
    from portal.papers.sharing.queries import Shared


@bp.route("/meetings/<uuid:meeting_id>/hand-over", methods=["GET", "POST"])
@allows(NOTES_WRITE, one=meeting_queries.meeting)
def hand_over(meeting: Meeting) -> ResponseReturnValue:
    """Which of one's notes the depute may read who stands in at this meeting."""
    deputes = deputes_of(meeting.id)
    notes = queries.notes_of_meeting(viewer(), meeting.id)
    form = forms.hand_over_form([(str(note.id), paper.title, note.is_handed_over) for note, paper in notes])
    if deputes and form.validate_on_submit():
        actions.hand_over(viewer(), meeting, map(UUID, form.notes.data or ()))
        given = (
            "the notes you selected, and anything you add to those notes later"
            if form.notes.data
            else "none of your notes"
        )
        flash(f"Saved. {deputes[0]} can read {given}.")
        return redirect(url_for("papers.meeting", meeting_id=meeting.id))
    return render_template(
        "papers/reading/hand_over.html",
        form=form,
        meeting=meeting,
        deputes=deputes,
        papers=[paper for _, paper in notes],
    )


def deputes_of(meeting_id: UUID) -> list[str]:
    """Who stands in for whoever is signed in."""
    return [name for row, name, _ in meeting_queries.stand_ins(meeting_id) if row.on_behalf_of_id == viewer().id]


def notes_shared(meetings: Iterable[Meeting]) -> dict[UUID, list[Shared]]:
    """For templates: what reps share of their notes with whoever is looking, who goes for them."""
    found = [one.id for one in meetings if can(viewer(), NOTES_WRITE, one)]
    return queries.notes_shared(viewer(), found) if found else {}
