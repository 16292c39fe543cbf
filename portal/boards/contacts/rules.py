"""What is so of whom people can reach, and how."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from portal.access.roles import ADMIN, APPROVER, CLERK, OFFICER, ROLE_NAMES
from portal.boards.rules import InPost

WITH_WORK_PHONE = (OFFICER, CLERK, APPROVER, ADMIN)  # of whom the people of a board see address and number


@dataclass(frozen=True)
class Contact:
    """Somebody as a page names them. Without a number or an address nothing is said in its place."""

    id: UUID
    name: str
    post: str
    email: str = ""
    phone: str = ""
    photo: str = ""  # its address, where they chose to show one


def post_of(role: str, board: str = "", *, is_own: bool = False) -> str:
    """'Engagement officer', 'Your engagement officer, Northfirth'. `board` is named for whoever has several."""
    name = f"Your {ROLE_NAMES[role]}" if is_own else ROLE_NAMES[role].capitalize()
    return f"{name}, {board}" if board else name


def as_contact(one: InPost) -> Contact:
    return Contact(one.id, one.name, post_of(one.role), one.email, one.work_phone)
