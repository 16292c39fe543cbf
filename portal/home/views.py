"""The first page, signed in or not."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from flask import redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from portal.access.permissions import ACCOUNT_OWN, CHECK_IN_ANSWER, MENTORING_OWN
from portal.access.roles import DEPUTE, REP, ROLE_NAMES, Viewer
from portal.boards.ended import Ended, ended_lately
from portal.check_in.queries import is_ahead
from portal.check_in.undoing.views import own_answers
from portal.core import clock
from portal.core.by_when import by_when
from portal.core.text import with_article
from portal.home.blueprint import bp
from portal.home.queries import next_steps, shown_at_once
from portal.home.rules import in_order, is_new, to_say
from portal.infra.guard import allows, may, public, viewer
from portal.infra.web.health import answer_ready
from portal.infra.web.pages import PageFacts
from portal.meetings import queries as meetings
from portal.mentoring.pairs import queries as mentoring
from portal.navigation import REMEMBERED, Menu, capacities
from portal.papers.sharing.views import notes_shared
from portal.replacement_care.requests.views import own_care, own_care_besides
from portal.support_meetings.views import coming as support_coming

if TYPE_CHECKING:
    from collections.abc import Sequence

    from portal.infra.todo_line import Line

SOON = timedelta(days=14)  # how far ahead the button for an emergency stands on the first page


@bp.get("/")
@public
def index() -> ResponseReturnValue:
    if getattr(
        current_user, "is_awaiting_second_factor", False
    ):  # the page for strangers looks as if the password had been wrong
        return redirect(url_for("accounts.sign_in_code"))
    if not current_user.is_authenticated:
        return render_template("home/welcome.html")
    if first_page := Menu(viewer()).first_page:
        return redirect(first_page)
    person, today = current_user.person, clock.today()
    coming = meetings.on_first_page(viewer(), today, most=3)
    supports, answers = support_coming(coming), own_answers(coming)
    stands_in_for = meetings.whom_one_stands_in_for(person.id, today) if viewer().holds(DEPUTE) else {}
    is_near = [one for one in coming if one.meets_on <= today + SOON or one.id in stands_in_for]
    asked = [one for one in is_near if may(CHECK_IN_ANSWER, one) and is_ahead(one)]
    to_answer = {one.id for one in asked if one.id not in answers}
    goes = [one for one in asked if not (one.id in answers and answers[one.id].is_absent)]
    sides = mentoring.running_of(viewer(), clock.now()) if may(MENTORING_OWN) else []
    held = {role for role, _ in viewer().roles if role != REP or viewer().groups}
    return render_template(
        "home/next_steps.html",
        has_no_role=not viewer().roles,
        person=person,
        **_listed(next_steps(viewer(), today), today),
        coming=coming,
        coming_up=in_order(coming, supports),
        supports=supports,
        care=own_care(coming),
        other_care=own_care_besides({one.id for one in coming}),
        shared=notes_shared([one for one in coming if one.id in stands_in_for]),
        roles=sorted(with_article(ROLE_NAMES[role]) for role in held),
        ended=_ended(viewer(), held, today),
        needed_at_home=to_say(goes, to_answer),
        to_answer=to_answer,
        answers=answers,
        sides=sides,
        stands_in_for=stands_in_for,
        is_new=REP in held and is_new(person.joined_at, clock.now()),
    )


def _listed(steps: Sequence[Line], today: date) -> PageFacts:
    """What there is to do and the dates to keep, under their days; and what there is no room for."""
    shown, more = shown_at_once(steps)
    has_dates = any(one.is_date for one in steps)
    has_tasks = any(not one.is_date for one in steps)
    return {"steps": by_when(shown, today), "more": more, "has_tasks": has_tasks, "has_dates": has_dates}


def _ended(person: Viewer, held: set[str], today: date) -> list[Ended]:
    """What ended, for whoever holds nothing any more, and for who was a rep until lately and is something else now."""
    if person.kept_out or (held and not person.holds(REP)) or REP in held:
        return []
    found = ended_lately(person.id, today)
    return [one for one in found if one.role == REP] if held else found


@bp.get("/more")
@allows(ACCOUNT_OWN)
def more() -> ResponseReturnValue:
    """What the bottom of a phone has no room for."""
    return render_template("home/more.html")


@bp.get("/work-as")
@allows(ACCOUNT_OWN)
def choose_capacity() -> ResponseReturnValue:
    """For whoever has several roles, or boards: of which of them the menu is, until a page of another is opened."""
    chosen = next((one for one in capacities(viewer()) if one.word == request.args.get("work")), None)
    if chosen is None:
        return render_template("home/choose_capacity.html")
    session[REMEMBERED] = chosen.word
    return redirect(Menu(viewer(), chosen).ways[0].address)


@bp.get("/health/live")
@public
def live() -> ResponseReturnValue:
    return {"live": True}


@bp.get("/health/ready")
@public
def ready() -> ResponseReturnValue:
    return answer_ready()
