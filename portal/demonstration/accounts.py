"""The demonstration's people: addresses, names, and the one password."""

from __future__ import annotations

from portal.demonstration.world.profiles import profiles

PASSWORD = "thistle harbour lantern"
FIRST = "northfirth"  # the board with which a visitor begins
COORDINATOR = ("coordinator@carers.example", "Fiona Mackay")


def address(role: str, board: str) -> str:
    return f"{role}@{board}.example"


def people() -> dict[str, dict[str, str]]:
    """By board, the names of those who can act today by role key: rep, rep2, officer."""
    return {profile.key: profile.cast for profile in profiles()}


def addresses_of(board: str) -> list[str]:
    """The addresses that one can sign in with of a board."""
    return [address(role, board) for role in people()[board]]


def addresses() -> list[str]:
    """Every address one can sign in with."""
    return [one for board in people() for one in addresses_of(board)] + [COORDINATOR[0]]
