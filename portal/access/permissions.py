"""The table: one row a permission, one column a role. Nothing else decides who may do what.

own = about themselves; groups = the groups where they hold a seat; meeting = the meetings they stand in for;
minutes = these, and for 14 days minutes of those they stood in for; after = these, and for as long their pages;
board = everything of the board; all = every board. State and dates are rules, not permissions.
"""

from __future__ import annotations

from portal.access.roles import ROLES

NO, OWN, GROUPS, MEETING, BOARD, ALL = "-", "own", "groups", "meeting", "board", "all"
AFTER, MINUTES = "after", "minutes"

_TABLE = """
                        anyone  rep     depute  mentor  officer  clerk   approver  admin   coordinator
account:own             own     -       -       -       -        -       -         -       -
work_phone:own          -       -       -       -       own      own     own       own     -
boards:list             -       -       -       -       -        -       -         -       all
boards:start            -       -       -       -       -        -       -         -       all
set_up:read             -       -       -       -       -        -       -         board   all
boards:read             -       board   board   board   board    board   board     board   -
boards:manage           -       -       -       -       -        -       -         board   -
contacts:read           -       board   board   board   board    board   board     board   -
people:read             -       -       -       -       board    board   -         board   -
people:manage           -       -       -       -       -        -       -         board   -
appointments:propose    -       -       -       -       board    -       -         -       -
own_roles:settle        -       -       -       -       -        -       -         board   -
meetings:read           -       groups  after   -       board    board   -         board   -
meetings:manage         -       -       -       -       -        board   -         -       -
standing_items:write    -       -       -       -       -        board   -         board   -
attendance:read         -       groups  -       -       board    board   -         -       -
attendance:confirm      -       -       -       -       -        board   -         -       -
check_in:answer         -       groups  meeting -       -        -       -         -       -
check_in:undo           -       own     own     -       -        -       -         -       -
check_in:read           -       -       -       -       board    board   -         -       -
packs:post              -       -       -       -       -        board   -         -       -
care:own                -       own     own     -       -        -       -         -       -
care:read               -       own     own     -       board    -       -         -       -
care:arrange            -       -       -       -       board    -       -         -       -
care:figures            -       board   -       -       board    board   board     board   all
care_policy:write       -       -       -       -       -        -       -         board   -
providers:write         -       -       -       -       board    -       -         board   -
deputes:confirm         -       -       -       -       board    -       -         -       -
deputes:nominate        -       groups  -       -       -        -       -         -       -
deputes:agree           -       -       own     -       -        -       -         -       -
deputes:own             -       own     own     -       -        -       -         -       -
papers:read             -       groups  minutes -       board    board   -         board   -
papers:restricted       -       groups  meeting -       board    board   -         -       -
papers:prepare          -       -       -       -       -        board   -         -       -
papers:withdraw         -       -       -       -       -        board   -         -       -
items:restrict          -       -       -       -       -        board   -         -       -
downloads:ask           -       -       -       -       -        -       -         board   -
notes:write             -       groups  meeting -       -        -       -         -       -
notice:read             -       board   -       -       board    board   -         board   all
corrections:read        -       board   -       -       board    board   -         board   all
corrections:write       -       -       -       -       -        -       -         board   -
corrections:confirm     -       -       -       -       -        -       -         board   all
attendance:correct      -       -       -       -       -        board   -         board   -
payments:correct        -       -       -       -       -        -       board     board   -
training:correct        -       -       -       -       board    -       -         board   -
emails:read             -       -       -       -       board    board   -         -       -
emails:of_reps          -       -       -       -       board    -       -         -       -
emails:resend           -       -       -       -       board    -       -         -       -
roles:write             -       -       -       -       board    -       -         board   -
roles:agree             -       groups  -       -       -        -       -         -       -
role_model:read         -       -       -       -       board    -       -         board   all
role_model:write        -       -       -       -       -        -       -         -       all
role_profile:own        -       own     own     -       -        -       -         -       -
stepping_down:own       -       own     -       -       -        -       -         -       -
stepping_down:settle    -       -       -       -       board    -       -         -       -
claims:own              -       own     own     -       -        -       -         -       -
claims:for_meeting      -       groups  meeting -       -        -       -         -       -
claims:read             -       own     own     -       -        -       board     -       -
claims:decide           -       -       -       -       -        -       board     -       -
claims:help             -       -       -       -       board    -       -         -       -
care_receipts:check     -       -       -       -       board    -       -         -       -
claims:figures          -       board   -       -       board    board   board     board   all
policy:write            -       -       -       -       -        -       board     board   -
training:own            -       own     own     own     -        -       -         -       -
training:read           -       own     own     own     board    -       -         -       -
training:confirm        -       -       -       -       board    -       -         -       -
induction:mark          -       own     -       -       board    board   -         -       -
induction:reps_steps    -       own     -       -       board    -       -         -       -
induction:clerks_steps  -       -       -       -       board    board   -         -       -
induction:officers_steps -      -       -       -       board    -       -         -       -
sessions:book           -       board   board   board   -        -       -         -       -
sessions:arrange        -       -       -       -       board    -       -         -       -
awareness:read          -       board   -       -       board    board   -         board   all
support:read            -       groups  meeting -       board    -       -         -       -
support:arrange         -       -       -       -       board    -       -         -       -
points:bring            -       groups  meeting -       -        -       -         -       -
voice:read              -       board   -       -       board    board   -         board   -
desk:read               -       -       -       -       board    -       -         -       -
rep_page:read           -       -       -       -       board    -       -         -       -
support_notes:write     -       -       -       -       board    -       -         -       -
support_notes:own       -       own     -       -       -        -       -         -       -
support:figures         -       board   -       -       board    board   -         board   all
mentoring:own           -       own     own     own     -        -       -         -       -
mentors:ask             -       own     own     -       -        -       -         -       -
mentors:arrange         -       -       -       -       board    -       -         -       -
courses:read            -       board   board   board   board    -       -         board   all
courses:write           -       -       -       -       board    -       -         board   -
national_courses:write  -       -       -       -       -        -       -         -       all
reps:read               -       -       -       -       board    -       -         board   -
leaving:read            -       -       -       -       -        -       -         -       all
retention:manage        -       -       -       -       -        -       -         board   -
audit:read              -       -       -       -       -        -       -         board   -
"""


