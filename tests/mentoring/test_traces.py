"""What a pair says, and what reps bring to a meeting, leaves no trace: not in the database, emails, logs or faults."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from portal.core import clock
from portal.infra.database import db
from portal.mentoring.models import Pair
from portal.notifications.mailer import send_next
from portal.scheduler.run import tick
from tests.cast import NOW, anywhere
from tests.security.test_health_words import House
from tests.visitor import Visitor

WORD = "PAIRCANARY"
SAID = f"{WORD} she has had two strokes"


def test_nothing_a_pair_says_is_found_anywhere(tmp_path: Path, capfd: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    house = House(tmp_path)
    people, things = house.cast.northfirth.people, house.cast.northfirth.things
    rep, depute = Visitor(house.app, people["rep"]), Visitor(house.app, people["depute"])
    path = f"/mentoring/pairs/{things['pair_id']}"
    depute.post(f"/mentoring/requests/{things['mentor_request_id']}/withdraw")
    depute.post("/mentoring/ask", {"board": str(house.cast.northfirth.id), "wish": SAID})
    with house.app.app_context():
        version = db.session.scalars(anywhere(select(Pair).where(Pair.id == things["pair_id"]))).one().version
    rep.post(f"{path}/plan", {"every_weeks": "4", "own_aim": SAID, "version": str(version)})
    talked = {"held_on": ["3", "3", "2026"], "minutes": "30", "way": "phone", "next_step": SAID}
    rep.post(f"{path}/sessions/new", talked)
    for for_whom in ("mine", "both"):
        rep.post(f"{path}/notes/{for_whom}", {"text": SAID})
    rep.post(f"/meetings/{things['meeting_id']}/points", {"text": SAID, "item": ""})
    clock.use(lambda: NOW + timedelta(days=31))
    rep = Visitor(house.app, people["rep"])
    rep.post(f"{path}/pulse", {"score": "1", "word": SAID})
    assert WORD in Visitor(house.app, people["officer"]).get("/boards/northfirth/mentoring").text
    assert rep.get(path).text.count(SAID) == 4, "it was all kept"
    break_while_noting(rep, path, monkeypatch)
    rep.post(f"{path}/end", {"achieved": SAID, "then": "nothing"})
    with house.app.app_context():
        tick()
        while send_next():
            pass
    found = [name for name, content in house.left_behind().items() if WORD.encode() in content]
    assert not found
    logged = capfd.readouterr()
    assert "fault" in logged.err, "nothing was logged, so nothing was searched"
    assert WORD not in logged.err + logged.out


def break_while_noting(rep: Visitor, path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault in the middle of keeping a note: the words are in the local variables of every frame."""

    def broken(*words: Any, **more: Any) -> None:
        raise RuntimeError(f"could not keep {words} {more}")

    with monkeypatch.context() as patch:
        patch.setattr("portal.mentoring.kept.actions.MentoringNote", broken)
        rep.app.config["PROPAGATE_EXCEPTIONS"] = False
        assert rep.post(f"{path}/notes/mine", {"text": SAID}).status_code == 500
