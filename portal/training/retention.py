"""How long plans, courses and records of training are kept."""

from __future__ import annotations

from portal.retention.rule import RetentionRule
from portal.training.models import (
    AwarenessCount,
    AwarenessDelivered,
    AwarenessSession,
    Booking,
    Course,
    InductionMark,
    InductionStep,
    OtherMembers,
    TrainingRecord,
    TrainingSession,
)

PORTAL_USED = "As long as the board uses the portal"

RETENTION = (
    RetentionRule(InductionStep, "The steps of the board's induction", PORTAL_USED),
    RetentionRule(Course, "Courses, of a board or national", PORTAL_USED, secret=("stored_as",), file=Course.stored_as),
    RetentionRule(InductionMark, "Which steps of your induction are done", "As long as your appointment is on record"),
    RetentionRule(
        TrainingRecord,
        "Your training: what, when, who confirmed it, and the certificate",
        "As long as you have an account: it goes with you to another board",
        secret=("stored_as",),
        file=TrainingRecord.stored_as,
    ),
    RetentionRule(TrainingSession, "Training sessions of a board", PORTAL_USED),
    RetentionRule(
        Booking,
        "Places at training you asked for, and if you were there",
        "Two years after you asked",
        days=2 * 365,
        is_over=lambda before: Booking.asked_at < before,
        told=True,
    ),
    RetentionRule(AwarenessSession, "When other members had Carer Awareness", PORTAL_USED),
    RetentionRule(AwarenessDelivered, "Carer Awareness that you delivered", PORTAL_USED),
    RetentionRule(AwarenessCount, "How many members of a group had Carer Awareness: numbers, no names", PORTAL_USED),
    RetentionRule(OtherMembers, "How many other members a group has", PORTAL_USED),
)
