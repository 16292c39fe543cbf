"""Preparing papers: uploading, sorting and publishing them, and their details."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.access.decide import can
from portal.access.permissions import ITEMS_RESTRICT, PAPERS_PREPARE
from portal.boards import queries as board_queries
from portal.core import clock
from portal.core.text import clean_file_name, count_words
from portal.infra.forms import chosen
from portal.infra.guard import allows, viewer
from portal.infra.unit_of_work import emails_written, tried_out
from portal.infra.versions import EditConflict, held
from portal.infra.web.not_done import not_done
from portal.infra.web.pages import PageFacts
from portal.meetings import queries as meeting_queries
from portal.meetings.rules import PLANNED, has_opened
from portal.papers.blueprint import bp
from portal.papers.converting import libreoffice
from portal.papers.detailing import actions as details_actions
from portal.papers.preparing import actions, earlier_minutes, forms, queries, seen, sorting
from portal.papers.preparing.agenda_file import said_of_agenda_file
from portal.papers.preparing.checks import Around, called, known_files, numbers_used_twice, same_titles
from portal.papers.preparing.doubles import already_here, same_names
from portal.papers.preparing.doubted import of_other_days, other_days
from portal.papers.preparing.plan import make_plan
from portal.papers.preparing.proposals import propose
from portal.papers.preparing.restricting import proposed, to_restrict
from portal.papers.preparing.told import Told, said_after, told_of
from portal.papers.reading import queries as reading_queries
from portal.papers.restricting import actions as restricting
from portal.papers.restricting.queries import who_will_read
from portal.papers.withdrawing import copies as withdrawn_copies
from portal.papers.withdrawing import queries as withdrawing_queries

if TYPE_CHECKING:
    from werkzeug.datastructures import FileStorage

    from portal.meetings.models import Meeting
    from portal.papers.models import Paper, PaperVersion

ONE_FILE = "Choose one file, to replace one paper. You can upload others afterwards"

OF_ONE_FILE = {"": "papers.remove", "look": "papers.look", "split": "papers.split"}


@bp.route("/meetings/<uuid:meeting_id>/papers/upload", methods=["GET", "POST"])
@allows(PAPERS_PREPARE, one=meeting_queries.meeting, body_limit="upload_request_bytes")
def upload(meeting: Meeting) -> ResponseReturnValue:
    form, gone = _upload_form(), _gone(meeting)
    if form.validate_on_submit():
        files_sent = chosen(form.files)
        if files_sent and (gone is None or len(files_sent) == 1):
            left = _taken(meeting, files_sent, gone)
            return _took_some(meeting, left) if left else redirect(url_for("papers.sort", meeting_id=meeting.id))
        kind = "" if form.takes_others else "PDF "
        how_many = "the" if gone else "at least one"
        form.refuse("files", ONE_FILE if files_sent else f"Choose {how_many} {kind}file")
    return _upload_page(form, meeting, gone=gone)


def _gone(meeting: Meeting) -> Paper | None:
    """The withdrawn paper in whose place a file is uploaded, if it is for one."""
    asked = request.args.get("in_place_of", type=UUID)
    return withdrawing_queries.withdrawn_paper(meeting.id, asked) if asked else None


def _taken(meeting: Meeting, sent: Sequence[FileStorage], gone: Paper | None) -> Sequence[FileStorage]:
    """Takes as many files as fit at once; gives back those that are left."""
    config = current_app.config["PORTAL"]
    taken, left = sent[: config.upload_files], sent[config.upload_files :]
    files = ((file.filename or "", file.read()) for file in taken)
    actions.upload(meeting, files, config.upload_file_bytes, gone)
    return left


def _upload_form(**more: None) -> forms.UploadForm:
    return forms.AnyUploadForm(**more) if libreoffice.is_there() else forms.UploadForm(**more)


def _upload_page(form: forms.UploadForm, meeting: Meeting, left: Sequence[str] = (), gone: Paper | None = None) -> str:
    if gone:
        form.files.label.text, form.files.description = form.one_alone, forms.ONE_ALONE
    opened, most = has_opened(meeting, clock.now()), current_app.config["PORTAL"].upload_files
    page = {"meeting": meeting, "left": left, "most": most, "gone": gone}
    page |= {"last_meeting": _last_meeting(meeting), "has_minutes": opened and meeting.status == PLANNED}
    page |= {"may_be_minutes": not opened and earlier_minutes.may_come(meeting_queries.items(meeting.id))}
    return render_template("papers/preparing/upload.html", form=form, **page)


def _took_some(meeting: Meeting, left: Sequence[FileStorage]) -> str:
    """More were chosen than fit at once: those that are left are named, and can be chosen right away."""
    names = [clean_file_name(file.filename) for file in left]
    return _upload_page(_upload_form(formdata=None), meeting, names)


@bp.route("/meetings/<uuid:meeting_id>/papers/sort", methods=["GET", "POST"])
@allows(PAPERS_PREPARE, one=meeting_queries.meeting)
def sort(meeting: Meeting) -> ResponseReturnValue:
    form, page = _sorting(meeting)
    may_close = form.may_restrict and form.is_submitted()
    closing = to_restrict(form.files.data, page["versions"], page["at"], page["papers"]) if may_close else []
    exempt = forms.restrict_form([one.item for one in closing], {one.item.id: one.files for one in closing})
    if form.validate_on_submit() & exempt.validate_on_submit():
        decided = form.sorted()
        actions.sort_files(meeting, decided)
        _say_gone(form)
        if restricted := restricting.restrict_matched(meeting, exempt.paragraphs()):
            flash(f"Restricted from now on: {'; '.join(called(one) for one in restricted)}")
        if titles := form.new_titles(decided):
            flash(f"These titles follow the item you chose, or what the file is: {'; '.join(titles)}")
        return redirect(_after_sorting(meeting, request.form.get("then", "")))
    who = {one.item.id: who_will_read(one.item) for one in closing if one.item.published_at}
    page = {**page, "closing": closing, "exempt": exempt, "table": form, "who": who}
    wrong = exempt if exempt.errors and not form.errors else form
    return render_template("papers/preparing/sort.html", form=wrong, meeting=meeting, **page)


def _say_gone(form: forms.SortForm) -> None:
    """Of files that were on the page when it was opened, and were removed or published since."""
    here = {form.files[key].shown.name for key in form.files.things}
    if gone := sum(name.endswith("-shown") and name not in here for name in request.form):
        was, these = ("was", "it") if gone == 1 else ("were", "them")
        not_done(
            f"{count_words(gone, 'file')} of this page {was} removed or published after you opened it. "
            f"What you chose for {these} was not saved."
        )


def _after_sorting(meeting: Meeting, then: str) -> str:
    """Where the button leads that was selected: every one of them saves what was typed of all files first."""
    if then == "doubles":
        return url_for("papers.remove_doubles", meeting_id=meeting.id)
    if then == "upload":
        return url_for("papers.upload", meeting_id=meeting.id)
    files = {str(one.id): one.id for one in queries.unpublished(meeting.id)}
    does, _, which = then.rpartition(":")
    if which in files and does in OF_ONE_FILE:
        return url_for(OF_ONE_FILE[does], meeting_id=meeting.id, version_id=files[which])
    return url_for("papers.publish", meeting_id=meeting.id)


def _sorting(meeting: Meeting) -> tuple[forms.SortForm, PageFacts]:
    """The form about all files that are not published, and what the page says of them."""
    versions, items = queries.unpublished(meeting.id), meeting_queries.items(meeting.id)
    papers, here = queries.places_of_papers(meeting.id), queries.published_marks(meeting.id)
    proposals = propose(meeting, versions, items, papers, clock.now(), other_days(meeting) if versions else ())
    places, at = (
        sorting.places(items, papers, versions, proposals, has_opened(meeting, clock.now())),
        sorting.items_at(items, papers, versions, proposals),
    )
    files = sorting.titled(versions, proposals)
    copies = same_names(versions)
    gone = withdrawing_queries.gone(meeting.id)
    beside = Around(_known(meeting, versions, here), same_titles(files, papers), copies, gone)
    doubts = forms.Doubts(of_other_days(meeting, versions), [one.id for one in papers if one.is_dated])
    private, may_restrict = proposed(versions, proposals, at), can(viewer(), ITEMS_RESTRICT, meeting)
    return forms.sort_form(versions, proposals, places, items, private, may_restrict, doubts), {
        "versions": versions,
        "copies": copies,
        "doubles": already_here(versions, here),
        "groups": sorting.groups(versions, proposals, places, at, beside),
        "doubled": numbers_used_twice(items, {one.item_id for one in files}),
        "differs": said_of_agenda_file(versions, items, proposals),
        "gone": gone,
        "restricted": sorting.restricted_places(at),
        "at": at,
        "papers": papers,
        "last_meeting": _last_meeting(meeting),
        "may_be_minutes": not has_opened(meeting, clock.now())
        and earlier_minutes.are_among(versions, proposals, items),
    }


def _last_meeting(meeting: Meeting) -> Meeting | None:
    """The one whose minutes may be at hand while the papers of the next one are prepared; none once that has begun."""
    return None if has_opened(meeting, clock.now()) else meeting_queries.last_held(meeting, clock.now())


def _known(meeting: Meeting, versions: Sequence[PaperVersion], published: Mapping[str, str]) -> dict[str, str]:
    marks = [one.sha256 for one in versions if one.sha256]
    return known_files(published, withdrawn_copies.withdrawn_files(meeting.board_id, marks))


@bp.get("/meetings/<uuid:meeting_id>/papers/checks")
@allows(PAPERS_PREPARE, one=meeting_queries.meeting)
def checks(meeting: Meeting) -> ResponseReturnValue:
    return {"being_checked": queries.being_checked(meeting.id)}


@bp.route("/meetings/<uuid:meeting_id>/papers/<uuid:version_id>/remove", methods=["GET", "POST"])
@allows(PAPERS_PREPARE, one=queries.unpublished_file)
def remove(version: PaperVersion) -> ResponseReturnValue:
    """Asked first: a file that was removed is gone."""
    form = forms.RemoveForm()
    if form.validate_on_submit():
        actions.remove_file(version)
        flash(f"Removed: {version.file_name}")
        return redirect(url_for("papers.sort", meeting_id=version.meeting_id))
    return render_template("papers/preparing/remove.html", form=form, version=version)


@bp.route("/meetings/<uuid:meeting_id>/publish", methods=["GET", "POST"])
@allows(PAPERS_PREPARE, one=meeting_queries.meeting, audited=True)  # it is tried out, which takes a writer's turn
def publish(meeting: Meeting) -> ResponseReturnValue:
    """What is published is what the page said: where that has changed since, the page is shown anew instead."""
    if request.method == "POST":
        meeting_queries.hold(meeting.id)
    told = _told_beforehand(meeting)
    page = _plan(meeting)
    form = forms.publish_form(meeting.version, page["plan"].guesses)
    changes = seen.differences(seen.read(form.shown.data or ""), page["plan"], told) if form.is_submitted() else []
    is_right = form.validate_on_submit()
    if is_right and _is_published(meeting, form, changes):
        return redirect(url_for("papers.meeting", meeting_id=meeting.id))
    form.version.take(meeting.version)
    form.shown.data = seen.as_text(seen.seen_of(page["plan"], told))
    said = {"told": told, "changed": is_right or bool(changes), "changes": changes}
    return render_template("papers/preparing/publish.html", form=form, meeting=meeting, **said, **page)


def _is_published(meeting: Meeting, form: forms.PublishForm, changes: Sequence[str]) -> bool:
    try:
        if changes:
            raise EditConflict
        publication = actions.publish(meeting, form.version.data)
    except EditConflict:
        return False
    flash(f"Published. {said_after(_told(publication.id))}")
    return True


def _told_beforehand(meeting: Meeting) -> list[Told]:
    """Who would be emailed of everything that is ready: it is published, and taken back."""
    with tried_out():
        publication = actions.publish(meeting, meeting.version)
        told = _told(publication.id)
    meeting_queries.meeting_by_id(meeting.id)  # with its names again, which taking back has forgotten
    return told


def _told(publication_id: UUID) -> list[Told]:
    """Who is emailed of what was just published, by kind: the same words before and after."""
    emails, stages = emails_written(), queries.stages_of_minutes(publication_id)
    return told_of(emails, board_queries.people_named(one.person_id for one in emails), stages)


def _plan(meeting: Meeting) -> PageFacts:
    missing = queries.missing_items([meeting.id]).get(meeting.id, [])
    items = meeting_queries.items(meeting.id)
    unpublished = queries.unpublished(meeting.id)
    published = queries.published_kinds(meeting.id)
    known, copies = _known(meeting, unpublished, queries.published_marks(meeting.id)), same_names(unpublished)
    plan = make_plan(
        meeting,
        unpublished,
        items,
        missing,
        published,
        clock.today(),
        clock.now(),
        withdrawing_queries.gone(meeting.id),
        Around(known, same_titles(sorting.titled(unpublished), queries.places_of_papers(meeting.id)), copies),
        queries.same_as_open(unpublished),
    )
    return {
        "plan": plan,
        "copies": copies,
        "files": unpublished,
        "differs": said_of_agenda_file(unpublished, items, {}),
        "days_left": (meeting.meets_on - clock.today()).days,
    }


@bp.route("/papers/<uuid:paper_id>/details", methods=["GET", "POST"])
@allows(PAPERS_PREPARE, one=reading_queries.paper)
def details(paper: Paper) -> ResponseReturnValue:
    form = forms.details_form(held(paper), has_opened(paper.meeting, clock.now()))
    if form.validate_on_submit():
        details_actions.change_details(paper, held_personal_data=form.is_protected, **form.typed())
        flash("The details are saved.")
        return redirect(url_for("papers.show", paper_id=paper.id))
    return render_template("papers/preparing/details.html", form=form, paper=paper)
