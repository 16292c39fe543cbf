"""Which meetings a page about notice shows at once, and their picture."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from uuid import UUID

from portal.core.calendar import period_words, quarter
from portal.infra.web.pages import PageFacts
from portal.papers.notice import charts
from portal.papers.notice.queries import MeetingNotice
from portal.papers.notice.rules import quarters_shown


def chosen(meetings: Sequence[MeetingNotice], asked: str, address: Callable[[UUID], str]) -> PageFacts:
    """The meetings of the quarter that was asked for, else of the latest ones; they come with the latest first."""
    quarters = [quarter(one.opened_on) for one in meetings]
    names = [asked] if asked in quarters else quarters_shown(quarters)
    shown = [one for one, name in zip(meetings, quarters, strict=True) if name in names]
    return {
        "meetings": shown,
        "page_of": address,
        "is_chosen": asked in quarters,
        "are_left_out": len(shown) < len(meetings),
        "since": min((one.opened_on for one in meetings), default=None),
        "period": period_words(names[-1], names[0]) if names else "",
        "every_target": sorted({one.target for one in meetings}),
        "of_meetings": charts.of_meetings(shown, address),
    }
