"""The meeting page with its papers, and reading them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from portal.access.decide import can
from portal.access.permissions import (
    MEETINGS_READ,
    NOTES_WRITE,
    PAPERS_PREPARE,
    PAPERS_READ,
    PAPERS_RESTRICTED,
    PAPERS_WITHDRAW,
)
from portal.core import clock
from portal.core.clock import london_day
from portal.corrections import queries as corrections
from portal.infra.guard import allows, viewer
from portal.infra.unit_of_work import record
from portal.infra.versions import held
from portal.infra.web import downloads
from portal.infra.web.pages import PageFacts
from portal.meetings import queries as meeting_queries
from portal.meetings.rules import is_over, last_day_of_minutes
from portal.papers.blueprint import bp
from portal.papers.detailing.rules import said_of
from portal.papers.events import PaperDownloaded
from portal.papers.notice import rules as notice_rules
from portal.papers.packs import queries as packs_queries
from portal.papers.pictures import queries as pictures
from portal.papers.pictures.forms import FindForm
from portal.papers.preparing import queries as preparing_queries
from portal.papers.preparing import rules as preparing_rules
from portal.papers.reading import actions, beside_papers, queries, rules
from portal.papers.reading.beside_notes import note_form, who_reads
from portal.papers.reading.choosing import came_late, chosen_papers, papers_by_item, why_none
from portal.papers.withdrawing import queries as withdrawing_queries

if TYPE_CHECKING:
    from portal.meetings.models import Meeting
    from portal.papers.models import Paper, PaperVersion


@bp.get("/meetings/<uuid:meeting_id>")
@allows(MEETINGS_READ, one=meeting_queries.meeting)
def meeting(meeting: Meeting) -> ResponseReturnValue:
    prepares = can(viewer(), PAPERS_PREPARE, meeting)
    every = [item for item in meeting_queries.items(meeting.id) if prepares or item.published_at]
    every_paper = queries.papers_and_notices(viewer(), meeting.id)
    in_sight = [one for one in every_paper if not one.withdrawal]
    items, chosen, show = chosen_papers(meeting, every, in_sight)
    papers = [one for one in in_sight if one.paper.kind not in preparing_rules.NO_PAPERS]
    in_pack = [one for one in in_sight if one.paper.kind != preparing_rules.MINUTES]
    due = beside_papers.due(meeting, every, in_sight)
    prepared = beside_papers.preparing(meeting, every, in_sight) if prepares else {"waiting": []}
    return render_template(
        "papers/reading/meeting.html",
        meeting=meeting,
        items=items,
        every=every,
        agenda_files=[one for one in in_sight if one.paper.kind == preparing_rules.AGENDA],
        papers=papers,  # whatever is chosen
        **beside_papers.how_much(meeting, every, in_sight),
        pack=packs_queries.pack_holding(meeting.id, [one.version.id for one in in_pack]),
        by_item=papers_by_item(chosen),
        **beside_papers.with_papers(meeting, every_paper, prepared["waiting"]),
        notices=papers_by_item([one for one in every_paper if one.withdrawal] if not show else ()),
        **beside_papers.instead(every_paper, prepared["waiting"]),
        notes=can(viewer(), NOTES_WRITE, meeting),
        show=show,
        why_none=why_none(show, is_over(meeting.starts_at, clock.now()), every, papers, due) if show else "",
        due=due,
        choices=rules.SHOW,
        **prepared,
        coming=beside_papers.coming(meeting),
        prepares=prepares,
        withdraws=prepares and can(viewer(), PAPERS_WITHDRAW, meeting),
        sees_papers=can(viewer(), PAPERS_READ, meeting),
        impact=dict(preparing_rules.CARER_IMPACT),
        **beside_papers.record(meeting),
        asks_clerk=beside_papers.asks_clerk(meeting),
        administrators=beside_papers.who_corrects(meeting) if prepares else [],
        **_days(meeting),
    )


def meetings_with_papers(meetings: Sequence[Meeting]) -> set[UUID]:
    """For templates: which of some meetings have papers for whoever is looking, and not their agenda alone."""
    return queries.meetings_with_papers(viewer(), [meeting.id for meeting in meetings])


def meetings_lacking_papers(meetings: Sequence[Meeting]) -> set[UUID]:
    """For templates: in which of some meetings an item that is open to all still has no paper."""
    return preparing_queries.lacking_papers([meeting.id for meeting in meetings])


def corrected_meetings(meetings: Sequence[Meeting]) -> set[UUID]:
    """For templates: of which of some meetings the record was corrected."""
    return corrections.corrected_things({one.board_id for one in meetings}, [one.id for one in meetings])


def _days(meeting: Meeting) -> PageFacts:
    today, target = clock.today(), meeting.target_days
    return {
        "today": today,
        "days_left": (meeting.meets_on - today).days,
        "is_past": meeting.meets_on < today,
        "last_day_of_minutes": lambda version: last_day_of_minutes(london_day(version.published_at)),
        "target_day": notice_rules.target_day(meeting.opened_on, target),
        "is_late": lambda paper: came_late(paper, meeting.opened_on, target),
        "notice": lambda paper: notice_rules.notice_words(
            paper.first_published_on, paper.measured_to or meeting.opened_on
        ),
        "replaced": lambda version: notice_rules.replaced_words(london_day(version.published_at), meeting.opened_on),
        "is_replaced_late": lambda version: notice_rules.is_late(
            london_day(version.published_at), meeting.opened_on, target
        ),
        "minutes_to_read": lambda pages: rules.reading_minutes(pages, current_user.person.minutes_per_page),
    }


@bp.get("/papers/<uuid:paper_id>")
@allows(PAPERS_READ, one=queries.paper)
def show(paper: Paper) -> ResponseReturnValue:
    versions = queries.versions(viewer(), paper)
    newest = rules.shown_file(versions)
    if newest is None:
        return _notice(paper, versions) if paper.withdrawn_at else abort(404)
    read = queries.reading(viewer(), paper.id)
    return render_template(
        "papers/reading/show.html",
        paper=paper,
        meeting=paper.meeting,
        versions=versions,
        newest=newest,
        pages=pictures.pages_shown(newest) if newest.status == "ready" else [],
        find=FindForm(formdata=None),
        first_in_pack=packs_queries.first_page(
            paper.meeting_id, newest.id, can(viewer(), PAPERS_RESTRICTED, paper.meeting)
        ),
        is_read=read is not None and read.number == newest.number,
        read=read,
        approved=beside_papers.approved_since(paper),
        in_place_of=withdrawing_queries.was_withdrawn_at(paper.in_place_of_id),
        must_delete=withdrawing_queries.is_for_personal_data(paper.in_place_of_id),
        **_own(paper),
        impact=dict(preparing_rules.CARER_IMPACT),
        equality=dict(preparing_rules.EQUALITY),
        earlier=said_of(paper.earlier_details, can(viewer(), PAPERS_RESTRICTED, paper)),
        **_days(paper.meeting),
    )


def _own(paper: Paper) -> PageFacts:
    """What a reader wrote beside a paper, or was given to read."""
    notes = queries.notes(viewer(), paper)
    return {
        "form": note_form(paper, notes.own),
        "note": notes.own,
        "handed_over": notes.handed_over,
    }


def _notice(paper: Paper, versions: Sequence[PaperVersion]) -> str:
    """What stays of a paper that was withdrawn: that it was, why, and the reader's own notes."""
    prepares = can(viewer(), PAPERS_PREPARE, paper)
    waiting = preparing_queries.unpublished(paper.meeting_id) if prepares else []
    return render_template(
        "papers/withdrawing/notice.html",
        paper=paper,
        meeting=paper.meeting,
        withdrawn=[one for one in versions if one.withdrawal],
        **beside_papers.instead(queries.papers_and_notices(viewer(), paper.meeting_id), waiting),
        **_own(paper),
        **_days(paper.meeting),
    )


