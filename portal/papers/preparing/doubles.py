"""Files that were uploaded once more: named first, and removed together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import HiddenField

from portal.access.permissions import PAPERS_PREPARE
from portal.core.text import count_words, moment_words, size_words
from portal.infra import forms
from portal.infra.guard import allows
from portal.infra.web.interrupted_form import not_taken
from portal.meetings import queries as meeting_queries
from portal.papers.blueprint import bp
from portal.papers.preparing import actions, queries
from portal.papers.preparing.checks import is_approved_minutes

if TYPE_CHECKING:
    from portal.meetings.models import Meeting
    from portal.papers.models import PaperVersion


def already_here(waiting: Sequence[PaperVersion], published: Collection[str]) -> list[PaperVersion]:
    """The waiting files whose bytes are published, or are those of another that waits: of these one is kept.

    One is kept that a clerk has matched, or else the first. Approved minutes may be the same as the draft.
    """
    kept: dict[str, PaperVersion] = {}
    for one in sorted(waiting, key=lambda one: not one.is_sorted):
        if one.sha256 and one.status != "refused":
            kept.setdefault(one.sha256, one)
    those = [one for one in waiting if one.sha256 and one.status != "refused"]
    there = [one for one in those if one.sha256 in published and not is_approved_minutes(one.place)]
    return [one for one in those if one in there or kept[one.sha256] is not one]


def same_names(versions: Sequence[PaperVersion]) -> dict[UUID, str]:
    """What tells files of one name apart, by their ids: 'file 2 of 3 with this name: 12 pages, 80 KB, uploaded 10am …'.

    They are counted in the order in which they were uploaded.
    """
    by_name: dict[str, list[PaperVersion]] = defaultdict(list)
    for one in sorted(versions, key=lambda one: (one.uploaded_at, one.id)):
        by_name[one.file_name].append(one)
    several = [some for some in by_name.values() if len(some) > 1]
    return {one.id: _told_apart(one, at, len(some)) for some in several for at, one in enumerate(some, 1)}


def _told_apart(version: PaperVersion, at: int, several: int) -> str:
    pages = [count_words(version.pages, "page")] if version.pages else []
    facts = [*pages, size_words(version.size), f"uploaded {moment_words(version.uploaded_at)}"]
    return f"file {at} of {several} with this name: {', '.join(facts)}"


def doubles_of(meeting: Meeting) -> list[PaperVersion]:
    return already_here(queries.unpublished(meeting.id), queries.published_marks(meeting.id))


class RemoveDoublesForm(forms.Form):
    shown = HiddenField()  # the files that the page named


@bp.route("/meetings/<uuid:meeting_id>/papers/remove-doubles", methods=["GET", "POST"])
@allows(PAPERS_PREPARE, one=meeting_queries.meeting)
def remove_doubles(meeting: Meeting) -> ResponseReturnValue:
    """Asked first; what has changed since the page named the files is shown anew."""
    meeting_queries.hold(meeting.id)
    form, found = RemoveDoublesForm(), doubles_of(meeting)
    named = " ".join(sorted(f"{one.id}" for one in found))
    is_changed = form.validate_on_submit() and form.shown.data != named
    if form.is_submitted() and found and not is_changed and not form.errors:
        for one in found:
            actions.remove_file(one)
        flash(f"Removed {count_words(len(found), 'file')} that {'was' if len(found) == 1 else 'were'} already here.")
    elif found:
        if is_changed:
            not_taken()
        form.shown.data = named
        page = {"meeting": meeting, "form": form, "files": found, "changed": is_changed}
        page["copies"] = same_names(queries.unpublished(meeting.id))
        return render_template("papers/preparing/doubles.html", **page)
    return redirect(url_for("papers.sort", meeting_id=meeting.id))
