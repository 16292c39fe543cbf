"""Care while a rep is away."""

from __future__ import annotations

from portal.access.roles import OFFICER
from portal.capability import Capability, MenuEntry
from portal.replacement_care import due
from portal.replacement_care.arranging import accepting as arranging_accepting
from portal.replacement_care.arranging import views as arranging_views
from portal.replacement_care.blueprint import bp
from portal.replacement_care.emails import EMAILS
from portal.replacement_care.figures import views as figures_views
from portal.replacement_care.policy import views as policy_views
from portal.replacement_care.requests import actions as requests_actions
from portal.replacement_care.requests import queries as requests_queries
from portal.replacement_care.requests import telling as requests_telling
from portal.replacement_care.requests import views as requests_views
from portal.replacement_care.requests.said import care_state, care_status
from portal.replacement_care.retention import RETENTION
from portal.replacement_care.todo import TODO
from portal.replacement_care.trail import NAMES
from portal.sections import YOUR_BOARD, Section

REPLACEMENT_CARE = Capability(
    name="replacement_care",
    icon="heart",
    blueprint=bp,
    views=(
        arranging_accepting,
        arranging_views,
        figures_views,
        policy_views,
        requests_views,
        requests_telling,
    ),
    menu=(
        MenuEntry(10, "Care requests", "replacement_care.to_arrange", Section.SUPPORT),
        MenuEntry(
            20,
            "Care providers",
            "replacement_care.providers",
            Section.SUPPORT,
            Section.BOARD,
            within=("replacement_care.*provider*",),
        ),
        MenuEntry(20, "Replacement care", "replacement_care.index", Section.MONEY_AND_CARE),
        MenuEntry(
            50,
            "Replacement care policy",
            "replacement_care.policy",
            Section.MONEY_AND_CARE,
            Section.BOARD,
            within=("replacement_care.*policy*",),
        ),
        MenuEntry(
            40, "Replacement care", "replacement_care.board_figures", Section.REPORTS, Section.YOU, heading=YOUR_BOARD
        ),
        MenuEntry(30, "Replacement care", "replacement_care.figures_everywhere", Section.REPORTS, all_boards=True),
    ),
    emails=EMAILS,
    answered_by=OFFICER,
    todo=TODO,
    due={
        "care not arranged": due.requests_waiting,
        "care not arranged, three days before": due.requests_not_arranged,
        "did care take place": due.requests_to_tell,
        "words of care to remove": due.texts_to_remove,
    },
    takes_part=requests_queries.everyone_who_asked,
    retention=RETENTION,
    trail_names=NAMES,
    forget=requests_actions.forget_person,
    on_pages={"own_care": requests_views.own_care, "care_state": care_state, "care_status": care_status},
)
