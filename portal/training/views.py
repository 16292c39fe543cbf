"""A rep's training: their induction step by step, courses for them, and what they have learned."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.access.permissions import COURSES_READ, INDUCTION_MARK, TRAINING_OWN, TRAINING_READ
from portal.access.roles import CLERK, DEPUTE, MENTOR, OFFICER, REP
from portal.boards import queries as board_queries
from portal.core import clock
from portal.infra import files
from portal.infra.forms import chosen
from portal.infra.guard import allows, asker
from portal.papers import small_files
from portal.training import actions, forms, queries, session_queries
from portal.training.blueprint import bp
from portal.training.rules import BOOKING_WORDS, CONFIRMED, HOW, OWNERS, RECORD_WORDS, counts, is_complete, may_mark

WORDS = {"owners": dict(OWNERS), "hows": dict(HOW), "record_words": RECORD_WORDS}


def _boards() -> list[tuple[str, str]]:
    """(id, name) of each board on which somebody sits, stands in or mentors."""
    mine = asker().boards_with(REP) | asker().boards_with(DEPUTE) | asker().boards_with(MENTOR)
    return [(str(key), name) for key, _, name in asker().boards if key in mine]


def _board_ids() -> list[UUID]:
    return [UUID(key) for key, _ in _boards()]


def _is_over(one: Any) -> bool:
    return is_complete(one.tasks, clock.today(), one.appointment.until_on)


@bp.get("/training")
@allows(TRAINING_OWN)
def index() -> ResponseReturnValue:
    records, today = queries.own_records(asker()), clock.today()
    kinds = {kind for kind in (REP, DEPUTE, MENTOR) if asker().holds(kind)}
    courses = [one for one in queries.courses(_board_ids()) if kinds.intersection(one.for_whom) or not one.for_whom]
    return render_template(
        "training/index.html",
        inductions=[one for one in queries.own_inductions(asker()) if not _is_over(one)],
        courses=courses,
        has={one.course_id for one in records if counts(one.status, one.valid_until, today)},
        records=records,
        sessions=session_queries.coming(_board_ids()),
        own_bookings={one.session_id: one for one in session_queries.own_bookings(asker().id, clock.now())},
        booking_words=BOOKING_WORDS,
        today=today,
        **WORDS,
    )


@bp.post("/training/inductions/<uuid:inducted_id>/<uuid:step_id>/done")
@allows(INDUCTION_MARK, one=queries.one_step)
def mark_done(found: Any) -> ResponseReturnValue:
    """A step is done; by whose it is, or by an officer."""
    me, board_id = asker(), found.board_id
    roles = (found.person_id == me.id, board_id in me.boards_with(OFFICER), board_id in me.boards_with(CLERK))
    if may_mark(found.task.owner, *roles):
        actions.mark_done(found.appointment, UUID(found.task.key), me.id)
        flash("Done. Well done.")
    else:
        flash(f"This step is for somebody else: {WORDS['owners'][found.task.owner].lower()}.")
    if found.person_id == me.id:
        return redirect(url_for("training.index"))
    return redirect(url_for("training.inductions", board=board_queries.board_by_id(board_id).key))


@bp.route("/training/records/new", methods=["GET", "POST"])
@allows(TRAINING_OWN, body_limit="receipts_request_bytes")
def new_record() -> ResponseReturnValue:
    courses = forms.named(queries.courses(_board_ids()))
    boards = _boards()
    form = forms.record_form(courses, boards, request.args.get("course", ""))
    if form.validate_on_submit() and (sent := checked(form, "evidence")) is not None:
        evidence = sent[0] if sent else None
        actions.add_record(form.once.data, UUID(form.board.data), asker().id, form.typed(courses), evidence)
        flash("Kept. Your officer is asked to confirm it.")
        return redirect(url_for("training.index"))
    return render_template("training/new_record.html", form=form, boards=boards)


def checked(form: Any, field: str) -> list[tuple[str, str, bytes]] | None:
    """The file of a field, checked: name, kind and content, or nothing; None when it is refused, as the form says."""
    address = current_app.config["PORTAL"].clamav_address
    found = [small_files.check(file.filename, file.read(), address) for file in chosen(form[field])[:1]]
    if found and found[0].reason:
        form.refuse(field, found[0].reason)
        return None
    return [(one.name, one.kind, one.content) for one in found]


def _download(one: Any, content: bytes) -> Response:
    response = Response(content, mimetype=one.kind)
    response.headers.set("Content-Disposition", "attachment", filename=one.file_name)
    response.headers["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'"
    return response


@bp.post("/training/records/<uuid:record_id>/remove")
@allows(TRAINING_OWN, one=queries.record)
def remove_record(one: Any) -> ResponseReturnValue:
    if one.status == CONFIRMED:
        flash("Your officer confirmed this, so it stays.")
    else:
        actions.remove_record(one)
        flash("Removed.")
    return redirect(url_for("training.index"))


@bp.get("/training/records/<uuid:record_id>/certificate")
@allows(TRAINING_READ, one=queries.record, audited=True)
def certificate(one: Any) -> ResponseReturnValue:
    if not one.stored_as:
        return render_template("errors/404.html"), 404
    return _download(one, actions.open_evidence(one))


@bp.get("/courses/<uuid:read_course_id>/file")
@allows(COURSES_READ, one=queries.course_to_read)
def course_file(seen: Any) -> ResponseReturnValue:
    if not seen.course.stored_as:
        return render_template("errors/404.html"), 404
    return _download(seen.course, files.read(seen.course.stored_as))


@bp.get("/training/passport.pdf")
@allows(TRAINING_OWN)
def passport() -> ResponseReturnValue:
    """Everything confirmed, on paper: it goes with somebody who changes boards."""
    from portal.training.printing import printed  # reportlab is heavy

    records = queries.own_records(asker())
    names = {one.board_id: board_queries.board_by_id(one.board_id).name for one in records}
    response = Response(printed(asker().name, records, names, clock.today()), mimetype="application/pdf")
    response.headers.set("Content-Disposition", "attachment", filename="training-passport.pdf")
    return response