@bp.get("/papers/<uuid:paper_id>/file")
@allows(PAPERS_READ, one=queries.paper, audited=True)
def file(paper: Paper) -> ResponseReturnValue:
    versions = [v for v in queries.versions(viewer(), paper) if v.status == "ready"]
    version = rules.asked_for(versions, request.args.get("version", type=int)) or abort(404)
    if version.withdrawal and not _opens_sealed(paper, version):
        return render_template("papers/withdrawing/gone.html", paper=paper, version=version), 410
    if downloads.begins(viewer().id, version.stored_as):
        of = {"board_id": paper.board_id, "meeting_id": paper.meeting_id}
        record(PaperDownloaded(**of, paper_id=paper.id, version_id=version.id))
    name, is_opened = _file_name(paper, version, versions), request.args.get("open") == "1"
    return downloads.send(version.stored_as, "application/pdf", name, inline=is_opened)


def _file_name(paper: Paper, version: PaperVersion, versions: Sequence[PaperVersion]) -> str:
    """For clerks the name they gave the file, by which they know it, unless another version has it too."""
    names = [one.file_name for one in versions]
    if can(viewer(), PAPERS_PREPARE, paper) and names.count(version.file_name) == 1:
        return version.file_name
    told_apart = rules.what_tells_apart(version.number, paper.in_place_of_id is not None)
    return rules.download_name(paper.item.number if paper.item else "", paper.called, told_apart)


def _opens_sealed(paper: Paper, version: PaperVersion) -> bool:
    """What was withdrawn is sealed for the board's clerks, and closed to everyone where it held personal data."""
    return bool(version.stored_as) and can(viewer(), PAPERS_WITHDRAW, paper)


@bp.post("/papers/<uuid:paper_id>/read")
@allows(NOTES_WRITE, one=queries.paper)
def mark_read(paper: Paper) -> ResponseReturnValue:
    """A note that was typed beside the button is saved with it."""
    number = _read(paper, request.form.get("read", ""))
    actions.mark_read(viewer(), paper, number)
    own = held(queries.note(viewer(), paper.id))
    readers, form = who_reads(paper, own), note_form(paper, own, is_sent=True)
    if form.is_typed and not form.validate():
        return render_template("papers/reading/note.html", form=form, paper=paper, read=request.form.get("read", ""))
    if form.is_typed:
        actions.keep_note(viewer(), paper, form.text.data)
        flash(f"{'Marked as read' if number else 'Marked as not read'}, and your note is saved. {readers}.")
    return redirect(url_for("papers.meeting", meeting_id=paper.meeting_id, _anchor=f"paper-{paper.id}"))


def _read(paper: Paper, typed: str) -> int | None:
    return rules.number_read(queries.versions(viewer(), paper), typed)


@bp.post("/papers/<uuid:paper_id>/note")
@allows(NOTES_WRITE, one=queries.paper)
def note(paper: Paper) -> ResponseReturnValue:
    own = held(queries.note(viewer(), paper.id))
    readers, form = who_reads(paper, own), note_form(paper, own, is_sent=True)
    if form.validate_on_submit():
        actions.keep_note(viewer(), paper, form.text.data or "")
        flash(f"Your note is saved. {readers}.")
        return redirect(url_for("papers.show", paper_id=paper.id))
    return render_template("papers/reading/note.html", form=form, paper=paper)
