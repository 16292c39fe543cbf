"""The pictures of help: one row says whose page each shows, which part of it, and what it must still be there for.

`make pictures` takes them from the demonstration, with a browser. Tests open the same pages as the cast.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from PIL import Image

from config import ROOT
from portal.access.roles import ADMIN, APPROVER, CLERK, COORDINATOR, DEPUTE, MENTOR, OFFICER, REP

FOLDER, IN_README = ROOT / "static" / "pictures", ROOT / "docs" / "pictures"
MOST_BYTES, MOST_IN_README = 25_000, 60_000
PHONE, DESK = 360, 1000  # how wide the window is, in CSS pixels
WHOLE = ".portal-main"  # the page without header and menu
ON_A_PHONE = (REP, DEPUTE, MENTOR)


@dataclass(frozen=True)
class Picture:
    """A part of a page, as one person of a board sees it.

    `address` may have placeholders, as routes have them; then `link_on` is a page with a link to such a thing, and the
    first is taken. `heading` is how a heading of the page begins. `part` is the selector of what the picture
    begins with, `height` and `width` how much of it is shown, in CSS pixels.
    """

    name: str
    role: str
    address: str
    heading: str
    alt: str
    caption: str
    link_on: str = ""
    part: str = WHOLE
    height: int = 640
    width: int = 0  # 0 for all of the part
    in_readme: bool = False

    @property
    def is_narrow(self) -> bool:
        return self.role in ON_A_PHONE

    @property
    def width_of_window(self) -> int:
        return PHONE if self.is_narrow else DESK

    @property
    def file(self) -> Path:
        return FOLDER / f"{self.name}.webp"

    @property
    def file_in_readme(self) -> Path:
        return IN_README / f"{self.name}.webp"

    @cached_property
    def size(self) -> tuple[int, int]:
        """How wide and high it is shown at most: pixels are finer than those of CSS."""
        with Image.open(self.file) as image:
            across, down = image.size
        width = min(self.width_of_window, across)
        return width, round(down * width / across)


PICTURES = (
    Picture(
        "rep-home",
        REP,
        "/",
        "To do",
        alt="The home page of a carer rep. A card shows the next meeting: its day, hour and place, what the rep has "
        "answered, and the button “I can’t come”. The list of things to do begins below it.",
        caption="Your home page: your next meeting, then what there is to do",
        in_readme=True,
    ),
    Picture(
        "rep-meeting",
        REP,
        "/meetings/{meeting_id}",
        "Agenda",
        alt="The page of a meeting: when and where it is, and how many days before it the papers were sent.",
        caption="A meeting: its papers are on its agenda",
        link_on="/boards/{board}/meetings",
        part="#agenda",
        in_readme=True,
    ),
    Picture(
        "rep-care",
        REP,
        "/care",
        "Replacement care",
        alt="The page “Replacement care”, with a button to request care. Each coming meeting has a button to request "
        "the same as last time.",
        caption="Request care, or the same as last time",
        height=440,
    ),
    Picture(
        "rep-claims",
        REP,
        "/claims",
        "Your claims",
        alt="The page “Your claims”, with the button “Make a claim”. Below it, claims by year and by how far they "
        "have got.",
        caption="Your claims, and how far each has got",
        height=440,
    ),
    Picture(
        "depute-home",
        DEPUTE,
        "/",
        "To do",
        alt="The home page of a depute. A card shows the meeting they are standing in at, for whom, and the buttons "
        "“I’m coming” and “I can’t come”.",
        caption="Your home page: the meeting you’re standing in at",
    ),
    Picture(
        "depute-deputes",
        DEPUTE,
        "/deputes",
        "Deputes",
        alt="The page “Deputes”. It names the rep this depute stands in for, and says that the depute has agreed.",
        caption="Who you stand in for, and at which meetings",
    ),
    Picture(
        "mentor-mentoring",
        MENTOR,
        "/mentoring",
        "People you mentor",
        alt="The page “Your mentoring”: the people this mentor supports, the day it began, and when they will "
        "next talk.",
        caption="The people you mentor, and what you offer",
    ),
    Picture(
        "mentor-pair",
        MENTOR,
        "/mentoring/pairs/{pair_id}",
        "Your plan",
        alt="The page of a mentor and a rep: their plan, when they talked, and their notes.",
        caption="Your page with one person: plan, talks and notes",
        link_on="/mentoring",
    ),
    Picture(
        "officer-today",
        OFFICER,
        "/boards/{board}/desk",
        "To do",
        alt="An engagement officer’s page “Today”: things to do, those that are late first. Beside them are the next "
        "meetings and the seats.",
        caption="Today: what is late comes first",
        in_readme=True,
    ),
    Picture(
        "officer-care",
        OFFICER,
        "/care/to-arrange",
        "Care requests",
        alt="The page “Care requests”: for each request the rep, the day and the hours, and whether it is late.",
        caption="Care requests, by the day they are for",
        width=740,
    ),
    Picture(
        "officer-reps",
        OFFICER,
        "/boards/{board}/reps",
        "Seats over the last three years",
        alt="The page “Carer reps”: each seat of each group, who has it, the end of their term, and which are vacant.",
        caption="Every seat: each name leads to that rep’s page",
        width=740,
    ),
    Picture(
        "clerk-meeting",
        CLERK,
        "/meetings/{meeting_id}",
        "Agenda",
        alt="A meeting as its clerk sees it: when papers are due, and the agenda with each item’s paper.",
        caption="A meeting: its agenda, and what is still missing",
        link_on="/",
        height=610,
    ),
    Picture(
        "clerk-notice",
        CLERK,
        "/boards/{board}/notice",
        "Are papers on time?",
        alt="The page “Are papers on time?”: a line for each meeting. A green dot is a paper on time, and a red "
        "triangle a late one.",
        caption="Are papers on time? One line for each meeting",
        part=".portal-chart",
        in_readme=True,
    ),
    Picture(
        "approver-claims",
        APPROVER,
        "/claims/to-decide",
        "Claims to decide",
        alt="The page “Claims to decide”: each claim with its rep, what it is for, the amount, and how many "
        "days ago it was sent.",
        caption="Claims to decide, and how many days ago each was sent",
        width=740,
    ),
    Picture(
        "approver-decide",
        APPROVER,
        "/claims/{claim_id}/decide",
        "Is something unclear?",
        alt="A claim to decide: one expense with its receipt, what the policy says of it, and the choice to pay it "
        "or not.",
        caption="One claim: approve each expense, or ask a question",
        link_on="/claims/to-decide",
        in_readme=True,
        width=760,
    ),
    Picture(
        "approver-payments",
        APPROVER,
        "/claims/payments",
        "Payment runs",
        alt="The page “Payments”: what can be paid now, and the payment runs so far with the day each was paid.",
        caption="Payments: what is to pay, and the runs so far",
        width=740,
    ),
    Picture(
        "admin-board",
        ADMIN,
        "/boards/{board}",
        "Who to ask",
        alt="The page of a board as an administrator sees it: its target for papers, groups and seats, with links to "
        "change them.",
        caption="Your board: groups, seats and settings",
        width=790,
    ),
    Picture(
        "admin-people",
        ADMIN,
        "/boards/{board}/people",
        "Carer reps",
        alt="The page “People and roles”: carer reps and staff, with links to invite someone, to end a role and to "
        "each person’s account.",
        caption="People and roles: invite someone, or end a role",
        width=740,
    ),
    Picture(
        "admin-audit",
        ADMIN,
        "/boards/{board}/audit?event=RepAppointed",
        "Audit trail",
        alt="The audit trail: line by line, what was changed, when and by whom.",
        caption="The audit trail: what was changed, when and by whom",
        part=".portal-main .portal-list",
        height=560,
        width=740,
    ),
    Picture(
        "coordinator-notice",
        COORDINATOR,
        "/notice",
        "Are papers on time? Every board",
        alt="“Are papers on time? Every board”: a bar for each board shows its share of papers on time, and a table "
        "below has the numbers.",
        caption="Every board: which of them send papers on time",
        in_readme=True,
    ),
    Picture(
        "coordinator-support",
        COORDINATOR,
        "/support-figures",
        "Induction done within three months",
        alt="“Boards side by side”: a bar for each board shows how many reps had their induction within three months.",
        caption="Boards side by side: how each supports its reps",
    ),
)


def of_role(role: str) -> dict[str, Picture]:
    """The pictures of a role's help, by name."""
    return {one.name: one for one in PICTURES if one.role == role}
