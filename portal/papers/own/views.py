"""The page of one's own papers."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue

from portal.access.permissions import NOTES_WRITE
from portal.core import clock
from portal.infra.guard import allows, viewer
from portal.papers.blueprint import bp
from portal.papers.own.queries import own_papers
from portal.papers.own.rules import ALL, CHOICES, by_meeting, chosen


@bp.get("/papers")
@allows(NOTES_WRITE)
def own() -> ResponseReturnValue:
    papers, today = own_papers(viewer()), clock.today()
    show = request.args.get("show", ALL)
    show = show if show in CHOICES else ALL
    numbers = {choice: len(chosen(papers, choice, today)) for choice in CHOICES}
    return render_template(
        "papers/own/index.html",
        meetings=by_meeting(chosen(papers, show, today)),
        choices=CHOICES,
        numbers=numbers,
        show=show,
        today=today,
    )
