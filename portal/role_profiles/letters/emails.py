"""The link by which whoever wrote a letter confirms it."""

from __future__ import annotations

from portal.boards.emails import of_board
from portal.infra.notification import Facts, Notification, Recipient
from portal.role_profiles.events import LetterToConfirm
from portal.role_profiles.letters import queries


def whoever_wrote(event: LetterToConfirm) -> list[Recipient]:
    """At the address that they gave. They have no account: the row of the email is in the name of the rep."""
    letter = queries.letter(event.letter_id)
    return [Recipient(letter.profile.person_id, letter.email)] if letter else []


def letter_link(event: LetterToConfirm) -> Facts:
    """Which letter; its address is made when the email is sent."""
    return {**of_board(event), "link_id": event.letter_id.hex}


EMAILS = (
    Notification(
        LetterToConfirm,
        whoever_wrote,
        "letter-to-confirm",
        letter_link,
        always=True,
        at_once=True,
        worth_days=1,
        cannot_wait=True,
        to_suspended=True,
        unlisted=True,
        to_stranger=True,
    ),
)
