"""The front page of the demonstration, becoming somebody at once, and going from step to step."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_wtf.csrf import CSRFError

from portal.access.roles import Viewer
from portal.accounts import actions, queries
from portal.accounts.browser import is_signing_in, welcome
from portal.demonstration.blueprint import bp
from portal.demonstration.tour import cast, tours
from portal.demonstration.tour.places import way_for
from portal.infra.guard import own_path, public, whoever_looks
from portal.infra.web.not_done import not_done
from portal.infra.web.pages import PageFacts

WELCOME = "welcome"  # asks for the portal's own first page for strangers


@bp.before_app_request
def lead_to_the_front_page() -> ResponseReturnValue | None:
    """A stranger begins there: the address that is printed at the start is that of the portal's first page."""
    if request.endpoint == "home.index" and WELCOME not in request.args and not is_signing_in():
        return redirect(url_for("demonstration.front"))
    return None


@bp.app_context_processor
def where_the_tour_is() -> PageFacts:
    here, viewer = tours.here(), whoever_looks()
    if here and here.way == tours.TO_CHOOSE and viewer:
        _go_to(viewer, here.tour.role, here.number)
        here = tours.here()
    return {"tour_here": here if here and here.way != tours.TO_CHOOSE else None}


def _go_to(viewer: Viewer, role: str, number: int) -> str:
    """Let somebody be at a step, told as fits them. Where it leads."""
    way, path = way_for(viewer, tours.tours().tours[role].steps[number - 1])
    tours.go_to(role, number, way, path)
    return path


@bp.get("/demonstration")
@public
def front() -> ResponseReturnValue:
    starts = [(start, one) for start in tours.tours().starts if (one := cast.member(start.address))]
    return render_template(
        "demonstration/front.html",
        boards=cast.cast_of_boards(),
        starts=starts,
        tours=tours.tours().tours,
        welcome_address=url_for("home.index", welcome="yes"),
        coordinator=next(one for one in cast.everyone() if one.role == "coordinator"),
    )


@bp.post("/demonstration/sign-in")
@public
def become() -> ResponseReturnValue:
    """Sign in as one of the cast, without their password. Whoever was signed in here is signed out."""
    member = cast.member(request.form.get("who", ""))
    person = queries.active_person_by_email(member.address) if member else None
    if member is None or person is None:
        not_done("That person cannot sign in. Choose someone else.")
        return redirect(url_for("demonstration.front"), 303)
    if live := getattr(current_user, "session", None):
        actions.end_session(live)
    response = welcome(person)
    if not member.needs_app:  # who is asked for a code first
        tours.go_to(member.role, 1)
    return response


@bp.get("/demonstration/tour/<int:number>")
@public
def step(number: int) -> ResponseReturnValue:
    """Go to a step of the tour that one follows. It changes where one is, and nothing else."""
    here, viewer = tours.here(), whoever_looks()
    if here is None or viewer is None or not 1 <= number <= len(here.tour.steps):
        return redirect(url_for("demonstration.front"))
    return redirect(_go_to(viewer, here.tour.role, number))


@bp.post("/demonstration/tour/leave")
@public
def leave() -> ResponseReturnValue:
    """The page stays that was open, as its form says."""
    tours.leave()
    return redirect(own_path(request.form.get("next")), 303)


@bp.errorhandler(CSRFError)
def of_an_old_page(_error: CSRFError) -> ResponseReturnValue:
    """Somebody else was signed in here when the page was opened."""
    not_done("This page was open for some time. Please try again.")
    return redirect(url_for("demonstration.front"), 303)
