"""A rep's training as they see it, and their officer who confirms it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.access.decide import boards_for, can
from portal.access.permissions import (
    TRAINING_CONFIRM,
    TRAINING_CORRECT,
    TRAINING_OWN,
    TRAINING_READ,
)
from portal.access.roles import DEPUTE, MENTOR, REP
from portal.boards import queries as board_queries
from portal.core import clock
from portal.core.clock import london_day
from portal.core.late import by_quarter_recorded
from portal.corrections import queries as corrections
from portal.corrections.rules import REASON_WORDS, RowPage
from portal.deputes import queries as deputes
from portal.infra.guard import allows, viewer
from portal.infra.versions import held
from portal.infra.web import downloads
from portal.infra.web.emailed import emailed
from portal.infra.web.not_done import not_done
from portal.training.attachments import download, taken
from portal.training.blueprint import bp
from portal.training.courses import queries as courses_queries
from portal.training.courses.rules import HOW
from portal.training.inductions import charts as induction_charts
from portal.training.inductions import queries as inductions_queries
from portal.training.inductions.rules import OWNERS, is_complete
from portal.training.records import actions, forms, queries
from portal.training.records.rules import (
    CONFIRMED,
    RECORD_WORDS,
    TRAINING_RECORD,
    Days,
    counts,
    training_due,
    until_words,
)
from portal.training.sessions import queries as sessions_queries
from portal.training.sessions.rules import NOT_RECORDED, booking_words

if TYPE_CHECKING:
    from portal.boards.models import Board
    from portal.training.models import TrainingRecord

WORDS = {"owners": dict(OWNERS), "hows": dict(HOW), "record_words": RECORD_WORDS}


def _boards() -> list[tuple[str, str]]:
    """(id, name) of each board on which somebody sits, stands in or mentors."""
    return [(str(board_id), name) for board_id, _, name in boards_for(viewer(), TRAINING_OWN)]


def _board_ids() -> list[UUID]:
    return [UUID(key) for key, _ in _boards()]


def _until(records: Sequence[TrainingRecord]) -> dict[UUID, str]:
    """Until when each of some records counts, in words."""
    confirmed, today = [one for one in records if one.status == CONFIRMED], clock.today()
    return {one.id: until_words(one, confirmed, today) for one in records}


def _is_over(one: inductions_queries.Induction) -> bool:
    return is_complete(one.tasks, clock.today(), one.appointment.until_on)


@bp.get("/training")
@allows(TRAINING_OWN)
def index() -> ResponseReturnValue:
    records, today = queries.own_records(viewer()), clock.today()
    kinds = {kind for kind in (REP, DEPUTE, MENTOR) if viewer().holds(kind)}
    courses = [
        one for one in courses_queries.courses(_board_ids()) if kinds.intersection(one.for_whom) or not one.for_whom
    ]
    inductions = [one for one in inductions_queries.own_inductions(viewer()) if not _is_over(one)]
    return render_template(
        "training/records/index.html",
        inductions=inductions,
        of_rep=induction_charts.of_rep(inductions, today),
        courses=courses,
        has={one.course_id for one in records if counts(one.status, one.valid_until, today)},
        records=records,
        until=_until(records),
        sessions=sessions_queries.coming(_board_ids()),
        own_bookings={one.session_id: one for one in sessions_queries.own_bookings(viewer().id, clock.now())},
        past_places=sessions_queries.past_places(viewer().id, clock.now()),
        booking_words=lambda mine: booking_words(mine.status, mine.session.ends_at, clock.now()),
        not_recorded=NOT_RECORDED,
        today=today,
        **WORDS,
    )


@bp.route("/training/records/new", methods=["GET", "POST"])
@allows(TRAINING_OWN, body_limit="receipts_request_bytes")
def new_record() -> ResponseReturnValue:
    courses = forms.named(courses_queries.courses(_board_ids()))
    boards = _boards()
    form = forms.record_form(courses, boards, request.args.get("course", ""))
    if (sent := taken(form, "evidence")) is not None:
        evidence = sent[0] if sent else None
        actions.add_record(form.once.data, UUID(form.board.data), viewer().id, form.typed(courses), evidence)
        told = emailed(board_queries.known_to(viewer(), UUID(form.board.data)))
        flash(f"Saved. Your officer can confirm it. {told}")
        return redirect(url_for("training.index"))
    return render_template("training/records/new_record.html", form=form, boards=boards)


@bp.post("/training/records/<uuid:record_id>/remove")
@allows(TRAINING_OWN, one=queries.record)
def remove_record(training: TrainingRecord) -> ResponseReturnValue:
    if training.status == CONFIRMED:
        not_done("Your officer confirmed this, so it stays.")
    else:
        actions.remove_record(training)
        flash("Removed.")
    return redirect(url_for("training.index"))


@bp.get("/training/records/<uuid:record_id>/certificate")
@allows(TRAINING_READ, one=queries.record, audited=True)
def certificate(training: TrainingRecord) -> ResponseReturnValue:
    if not training.stored_as:
        return render_template("errors/404.html"), 404
    return download(training, actions.open_evidence(training))


@bp.get("/training/passport.pdf")
@allows(TRAINING_OWN)
def passport() -> ResponseReturnValue:
    """Everything confirmed, on paper: it goes with somebody who changes boards."""
    from portal.training.records.pdf import printed  # reportlab is heavy

    records = queries.own_records(viewer())
    names = {one.board_id: board_queries.board_by_id(one.board_id).name for one in records}
    content = printed(viewer().name, records, names, clock.today())
    return downloads.as_file(content, "application/pdf", "training-passport.pdf")


@bp.get("/boards/<board>/training")
@allows(TRAINING_READ, one=board_queries.board)
def of_board(board: Board) -> ResponseReturnValue:
    """Who has which training, and what waits for an officer's word."""
    records, today = queries.records_of_board(board.id), clock.today()
    required = [one for one in courses_queries.courses([board.id]) if one.is_required]
    people, confirmed = deputes.by_kind(board.id, today), [one for one in records if one.status == CONFIRMED]
    titles = {one.id: one.title for one in required}
    return render_template(
        "training/records/of_board.html",
        board=board,
        people=people,
        required=required,
        due={key: training_due(titles, [one for one in confirmed if one.person_id == key], today) for key, _ in people},
        confirmed=confirmed,
        until=_until(records),
        corrections=queries.corrected(board.id, [one.id for one in records]),
        months=corrections.rows_by_month(board.id, TRAINING_RECORD),
        reasons=REASON_WORDS,
        recorded=by_quarter_recorded((one.done_on, london_day(one.created_at)) for one in records),
        waiting=[one for one in records if one.status == "said" and one.person_id != viewer().id],
        **WORDS,
    )


