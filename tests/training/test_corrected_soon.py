"""Of training that is confirmed, and corrected or withdrawn soon after, people hear in that order, or not at all."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import update

from portal.accounts.models import Person
from portal.accounts.rules import AT_ONCE, DAILY, USUAL
from portal.infra.database import db
from portal.infra.unit_of_work import record
from portal.notifications.models import Email
from portal.scheduler.run import do_what_is_due
from portal.training.events import TrainingRunsOut
from portal.training.records import actions
from portal.training.records.queries import record_by_id
from portal.training.records.rules import Days
from tests.cast import NOW, Cast, anywhere
from tests.notifications.post_office import PostOffice
from tests.notifications.test_mail import post_office  # noqa: F401 - a fixture
from tests.notifications.test_still_true import emails, morning, send_all, states

CONFIRMED, CORRECTED = "Your officer confirmed", "has corrected a record about you: "
DEPUTE = "depute@northfirth.test"  # whose record the cast has


def wants(work: Any, cast: Cast, choice: str) -> UUID:
    """Nothing else is on its way."""
    with work():
        db.session.execute(anywhere(update(Email).where(Email.status.in_(("waiting", "held"))).values(status="sent")))
        db.session.get_one(Person, cast.northfirth.people["depute"]).emails_wanted = choice
    return cast.northfirth.people["depute"]


def confirm(work: Any, cast: Cast) -> None:
    with work():
        one = record_by_id(cast.northfirth.id, cast.northfirth.things["record_id"])
        actions.answer_record(one, cast.northfirth.people["officer"], is_confirmed=True)


def correct(work: Any, cast: Cast) -> None:
    with work():
        one = record_by_id(cast.northfirth.id, cast.northfirth.things["record_id"])
        now = Days(date(2026, 2, 1), date(2026, 3, 20))
        actions.correct_record(one, now, cast.northfirth.people["officer"], "told", "")


def told(office: PostOffice) -> list[str]:
    """What the depute read of it, in this order."""
    texts = [one.get_body(("plain",)).get_content().replace("\n", " ") for one in office.to(DEPUTE)]
    found = [(words, text.index(words)) for text in texts for words in (CONFIRMED, CORRECTED) if words in text]
    return [words for words, _ in found]


@pytest.mark.parametrize("choice", [USUAL, DAILY, AT_ONCE])
def test_that_it_was_confirmed_is_heard_before_that_it_was_corrected(
    work: Any,
    cast: Cast,
    at: Any,
    post_office: PostOffice,  # noqa: F811 - the fixture
    choice: str,
) -> None:
    wants(work, cast, choice)
    confirm(work, cast)
    send_all()
    at(NOW + timedelta(minutes=5))
    do_what_is_due()
    correct(work, cast)
    send_all()
    morning(at)
    send_all()
    assert told(post_office) == [CONFIRMED, CORRECTED], "each once"


def test_only_what_is_about_it_goes_before(work: Any, cast: Cast, at: Any) -> None:
    """Other news stays to be gathered."""
    depute = wants(work, cast, USUAL)
    with work():
        typed = {"title": "First aid", "done_on": date(2026, 2, 2)}
        other = actions.add_record(UUID(int=77), cast.northfirth.id, depute, typed, None)
        actions.answer_record(other, cast.northfirth.people["officer"], is_confirmed=True)
    confirm(work, cast)
    at(NOW + timedelta(minutes=5))
    correct(work, cast)
    assert sorted(states("training-answered", depute)) == ["held", "waiting"]


def test_nobody_hears_that_training_was_confirmed_once_it_is_withdrawn(
    work: Any,
    cast: Cast,
    at: Any,
    post_office: PostOffice,  # noqa: F811 - the fixture
) -> None:
    depute = wants(work, cast, USUAL)
    confirm(work, cast)
    with work():
        actions.take_back_record(depute, cast.northfirth.things["record_id"])
    morning(at)
    send_all()
    assert told(post_office) == []
    [one] = emails("training-answered", depute)
    assert one.problem == "Not sent: the training was withdrawn before this email went out"


def test_no_officer_is_asked_to_confirm_what_another_has_confirmed(
    work: Any,
    cast: Cast,
    at: Any,
    post_office: PostOffice,  # noqa: F811 - the fixture
) -> None:
    officer = cast.northfirth.people["officer"]
    with work():
        depute, typed = cast.northfirth.people["depute"], {"title": "First aid", "done_on": date(2026, 2, 2)}
        one = actions.add_record(UUID(int=77), cast.northfirth.id, depute, typed, None)
    with work():
        actions.answer_record(record_by_id(cast.northfirth.id, one.id), officer, is_confirmed=True)
    morning(at)
    send_all()
    problems = [one.problem for one in emails("training-to-confirm", officer) if one.facts["title"] == "First aid"]
    assert problems == ["Not sent: the training was confirmed or declined before this email went out"]


def test_nobody_hears_that_it_runs_out_on_a_day_that_was_corrected(
    work: Any,
    cast: Cast,
    post_office: PostOffice,  # noqa: F811 - the fixture
) -> None:
    depute = wants(work, cast, USUAL)
    with work():
        one = record_by_id(cast.northfirth.id, cast.northfirth.things["record_id"])
        one.status, one.valid_until = "confirmed", date(2026, 3, 18)
        of = {"board_id": one.board_id, "record_id": one.id, "person_id": depute}
        record(TrainingRunsOut(**of, until=one.valid_until, days=14))
    correct(work, cast)
    send_all()
    assert told(post_office) == [CORRECTED]
    [email] = emails("training-runs-out", depute)
    assert email.problem == "Not sent: its dates were corrected before this email went out"
