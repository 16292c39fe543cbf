"""What an uploaded file is to become: the paper of an item, a new version, the agenda, minutes, or nothing yet."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from uuid import UUID


class Kind(Enum):
    NOTHING_YET = ""
    ITEM = "item"
    NEW_VERSION = "version"
    MINUTES = "minutes"
    AGENDA = "agenda"


@dataclass(frozen=True)
class Destination:
    """A kind, with the item or the paper that it names, or the stage of minutes. Forms and rows hold it as text."""

    kind: Kind = Kind.NOTHING_YET
    id: UUID | None = None
    stage: str = ""

    @classmethod
    def read(cls, text: str) -> Destination:
        """'item:<id>', 'version:<id of a paper>', 'minutes:draft', 'agenda'; nothing yet for what is none of them."""
        kind, _, rest = text.partition(":")
        try:
            if Kind(kind) is Kind.MINUTES:
                return cls(Kind.MINUTES, stage=rest)
            return cls(Kind(kind), UUID(rest) if rest else None)
        except ValueError:  # a form gives back what it was sent
            return cls()

    def __str__(self) -> str:
        about = self.id or self.stage
        return f"{self.kind.value}:{about}" if about else self.kind.value


NOTHING_YET = Destination()
THE_AGENDA = Destination(Kind.AGENDA)


def of_item(item_id: UUID) -> Destination:
    return Destination(Kind.ITEM, item_id)


def version_of(paper_id: UUID) -> Destination:
    return Destination(Kind.NEW_VERSION, paper_id)


def minutes(stage: str) -> Destination:
    return Destination(Kind.MINUTES, stage=stage)
