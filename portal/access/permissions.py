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

IN_WORDS = {
    ACCOUNT_OWN: "Change their own password, email and settings",
    WORK_PHONE_OWN: "Give a work phone number, which people of their board can see",
    BOARDS_LIST: "See the list of all boards",
    BOARDS_START: "Start a board that has not joined yet, and invite its first administrator",
    SET_UP_READ: "See how far a board is set up, without names",
    BOARDS_READ: "See the board's groups, seats, vacancies, and what a rep does",
    BOARDS_MANAGE: "Set up groups, seats and the board's settings",
    CONTACTS_READ: "See who is responsible for something, with their email address and work phone",
    PEOPLE_READ: "See who has a role on the board",
    PEOPLE_MANAGE: "Invite people, give and end roles and seats",
    APPOINTMENTS_PROPOSE: "Propose who should have a seat, for an administrator to confirm",
    OWN_ROLES_SETTLE: "Agree to a role that another administrator gave themselves, or refuse it, never their own",
    MEETINGS_READ: "Read meetings",
    MEETINGS_MANAGE: "Add, change and cancel meetings",
    STANDING_ITEMS_WRITE: "Write which items a group has on every agenda",
    ATTENDANCE_READ: "See who is coming",
    ATTENDANCE_CONFIRM: "Record attendance",
    CHECK_IN_ANSWER: "Answer whether they are coming, and what they need",
    CHECK_IN_UNDO: "Undo, within ten minutes, that they cannot come",
    CHECK_IN_READ: "See who answered, where cover is needed, and who gets papers by post",
    PACKS_POST: "Record that printed papers have been posted",
    CARE_OWN: "Request replacement care, and see their own requests",
    CARE_READ: "See when care is needed and what was requested; the details only if they arrange it",
    CARE_ARRANGE: "Arrange replacement care, never their own or that of someone they have a personal connection with",
    CARE_FIGURES: "See how often care was requested and provided, as totals",
    CARE_POLICY_WRITE: "Write the board's policy on replacement care",
    PROVIDERS_WRITE: "Keep the list of care providers",
    DEPUTES_CONFIRM: "Confirm deputes, and record who stands in at a meeting",
    DEPUTES_NOMINATE: "Nominate a depute, and cancel the nomination",
    DEPUTES_AGREE: "Agree to be a depute",
    DEPUTES_OWN: "See their deputes, and who they are a depute for",
    PAPERS_READ: "Read published papers",
    PAPERS_RESTRICTED: "Read restricted papers",
    PAPERS_PREPARE: "Prepare and publish papers and minutes",
    PAPERS_WITHDRAW: "Withdraw a paper or a version, and open what is sealed for it",
    ITEMS_RESTRICT: "Restrict an item that is published, and lift a restriction",
    DOWNLOADS_ASK: "Ask, with a reason, who downloaded a paper withdrawn for personal data, who are then told",
    NOTES_WRITE: "Keep private notes on papers",
    NOTICE_READ: "See whether papers were on time",
    CORRECTIONS_READ: "See which facts of the board were corrected, with both values",
    CORRECTIONS_WRITE: "Correct the record of the board: meetings, the target for papers, Carer Awareness",
    CORRECTIONS_CONFIRM: "Confirm a correction that makes a figure better, never their own",
    ATTENDANCE_CORRECT: "Correct who came to a meeting, never about themselves",
    PAYMENTS_CORRECT: "Correct the day of a payment, never of their own claim or one they could not mark as paid",
    TRAINING_CORRECT: "Correct a record of training, never their own",
    EMAILS_READ: "See which emails about meetings were sent",
    EMAILS_OF_REPS: "See which emails were sent to reps, whatever they are about",
    EMAILS_RESEND: "Send an email again",
    ROLES_WRITE: "Write and publish role descriptions",
    ROLES_AGREE: "Agree to their own role",
    ROLE_MODEL_READ: "Read the national role description",
    ROLE_MODEL_WRITE: "Write the national role description",
    ROLE_PROFILE_OWN: "See their own role, log their hours, and choose what the public sees of them",
    STEPPING_DOWN_OWN: "Say that they want to stop being a rep, and change their mind",
    STEPPING_DOWN_SETTLE: "Read that a rep wants to stop and why, end their appointment, or note that they stay",
    CLAIMS_OWN: "Claim expenses, and see their own claims",
    CLAIMS_FOR_MEETING: "Begin a claim for a meeting, with its date and place filled in",
    CLAIMS_READ: "Read a claim that was sent, with its receipts",
    CLAIMS_DECIDE: "Decide and pay claims, never their own or one they made, nor pay what they approved if another can",
    CLAIMS_HELP: "Write a claim for a rep who asked, which the rep then confirms",
    CARE_RECEIPTS_CHECK: "Open receipts for care once the claim is sent, and confirm that they are right",
    CLAIMS_FIGURES: "See how long the board takes to decide and pay, and what it paid in total",
    POLICY_WRITE: "Write and publish the board's expenses policy",
    TRAINING_OWN: "See their own induction and training, and add training they have completed",
    TRAINING_READ: "See who has which training, with certificates",
    TRAINING_CONFIRM: "Confirm training, never their own",
    INDUCTION_MARK: "Follow an induction, and mark steps as done",
    INDUCTION_REPS_STEPS: "Mark the rep’s steps of an induction",
    INDUCTION_CLERKS_STEPS: "Mark the clerk’s steps of an induction",
    INDUCTION_OFFICERS_STEPS: "Mark the engagement officer’s steps of an induction",
    SESSIONS_BOOK: "Book a place at training",
    SESSIONS_ARRANGE: "Arrange training and Carer Awareness, and record who came",
    AWARENESS_READ: "See how many other members had Carer Awareness, as totals",
    SUPPORT_READ: "See the support meeting before a meeting, and the points brought to it",
    SUPPORT_ARRANGE: "Arrange support meetings, and see how meetings were for each rep",
    POINTS_BRING: "Write points for a meeting, and say how it was",
    VOICE_READ: "See how meetings are for reps, as totals",
    DESK_READ: "See every rep of the board and everything that is due, on one page",
    REP_PAGE_READ: "See on one page how a rep is supported, never what they read or claim, and never their own page",
    SUPPORT_NOTES_WRITE: "Write and correct notes about supporting a rep, who can read them; never about themselves",
    SUPPORT_NOTES_OWN: "Read what their officers have noted about supporting them",
    SUPPORT_FIGURES: "See how boards support their reps, as totals: their own board beside the median",
    MENTORING_OWN: "See their own mentoring, with its notes",
    MENTORS_ASK: "Ask for a mentor",
    MENTORS_ARRANGE: "Keep the list of mentors, match people, and see that they met; never what was said",
    COURSES_READ: "Open a course",
    COURSES_WRITE: "Write the board's induction plan and courses",
    NATIONAL_COURSES_WRITE: "Write the national courses",
    REPS_READ: "See every seat: who held it and when, who agreed to the role, who was absent",
    LEAVING_READ: "See why reps of all boards left, as totals",
    RETENTION_MANAGE: "See what will be deleted, and place legal holds",
    AUDIT_READ: "Read the audit trail: who changed what",
}
