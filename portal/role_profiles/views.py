"""A rep's own role, what the public may see of it, and the officer's list of every seat."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.access.permissions import LEAVING_READ, REPS_READ, ROLE_PROFILE_OWN
from portal.boards import charts, figures
from portal.boards import queries as board_queries
from portal.boards.seats import charts as seats_charts
from portal.boards.seats import queries as seats_queries
from portal.boards.seats.days import named_seats
from portal.boards.seats.rules import CAPACITIES
from portal.check_in import queries as check_ins
from portal.check_in.rules import ATTENDANCE
from portal.core import clock
from portal.core.clock import london_day
from portal.core.disclosure import NOT_SHOWN_BECAUSE
from portal.core.late import by_quarter_recorded
from portal.core.nothing import WITHHELD, cell
from portal.corrections import queries as corrections
from portal.deputes import queries as deputes
from portal.infra.documents.sheets import csv_file
from portal.infra.forms import chosen
from portal.infra.guard import allows, public, viewer
from portal.infra.pictures.clean import clean_picture
from portal.infra.storage import files
from portal.infra.versions import held
from portal.infra.web.pages import PageFacts
from portal.mentoring.pairs import queries as mentoring
from portal.role_descriptions import queries as roles
from portal.role_profiles import actions, forms, queries
from portal.role_profiles.blueprint import bp
from portal.role_profiles.rules import (
    KINDS,
    MESSAGES_STAY_DAYS,
    PHOTO_SIDE,
    SHOWS,
    Expected,
    earliest_shown,
    expected_by_versions,
    goes_on,
    months,
)
from portal.role_profiles.stepping_down import queries as stepping_down_queries
from portal.training.inductions import queries as inductions_queries

if TYPE_CHECKING:
    from portal.boards.models import Board
    from portal.role_descriptions.models import RoleDescription
    from portal.role_profiles.models import HoursLogged, ProfileMessage
    from portal.role_profiles.queries import SeatHeld

HOURS = "your-hours"  # the place on the page of one's role, where what was done with hours is said


@bp.get("/role")
@allows(ROLE_PROFILE_OWN)
def show() -> ResponseReturnValue:
    return _profile(_time_form())


def _groups() -> PageFacts:
    """The groups for which somebody gives time: where they sit, and where they stand in."""
    own = [(held.group.id, held.group) for held in queries.seats_held(viewer().id, clock.today())]
    theirs = [(one.group_id, one.group) for one, _ in deputes.standing_in(viewer().id)]
    return {str(key): group for key, group in [*own, *theirs]}


def _time_form() -> forms.TimeForm:
    return forms.time_form([(key, group.name) for key, group in _groups().items()])


def _profile(form: forms.TimeForm) -> str:
    person_id, today = viewer().id, clock.today()
    seats = queries.seats_held(person_id, today)
    versions = roles.versions_of_groups({held.group.id for held in seats})
    described = {group_id: found[-1] for group_id, found in versions.items()}
    agreed = roles.agreed_to(one.id for one in described.values())
    mentors = mentoring.mentors_of(person_id)
    given = queries.time_since(person_id, earliest_shown(today))
    return render_template(
        "role_profiles/show.html",
        form=form,
        seats=seats,
        described=described,
        agreed={version: moment for (version, person), moment in agreed.items() if person == person_id},
        given=given,
        months=months([(one.spent_on, one.minutes) for one in given], _expected(seats, versions), today),
        kinds=dict(KINDS),
        capacities=dict(CAPACITIES),
        own_deputes=deputes.nominations_by(person_id),
        stands_in_for=deputes.standing_in(person_id),
        profiles=queries.profiles_of(person_id),
        inductions=inductions_queries.own_inductions(viewer()),
        mentors=mentors,
        waits_for_mentor=not mentors and bool(mentoring.boards_where_mentored(person_id)),
        messages=queries.messages(person_id),
        stopping=stepping_down_queries.open_requests_of(person_id),
        today=today,
    )


def _expected(seats: Sequence[SeatHeld], versions: Mapping[UUID, Sequence[RoleDescription]]) -> list[Expected]:
    """What each role that is written down asks for, since its appointment began: of each month its own version."""
    return [
        one
        for held in seats
        for one in expected_by_versions(
            [
                (role.hours_a_month, london_day(role.published_at))
                for role in versions.get(held.group.id, ())
                if role.published_at
            ],
            held.appointment.from_on,
            held.appointment.until_on,
        )
    ]


@bp.post("/role/hours")
@allows(ROLE_PROFILE_OWN)
def give_time() -> ResponseReturnValue:
    form, groups = _time_form(), _groups()
    if not form.validate_on_submit():
        return _profile(form)
    group = groups[form.group.data]
    actions.log_hours(viewer().id, group.board_id, group.id, form.spent_on.data, form.hours.data, form.kind.data)
    flash("Your hours are saved. Only you see them.", HOURS)
    return redirect(url_for("role_profiles.show", _anchor=HOURS))


@bp.post("/role/hours/<uuid:entry_id>/remove")
@allows(ROLE_PROFILE_OWN, one=queries.own_hours)
def take_time_away(entry: HoursLogged) -> ResponseReturnValue:
    actions.remove_hours(entry)
    flash("Removed.", HOURS)
    return redirect(url_for("role_profiles.show", _anchor=HOURS))


@bp.route("/role/public", methods=["GET", "POST"])
@allows(ROLE_PROFILE_OWN, body_limit="picture_request_bytes")
def public_profile() -> ResponseReturnValue:
    """What everyone may see of a rep, for one of their boards (?board=)."""
    boards = {held.board.key: held.board for held in queries.seats_held(viewer().id, clock.today())}
    if not boards:
        return render_template("role_profiles/no_seat.html")
    board = boards.get(request.args.get("board", "")) or next(iter(boards.values()))
    profile = held(queries.profile(board.id, viewer().id))
    form = forms.profile_form(profile)
    if form.validate_on_submit() and (photo := _photo(form)) is not None:
        actions.show_publicly(board.id, viewer().id, form.shows.data or (), form.about.data or "", photo)
        flash("Saved. " + ("Everyone can see it now." if form.shows.data else "Nobody sees anything of you."))
        return redirect(url_for("role_profiles.show"))
    return render_template("role_profiles/public_profile.html", form=form, board=board, profile=profile, shows=SHOWS)


def _photo(form: forms.ProfileForm) -> bytes | None:
    """The photo that was sent, made anew; none sent is no bytes, and None says that it was refused."""
    sent = chosen(form.photo)
    if not sent:
        return b""
    picture = clean_picture(sent[0].read(), PHOTO_SIDE)
    if picture.reason:
        form.refuse("photo", picture.reason)
        form.photo.data = []  # it is not offered again
        return None
    return picture.jpeg


@bp.get("/role/messages")
@allows(ROLE_PROFILE_OWN)
def messages() -> ResponseReturnValue:
    found = [(one, goes_on(one.sent_at)) for one in queries.messages(viewer().id)]
    return render_template("role_profiles/messages.html", messages=found, days=MESSAGES_STAY_DAYS)


@bp.post("/role/messages/<uuid:message_id>/read")
@allows(ROLE_PROFILE_OWN, one=queries.own_message)
def mark_message_read(message: ProfileMessage) -> ResponseReturnValue:
    actions.mark_message_read(message)
    flash(f"The message from {message.name} is marked as read.")
    return redirect(url_for("role_profiles.messages"))


@bp.post("/role/messages/<uuid:message_id>/remove")
@allows(ROLE_PROFILE_OWN, one=queries.own_message)
def take_message_away(message: ProfileMessage) -> ResponseReturnValue:
    actions.take_message_away(message)
    flash(f"The message from {message.name} is deleted.")
    return redirect(url_for("role_profiles.messages"))


@bp.get("/public/profiles/<uuid:profile_id>/photo.jpg")
@public
def photo(profile_id: UUID) -> ResponseReturnValue:
    found = queries.with_photo(profile_id, clock.today()) or abort(404)
    return Response(files.read(found.photo_stored_as), mimetype="image/jpeg")


def photo_of(board_id: UUID, person_id: UUID) -> str:
    """For templates: the address of the photo that a rep of a board lets everyone see; '' where they show none."""
    found = queries.shown_photo(board_id, person_id, clock.today())
    return url_for("role_profiles.photo", profile_id=found.id) if found else ""


@bp.get("/boards/<board>/reps")
@allows(REPS_READ, one=board_queries.board)
def of_board(board: Board) -> ResponseReturnValue:
    today = clock.today()
    described, named = roles.current_of_board(board.id), named_seats(board.id)
    found = figures.leaving(board.id, today)
    return render_template(
        "role_profiles/of_board.html",
        board=board,
        groups=board_queries.groups(board.id),
        seats=seats_queries.seats_by_group(board.id, today),
        described=described,
        agreed=roles.agreed_to(one.id for one in described.values()),
        deputes=deputes.nominations_of_board(board.id),
        absent=check_ins.absent_running(board.id, today),
        attendance=by_quarter_recorded(check_ins.attendance_recorded(board.id, today)),
        attendance_corrected=corrections.rows_by_month(board.id, ATTENDANCE),
        vacancies=figures.vacancies(named, today),
        over_time=seats_charts.over_time(named, figures.first_day_counted(today), today),
        appointments=by_quarter_recorded(figures.appointments_recorded(board.id)),
        leaving=found,
        **_counted(found),
        today=today,
    )


@bp.get("/leaving")
@allows(LEAVING_READ)
def leaving() -> ResponseReturnValue:
    found = figures.leaving(None, clock.today())
    return render_template("role_profiles/leaving.html", leaving=found, **_counted(found))


def _counted(found: Sequence[figures.Reason]) -> PageFacts:
    """The picture of why reps left, and how that is counted."""
    counted = {"definition": figures.DEFINITION, "not_shown": NOT_SHOWN_BECAUSE}
    return {"of_reasons": charts.of_reasons(found), **counted}


@bp.get("/leaving.csv")
@allows(LEAVING_READ)
def leaving_csv() -> ResponseReturnValue:
    rows = [(one.words, cell(one.left, WITHHELD)) for one in figures.leaving(None, clock.today())]
    return csv_file("why-reps-left.csv", ("reason", "reps who left in the last three years"), rows)
