"""What a capability says of a fact that can be corrected: how it is read, put right, and what rests on it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from uuid import UUID

from portal.core.values import Typed

Scores = Mapping[str, float]


class NotAsItWas(Exception):
    """The fact is another one now than when the correction was asked for."""


@dataclass(frozen=True)
class Correctable:
    """One kind of fact of the past that somebody entitled may put right.

    `apply(board_id, thing_id, was, now)` puts it right, from one stored value to another, and raises NotAsItWas when
    the fact is not what it was. `page(thing_id)` is where it is seen: an endpoint, and the gaps in its address.
    `is_of_board`: it is a fact about the board's own work, not about one person. Of such a fact, `judged(board_id,
    thing_id)` says in words what figures make of it, and `scores` are these figures by name, more being better. Of a
    row about a person, `told` are the roles of those who may see it; `emails_say_it`: from what to what may stand in
    an email, as it tells nothing of anybody's health or home.
    """

    kind: str
    what: str  # what it is, as the list of corrections says it
    is_of_board: bool
    apply: Callable[[UUID, UUID, str, str], None]
    page: Callable[[UUID], tuple[str, Typed]]
    judged: Callable[[UUID, UUID], str] = lambda _board_id, _thing_id: ""
    scores: Callable[[UUID, UUID], Scores] = lambda _board_id, _thing_id: {}
    told: tuple[str, ...] = ()
    emails_say_it: bool = False
