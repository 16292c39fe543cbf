"""What every event has: a board (or none), the thing it is about, and the sentence that says what happened."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import Field, dataclass, field, fields
from typing import Any, ClassVar
from uuid import UUID, uuid4

from portal.core.values import EventFacts

BESIDE = ("id", "board_id")  # what is known of an event besides its own facts
_BY_NAME: dict[str, type[Event]] = {}


def personal() -> Any:  # as dataclasses.field has it
    """A field of an event that names or describes a person: the trail keeps it where it can be erased."""
    return field(default="", metadata={"personal": True})


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that happened, in the past tense. Fields hold ids and plain values; words about people are personal.

    Its class says what it is: `class SignedIn(AccountEvent, sentence="Signed in", nobody=True)`. The sentence is what
    the audit trail shows. `nobody` says that nobody is told by email; any other event stands in the emails of some
    capability. `own` says that it is the affair of whoever did it: it stands in nobody else's copy of their data, even
    where it names them, and nobody whom it names reads it in the trail. What several events share is `abstract`. The
    trail holds names, and is never written again: an event that gets another name keeps the one it had in `formerly`.
    An `unnamed` event is private: the trail keeps who caused it and whom it is about, and no page shows them, so that
    nobody of a board learns who reads what or who was helped with what. Where staff cause it as their work, `by_staff`,
    their name is shown all the same: they answer for what they did.
    `named_as` says what somebody is to it where the bare name would not tell: {"asked_by": "asked for by {}"}.

    Each has an id of its own. It tells two alike from one that is handled twice, and stands in no trail.
    """

    id: UUID = field(default_factory=uuid4, compare=False, repr=False)
    board_id: UUID | None = None

    sentence: ClassVar[str] = ""
    nobody: ClassVar[bool] = False
    own: ClassVar[bool] = False
    unnamed: ClassVar[bool] = False
    by_staff: ClassVar[bool] = False
    names: ClassVar[tuple[str, ...]] = ()
    named_as: ClassVar[Mapping[str, str]] = {}

    def __init_subclass__(
        cls,
        *,
        sentence: str = "",
        nobody: bool = False,
        own: bool = False,
        unnamed: bool = False,
        by_staff: bool = False,
        abstract: bool = False,
        formerly: tuple[str, ...] = (),
    ) -> None:
        super().__init_subclass__()
        cls.sentence, cls.nobody, cls.own = sentence, nobody, own
        cls.unnamed, cls.by_staff = unnamed or by_staff, by_staff
        cls.names = (cls.__name__, *formerly)
        if abstract and (sentence or nobody or own or unnamed or by_staff or formerly):
            raise TypeError(f"{cls.__name__} is abstract: give a sentence to each event made from it, and none to it")
        if not abstract:
            _remember(cls)

    @property
    def name(self) -> str:
        return type(self).__name__

    @property
    def facts(self) -> dict[str, object]:
        """The event's own fields as plain JSON values, those about people left out."""
        return {f.name: _plain(getattr(self, f.name)) for f in self._own_fields() if not f.metadata}

    @property
    def about_people(self) -> dict[str, str]:
        """The personal fields that hold something."""
        held = {f.name: str(getattr(self, f.name) or "") for f in self._own_fields() if f.metadata}
        return {name: value for name, value in held.items() if value}

    @classmethod
    def details(cls, _facts: EventFacts, about_people: Mapping[str, str]) -> Iterable[str]:
        """What a line of the trail says beside the sentence and the names of its things, as a person would write it."""
        return about_people.values()

    def _own_fields(self) -> list[Field[object]]:
        return [f for f in fields(self) if f.name not in BESIDE]


@dataclass(frozen=True, kw_only=True)
class BoardEvent(Event, abstract=True):
    """Something that happened on a board."""

    board_id: UUID


def every_event() -> tuple[type[Event], ...]:
    """The events of all parts of the portal that are loaded, by name."""
    return tuple(sorted(set(_BY_NAME.values()), key=lambda kind: kind.__name__))


def own_affairs() -> list[str]:
    """The names of the events that are the affair of whoever did them, those of older lines included."""
    return sorted(name for kind in every_event() if kind.own for name in kind.names)


def sentence_of(name: str) -> str:
    """What an event of this name says, whatever it is called now; the name itself, where nothing is known of it."""
    return _BY_NAME[name].sentence if name in _BY_NAME else name


def named_as(name: str, key: str, thing: str) -> str:
    """How a line of an event says the name of one of its things: 'asked for by Ann Fraser', or the bare name."""
    return _BY_NAME[name].named_as.get(key, "{}").format(thing) if name in _BY_NAME else thing


def event_called(name: str) -> type[Event] | None:
    """The event of this name, whatever it is called now."""
    return _BY_NAME.get(name)


def is_unnamed(name: str) -> bool:
    """Whether the pages of the trail name nobody whom an event of this name is about."""
    return name in _BY_NAME and _BY_NAME[name].unnamed


def hides_who(name: str) -> bool:
    """Whether they do not say who caused it either."""
    return is_unnamed(name) and not _BY_NAME[name].by_staff


def unnamed_names() -> list[str]:
    """Every name of the events that name nobody whom they are about."""
    return sorted(name for name, kind in _BY_NAME.items() if kind.unnamed)


def by_staff_names() -> list[str]:
    """Those of them that say who caused them."""
    return sorted(name for name, kind in _BY_NAME.items() if kind.by_staff)


def capability_of(name: str) -> str:
    """The capability whose event this is; '' where nothing is known of it."""
    return _BY_NAME[name].__module__.split(".")[1] if name in _BY_NAME else ""


def names_of(name: str) -> tuple[str, ...]:
    """This name, and those under which older lines of the trail hold the same event."""
    return _BY_NAME[name].names if name in _BY_NAME else (name,)


def _remember(kind: type[Event]) -> None:
    if not kind.sentence:
        raise TypeError(
            f'Say what {kind.__name__} means in the audit trail: class {kind.__name__}(…, sentence="Signed in"). '
            "If only the events made from it happen, write abstract=True instead."
        )
    for name in kind.names:
        if name in _BY_NAME:
            raise TypeError(f"Two events are called {name}: give one of them another name")
        _BY_NAME[name] = kind


def _plain(value: object) -> object:
    if value is None or isinstance(value, str | int | float | bool):
        return value
    if isinstance(value, tuple | list | frozenset | set):
        return [_plain(item) for item in value]
    return str(value)
