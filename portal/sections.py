"""The ways through the portal: the entries of the menu, and which of them each role has.

What stands under each is said by the capabilities, with a `MenuEntry` for each page.
"""

from __future__ import annotations

from enum import Enum

from portal.access.roles import ADMIN, APPROVER, CLERK, COORDINATOR, DEPUTE, MENTOR, OFFICER, REP


class Section(Enum):
    """An entry of the menu: its words, and the icon beside them on a phone."""

    HOME = ("Home", "home")
    TODAY = ("Today", "bell")
    MEETINGS = ("Meetings", "calendar")
    PAPERS = ("Papers", "paper")
    MONEY_AND_CARE = ("Money & care", "pound")
    MENTORING = ("Mentoring", "speech")
    TRAINING = ("Training", "check")
    REPS = ("Reps", "people")
    SUPPORT = ("Support", "heart")
    PAYMENTS = ("Payments", "pound")
    POLICY = ("Policy", "paper")
    PEOPLE = ("People", "people")
    BOARDS = ("Boards", "people")
    REPORTS = ("Reports", "chart")
    LIBRARY = ("Library", "paper")
    BOARD = ("Board", "settings")
    RECORDS = ("Records", "clock")
    YOU = ("You", "person")

    def __init__(self, label: str, icon: str) -> None:
        self.label = label
        self.icon = icon


_REP = (Section.HOME, Section.MEETINGS, Section.PAPERS, Section.MONEY_AND_CARE, Section.YOU)
_MENTOR = (Section.HOME, Section.MENTORING, Section.TRAINING, Section.YOU)

MENUS: dict[str, tuple[Section, ...]] = {
    REP: _REP,
    DEPUTE: _REP,
    MENTOR: _MENTOR,
    OFFICER: (Section.TODAY, Section.MEETINGS, Section.REPS, Section.SUPPORT, Section.REPORTS, Section.BOARD),
    CLERK: (Section.TODAY, Section.MEETINGS, Section.PEOPLE, Section.REPORTS, Section.BOARD),
    APPROVER: (Section.TODAY, Section.PAYMENTS, Section.POLICY, Section.REPORTS, Section.BOARD),
    ADMIN: (Section.TODAY, Section.PEOPLE, Section.MEETINGS, Section.REPORTS, Section.BOARD, Section.RECORDS),
    COORDINATOR: (Section.BOARDS, Section.REPORTS, Section.LIBRARY),
}
WITHOUT_ROLE = (Section.HOME, Section.YOU)
CALLED = {  # as the chooser says what somebody works as
    REP: "Carer rep",
    DEPUTE: "Depute",
    MENTOR: "Mentor",
    OFFICER: "Engagement officer",
    CLERK: "Clerk",
    APPROVER: "Expense approver",
    ADMIN: "Board administrator",
    COORDINATOR: "National coordinator",
}
SHARED = {DEPUTE: REP, MENTOR: REP}  # whoever holds both has the pages of both in the menu of the second
FIRST_PAGES = {OFFICER: "desk.show"}  # of whoever works as nothing else, in the place of "Your next steps"
TABS = 5  # at the bottom of a phone; where there are more entries, the last of them leads to the rest

# Under what the pages of "You" stand
YOUR_ROLE, YOUR_SUPPORT, YOUR_BOARD, YOUR_ACCOUNT = "Your role", "Your support", "Your board", "Your account"
OF_NO_BOARD = {YOUR_BOARD: "Boards"}  # as whoever belongs to no board reads it
