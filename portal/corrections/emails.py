"""Who hears by email of corrections: everyone whom a board's record concerns, or whom a row is about."""

from __future__ import annotations

from uuid import UUID

from portal.access.roles import ADMIN, OFFICER
from portal.boards import queries as boards
from portal.boards.emails import of_board
from portal.capability import gathered
from portal.core import clock
from portal.corrections import queries
from portal.corrections.events import (
    CorrectionAsked,
    CorrectionCancelled,
    CorrectionDeclined,
    CorrectionEvent,
    PrivateRowCorrected,
    RecordCorrected,
    RowCorrected,
)
from portal.corrections.models import Correction
from portal.corrections.rules import REASON_WORDS
from portal.infra.notification import Facts, Notification, Reader, Recipient, each, the_person, whether_own
from portal.infra.unit_of_work import acting


def whoever_may_confirm(event: CorrectionEvent) -> list[Recipient]:
    """The board's other administrators, and the coordinators; but whoever has just decided on it."""
    asked_by = queries.correction_by_id(event.correction_id).asked_by_id
    everyone = [*boards.staff_with_role(event.board_id, [ADMIN]), *boards.coordinators()]
    return each(person_id for person_id in everyone if person_id not in (asked_by, acting.get()))


def everyone_concerned(event: RecordCorrected) -> list[Recipient]:
    """Reps of the group, or of the board; officers, administrators, coordinators and whose work it changes.

    But whoever made it.
    """
    one, today = queries.correction_by_id(event.correction_id), clock.today()
    group_id, roles = one.group_id, [OFFICER, ADMIN, *gathered().correctable[one.kind].told]
    if group_id:
        reps = [*boards.reps_of_group(event.board_id, group_id, today)]
    else:
        reps = [*boards.reps_with_groups(event.board_id, today)]
    everyone = [*reps, *boards.staff_with_role(event.board_id, roles), *boards.coordinators()]
    return each(person_id for person_id in everyone if person_id != acting.get())


def _deciders(event: RecordCorrected) -> set[UUID]:
    return {*boards.staff_with_role(event.board_id, [ADMIN]), *boards.coordinators()}


def deciders_concerned(event: RecordCorrected) -> list[Recipient]:
    """Those of them who decide on corrections: they alone are told who asked and who confirmed, as on pages."""
    deciders = _deciders(event)
    return [one for one in everyone_concerned(event) if one.person_id in deciders]


def others_concerned(event: RecordCorrected) -> list[Recipient]:
    deciders = _deciders(event)
    return [one for one in everyone_concerned(event) if one.person_id not in deciders]


def those_whose_work_it_is(event: RecordCorrected) -> list[Recipient]:
    """Whose work the fact records, like those who delivered a session, where nobody else would tell them."""
    one = queries.correction_by_id(event.correction_id)
    told = {acting.get(), *(other.person_id for other in everyone_concerned(event))}
    return each(key for key in gathered().correctable[one.kind].whose(one.board_id, one.thing_id) if key not in told)


def whoever_sees_the_row(event: RowCorrected) -> list[Recipient]:
    """Those who may see it as part of their work, but whoever made it and whom it is about."""
    kind = queries.correction_by_id(event.correction_id).kind
    return each(queries.told_of_rows(event.board_id, kind, (acting.get(), event.person_id)))


def correction(event: CorrectionEvent) -> Facts:
    """Both values and the reason, as the page shows them."""
    one = queries.correction_by_id(event.correction_id)
    what = gathered().correctable[one.kind].what
    facts = {"corrected": what, "about": one.called, "was": one.was, "now": one.now, "reason": one.reason}
    judged = {"figures": one.figures, "better": one.better}
    return {**of_board(event), **facts, **judged, "correction_id": one.id.hex, **_seen_where(one)}


def _seen_where(one: Correction) -> Facts:
    """The page with the figures; who asked and who confirmed is added for those alone who decide."""
    endpoint, name = gathered().correctable[one.kind].beside
    return {"beside": endpoint, "beside_name": name}


def made(event: RecordCorrected) -> Facts:
    """The same, with who asked for it and who confirmed it; or who corrected it, where nobody else had to agree."""
    one = queries.correction_by_id(event.correction_id)
    by = one.decided_by_id or one.asked_by_id
    names = boards.people_named({one.asked_by_id, by})
    return {
        **correction(event),
        "asked_by": names[one.asked_by_id],
        "confirmed_by": names[by] if one.makes_better else "",
    }


def made_for_others(event: RecordCorrected) -> Facts:
    return {**correction(event), "asked_by": "", "confirmed_by": ""}


def made_for_them(event: RecordCorrected) -> Facts:
    """Without the way to the page of the board, which they may not open."""
    return {**made_for_others(event), "board_key": ""}


def refusal(event: CorrectionDeclined) -> Facts:
    """The same, with who asked for it, who refused it and why."""
    one = queries.correction_by_id(event.correction_id)
    by = one.decided_by_id or one.asked_by_id
    names = boards.people_named({one.asked_by_id, by})
    who = {"asked_by": names[one.asked_by_id], "refused_by": names[by]}
    return {**correction(event), **who, "why": one.line}


def cancelled(event: CorrectionCancelled) -> Facts:
    """The same, with who asked for it and cancelled it."""
    asked_by = queries.correction_by_id(event.correction_id).asked_by_id
    return {**correction(event), "asked_by": boards.people_named({asked_by})[asked_by]}


def row(event: RowCorrected) -> Facts:
    """Of a row about somebody: what was corrected, from what to what, and where to see it."""
    one = queries.correction_by_id(event.correction_id)
    kind = gathered().correctable[one.kind]
    endpoint, where = kind.page(one.thing_id)
    facts = {"corrected": kind.what, "reason": REASON_WORDS.get(one.reason, "")}
    facts["values"] = f"{one.about}: was {one.was}, now {one.now}."
    return {**of_board(event), **facts, "endpoint": endpoint, "where_it_is": where}


def thing(event: RowCorrected) -> UUID:
    """What was corrected: whoever has yet to hear of it as it was hears of that first."""
    return queries.correction_by_id(event.correction_id).thing_id


def about_reader(event: RowCorrected | CorrectionDeclined, facts: Facts, reader: Reader) -> Facts:
    return whether_own(event, facts, reader)


EMAILS = (
    Notification(CorrectionAsked, whoever_may_confirm, "correction-asked", correction, always=True),
    Notification(RecordCorrected, deciders_concerned, "record-corrected", made, always=True),
    Notification(RecordCorrected, others_concerned, "record-corrected", made_for_others, always=True),
    Notification(RecordCorrected, those_whose_work_it_is, "record-corrected", made_for_them, always=True),
    Notification(CorrectionDeclined, the_person, "correction-declined", refusal, about_reader, always=True),
    Notification(CorrectionDeclined, whoever_may_confirm, "correction-declined", refusal, about_reader, always=True),
    Notification(CorrectionCancelled, whoever_may_confirm, "correction-cancelled", cancelled, always=True),
    Notification(RowCorrected, the_person, "row-corrected", row, about_reader, always=True, follows=thing),
    Notification(RowCorrected, whoever_sees_the_row, "row-corrected", row, about_reader, follows=thing),
    Notification(PrivateRowCorrected, the_person, "row-corrected", row, about_reader, always=True, follows=thing),
    Notification(PrivateRowCorrected, whoever_sees_the_row, "row-corrected", row, about_reader, follows=thing),
)
