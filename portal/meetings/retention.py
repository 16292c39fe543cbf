"""How long meetings and who stood in at them are kept. Agendas and minutes stay open to the public for six years."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, exists

from portal.meetings.models import AgendaItem, Meeting, Sitting, StandIn, StandingItem
from portal.retention.rule import RetentionRule

PUBLIC_RECORD = "As long as the board keeps its public record, at least six years"
SIX_YEARS = 6 * 365 + 2


def _met_before(before: datetime) -> ColumnElement[bool]:
    return exists().where(Meeting.id == StandIn.meeting_id, Meeting.meets_on < before.date())


RETENTION = (
    RetentionRule(Meeting, "Meetings", PUBLIC_RECORD),
    RetentionRule(Sitting, "Days when an adjourned meeting sat", PUBLIC_RECORD),
    RetentionRule(AgendaItem, "Agendas", PUBLIC_RECORD),
    RetentionRule(StandingItem, "Items that a group has on every agenda", "Until the board changes them"),
    RetentionRule(
        StandIn,
        "Meetings where you covered for someone, or someone covered for you",
        "6 years after the meeting",
        days=SIX_YEARS,
        is_over=_met_before,
        told=True,
        whose=("person_id", "on_behalf_of_id"),
    ),
)
