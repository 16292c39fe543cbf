"""How long support meetings, points and answers are kept."""

from __future__ import annotations

from portal.retention.rule import RetentionRule
from portal.support_meetings.models import MeetingFeedback, Point, SupportMeeting

RETENTION = (
    RetentionRule(SupportMeeting, "Support meetings before a board meets", "As long as the board uses the portal"),
    RetentionRule(
        Point,
        "Points you wanted to raise at a meeting, encrypted",
        "One year after you wrote them",
        days=365,
        is_over=lambda before: Point.kept_at < before,
        told=True,
    ),
    RetentionRule(
        MeetingFeedback,
        "How meetings were for you: three answers each",
        "Three years after you gave them",
        days=3 * 365,
        is_over=lambda before: MeetingFeedback.answered_at < before,
        told=True,
    ),
)
