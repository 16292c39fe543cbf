"""What an administrator is told of somebody who was given a role or seat: who has the address, and what comes now."""

from __future__ import annotations

from datetime import date

from portal.access.roles import REP, ROLE_NAMES
from portal.accounts.models import Person
from portal.accounts.rules import INVITATION_DAYS
from portal.core import clock
from portal.core.names import name_key
from portal.core.text import day_words, with_article

WAITS = "The role you gave yourself has not begun. Another administrator has to agree, or whoever runs the portal."


def has_role(
    person: Person, typed_name: str, role: str, from_on: date | None, *, is_new: bool = True, waits: bool = False
) -> str:
    """After somebody was given a role, had it already, or gave themselves one, which waits."""
    if not is_new:
        already = f"{person.name} has this role already, so nothing has changed."
        if not person.joined_at:
            already = f"{person.name} was already invited as {ROLE_NAMES[role]}, and has not accepted yet."
        return already + ("" if _is_same(person, typed_name) else _other_name(person, typed_name))
    if waits:
        return WAITS
    later = _later(from_on)
    return _said(person, typed_name, f"{ROLE_NAMES[role]}{later}", "will be" if later else "is now")


def has_no_role(person: Person, role: str, *, is_own: bool = False) -> str:
    """After a role ended: whoever never joined has not been anything."""
    if is_own:
        return f"You are no longer {with_article(role)}."
    if not person.joined_at:
        return f"{person.name} will not become {with_article(role)}."
    return f"{person.name} is no longer {with_article(role)}."


def has_seat(person: Person, typed_name: str, from_on: date) -> str:
    """After somebody was appointed."""
    later = _later(from_on)
    if not person.joined_at:
        return _said(person, typed_name, f"{ROLE_NAMES[REP]}{later}", "will be" if later else "is now")
    return _said(person, typed_name, f"appointed{later}", "is")


def _later(from_on: date | None) -> str:
    return f" from {day_words(from_on)}" if from_on and from_on > clock.today() else ""


def _said(person: Person, typed_name: str, what: str, is_so: str) -> str:
    """Whoever has not joined has become nothing yet: they are invited."""
    became = f"{is_so} {what}"
    if person.disabled_at:
        return f"{person.name} {became}. Their account is closed, so they cannot sign in until it is reopened."
    if not person.joined_at:
        other = (
            "" if _is_same(person, typed_name) else f" They were first invited as {person.name}, and keep that name."
        )
        return f"{person.name} is invited as {what}, at {person.email}.{other}"
    if _is_same(person, typed_name):
        return f"{person.name} {became}. They already have an account, so they do not need an invitation."
    return f"{person.name} already has an account with this address and {became}.{_other_name(person, typed_name)}"


def _other_name(person: Person, typed_name: str) -> str:
    return f" You typed {typed_name}, but {person.email} is the address of {person.name}. Check that this is right."


def keeps_number(person: Person, typed: str) -> str:
    """Where a work phone number was typed for somebody who has another."""
    is_other = bool(typed) and person.work_phone != typed
    return f" {person.name} already has a work phone number, so we kept that one." if is_other else ""


def _is_same(person: Person, typed_name: str) -> bool:
    return name_key(person.name) == name_key(typed_name)


def invited_again(person: Person, is_sent: bool) -> str:
    if is_sent:
        return f"There is a new invitation for {person.name}. It works for {INVITATION_DAYS} days."
    if person.joined_at:
        return f"No invitation was sent, because {person.name} has already joined."
    return f"No invitation was sent, because the account of {person.name} is closed."
