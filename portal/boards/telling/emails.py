"""Who hears that roles, seats and settings were changed: at once where money, care or administration hang on it.

Whoever did it is not told, for the trail has it; of a role that counts they are, where there is no other administrator.
Nothing here says more than the board itself may know: no role on another board, and not why somebody leaves.
"""

from __future__ import annotations

from uuid import UUID

from portal.access.roles import ADMIN, APPROVER, BEGINS_WITH_ANOTHER, CLERK, OFFICER, REP, ROLE_NAMES, WHAT_ROLES_DO
from portal.accounts import queries as accounts
from portal.boards import queries
from portal.boards.emails import holders, name_of, names_of_administrators, of_board
from portal.boards.events import (
    AppointmentCancelled,
    AppointmentEnded,
    OfferAccepted,
    PaperTargetSet,
    PeopleImported,
    RepAppointed,
    RoleAnswered,
    RoleAsked,
    RoleEnded,
    RoleGiven,
    SeatChanged,
    SeatClosed,
    SeatCreated,
    SettingsChanged,
)
from portal.boards.models import Appointment
from portal.boards.people import queries as people
from portal.boards.seats import days
from portal.core import clock
from portal.core.events import Event
from portal.core.text import count_words, date_words, with_article
from portal.infra.database import db
from portal.infra.notification import Facts, Notification, Recipient, each, the_person, whether_own
from portal.infra.unit_of_work import acting, recorded

WITHDRAWN, NEVER = "no longer invited as", "no longer to become"


def other_administrators(event: Event) -> list[Recipient]:
    """Those of the board, but for whoever did it."""
    found = holders(event.board_id, ADMIN) if event.board_id else []
    return [one for one in found if one.person_id != acting.get()]


def them_and_administrators(event: RoleGiven | RoleEnded) -> list[Recipient]:
    """Of a role that counts: whose it is, if they have joined, and whoever else can do something about it."""
    if event.board_id is None or event.role not in BEGINS_WITH_ANOTHER:
        return []
    others = other_administrators(event) or holders(event.board_id, ADMIN)
    person = accounts.person(event.person_id)
    joined = [event.person_id] if person and person.joined_at else []
    return each([*joined, *(one.person_id for one in others)])


def administrators_of_a_lesser_role(event: RoleGiven | RoleEnded) -> list[Recipient]:
    return [] if event.role in BEGINS_WITH_ANOTHER else unless_listed(event)


def unless_listed(event: Event) -> list[Recipient]:
    """A list of people is one piece of news, and not one for each of them."""
    return [] if recorded(PeopleImported) else other_administrators(event)


def _by() -> str:
    """Who did it; '' where nobody of a board did."""
    by = acting.get()
    return name_of(by) if by else ""


def role_changed(event: RoleGiven | RoleEnded) -> Facts:
    facts = {"who": name_of(event.person_id), "is_so": _is_so(event), "role": with_article(ROLE_NAMES[event.role])}
    does = WHAT_ROLES_DO[event.role] if isinstance(event, RoleGiven) else ""
    asked_by = event.asked_by if isinstance(event, RoleGiven) else None
    return {
        **of_board(event),
        **facts,
        "does": does,
        "by_whom": _by(),
        "asked_for_by": name_of(asked_by) if asked_by else "",
    }


def _is_so(event: RoleGiven | RoleEnded) -> str:
    """'now', 'invited as', 'no longer', 'no longer invited as': whoever has not joined has become nothing yet."""
    person = accounts.person(event.person_id)
    has_joined = person is not None and person.joined_at is not None
    if isinstance(event, RoleEnded):
        is_withdrawn = person is not None and person.invitation_withdrawn_at is not None
        if event.never_began:
            return NEVER
        return "no longer" if has_joined else WITHDRAWN if is_withdrawn else NEVER
    return "now" if has_joined else "invited as"


def _changed(event: Event, news: str, *lines: str) -> Facts:
    """News in one sentence, and what was changed from what to what."""
    return {**of_board(event), "news": news, "changed": list(lines), "by_whom": _by()}


def for_approvers(event: RoleGiven | RoleEnded) -> Facts:
    """With the names of those who can change it."""
    return {**role_changed(event), "administrators": names_of_administrators(event.board_id)}


def other_approvers_of_a_role(event: RoleGiven | RoleEnded) -> list[Recipient]:
    """Of an approver who comes or goes, whoever pays and decides with them; administrators hear of it anyhow."""
    has_begun = isinstance(event, RoleGiven) or not event.never_began
    if event.board_id is None or event.role != APPROVER or not has_begun:
        return []
    told = {event.person_id, acting.get(), *(one.person_id for one in holders(event.board_id, ADMIN))}
    return [one for one in holders(event.board_id, APPROVER) if one.person_id not in told]


def whoever_invited_and_administrators(event: OfferAccepted) -> list[Recipient]:
    """Who made the offer, if they still work for the board, and its administrators; of an approver the others too."""
    sent = accounts.newest_invitations([event.offer_id]).get(event.offer_id)
    staff = queries.staff_with_role(event.board_id, (ADMIN, OFFICER, CLERK))
    made_it = [sent.invited_by_id] if sent and sent.invited_by_id in staff else []
    roles = {role for role, *_ in people.posts_of(event.board_id, event.person_id, clock.today())}
    others = holders(event.board_id, ADMIN, *([APPROVER] if APPROVER in roles else []))
    told = [one for one in (*made_it, *(other.person_id for other in others)) if one != event.person_id]
    return each(dict.fromkeys(told))


