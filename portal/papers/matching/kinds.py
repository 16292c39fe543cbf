"""What a file can be, what it is compared with, and what comes of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from uuid import UUID


class FileKind(Enum):
    """What a file can be."""

    NONE = "none"
    ITEM = "item"
    APPENDIX = "appendix"
    NEW_VERSION = "new version"
    MINUTES = "minutes"
    AGENDA = "agenda"


@dataclass(frozen=True)
class Item:
    """An item of the agenda."""

    id: UUID
    number: str
    title: str
    is_restricted: bool = False


@dataclass(frozen=True)
class There:
    """A paper that is there already, with the names of its files."""

    id: UUID
    file_names: tuple[str, ...]
    item_id: UUID | None = None
    is_appendix: bool = False
    is_published: bool = False


@dataclass(frozen=True)
class Known:
    """What a file is compared with: the agenda in its order, the papers that are there, and the meeting itself."""

    items: Sequence[Item]
    papers: Sequence[There] = ()
    is_over: bool = False
    meets_on: date | None = None
    opened_on: date | None = None  # of a meeting that was adjourned the day on which it began
    other_days: frozenset[date] = frozenset()  # on which the group meets another time
    own_names: tuple[str, ...] = ()  # what the board and the group are called


@dataclass(frozen=True)
class Match:
    """Where a file belongs: an item or, of a new version, a paper. `why` says to a clerk what is not sure."""

    kind: FileKind = FileKind.NONE
    id: UUID | None = None
    stage: str = ""  # of minutes
    is_appendix: bool = False
    is_sure: bool = False
    why: str = ""


NAME_SAYS_NOTHING = "The name does not say what this is"
NO_SUCH_ITEM = "No item on the agenda has this name"
WORDS_DIFFER = "The number fits this item, the words do not"
ONLY_NUMBER = "Only its number matches this item"
ONLY_PARENT = "The agenda has no item {}, only item {}"
ONLY_WORDS = "The words fit this item only in part"
WORDS_APART = "The number fits this item; its words are in the name, but not together"
ONLY_PDF = "Only the title inside the file says so"
OTHER_ITEM = "The number and the words fit different items"
TWO_ITEMS = "Its number, {}, fits more than one item"
SEVERAL = "The name gives more than one number"
OTHER_PERIOD = "The item is about another time"
NOT_RESTRICTED = "The name says that it is exempt, and the item is not marked as restricted"
NOT_OPEN = "The name says that it is exempt, and everyone in the group could read it"
OTHER_DAY = "Its name gives {}; this meeting is on {}"
OTHER_MINUTES = "These may be minutes of another meeting"
SAME_DAY_ONLY = "The day is that of these minutes, the words are not"
SAME_NAME = "Another file has the same name"
OLDER_NAME = "Its name does not say that it is newer"
SAYS_ITEM = "Its name says item {}"
WORDS_OF_ITEM = "Its words are those of item {}"
SAYS_OTHER_NUMBER = "Its name says item {}, but its words are those of item {}"
SAYS_OTHER_ITEM = "Its name says another item"
SAYS_OTHER_PAPER = "Its name is that of another paper"
SAYS_AGENDA = "Its name says that it is the agenda"
PREVIOUS_MINUTES = "Its name says minutes of the meeting before"
SAYS_MINUTES = "Its name says {}"
