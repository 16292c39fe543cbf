"""The register: every table, how long its rows are kept, and what happens then. A test asks for new tables."""

from __future__ import annotations

from portal.accounts.retention import KEPT as ACCOUNTS
from portal.audit.retention import KEPT as AUDIT
from portal.boards.retention import KEPT as BOARDS
from portal.check_in.retention import KEPT as CHECK_IN
from portal.deputes.retention import KEPT as DEPUTES
from portal.expenses.retention import KEPT as EXPENSES
from portal.infra.interrupted_form import InterruptedForm
from portal.infra.limits import Hit
from portal.infra.occasions import Claimed
from portal.infra.work import Work
from portal.meetings.retention import KEPT as MEETINGS
from portal.mentoring.retention import KEPT as MENTORING
from portal.notifications.retention import KEPT as NOTIFICATIONS
from portal.papers.retention import KEPT as PAPERS
from portal.replacement_care.retention import KEPT as CARE
from portal.retention.kept import Kept
from portal.retention.models import Hold, Removal
from portal.role_descriptions.retention import KEPT as ROLES
from portal.role_profiles.retention import KEPT as PROFILES
from portal.support_meetings.retention import KEPT as SUPPORT
from portal.training.retention import KEPT as TRAINING

MACHINERY = (
    Kept(
        InterruptedForm,
        "What you typed into a form that you could not send because you had been signed out, encrypted",
        "2 hours, or until you send it, sign out, or someone else signs in on the same browser",
        days=1,  # what the scheduler removes each minute should leave nothing
        is_over=lambda before: InterruptedForm.created_at < before,
        secret=("cookie_id",),
    ),
    Kept(
        Hit,
        "Counted tries to sign in, by a scrambled address",
        "1 day",
        days=1,
        is_over=lambda before: Hit.hit_at < before,
    ),
    Kept(
        Work,
        "Work in the queue, like checking a file",
        "30 days after it was done",
        days=30,
        is_over=lambda before: Work.done_at < before,
    ),
    Kept(
        Claimed,
        "What the calendar has set off, so that nothing goes twice",
        "3 years, longer than any email",
        days=3 * 365 + 1,
        is_over=lambda before: Claimed.claimed_at < before,
    ),
    Kept(Hold, "Legal holds", "As long as the board uses the portal"),
    Kept(Removal, "What was removed, and when", "As long as the board uses the portal"),
)
REGISTER: tuple[Kept, ...] = (
    *BOARDS,
    *ACCOUNTS,
    *ROLES,
    *MEETINGS,
    *DEPUTES,
    *PAPERS,
    *TRAINING,
    *MENTORING,
    *SUPPORT,
    *CARE,
    *EXPENSES,
    *CHECK_IN,
    *PROFILES,
    *NOTIFICATIONS,
    *AUDIT,
    *MACHINERY,
)
BY_TABLE = {kept.table: kept for kept in REGISTER}
