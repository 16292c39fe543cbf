"""With what of a cancelled request the form of a new one begins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portal.core.text import together

if TYPE_CHECKING:
    from portal.replacement_care.models import CareRequest

ITS_WORDS = {
    "place": "where",
    "kind": "what kind of care",
    "who": "who could provide it",
    "estimate": "what you’d pay first",
    "note": "what you wrote",
}


def begins_with(care: CareRequest) -> str:
    """'the same day and times, where and what you wrote': all of it that is still kept.

    Times that the portal worked out are worked out anew.
    """
    times = "the times of the meeting" if care.is_worked_out else "the same day and times"
    return together([times, *(words for name, words in ITS_WORDS.items() if getattr(care, name))])
