"""Who comes, and what they need."""

from __future__ import annotations

from portal.access.permissions import REPS_READ
from portal.access.roles import CLERK, OFFICER
from portal.capability import Capability
from portal.check_in import actions, attendance_views, before_it_moved, depute_emails, due, queries, views
from portal.check_in.blueprint import bp
from portal.check_in.emails import EMAILS
from portal.check_in.models import CheckIn
from portal.check_in.recording import actions as recording
from portal.check_in.retention import RETENTION
from portal.check_in.rules import ATTENDANCE
from portal.check_in.todo import TODO
from portal.check_in.undoing import actions as undoing_actions
from portal.check_in.undoing import views as undoing_views
from portal.infra.correctable import Correctable, CountedOn

CHECK_IN = Capability(
    name="check_in",
    icon="calendar",
    blueprint=bp,
    views=(views, attendance_views, undoing_views),
    emails=(*EMAILS, *depute_emails.EMAILS),
    answered_by=OFFICER,
    todo=TODO,
    due={
        "check-ins": due.check_ins,
        "packs to post": due.packs_to_post,
        "how a meeting was": due.how_it_was,
        "claims to offer": due.claims_to_offer,
    },
    work_for_who_waits={
        actions.SEND_LINKS: actions.send_links,
    },
    chores={"what can be undone no longer": undoing_actions.forget_over},
    on_pages={
        "own_answers": undoing_views.own_answers,
        "given_up": undoing_views.given_up,
        "own_around": undoing_views.own_around,
        "known_of_undo": undoing_views.known_of_undo,
        "attendance_of": views.attendance_of,
    },
    missing=undoing_views.no_longer_going,
    online_at=queries.online_at,
    takes_part=queries.everyone_who_answered,
    answered_before=before_it_moved.answered_before,
    retention=RETENTION,
    forget=actions.forget_person,
    corrections=(
        Correctable(
            ATTENDANCE,
            "Attendance at a meeting",
            is_of_board=False,
            apply=recording.apply_attendance,
            page=queries.page_of_attendance,
            told=(OFFICER, CLERK),
            counted=CountedOn("role_profiles.of_board", "Carer reps", REPS_READ),
            rows=(CheckIn,),
            is_private=True,
        ),
    ),
)
