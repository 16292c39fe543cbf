"""Two hundred words about health, typed wherever care has a free text: who sees them, and where they are not.

Most of them stand in the notes of requests, which are all alike: `make test` types 40 of them.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from portal.core import clock
from portal.infra.database import db
from portal.notifications.mailer import send_next
from portal.replacement_care.requests import queries as requests_queries
from portal.scheduler.run import tick
from tests.cast import NOW, Cast
from tests.security.test_health_words import House
from tests.visitor import Visitor

WORD = "HEALTHCANARY"
ASK = {"from_hour": "9am", "until_hour": "2pm", "place": "home", "kind": "personal", "who": "arranged"}


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


def day(number: int) -> list[str]:
    on = NOW + timedelta(days=2 + number)
    return [str(on.day), str(on.month), str(on.year)]


def ask(rep: Visitor, cast: Cast, number: int, **more: str) -> None:
    form = {**ASK, "day": day(number), "title": "Visit", "note": f"{WORD}{number:03}", "once": str(uuid4()), **more}
    path = f"/care/new?what=event&board={cast.northfirth.id}"
    assert rep.client.post(path, data={"csrf_token": rep.csrf_token(), **form}).status_code == 302


def type_everywhere(house: House, requests: int) -> tuple[Any, Any]:
    """So many requests; of the last, every other free text that there is, twenty words in all."""
    cast = house.cast
    rep, officer = (Visitor(house.app, cast.northfirth.people[role]) for role in ("rep", "officer"))
    for number in range(requests):
        ask(rep, cast, number)
    with house.app.app_context():
        found = requests_queries.open_of_person(cast.northfirth.people["rep"])
        one, other = found[0], found[1]
    officer.post(f"/care/{one.id}/take", {"version": "1"})
    for number in range(10):
        typed = {"day": day(0), "from_hour": "9am", "until_hour": "2pm", "provider": "unlisted"}
        words = {"arrangement": f"{WORD}{180 + number}", "version": str(2 + number)}
        assert officer.post(f"/care/{one.id}/arrange", {**typed, **words}).status_code == 302
    officer.post(f"/care/{other.id}/cannot", {"version": "1", "answer": f"{WORD}190", "sure": "y"})
    check_in = {"coming": "in_person", "care": "different", "travel": "none", "printed": "no"}
    path = f"/meetings/{cast.northfirth.things['meeting_id']}/check-in"
    for number in range(9):
        rep.client.post(path, data={"csrf_token": rep.csrf_token(), **check_in, "care_words": f"{WORD}{191 + number}"})
    return one, other


@pytest.mark.slow
@pytest.mark.parametrize("requests", [20, pytest.param(180, marks=pytest.mark.long)])
def test_two_hundred_words_are_found_on_two_pages_and_nowhere_else(house: House, capfd: Any, requests: int) -> None:
    one, other = type_everywhere(house, requests)
    cast = house.cast
    people = {name: Visitor(house.app, key) for name, key in cast.northfirth.people.items()}
    assert f"{WORD}000" in people["rep"].get(f"/care/{one.id}").text
    assert f"{WORD}000" in people["officer"].get(f"/care/{one.id}/text").text
    assert f"{WORD}190" in people["rep"].get(f"/care/{other.id}").text
    with house.app.app_context():
        clock.use(lambda: NOW + timedelta(days=1))
        tick()
        while send_next():
            pass
        db.session.rollback()
    clock.use(lambda: NOW)
    assert not [name for name, content in house.left_behind().items() if WORD.encode() in content]
    logged = capfd.readouterr()
    assert WORD not in logged.err + logged.out
    look_everywhere(people, cast, one)


def look_everywhere(people: dict[str, Visitor], cast: Cast, one: Any) -> None:
    """Lists, exports, the trail and the pages beside: for everybody, the rep and the officer included."""
    meeting = cast.northfirth.things["meeting_id"]
    paths = ["/", "/care", "/care/to-arrange", "/claims", "/claims/payments", "/care/figures", "/account/data.json"]
    paths += [f"/meetings/{meeting}", f"/meetings/{meeting}/coming", f"/care/{one.id}/arrange", "/account/data.pdf"]
    paths += [f"/boards/northfirth/{page}" for page in ("care", "care.csv", "audit", "audit.csv", "emails", "reps")]
    for name, visitor in people.items():
        for path in paths:
            if name == "officer" and path.endswith("/arrange"):
                continue  # what the officer typed there
            assert WORD.encode() not in visitor.client.get(path).data, (name, path)
    for name in set(people) - {"officer"}:
        assert people[name].client.get(f"/care/{one.id}/text").status_code == 404, name


@pytest.mark.slow
def test_a_word_left_behind_would_be_found(house: House) -> None:
    """The negative control: the same search finds a title, which is plain."""
    rep = Visitor(house.app, house.cast.northfirth.people["rep"])
    ask(rep, house.cast, 1, title=f"{WORD} in a title")
    assert [name for name, content in house.left_behind().items() if WORD.encode() in content]
    assert WORD in rep.client.get("/care").text
