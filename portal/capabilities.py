"""The list of capabilities, lowest first; nothing else names them all."""

from __future__ import annotations

from portal.accounts.capability import ACCOUNTS
from portal.appointing.capability import APPOINTING
from portal.audit.capability import AUDIT
from portal.audit_trail.capability import AUDIT_TRAIL
from portal.boards.capability import BOARDS
from portal.capability import gather
from portal.check_in.capability import CHECK_IN
from portal.corrections.capability import CORRECTIONS
from portal.deputes.capability import DEPUTES
from portal.desk.capability import DESK
from portal.expenses.capability import EXPENSES
from portal.help.capability import HELP
from portal.home.capability import HOME
from portal.meetings.capability import MEETINGS
from portal.mentoring.capability import MENTORING
from portal.notifications.capability import NOTIFICATIONS
from portal.papers.capability import PAPERS
from portal.privacy.capability import PRIVACY
from portal.public_pages.capability import PUBLIC_PAGES
from portal.rep_pages.capability import REP_PAGES
from portal.replacement_care.capability import REPLACEMENT_CARE
from portal.role_descriptions.capability import ROLE_DESCRIPTIONS
from portal.role_profiles.capability import ROLE_PROFILES
from portal.set_up.capability import SET_UP
from portal.support_meetings.capability import SUPPORT_MEETINGS
from portal.training.capability import TRAINING

CAPABILITIES = (
    BOARDS,
    ACCOUNTS,
    APPOINTING,
    ROLE_DESCRIPTIONS,
    CORRECTIONS,
    MEETINGS,
    DEPUTES,
    PAPERS,
    TRAINING,
    MENTORING,
    SUPPORT_MEETINGS,
    REPLACEMENT_CARE,
    EXPENSES,
    CHECK_IN,
    ROLE_PROFILES,
    NOTIFICATIONS,
    AUDIT,
    PRIVACY,
    AUDIT_TRAIL,
    HOME,
    DESK,
    REP_PAGES,
    SET_UP,
    PUBLIC_PAGES,
    HELP,
)
GATHERED = gather(CAPABILITIES)
