"""Everyone whom a visitor can become, by board and role."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flask import current_app

from portal.access.roles import COORDINATOR
from portal.boards import queries as boards
from portal.demonstration import accounts
from portal.demonstration.tour.tours import tours


@dataclass(frozen=True)
class Member:
    """One of the demonstration's people. Several of a board may have one role: rep, rep2."""

    address: str
    name: str
    role: str

    @property
    def needs_app(self) -> bool:
        """Whether they are asked for a second step when they sign in, which shows what staff have in production."""
        return self.address in current_app.config["PORTAL"].second_factor_of.split(",")


@dataclass(frozen=True)
class BoardOfCast:
    """A board with its people by role, each role with what it is called."""

    key: str
    name: str
    story: str
    roles: list[tuple[str, list[Member]]]


def everyone() -> Iterator[Member]:
    for board, names in accounts.people().items():
        for key, name in names.items():
            if (role := key.rstrip("0123456789")) in tours().tours:
                yield Member(accounts.address(key, board), name, role)
    yield Member(*accounts.COORDINATOR, COORDINATOR)


def names() -> dict[str, str]:
    """What each is called, by address."""
    return {one.address: one.name for one in everyone()}


def member(address: str) -> Member | None:
    return next((one for one in everyone() if one.address == address), None)


def to_begin_with() -> list[Member]:
    """Those with whom the front page begins."""
    return [one for start in tours().starts if (one := member(start.address))]


def cast_of_boards() -> list[BoardOfCast]:
    """The boards that have people, in the order of the list of them."""
    known, stories = {one.key: one for one in boards.boards()}, tours().stories
    return [
        BoardOfCast(key, known[key].short_name, stories.get(key, ""), _by_role(key))
        for key in accounts.people()
        if key in known
    ]


def _by_role(board: str) -> list[tuple[str, list[Member]]]:
    of_board = [one for one in everyone() if one.address.endswith(f"@{board}.example")]
    roles = ((tour.called, [one for one in of_board if one.role == tour.role]) for tour in tours().tours.values())
    return [(called, members) for called, members in roles if members]
