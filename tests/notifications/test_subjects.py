"""The subject of an email says the one fact, within what a phone shows of it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask

from portal.capabilities import GATHERED
from portal.notifications.models import Email
from portal.notifications.render import subject_of
from portal.notifications.subjects import MOST, fitting
from tests.cast import NOW
from tests.notifications.test_words import FACTS, MEETING

pytestmark = pytest.mark.same_anywhere  # words and forms, of which no database says more

LONG = "§" * 80
NAMED = ("where", "group", "title", "step")
NAMES = dict.fromkeys(NAMED, LONG)
ORDINARY = {
    "board": "Northfirth Integration Joint Board",
    "where": "Northfirth IJB",
    "group": "Audit Committee",
    "title": "Carers’ rights day",
    "step": "Meet your officer",
    "about": "Attendance, 10 March 2026",
}


def of_names(template: str, *names: dict[str, Any]) -> list[Email]:
    """The same email with other names in it."""
    return [Email(template=template, facts={**MEETING, **FACTS, **more}, asked_at=NOW) for more in names]


LONGER = {  # what they say has fifty letters; the name of the meeting or group comes after it
    "apologies-undone",
    "depute-cannot",
    "depute-cannot-staff",
    "depute-goes",
    "depute-stays",
    "notes-shared",
    "paper-withdrawn",
    "papers-announced",
    "rep-cannot-come",
    "stop-asked",
    "support-off",
    "support-set",
    "support-tomorrow",
    "three-absences",
}


@pytest.mark.parametrize("own", [True, False])
@pytest.mark.parametrize("template", sorted(GATHERED.sender_of))
def test_a_subject_of_ordinary_names_has_fifty_letters(app: Flask, template: str, own: bool) -> None:
    alike = dict.fromkeys(("own", "is_mentor", "is_personal", "late"), own)
    with app.app_context():
        [email] = of_names(template, {**ORDINARY, **alike})
        said = subject_of(email)
    may_be_left = re.compile(rf": ({ORDINARY['where']}|{ORDINARY['group']}).*|, {ORDINARY['where']}$")
    fact = may_be_left.sub("", said) if template in LONGER else said
    assert len(fact) <= MOST, said


@pytest.mark.parametrize("template", sorted(GATHERED.sender_of))
def test_a_subject_says_its_fact_before_a_name_of_any_length(app: Flask, template: str) -> None:
    """A phone shows some forty characters: after the name of a group comes no more than a day."""
    with app.app_context():
        said, long = (subject_of(one) for one in of_names(template, {}, NAMES))
    assert len(said) <= 90
    before, name, after = long.partition(LONG)
    if name:
        assert 0 < len(before) <= 50
        assert len(after) <= len(", Tuesday 10 March")


def test_a_subject_is_shortened_only_as_far_as_it_must_be() -> None:
    assert fitting("Cancelled: Tuesday 10 March 2026, Audit", NOW) == "Cancelled: Tuesday 10 March 2026, Audit"
    long = "You are an officer of Northfirth Integration Joint Board until Tuesday 10 March"
    assert fitting(f"{long} 2026", NOW) == "You are an officer of Northfirth IJB until 10 March"
    assert fitting(f"{long} 2027", NOW).endswith("10 March 2027")
    assert fitting("The clerks of Northfirth Integration Joint Board met", NOW) == "The clerks of Northfirth IJB met"
