"""What a page says of the emails it set off is their number: whatever happened, and whatever people chose."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select, update

from portal.accounts.models import Person
from portal.accounts.rules import AT_ONCE, DAILY, ONLY_NEEDED, USUAL
from portal.capabilities import GATHERED
from portal.core.clock import LONDON
from portal.core.emailed import NOBODY, emailed_words
from portal.core.events import Event
from portal.infra.database import db
from portal.infra.unit_of_work import acting, hold_emails, record, record_later
from portal.infra.web.emailed import emailed
from portal.notifications.models import Email
from portal.notifications.outbox import give_up_held
from portal.notifications.rules import held_until
from portal.papers.events import MinutesPublished, PapersAnnounced
from tests.cast import NOW, Cast, anywhere
from tests.notifications.happened import event_of
from tests.sample import some

TOLD = sorted({row.event for row in GATHERED.emails}, key=lambda kind: kind.__name__)


def written_to(since: set[UUID]) -> set[UUID]:
    """Who has an email that was not there before, and an account that is open."""
    emails = db.session.scalars(anywhere(select(Email).order_by(Email.id))).all()
    open_to = GATHERED.email_called
    return {
        one.person_id
        for one in emails
        if one.id not in since and (one.person.disabled_at is None or open_to[one.template].to_closed_accounts)
    }


def number_in(said: str) -> int:
    """'3 people', 'You and 2 others', of one or more sentences; nobody is none."""
    people = [int(found) for found in re.findall(r"(\d+) (?:person|people|others?) will", said)]
    return sum(people) + len(re.findall(r"\bYou\b", said))


@contextmanager
def nothing_kept() -> Iterator[None]:
    """What happens inside is taken back, also what is still to be handled."""
    with db.session.begin_nested() as point:
        yield
        point.rollback()
    for what in ("events", "emails_to", "later", "held"):
        db.session.info.pop(what, None)


@pytest.mark.parametrize("wanted", some([USUAL, AT_ONCE, DAILY, ONLY_NEEDED], one_in=2))
def test_the_number_is_that_of_the_people_who_were_written_to(work: Any, cast: Cast, wanted: str) -> None:
    before = set(db.session.scalars(anywhere(select(Email.id).order_by(Email.id))))
    happened = [event_of(kind, cast.northfirth) for kind in TOLD]
    db.session.execute(update(Person).values(emails_wanted=wanted))
    for one in happened:
        with nothing_kept():
            record(one)
            said = emailed()
            assert number_in(said) == len(written_to(before)), one.name
            assert (said == NOBODY) == (not written_to(before)), one.name


def test_who_asked_is_you_and_names_that_are_known_are_named(work: Any, cast: Cast) -> None:
    event, rep = event_of(MinutesPublished, cast.northfirth), cast.northfirth.people["rep"]
    token = acting.set(rep)
    with nothing_kept():
        record(event)
        assert emailed().startswith("You")
    acting.reset(token)
    with nothing_kept():
        record(event)
        assert "Morag Sinclair" in emailed({rep: "Morag Sinclair", uuid4(): "Somebody Else"})
        assert "Somebody Else" not in emailed({rep: "Morag Sinclair", uuid4(): "Somebody Else"})


def test_emails_that_wait_for_an_undo_are_said_with_their_hour(work: Any, cast: Cast) -> None:
    with nothing_kept():
        db.session.execute(update(Person).values(emails_wanted=AT_ONCE))
        hold_emails(uuid4(), NOW + timedelta(minutes=10))
        record(event_of(MinutesPublished, cast.northfirth))
        assert re.fullmatch(r"\d+ (person|people) will be emailed at \d+:\d+(am|pm) today\.", emailed())


def test_what_the_clock_will_tell_is_counted_with_its_hour(work: Any, cast: Cast) -> None:
    event = event_of(PapersAnnounced, cast.northfirth)
    with nothing_kept():
        record_later(event, NOW + timedelta(minutes=2))
        said, before = emailed(), db.session.scalar(anywhere(select(func.count(Email.id))))
        assert " will be emailed at " in said
        assert db.session.scalar(anywhere(select(func.count(Email.id)))) == before, "nothing is written yet"
        record(event)
        assert number_in(said) == number_in(emailed())


def test_a_closed_account_is_not_among_them(work: Any, cast: Cast) -> None:
    event: Event = event_of(MinutesPublished, cast.northfirth)
    db.session.execute(update(Person).where(Person.id != cast.northfirth.people["depute"]).values(disabled_at=NOW))
    with nothing_kept():
        record(event)
        assert emailed() == "1 person will be emailed at 8:10am on Wednesday 4 March.", "with other news"


@given(named=st.lists(st.sampled_from(["You", "Ann Fraser", "Bo Both"]), unique=True), others=st.integers(0, 9))
def test_the_sentence_names_each_and_counts_the_rest(named: list[str], others: int) -> None:
    said = emailed_words(named, others)
    assert bool(said) == bool(named or others)
    assert all(name in said for name in named)
    assert re.findall(r"\d+", said) == [str(others)] * bool(others)
    assert "1 people" not in said
    assert "1 others" not in said


def test_nobody_reads_more_than_five_names() -> None:
    assert emailed_words(["Ann", "Bo", "Cy", "Di"], 0) == "Ann, Bo, Cy and Di will be emailed."
    assert emailed_words(["Ann", "Bo", "Cy", "Di", "Ed"], 2) == "Ann, Bo, Cy, Di and 3 others will be emailed."
    assert emailed_words(["Ann", "Bo", "Cy", "Di", "Ed"], 0) == "Ann, Bo, Cy, Di and Ed will be emailed."


def test_who_has_one_email_a_day_is_told_when_it_goes(work: Any, cast: Cast) -> None:
    rep, others = cast.northfirth.people["rep"], cast.northfirth.people["depute"]
    db.session.execute(update(Person).where(Person.id.not_in([rep, others])).values(disabled_at=NOW))
    db.session.execute(update(Person).where(Person.id == rep).values(emails_wanted=DAILY))
    with nothing_kept():
        record(event_of(MinutesPublished, cast.northfirth))
        said = emailed()
    assert re.fullmatch(
        r"1 person will be told in the daily email, at 7am on Wednesday 4 March\. "
        r"1 person will be emailed at 8:10am on Wednesday 4 March\.",
        said,
    )


@given(wanted=st.sampled_from([USUAL, DAILY]), since=st.datetimes(timezones=st.just(UTC)))
def test_what_is_held_goes_within_a_day_at_its_hour(wanted: str, since: datetime) -> None:
    since = since.replace(year=2026, day=min(since.day, 28))  # 2026 has no 29th of February
    goes = held_until(wanted, since)
    assert timedelta(0) <= goes - since <= timedelta(hours=25), "of the day on which the clocks change"
    assert f"{goes.astimezone(LONDON):%H:%M}" == ("08:10" if wanted == USUAL else "07:00")


def test_what_is_held_too_long_is_given_up(work: Any, cast: Cast) -> None:
    with nothing_kept():
        db.session.execute(update(Person).values(emails_wanted=DAILY))
        record(event_of(MinutesPublished, cast.northfirth))
        emailed()
        held = db.session.scalars(anywhere(select(Email).where(Email.status == "held").order_by(Email.id))).all()
        assert held
        for one in held:
            one.expires_at = NOW - timedelta(days=1)
        db.session.flush()
        assert give_up_held() >= len(held)
        assert {db.session.get_one(Email, one.id, populate_existing=True).status for one in held} == {"expired"}
        assert give_up_held() == 0
