"""What a capability says of a fact that can be corrected: how it is read, put right, and what rests on it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from portal.access.roles import Viewer
from portal.core.values import Typed
from portal.infra.database import Model


@dataclass(frozen=True)
class Figure:
    """What is judged, in words, and how good that is, more being better; None where it is neither good nor bad."""

    words: str
    score: float | None = None


@dataclass(frozen=True)
class CountedOn:
    """The page of a board whose figures say how many rows about people were corrected, for whoever may open it."""

    endpoint: str
    called: str
    permission: str


Figures = Mapping[str, Figure]  # by the name that readers know it by


class NotAsItWas(Exception):
    """The fact is another one now than when the correction was asked for."""


def nothing_follows(_person: Viewer, _thing_id: UUID, _now: str) -> Sequence[str]:
    return ()


@dataclass(frozen=True)
class Correctable:
    """One kind of fact of the past that somebody entitled may put right.

    `apply(board_id, thing_id, was, now)` puts it right, from one stored value to another, and raises NotAsItWas when
    the fact is not what it was. `page(thing_id)` is where it is seen: an endpoint, and the gaps in its address.
    `is_of_board`: it is a fact about the board's own work, not about one person. Of such a fact, `figures(board_id,
    thing_id)` are those that rest on it, by name, and `beside` is the page that shows them; `told` are roles of the
    board whose work it changes, beside those who hear of each. Of a row about a person, `told` are the roles of those
    who may see it; an email says from what to what, so it must tell nothing of anybody's health or home. `counted` is
    the page with the figures that rest on such rows, which says how many of them were corrected.
    `stands(board_id, thing_id, was, now)`, of a fact of a board: whether it is still what it was, so that it can be put
    right; nothing is changed. `follows(person, thing_id, now)` is what else would change with it, in the words of the
    page on which somebody confirms it.
    `whose(board_id, thing_id)` are those whose work a fact of a board records: they hear of its correction, wherever
    they sit. `group_in(about)`, of a fact of a group: what the group was called when the correction was asked for.
    """

    kind: str
    what: str  # what it is, as the list of corrections says it
    is_of_board: bool
    apply: Callable[[UUID, UUID, str, str], None]
    page: Callable[[UUID], tuple[str, Typed]]
    figures: Callable[[UUID, UUID], Figures] = lambda _board_id, _thing_id: {}
    stands: Callable[[UUID, UUID, str, str], bool] = lambda _board_id, _thing_id, _was, _now: True
    follows: Callable[[Viewer, UUID, str], Sequence[str]] = nothing_follows
    beside: tuple[str, str] = ("", "")  # where the figures are shown: the endpoint, which a board fills, and its name
    fact_page: str = ""  # what `page` is called where it is one to read, and not the form that corrects the fact
    told: tuple[str, ...] = ()
    counted: CountedOn | None = None
    rows: tuple[type[Model], ...] = ()  # of rows about people: what is said of one goes with it
    is_private: bool = False  # of a row about a person: the trail says neither about whom it is, nor from what to what
    whose: Callable[[UUID, UUID], Collection[UUID]] = lambda _board_id, _thing_id: ()
    group_in: Callable[[str], str] = lambda _about: ""

    def fact(self, thing_id: UUID) -> tuple[str, Mapping[str, UUID]]:
        """Where the fact is seen, for a link on a page: the endpoint, and the gaps in its address as ids."""
        endpoint, gaps = self.page(thing_id)
        return endpoint, {name: UUID(str(value)) for name, value in gaps.items()}