def _parse(table: str) -> dict[str, dict[str, str]]:
    header, *rows = [line.split() for line in table.strip().splitlines()]
    assert tuple(header) == ROLES, "the columns of the table are the roles, in their order"
    return {name: dict(zip(ROLES, cells, strict=True)) for name, *cells in rows}


TABLE = _parse(_TABLE)
ACCOUNT_OWN = "account:own"
WORK_PHONE_OWN = "work_phone:own"
BOARDS_LIST = "boards:list"
BOARDS_START = "boards:start"
SET_UP_READ = "set_up:read"
BOARDS_READ = "boards:read"
BOARDS_MANAGE = "boards:manage"
CONTACTS_READ = "contacts:read"
PEOPLE_READ = "people:read"
PEOPLE_MANAGE = "people:manage"
APPOINTMENTS_PROPOSE = "appointments:propose"
OWN_ROLES_SETTLE = "own_roles:settle"
MEETINGS_READ = "meetings:read"
MEETINGS_MANAGE = "meetings:manage"
STANDING_ITEMS_WRITE = "standing_items:write"
ATTENDANCE_READ = "attendance:read"
ATTENDANCE_CONFIRM = "attendance:confirm"
CHECK_IN_ANSWER = "check_in:answer"
CHECK_IN_UNDO = "check_in:undo"
CHECK_IN_READ = "check_in:read"
PACKS_POST = "packs:post"
CARE_OWN = "care:own"
CARE_READ = "care:read"
CARE_ARRANGE = "care:arrange"
CARE_FIGURES = "care:figures"
CARE_POLICY_WRITE = "care_policy:write"
PROVIDERS_WRITE = "providers:write"
DEPUTES_CONFIRM = "deputes:confirm"
DEPUTES_NOMINATE = "deputes:nominate"
DEPUTES_AGREE = "deputes:agree"
DEPUTES_OWN = "deputes:own"
PAPERS_READ = "papers:read"
PAPERS_RESTRICTED = "papers:restricted"
PAPERS_PREPARE = "papers:prepare"
PAPERS_WITHDRAW = "papers:withdraw"
ITEMS_RESTRICT = "items:restrict"
DOWNLOADS_ASK = "downloads:ask"
NOTES_WRITE = "notes:write"
NOTICE_READ = "notice:read"
CORRECTIONS_READ = "corrections:read"
CORRECTIONS_WRITE = "corrections:write"
CORRECTIONS_CONFIRM = "corrections:confirm"
ATTENDANCE_CORRECT = "attendance:correct"
PAYMENTS_CORRECT = "payments:correct"
TRAINING_CORRECT = "training:correct"
EMAILS_READ = "emails:read"
EMAILS_OF_REPS = "emails:of_reps"
EMAILS_RESEND = "emails:resend"
ROLES_WRITE = "roles:write"
ROLES_AGREE = "roles:agree"
ROLE_MODEL_READ = "role_model:read"
ROLE_MODEL_WRITE = "role_model:write"
ROLE_PROFILE_OWN = "role_profile:own"
STEPPING_DOWN_OWN = "stepping_down:own"
STEPPING_DOWN_SETTLE = "stepping_down:settle"
CLAIMS_OWN = "claims:own"
CLAIMS_FOR_MEETING = "claims:for_meeting"
CLAIMS_READ = "claims:read"
CLAIMS_DECIDE = "claims:decide"
CLAIMS_HELP = "claims:help"
CARE_RECEIPTS_CHECK = "care_receipts:check"
CLAIMS_FIGURES = "claims:figures"
POLICY_WRITE = "policy:write"
TRAINING_OWN = "training:own"
TRAINING_READ = "training:read"
TRAINING_CONFIRM = "training:confirm"
INDUCTION_MARK = "induction:mark"
INDUCTION_REPS_STEPS = "induction:reps_steps"
INDUCTION_CLERKS_STEPS = "induction:clerks_steps"
INDUCTION_OFFICERS_STEPS = "induction:officers_steps"
SESSIONS_BOOK = "sessions:book"
SESSIONS_ARRANGE = "sessions:arrange"
AWARENESS_READ = "awareness:read"
SUPPORT_READ = "support:read"
SUPPORT_ARRANGE = "support:arrange"
POINTS_BRING = "points:bring"
VOICE_READ = "voice:read"
DESK_READ = "desk:read"
REP_PAGE_READ = "rep_page:read"
SUPPORT_NOTES_WRITE = "support_notes:write"
SUPPORT_NOTES_OWN = "support_notes:own"
SUPPORT_FIGURES = "support:figures"
MENTORING_OWN = "mentoring:own"
MENTORS_ASK = "mentors:ask"
MENTORS_ARRANGE = "mentors:arrange"
COURSES_READ = "courses:read"
COURSES_WRITE = "courses:write"
NATIONAL_COURSES_WRITE = "national_courses:write"
REPS_READ = "reps:read"
LEAVING_READ = "leaving:read"
RETENTION_MANAGE = "retention:manage"
AUDIT_READ = "audit:read"

NEVER_OVER_OWN = (
    *(CLAIMS_DECIDE, CARE_RECEIPTS_CHECK, CARE_ARRANGE, TRAINING_CONFIRM, OWN_ROLES_SETTLE),
    *(ATTENDANCE_CORRECT, PAYMENTS_CORRECT, TRAINING_CORRECT),
    *(REP_PAGE_READ, SUPPORT_NOTES_WRITE),
)  # whatever the table says, these do not reach what is about oneself
