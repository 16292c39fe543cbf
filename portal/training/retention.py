"""How long plans, courses and records of training are kept."""

from __future__ import annotations

from portal.retention.kept import Kept
from portal.training.models import Course, InductionMark, InductionStep, TrainingRecord

PORTAL_USED = "As long as the board uses the portal"

KEPT = (
    Kept(InductionStep, "The steps of the board's induction", PORTAL_USED),
    Kept(Course, "Courses, of a board or national", PORTAL_USED),
    Kept(InductionMark, "Which steps of your induction are done", "As long as your appointment is on record"),
    Kept(
        TrainingRecord,
        "Your training: what, when, by whom it was confirmed, and the certificate",
        "As long as you have an account: it goes with you to another board",
        secret=("stored_as",),
        file=TrainingRecord.stored_as,
    ),
)
