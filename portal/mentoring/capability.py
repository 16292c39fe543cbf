"""Mentors and the people they help."""

from __future__ import annotations

from portal.access.roles import OFFICER
from portal.capability import Capability, MenuEntry
from portal.mentoring import due
from portal.mentoring.blueprint import bp
from portal.mentoring.emails import EMAILS
from portal.mentoring.kept import views as kept_views
from portal.mentoring.matching import views as matching_views
from portal.mentoring.pairs import actions as pairs_actions
from portal.mentoring.pairs import views as pairs_views
from portal.mentoring.retention import RETENTION
from portal.mentoring.todo import TODO
from portal.sections import YOUR_SUPPORT, Section

MENTORING = Capability(
    name="mentoring",
    icon="speech",
    blueprint=bp,
    views=(
        matching_views,
        pairs_views,
        kept_views,
    ),
    menu=(
        MenuEntry(30, "Mentoring", "mentoring.of_board", Section.SUPPORT),
        MenuEntry(7, "Your mentoring", "mentoring.index", Section.MENTORING, Section.YOU, heading=YOUR_SUPPORT),
    ),
    emails=EMAILS,
    answered_by=OFFICER,
    todo=TODO,
    due={
        "mentors wanted": due.nobody_waits_unanswered,
        "pairs that meet tomorrow": due.pairs_tomorrow,
        "does mentoring help": due.pulses,
        "mentoring that hardly helps": due.low_pulses,
        "reps who could mentor": due.mentoring_offered,
    },
    retention=RETENTION,
    forget=pairs_actions.forget_person,
)
