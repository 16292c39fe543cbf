"""One press for whoever cannot come, and ten minutes to undo it; signed in, or by the mailed link."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.access.decide import can
from portal.access.permissions import CHECK_IN_ANSWER, CHECK_IN_UNDO
from portal.boards import queries as boards
from portal.check_in import actions, forms, queries
from portal.check_in.blueprint import bp
from portal.check_in.posting import told_words
from portal.check_in.rules import ANSWER_WORDS_OF_REP, NO
from portal.check_in.undoing import actions as undoing
from portal.check_in.undoing import queries as undoing_queries
from portal.check_in.undoing.actions import Undone
from portal.check_in.undoing.queries import Around, Said, known_about
from portal.core import clock
from portal.core.text import hour_words, together
from portal.infra.guard import allows, by_link, viewer
from portal.infra.unit_of_work import acting
from portal.infra.web.emailed import emailed
from portal.infra.web.moved_on import words_of
from portal.meetings import queries as meeting_queries
from portal.papers.preparing import queries as papers

if TYPE_CHECKING:
    from datetime import datetime

    from portal.access.roles import Viewer
    from portal.check_in.models import CheckIn, CheckInUndo
    from portal.meetings.models import Meeting

PURPOSE = "check-in"
TOO_LATE = "The ten minutes are over. You can still change your answer until the meeting begins."
UNDONE = "Your apologies are cancelled. Everything is as it was before."
GONE_INSTEAD = "Someone else is due to go now. We’ve asked your officer and the rep to agree with you who will go."


def dead_link() -> str:
    """A mailed link that is over; what was sent from its page is shown, as it is not saved."""
    typed = words_of(forms.any_answer()) if request.method == "POST" else []
    return render_template("check_in/dead_link.html", typed=typed)


@bp.post("/check-in/<token>/cannot")
@by_link(PURPOSE, queries.by_link, dead=dead_link)
def cannot_with_link(check_in: CheckIn) -> ResponseReturnValue:
    acting.set(check_in.person_id)
    before = check_in.emergency_at
    undoing.cannot_come(check_in, check_in.meeting)
    return thanks(check_in, (request.view_args or {})["token"], before=before)


def told_of_apologies(told: str, check_in: CheckIn, before: datetime | None) -> str:
    """Who is emailed; '' where they were sent `before` and not now: those emails wait, or have gone."""
    return "" if before and before == check_in.emergency_at else told


def thanks(check_in: CheckIn, token: str, words: str = "", about_care: str = "", before: datetime | None = None) -> str:
    """What was answered, with the undo while it lasts; `before`: when apologies had been sent until now."""
    emails = told_of_apologies(emailed(), check_in, before)
    return render_template(
        "check_in/thanks.html",
        one=check_in,
        meeting=check_in.meeting,
        token=token,
        words=words,
        about_care=about_care,
        undo=undoing_queries.open_undo(check_in),
        instead=undoing_queries.who_goes_words(check_in.person_id, check_in.meeting),
        emails=told_words(emails, check_in.meeting, check_in),
        is_open=queries.is_asked(check_in.meeting, check_in.person_id),  # no more, of a depute who does not go
    )


def apologies_words(meeting: Meeting) -> str:
    """What the apologies of whoever is looking have set off: who goes, and that care is cancelled."""
    instead = undoing_queries.who_goes_words(viewer().id, meeting)
    words = ["We have your apologies. You do not need to give a reason."]
    words += [f"{instead}."] if instead else []
    check_in = queries.check_in(meeting.id, viewer().id)
    undo = undoing_queries.open_undo(check_in) if check_in else None
    if undo and undo.cancelled_care:
        words.append(f"Your replacement care is cancelled too. You can undo both until {hour_words(undo.ends_at)}.")
    return " ".join(words)


@bp.post("/check-in/<token>/undo")
@by_link(PURPOSE, undoing_queries.by_link, dead=dead_link)
def undo_with_link(check_in: CheckIn) -> ResponseReturnValue:
    acting.set(check_in.person_id)
    return thanks(check_in, (request.view_args or {})["token"], _undo(check_in))


@bp.post("/meetings/<uuid:meeting_id>/cannot")
@allows(CHECK_IN_ANSWER, one=meeting_queries.meeting)
def cannot(meeting: Meeting) -> ResponseReturnValue:
    is_depute = queries.stand_in_of(meeting, viewer().id) is not None
    if queries.is_ahead(meeting) and queries.is_asked(meeting, viewer().id):
        own = actions.check_in_of(meeting, viewer().id)
        before = own.emergency_at
        undoing.cannot_come(own, meeting)
        known = known_about(viewer(), meeting.board_id, meeting.group_id, meeting.id)
        flash(f"{apologies_words(meeting)} {told_of_apologies(emailed(known), own, before)}".strip())
    return redirect(url_for("home.index") if is_depute else url_for("papers.meeting", meeting_id=meeting.id))


@bp.route("/check-ins/<uuid:check_in_id>/undo", methods=["GET", "POST"])
@allows(CHECK_IN_UNDO, one=undoing_queries.own_check_in)
def undo(check_in: CheckIn) -> ResponseReturnValue:
    """The page is for whoever no longer sees the meeting, as a depute who said that they cannot go."""
    if request.method == "GET":
        found = undoing_queries.open_undo(check_in)
        sees_meeting = queries.is_asked(check_in.meeting, viewer().id)
        return render_template("check_in/undo.html", meeting=check_in.meeting, undo=found, sees_meeting=sees_meeting)
    flash(_undo(check_in))
    still_asked = queries.is_asked(check_in.meeting, viewer().id)
    return redirect(url_for("papers.meeting", meeting_id=check_in.meeting_id) if still_asked else url_for("home.index"))


def no_longer_going(person: Viewer, in_address: Mapping[str, object]) -> str | None:
    """The page of a meeting, or of a paper of it, for a depute who gave it up, with the undo while it lasts."""
    meeting_id, paper_id = in_address.get("meeting_id"), in_address.get("paper_id")
    if isinstance(paper_id, UUID):
        meeting_id = papers.meeting_of_published(paper_id)
    found = undoing_queries.given_up(person, meeting_id) if isinstance(meeting_id, UUID) else None
    if found is None:
        return None
    undo = undoing_queries.open_undo(found)
    typed = words_of(forms.any_answer()) if request.method == "POST" else []
    facts = {"meeting": found.meeting, "undo": undo, "typed": typed, "said_no": found.coming == NO}
    return render_template("check_in/no_longer_going.html", **facts)


def given_up() -> list[Meeting]:
    """For templates: the coming meetings that whoever is looking said they cannot go to as a depute."""
    return undoing_queries.all_given_up(viewer(), clock.today())


def known_of_undo(undo: CheckInUndo) -> dict[UUID, str]:
    """For templates: whom whoever is looking may read the name of, of those who hear of what can still be undone."""
    return known_about(viewer(), undo.board_id, undo.group_id, undo.meeting_id)


def own_answers(meetings: Iterable[Meeting]) -> dict[UUID, Said]:
    """For templates: what whoever is looking has answered about some meetings, in one go."""
    return undoing_queries.answers_of(viewer(), [one for one in meetings if can(viewer(), CHECK_IN_ANSWER, one)])


def own_around(meetings: Iterable[Meeting]) -> dict[UUID, Around]:
    """For templates: the same, with the care that they asked for around these meetings."""
    return undoing_queries.around(viewer(), [one for one in meetings if can(viewer(), CHECK_IN_ANSWER, one)])


def _rep_answered(rep_id: UUID, meeting: Meeting) -> str:
    rep, one = boards.people_named([rep_id]).get(rep_id, "the rep"), queries.check_in(meeting.id, rep_id)
    said = ANSWER_WORDS_OF_REP.get(one.coming if one else "", "someone else will go")
    return (
        f"After you sent your apologies, {rep} told us that {said}. We have not changed that answer, so you are not "
        f"down to go. We’ve told {rep} and your officer that you can go after all."
    )


def _undo(check_in: CheckIn) -> str:
    """Undo it, and say what came of it."""
    found = undoing_queries.open_undo(check_in)
    if found is None:
        return TOO_LATE if check_in.emergency_at else "There is nothing to undo."
    return said_of(undoing.undo(found, check_in, check_in.meeting), check_in.meeting)


def said_of(undone: Undone, meeting: Meeting) -> str:
    """In words: what others answered since, which stays; and who had acted meanwhile, and is asked again."""
    if undone.answered:
        return _rep_answered(undone.answered, meeting)
    if undone.gone_instead:
        return GONE_INSTEAD
    if undone.cannot:
        name = boards.people_named([undone.cannot]).get(undone.cannot, "your depute")
        return f"Your apologies are cancelled. But {name} has told us since then that they can’t go, and that stays."
    words, names = [UNDONE], boards.people_named([one for one in (*undone.asked_again, *undone.told) if one])
    if undone.asked_again:
        who = together([names.get(one, "your officer") if one else "your officer" for one in undone.asked_again])
        words = [
            f"Your apologies are cancelled. {who} had already acted on them, so we have asked {who} to arrange your "
            "replacement care again."
        ]
    if undone.told:
        words.append(
            f"{together([names[one] for one in undone.told])} had said they would go. We have told them you are coming."
        )
    return " ".join(words)
