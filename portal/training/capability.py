"""Inductions, courses, records and sessions."""

from __future__ import annotations

from uuid import UUID

from portal.access.permissions import (
    TRAINING_READ,
)
from portal.access.roles import OFFICER
from portal.capability import Capability, MenuEntry
from portal.infra.correctable import Correctable, CountedOn
from portal.sections import YOUR_BOARD, YOUR_SUPPORT, Section
from portal.training import due
from portal.training.awareness import actions as awareness_actions
from portal.training.awareness import figures as awareness_figures
from portal.training.awareness import queries as awareness_queries
from portal.training.awareness import views as awareness_views
from portal.training.awareness.rules import AWARENESS, group_in
from portal.training.blueprint import bp
from portal.training.courses import views as courses_views
from portal.training.emails import EMAILS
from portal.training.inductions import views as inductions_views
from portal.training.models import TrainingRecord
from portal.training.records import actions as records_actions
from portal.training.records import queries as records_queries
from portal.training.records import views as records_views
from portal.training.records.rules import TRAINING_RECORD
from portal.training.retention import RETENTION
from portal.training.sessions import actions as sessions_actions
from portal.training.sessions import views as sessions_views
from portal.training.sessions.calendar import entries
from portal.training.todo import TODO
from portal.training.trail import NAMES


def _forget(person_id: UUID) -> None:
    records_actions.forget_person(person_id)
    sessions_actions.forget_person(person_id)


TRAINING = Capability(
    name="training",
    icon="check",
    blueprint=bp,
    views=(
        awareness_views,
        courses_views,
        inductions_views,
        records_views,
        sessions_views,
    ),
    menu=(
        MenuEntry(20, "Inductions", "training.inductions", Section.REPS, Section.PEOPLE),
        MenuEntry(50, "Training", "training.of_board", Section.SUPPORT, within=("training.*",)),
        MenuEntry(
            60, "Training sessions", "training.sessions_of_board", Section.SUPPORT, within=("training.*session*",)
        ),
        MenuEntry(
            70,
            "Courses and induction plan",
            "training.courses",
            Section.SUPPORT,
            Section.BOARD,
            within=("training.*course*", "training.plan"),
        ),
        MenuEntry(
            80,
            "Carer Awareness",
            "training.awareness",
            Section.SUPPORT,
            Section.REPORTS,
            Section.YOU,
            heading=YOUR_BOARD,
            within=("training.*awareness*",),
        ),
        MenuEntry(
            6,
            "Your training",
            "training.index",
            Section.TRAINING,
            Section.YOU,
            heading=YOUR_SUPPORT,
            within=("training.*",),
        ),
        MenuEntry(10, "National courses", "training.national", Section.LIBRARY),
    ),
    emails=EMAILS,
    answered_by=OFFICER,
    todo=TODO,
    due={
        "inductions": due.inductions_begin,
        "steps of inductions": due.induction_steps,
        "training that runs out": due.records_run_out,
        "training tomorrow": due.sessions_tomorrow,
    },
    retention=RETENTION,
    trail_names=NAMES,
    forget=_forget,
    calendar=entries,
    corrections=(
        Correctable(
            AWARENESS,
            "Carer Awareness",
            is_of_board=True,
            apply=awareness_actions.apply,
            stands=awareness_queries.can_correct,
            figures=awareness_figures.figures,
            page=awareness_figures.page,
            beside=("training.awareness", "Carer Awareness"),
            whose=awareness_queries.deliverers,
            group_in=group_in,
        ),
        Correctable(
            TRAINING_RECORD,
            "A record of training",
            is_of_board=False,
            apply=records_actions.apply_days,
            page=records_queries.page_of_record,
            told=(OFFICER,),
            counted=CountedOn("training.of_board", "Training", TRAINING_READ),
            rows=(TrainingRecord,),
        ),
    ),
)
