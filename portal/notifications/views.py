"""What was sent to whom, when, what failed; and sending it again."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.access.permissions import EMAILS_READ, EMAILS_RESEND
from portal.boards import queries as board_queries
from portal.core import clock
from portal.core.clock import london_day
from portal.core.text import hour_words, no_sooner, short_day_words
from portal.infra.guard import allows, viewer
from portal.infra.web.not_done import not_done
from portal.meetings import queries as meeting_queries
from portal.notifications import outbox, queries, still_true
from portal.notifications.blueprint import bp
from portal.notifications.render import subject_of
from portal.notifications.rules import held_until

if TYPE_CHECKING:
    from portal.accounts.models import Person
    from portal.boards.models import Board
    from portal.meetings.models import Meeting
    from portal.notifications.models import Email


@bp.get("/boards/<board>/emails")
@allows(EMAILS_READ, one=board_queries.board)
def index(board: Board) -> ResponseReturnValue:
    emails = queries.emails_of_board(viewer(), board.id)
    facts = {"emails": with_subjects(emails), "most": queries.SHOWN}
    return render_template("notifications/index.html", board=board, meeting=None, **facts)


@bp.get("/meetings/<uuid:meeting_id>/emails")
@allows(EMAILS_READ, one=meeting_queries.meeting)
def of_meeting(meeting: Meeting) -> ResponseReturnValue:
    emails = queries.emails_of_board(viewer(), meeting.board_id, meeting.id)
    return render_template(
        "notifications/index.html", board=meeting.board, emails=with_subjects(emails), meeting=meeting
    )


def with_subjects(emails: Iterable[Email]) -> list[tuple[Email, str, str]]:
    """Each with its subject, and with when it goes where it is held."""
    return [(email, subject_of(email), _goes(email) if email.status == "held" else "") for email in emails]


def _goes(email: Email) -> str:
    if email.reader.joined_at is None:
        return "once they have joined"
    goes_at = held_until(email.reader.emails_wanted, max(email.asked_at, email.not_before, clock.now()))
    return f"at {hour_words(no_sooner(goes_at))} on {short_day_words(london_day(goes_at))}"


@bp.post("/emails/<uuid:email_id>/send-again")
@allows(EMAILS_RESEND, one=queries.email_in_sight)
def send_again(email: Email) -> ResponseReturnValue:
    if outbox.has_dead_link(email):
        not_done(_why_not_again(email.reader))
    elif why := still_true.why_untrue(email):
        not_done(f"The email to {email.reader.name} was not sent again, because {why}.")
    else:
        outbox.send_again(email, viewer().id)
        flash(f"The email to {email.reader.name} goes again within a minute.")
    return redirect(url_for("notifications.index", board=board_queries.board_by_id(email.board_id).key))


def _why_not_again(person: Person) -> str:
    """Why an invitation whose link is dead was not sent again; no other email with such a link is on these pages."""
    if person.joined_at:
        return f"This invitation was not sent again, because {person.name} has already joined."
    return "This invitation was not sent again, because its link no longer works. An administrator can send a new one."
