"""One real event of each kind that is mailed, about the people and things of the cast."""

from __future__ import annotations

from dataclasses import MISSING, fields
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from portal.access.roles import OFFICER
from portal.accounts.models import MailedLink
from portal.boards.accounts.rules import DISABLE
from portal.core.events import Event
from portal.expenses.policies.queries import policies_on
from portal.infra.database import db
from portal.notifications.models import Email
from portal.papers.models import Paper, PaperVersion, Publication
from portal.role_descriptions import queries as roles
from tests.cast import NOW, TODAY, BoardCast

NEWS = UUID(int=3)  # an id that no email looks up
HEAD = "1234:" + "ab" * 32


def event_of(kind: type[Event], board: BoardCast) -> Event:
    """An event of this kind on a board of the cast. A field of another name is to be added here."""
    known = values(board) | OF_ONE.get(kind.__name__, {})
    known |= MADE_FOR_ONE[kind.__name__](board) if kind.__name__ in MADE_FOR_ONE else {}
    known |= {name: board.things[thing] for name, thing in THINGS_OF_ONE.get(kind.__name__, {}).items()}
    wanted = [f.name for f in fields(kind) if f.default is MISSING and f.default_factory is MISSING]
    missing = [name for name in wanted if name not in known]
    assert not missing, f"say in {__name__} what {missing} of {kind.__name__} can be"
    return kind(**{name: known[name] for name in {*wanted, "board_id"}})


THINGS_OF_ONE = {
    "RowCorrected": {"correction_id": "row_correction_id"},
    "PrivateRowCorrected": {"correction_id": "row_correction_id"},
    "ItemRestricted": {"item_id": "secret_item_id"},
    "DownloadsAsked": {"request_id": "request_of_downloads_id"},
}
# What a name stands for in one kind of event, where it stands for something else in others.
OF_ONE: dict[str, dict[str, Any]] = {
    "RemovalsPlanned": {"what": ("214 emails",)},
    "PaperWithdrawn": {"versions": (1,), "is_whole": False, "reason": "personal"},
    "RoleGiven": {"role": OFFICER},
    "RoleEnded": {"role": OFFICER},
    "SettingsChanged": {"changed": ("check_in_days",)},
    "SeatChanged": {"votes_from": None},
    "PaperTargetSet": {"was_days": 7, "days": 8, "meetings_from": TODAY},
    "PaperPutBack": {"versions": (1,)},
    "RoleAsked": {"role": OFFICER},
    "RoleAnswered": {"role": OFFICER, "is_agreed": False},
}


def corrected_paper(board: BoardCast) -> dict[str, UUID]:
    """A paper of the cast that is in place of another, which was withdrawn."""
    paper = db.session.scalars(select(Paper).where(Paper.id == board.things["paper_id"])).one()
    other = db.session.scalars(select(Paper).where(Paper.id == board.things["secret_paper_id"])).one()
    paper.in_place_of_id, other.withdrawn_at = other.id, NOW
    db.session.flush()
    return {"paper_id": paper.id}


MADE_FOR_ONE = {"CorrectedPaperPublished": corrected_paper}


def values(board: BoardCast) -> dict[str, Any]:
    """What each field of an event can be."""
    things, people, day = board.things, board.people, TODAY + timedelta(days=7)
    description = roles.current(board.id, things["group_id"])
    assert description
    ids = {name: things[name] for name in things if name.endswith("_id")}
    publications = select(Publication.id).where(Publication.meeting_id == things["meeting_id"])
    versions = select(PaperVersion.id).where(PaperVersion.paper_id == things["paper_id"])
    emails = select(Email.id).where(Email.meeting_id == things["meeting_id"]).order_by(Email.id).limit(2)
    return {
        **ids,
        "board_id": board.id,
        "from_on": day,
        "person_id": people["rep"],
        "mentor_id": people["mentor"],
        "asked_id": people["mentor"],
        "on_behalf_of_id": people["rep"],
        "invited_by_id": people["admin"],
        "offer_id": people["rep"],
        "by_id": people["admin"],
        "description_id": description.id,
        "link_id": link_to_change_address(people["rep"]),
        "pulse_id": things["pulse_id"],
        "check_in_id": NEWS,
        "undo_id": NEWS,
        "undo_link_id": NEWS,
        "given_up": "new@northfirth.test",
        "old_email": "old@northfirth.test",
        "is_told": True,
        "is_announced": False,
        "booking_id": NEWS,
        "run_id": things["run_id"],
        "policy_id": policies_on([board.id], TODAY)[board.id].id,
        "person_ids": (people["rep"],),
        "provider_ids": (things["provider_id"],),
        "publications": tuple(db.session.scalars(publications.order_by(Publication.id))),
        "papers": (things["paper_id"],),
        "others": (),
        "emails": tuple(db.session.scalars(emails)),
        "version_id": db.session.scalars(versions.order_by(PaperVersion.id)).first(),
        "missing": ("The agenda", "3(a) Carers strategy"),
        "what": DISABLE,
        "paragraphs": ("6", "8"),
        "owner": OFFICER,
        "status": "confirmed",
        "was_place": "Library",
        "was": "held on 3 February 2026",
        "now": "held on 4 February 2026",
        "head": HEAD,
        "accounts_head": HEAD,
        **dict.fromkeys(("late", "depute", "was_arranged", "needs_care"), True),
        **dict.fromkeys(("number", "version", "generation", "people", "pairs", "requests"), 2),
        **dict.fromkeys(("weeks", "days", "days_since", "waiting", "notes", "new_notes", "pence"), 3),
        **dict.fromkeys(("starts_at", "was_at", "was_until"), NOW + timedelta(days=9)),
        **dict.fromkeys(
            ("day", "due_on", "until", "until_on", "was_on", "was_until_on", "goes_on", "next_on", "asked_on"), day
        ),
    }


def link_to_change_address(person_id: UUID) -> UUID:
    addresses = {"new_email": "new@northfirth.test", "old_email": "old@northfirth.test"}
    of = {"purpose": "new-email", "fingerprint": "x", "created_at": NOW}
    link = MailedLink(person_id=person_id, **of, **addresses)
    db.session.add(link)
    db.session.flush()
    return link.id