@bp.post("/training/records/<uuid:record_id>/answer")
@allows(TRAINING_CONFIRM, one=queries.record)
def answer(training: TrainingRecord) -> ResponseReturnValue:
    is_confirmed = request.form.get("answer") == "yes"
    actions.answer_record(training, viewer().id, is_confirmed)
    answer = "Confirmed." if is_confirmed else "Not confirmed."
    flash(f"{answer} {emailed({training.person_id: training.person.name})}")
    return redirect(url_for("training.of_board", board=board_queries.board_by_id(training.board_id).key))


@bp.route("/training/records/<uuid:record_id>/correct", methods=["GET", "POST"])
@allows(TRAINING_CORRECT, one=queries.record_to_correct)
def correct_record(training: TrainingRecord) -> ResponseReturnValue:
    held(training)
    was = Days(training.done_on, training.valid_until)
    form, board = forms.correct_form(was), board_queries.board_by_id(training.board_id)
    sees_all = can(viewer(), TRAINING_READ, board)
    back_to = url_for("training.of_board" if sees_all else "boards.show", board=board.key)
    if form.validate_on_submit():
        now = Days(form.done_on.data, form.valid_until.data)
        actions.correct_record(training, now, viewer().id, form.reason.data, form.line.data or "")
        flash(f"Corrected. {emailed({training.person_id: training.person.name})}")
        return redirect(back_to)
    about = f"{training.person.name}: {training.title}."
    told = corrections.told_words(board.id, TRAINING_RECORD, training.person_id, viewer().id)
    back_name = "Training" if sees_all else board.short_name
    page = RowPage("Correct a record of training", about, was.words, told, back_to, back_name)
    return render_template("corrections/correct_row.html", form=form, page=page)
