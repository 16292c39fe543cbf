"""Following a tour as one of the demonstration's people, and what its steps promise of the pages they lead to."""

from __future__ import annotations

import re
from collections.abc import Iterator

import lxml.html
from flask import Flask

from portal.demonstration.tour.tours import Step, tours
from tests.demonstration.walk import text_in
from tests.visitor import Visitor

# Words of a step, and what its page says where they are true.
PROMISES = (
    ("How many days before the meeting the papers were sent", r"[Ss]ent \d+ days? before\b"),
    ("how many days before the meeting it was sent", r"[Ss]ent \d+ days? before\b"),
    ("how long they take to read", r"Time to read \d"),
    ("which of them affect carers", r"Papers that affect carers"),
    ("Open the paper or its text version, and write a note", r"Open the PDF .*Your notes .*Text version"),
    ("Once you mark it as read, it leaves your list", r"Mark as read"),
    ("You can request the same as last time in one step", r"Request the same as last time"),
    ("Your requests, and what came of them", r"Your requests (?!You have no)"),
    (
        "Each claim shows how far it has got",
        r"\b(?:Paid|Sent|Not sent yet|Question|Being paid|Approved|Not approved|With)\b",
    ),
    ("Which meeting you go to and for whom", r"standing in for"),
    ("The agenda and papers of the meeting you are covering", r"standing in for .*Papers \d"),
    ("The meeting you are covering.", r"standing in for .*There are no papers yet"),
    ("You are not covering a meeting at the moment", r"^(?!.*standing in for)"),
    ("No coming meeting is listed, because you are not covering one", r"You have no meetings coming up"),
    ("You can request replacement care for the meeting you are covering", r"Your next meetings|Your requests"),
    ("The rep who nominated you", r"You stand in for"),
    ("Sessions you can book", r"Sessions you can book"),
    ("your own training record", r"What you have learned"),
    ("a record of what you have learned", r"What you have learned"),
    ("Who you mentor, and when you next talk", r"You’ve been mentoring"),
    ("Who you mentor, how many people", r"You’ve been mentoring .*at once"),
    ("You are not mentoring anyone", r"^(?!.*You’ve been mentoring)"),
    ("What you offer as a mentor", r"at once\..*Take on someone new again"),
    ("What you have agreed to work on", r"What you’re working on .*When you talked .*Notes"),
    ("A name leads to a page about supporting that rep", r"Carer representative"),
    ("Open one to choose who provides the care", r"To arrange: [1-9]"),
    (
        "by quarter, by group and for each meeting",
        r"By meeting .*By quarter .*By group|By quarter .*By group .*By meeting",
    ),
    ("You can add a year’s dates in one go", r"Add a year of dates"),
    ("Upload all the PDFs at once", r"Upload papers"),
    ("where to post printed papers", r"Papers by post: \d"),
    ("Answers so far", r"Who is coming"),
    ("each expense is beside its receipt", r"\b(?:Sent|Waiting) "),
    ("Approved claims go to finance together", r"Payment runs"),
    ("The days from claim to decision and to payment", r"How long reps wait"),
    ("What can be claimed, up to how much, and by when", r"What is covered .*"),
    ("Every group with its carer seats", r"Carer representative"),
    ("or import a list", r"Import people from a list"),
    ("Each line is tied to the one before it", r"Each line is tied to the one before it"),
    ("What is deleted next", r"What goes next"),
    ("Compare the boards", r"Strathvarn|Southmoor"),
    ("The reasons that reps gave when they left", r"Too little support from the board"),
)
QUOTED = re.compile(r"“([^”]+)”")  # what can be selected there


def followed(app: Flask, address: str) -> Iterator[tuple[Step, str, str]]:
    """Each step as it is told to somebody, where it led, and what the page there says of itself."""
    visitor = Visitor(app)
    visitor.post("/demonstration/sign-in", {"who": address})
    role = address.split("@")[0].rstrip("0123456789")
    for number, ways in enumerate(tours().tours[role].steps, 1):
        there = visitor.get(f"/demonstration/tour/{number}")
        page = visitor.get(there.location)
        assert page.status_code == 200, there.location
        tree = lxml.html.fromstring(page.text)
        [box] = tree.xpath('//aside[contains(@class, "portal-tour")]')
        told = [one for one in ways if f"{one.title} {one.look} Why it matters: {one.why}" in text_in(box)]
        assert told, text_in(box)
        yield told[0], there.location, text_in(tree.xpath("//main")[0])


def untrue(step: Step, page: str) -> list[str]:
    """What a step promises that its page does not show."""
    broken = [words for words, shown in PROMISES if words in step.look and not re.search(shown, page)]
    return broken + [label for label in QUOTED.findall(step.look) if label not in page]