def accepted(event: OfferAccepted) -> Facts:
    """Who it is, and what they have on the board from now on."""
    posts = people.posts_of(event.board_id, event.person_id, clock.today())
    named = [f"carer rep on {group}" if role == REP else ROLE_NAMES[role] for role, group, *_ in posts]
    return {**of_board(event), "who": name_of(event.person_id), "posts": list(dict.fromkeys(named))}


def own_role(event: RoleAsked | RoleAnswered) -> Facts:
    facts = {"who": name_of(event.person_id), "role": with_article(ROLE_NAMES[event.role])}
    return {**of_board(event), **facts, "own_role_id": event.role_id.hex}


def whoever_was_refused(event: RoleAnswered) -> list[Recipient]:
    """That a role begins, its person is told like anybody who is given one."""
    return [] if event.is_agreed else the_person(event)


def lesser_role(event: RoleGiven | RoleEnded) -> Facts:
    return _changed(event, f"{name_of(event.person_id)} is {_is_so(event)} {with_article(ROLE_NAMES[event.role])}")


def seat_changed(event: SeatCreated | SeatChanged | SeatClosed) -> Facts:
    done = {SeatCreated: "was added", SeatChanged: "was changed", SeatClosed: "was closed"}[type(event)]
    seat, board_id = event.seat_id, queries.board_by_id(event.board_id).id
    return _changed(event, f"A seat {done}: {days.seat(board_id, seat).title}, {_group(board_id, event.group_id)}")


def _group(board_id: UUID, group_id: UUID) -> str:
    return queries.group_by_id(board_id, group_id).name


def appointed(event: RepAppointed) -> Facts:
    term = db.session.get_one(Appointment, event.appointment_id)
    dates = f"from {date_words(term.from_on)} until {date_words(term.until_on)}"
    return _changed(
        event, f"{name_of(event.person_id)} has a seat on {_group(event.board_id, event.group_id)}, {dates}"
    )


def appointment_ended(event: AppointmentEnded) -> Facts:
    """The day alone: why somebody leaves is in no email."""
    last_day = db.session.get_one(Appointment, event.appointment_id).until_on
    who = f"{name_of(event.person_id)}, {_group(event.board_id, event.group_id)}"
    return _changed(
        event, f"A term has a new last day: {who}", f"was {date_words(event.was_until_on)}, now {date_words(last_day)}"
    )


def appointment_cancelled(event: AppointmentCancelled) -> Facts:
    who = f"{name_of(event.person_id)}, {_group(event.board_id, event.group_id)}"
    return _changed(event, f"An appointment was cancelled: {who}", *event.details(event.facts, {}))


def settings_changed(event: SettingsChanged) -> Facts:
    return _changed(event, "The settings were changed", *event.details(event.facts, event.about_people))


def target_set(event: PaperTargetSet) -> Facts:
    return _changed(event, "The target for papers was changed", *event.details(event.facts, {}))


def imported(event: PeopleImported) -> Facts:
    return _changed(event, f"{count_words(event.people, 'role or seat', 'roles and seats')} came from a list of people")


EMAILS = (
    Notification(
        OfferAccepted,
        whoever_invited_and_administrators,
        "invitation-accepted",
        accepted,
        always=True,
        at_once=True,
    ),
    Notification(RoleGiven, other_approvers_of_a_role, "new-approver", for_approvers, always=True, at_once=True),
    Notification(RoleEnded, other_approvers_of_a_role, "new-approver", for_approvers, always=True, at_once=True),
    Notification(RoleAsked, other_administrators, "role-asked", own_role, always=True, at_once=True),
    Notification(RoleAnswered, whoever_was_refused, "role-refused", own_role, always=True, at_once=True),
    Notification(
        RoleGiven,
        them_and_administrators,
        "role-given-or-ended",
        role_changed,
        whether_own,
        always=True,
        at_once=True,
        to_suspended=True,
    ),
    Notification(
        RoleEnded,
        them_and_administrators,
        "role-given-or-ended",
        role_changed,
        whether_own,
        always=True,
        at_once=True,
        to_suspended=True,
    ),
    Notification(RoleGiven, administrators_of_a_lesser_role, "board-changed", lesser_role, always=True, gathered=True),
    Notification(RoleEnded, administrators_of_a_lesser_role, "board-changed", lesser_role, always=True, gathered=True),
    Notification(SeatCreated, unless_listed, "board-changed", seat_changed, always=True, gathered=True),
    Notification(SeatChanged, other_administrators, "board-changed", seat_changed, always=True, gathered=True),
    Notification(SeatClosed, other_administrators, "board-changed", seat_changed, always=True, gathered=True),
    Notification(RepAppointed, unless_listed, "board-changed", appointed, always=True, gathered=True),
    Notification(
        AppointmentEnded, other_administrators, "board-changed", appointment_ended, always=True, gathered=True
    ),
    Notification(
        AppointmentCancelled, other_administrators, "board-changed", appointment_cancelled, always=True, gathered=True
    ),
    Notification(SettingsChanged, other_administrators, "board-changed", settings_changed, always=True, gathered=True),
    Notification(PaperTargetSet, other_administrators, "board-changed", target_set, always=True, gathered=True),
    Notification(PeopleImported, other_administrators, "board-changed", imported, always=True, gathered=True),
)
