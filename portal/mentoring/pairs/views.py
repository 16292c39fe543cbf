"""One's own mentoring: asking for a mentor, a pair with its plan, sessions and notes, and being a mentor."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from portal.access.decide import boards_for
from portal.access.permissions import MENTORING_OWN, MENTORS_ASK
from portal.boards import queries as board_queries
from portal.core import clock
from portal.core.clock import london_day
from portal.infra.forms import Form
from portal.infra.guard import allows, public, viewer
from portal.infra.versions import EditConflict, held
from portal.infra.web.emailed import emailed
from portal.infra.web.moved_on import moved_on
from portal.infra.web.not_done import not_done
from portal.mentoring.blueprint import bp
from portal.mentoring.pairs import actions, forms, queries
from portal.mentoring.rules import (
    AIMS,
    DECLINED,
    ENDED,
    EVERY,
    FIRST_PULSE_DAYS,
    KINDS,
    MOST_WEEKS_TOLD,
    NEW_FOR,
    PROPOSED,
    PULSE_EVERY_DAYS,
    RUNNING,
    TOPICS,
    WAYS,
    change_of_offer,
    is_pulse_open,
    may_become_mentor,
    pulse_day,
    talk_to_record,
    words_go_on,
)

if TYPE_CHECKING:
    from portal.mentoring.models import Mentor, MentorRequest

WORDS = {"kinds": dict(KINDS), "ways": dict(WAYS), "aims": dict(AIMS), "topics": dict(TOPICS), "everies": dict(EVERY)}


NOT_NOW = {ENDED: "Mentoring has ended", DECLINED: "This match did not go ahead"}


def _boards() -> list[tuple[str, str]]:
    """(id, name) of each board on which somebody sits or stands in."""
    return [(str(board_id), name) for board_id, _, name in boards_for(viewer(), MENTORS_ASK)]


def _officers(boards: Iterable[UUID]) -> dict[UUID, list[str]]:
    """The names of those who read a request for a mentor, by board."""
    return {board_id: queries.officers_to_ask(board_id, viewer().id) for board_id in boards}


def _may_offer() -> dict[UUID, str]:
    """The boards on which somebody has been a rep for a year, and neither mentors nor is mentored, with their names."""
    today, names = clock.today(), {key: name for key, _, name in viewer().boards}
    taken = {one.board_id for one in queries.own_mentors(viewer())} | queries.boards_where_mentored(viewer().id)
    since = queries.first_appointments(viewer().id, today).items()
    return {
        key: names[key] for key, day in since if key in names and key not in taken and may_become_mentor(day, today)
    }


def _open_pulse(side: queries.Side) -> date | None:
    """The day of asking to which an answer is still wanted, or None."""
    pair, today = side.pair, clock.today()
    asked_on = pulse_day(pair.began_on, today) if pair.began_on and pair.status == RUNNING else None
    if asked_on is None or not is_pulse_open(asked_on, today) or queries.pulse_of(pair.id, side.person_id, asked_on):
        return None
    return asked_on


@bp.get("/mentoring")
@allows(MENTORING_OWN)
def index() -> ResponseReturnValue:
    sides = queries.own_pairs(viewer())
    return render_template(
        "mentoring/pairs/index.html",
        sides=sides,
        new_notes={one.pair.id: at for one, at in queries.running_of(viewer(), clock.now())},
        most_weeks=MOST_WEEKS_TOLD,
        requests=(requests := queries.own_requests(viewer().id)),
        officers=_officers({one.board_id for one in requests}),
        own_mentors=queries.own_mentors(viewer()),
        boards=dict(_boards()),
        names={key: name for key, _, name in viewer().boards},
        may_offer=_may_offer(),
        **WORDS,
    )


@bp.get("/mentoring/what-a-mentor-does")
@public
def guide() -> ResponseReturnValue:
    """What is expected of a mentor: for whoever is asked to be one, who may have no account yet."""
    return render_template(
        "mentoring/pairs/guide.html",
        first_pulse=FIRST_PULSE_DAYS,
        pulse_every=PULSE_EVERY_DAYS,
        kinds=dict(KINDS),
        everies=dict(EVERY),
        aims=dict(AIMS),
        is_signed_in=current_user.is_authenticated,
    )


@bp.route("/mentoring/ask", methods=["GET", "POST"])
@allows(MENTORING_OWN)
def ask() -> ResponseReturnValue:
    boards = _boards()
    form = forms.ask_form(boards)
    if form.validate_on_submit():
        me = viewer().id
        actions.ask_for_mentor(UUID(form.board.data), me, me, form.ways.data or (), form.wish.data or "")
        told = emailed(board_queries.known_to(viewer(), UUID(form.board.data)))
        flash(f"Your officer will look for a mentor for you. {told}")
        return redirect(url_for("mentoring.index"))
    return render_template("mentoring/pairs/ask.html", form=form, boards=boards)


@bp.post("/mentoring/requests/<uuid:request_id>/withdraw")
@allows(MENTORING_OWN, one=queries.own_request)
def withdraw(mentor_request: MentorRequest) -> ResponseReturnValue:
    actions.withdraw_request(mentor_request)
    told = emailed(board_queries.known_to(viewer(), mentor_request.board_id))
    flash(f"Your request is cancelled. {told}")
    return redirect(url_for("mentoring.index"))


@bp.get("/mentoring/pairs/<uuid:pair_id>")
@allows(MENTORING_OWN, one=queries.own_pair)
def pair(side: queries.Side) -> ResponseReturnValue:
    sessions = queries.sessions(side.pair)
    last_on = sessions[0].held_on if sessions else None
    return render_template(
        "mentoring/pairs/pair.html",
        side=side,
        pair=side.pair,
        sessions=sessions,
        to_record=talk_to_record(side.pair.next_on, last_on, clock.today()),
        notes=queries.notes(side),
        pulse=_open_pulse(side),
        goes_on=words_go_on(london_day(side.pair.ended_at)) if side.pair.ended_at else None,
        new_since=clock.now() - NEW_FOR,
        **WORDS,
    )


def to_pair(side: queries.Side) -> ResponseReturnValue:
    return redirect(url_for("mentoring.pair", pair_id=side.pair.id))


def only_while(side: queries.Side, form: Form, *states: str) -> ResponseReturnValue | None:
    """Where to go when a pair is past what somebody wants to do with it; what they typed is shown."""
    if side.pair.status in states:
        return None
    why = f"{NOT_NOW.get(side.pair.status, 'Mentoring has not begun yet')}, so nothing was changed."
    return moved_on(why, url_for("mentoring.index"), "See your mentoring", form)


def _names(side: queries.Side) -> dict[UUID, str]:
    """The one of a pair whom the other may know by name, for who is emailed."""
    return {side.other_id: side.other}


@bp.post("/mentoring/pairs/<uuid:pair_id>/answer")
@allows(MENTORING_OWN, one=queries.own_pair)
def answer(side: queries.Side) -> ResponseReturnValue:
    """Yes or no to a match; nobody is asked why."""
    if side.pair.status != PROPOSED:
        return to_pair(side)
    if request.form.get("answer") == "yes":
        actions.say_yes(side)
        begun = f"{side.other} is now {'someone you mentor' if side.is_mentor else 'your mentor'}."
        waits = f"We’re waiting for {side.other} to answer."
        flash(f"Thank you. {begun if side.pair.status == RUNNING else waits} {emailed(_names(side))}")
        return to_pair(side)
    actions.say_no(side)
    flash(f"That’s fine. You do not need to give a reason. {emailed(_names(side))}")
    return redirect(url_for("mentoring.index"))


@bp.route("/mentoring/pairs/<uuid:pair_id>/plan", methods=["GET", "POST"])
@allows(MENTORING_OWN, one=queries.own_pair)
def plan(side: queries.Side) -> ResponseReturnValue:
    kept = {"every_weeks": str(side.pair.every_weeks), "own_aim": side.pair.own_aim}
    form = forms.PlanForm(obj=side.pair, data=kept)
    if elsewhere := only_while(side, form, RUNNING):
        return elsewhere
    if form.validate_on_submit():
        try:
            actions.plan(side, form.version.data, form.typed(), form.own_aim.data or "")
            flash(f"Your plan is saved. {emailed(_names(side))}")
            return to_pair(side)
        except EditConflict:
            form.version.meet(side.pair.version)
    return render_template("mentoring/pairs/plan.html", form=form, side=side)


@bp.route("/mentoring/pairs/<uuid:pair_id>/pulse", methods=["GET", "POST"])
@allows(MENTORING_OWN, one=queries.own_pair)
def pulse(side: queries.Side) -> ResponseReturnValue:
    """Is this helping? The other of the two never sees the answer."""
    asked_on = _open_pulse(side)
    form = forms.PulseForm()
    if asked_on is None:
        here = url_for("mentoring.pair", pair_id=side.pair.id)
        return moved_on("There’s no question for you to answer now.", here, "See your mentoring", form)
    if form.validate_on_submit():
        actions.answer_pulse(side, asked_on, int(form.score.data), form.word.data or "")
        flash("Thank you for your answer.")
        return to_pair(side)
    return render_template(
        "mentoring/pairs/pulse.html", form=form, side=side, beside=queries.officers_beside(side.pair)
    )


@bp.route("/mentoring/pairs/<uuid:pair_id>/end", methods=["GET", "POST"])
@allows(MENTORING_OWN, one=queries.own_pair)
def end(side: queries.Side) -> ResponseReturnValue:
    form = forms.EndForm()
    if elsewhere := only_while(side, form, RUNNING):
        return elsewhere
    if form.validate_on_submit():
        actions.end(side, form.achieved.data or "")
        if form.then.data == "another" and not side.is_mentor:
            actions.ask_for_mentor(side.board_id, side.person_id, side.person_id, (), "")
        flash(f"Mentoring with {side.other} has ended. {emailed(_names(side))}")
        return redirect(url_for("mentoring.index"))
    return render_template("mentoring/pairs/end.html", form=form, side=side)


@bp.route("/mentoring/offer", methods=["GET", "POST"])
@allows(MENTORING_OWN)
def offer() -> ResponseReturnValue:
    """A rep of more than a year would like to mentor (?board=)."""
    able = {str(key): name for key, name in _may_offer().items()}
    board = request.args.get("board", "") if request.args.get("board", "") in able else next(iter(able), "")
    if not board:
        not_done("You can offer to mentor once you have been a rep for a year and no longer have a mentor yourself.")
        return redirect(url_for("mentoring.index"))
    form = forms.new_offer_form()
    if form.validate_on_submit():
        actions.offer_to_mentor(UUID(board), viewer().id, form.typed())
        told = emailed(board_queries.known_to(viewer(), UUID(board)))
        flash(f"Thank you. An officer of your board will answer you. {told}")
        return redirect(url_for("mentoring.index"))
    return render_template("mentoring/pairs/offer.html", form=form, title="Offer to mentor", board=able[board])


@bp.route("/mentoring/as-mentor/<uuid:mentor_id>", methods=["GET", "POST"])
@allows(MENTORING_OWN, one=queries.own_mentor)
def as_mentor(mentor: Mentor) -> ResponseReturnValue:
    """What somebody offers as a mentor, how many they can take, and if they are on hold."""
    form = forms.OfferForm(obj=held(mentor))
    if form.validate_on_submit():
        was_on_hold = mentor.is_on_hold
        not_now = actions.keep_offer(mentor, form.typed())
        yes = queries.said_yes_to(mentor)
        flash(change_of_offer(was_on_hold, mentor.is_on_hold, mentor.most, not_now, yes))
        return redirect(url_for("mentoring.index"))
    return render_template("mentoring/pairs/offer.html", form=form, title="Your mentoring", board="")


@bp.post("/mentoring/as-mentor/<uuid:mentor_id>/resume")
@allows(MENTORING_OWN, one=queries.own_mentor)
def resume(mentor: Mentor) -> ResponseReturnValue:
    """Whoever was on hold can be asked again."""
    actions.keep_offer(mentor, {"is_on_hold": False})
    flash(change_of_offer(True, False, mentor.most))
    return redirect(url_for("mentoring.index"))
