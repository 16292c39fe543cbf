"""What is rule ends in time: every table has its row, a week's notice is given, and holds keep what they cover."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from portal.accounts.models import Person
from portal.audit.models import AuditLine
from portal.boards.models import Appointment, StaffRole
from portal.capabilities import GATHERED
from portal.check_in.models import CheckIn
from portal.deputes.models import Nomination
from portal.infra.database import Model, db
from portal.notifications.models import Email
from portal.papers.models import Note
from portal.retention import actions
from portal.retention.models import Hold, Removal
from portal.retention.rule import STAYS, RetentionRule
from portal.scheduler.run import do_what_is_due, tick
from tests.cast import NOW, Cast, anywhere
from tests.visitor import text_of

pytestmark = pytest.mark.usefixtures("no_hold_at_first")
MONDAY = datetime(2027, 3, 8, 8, 0, tzinfo=UTC)  # a little over a year after the cast's emails
LATER = datetime(2028, 3, 20, 8, 0, tzinfo=UTC)  # a Monday, two years and more after Fred's term ended


@pytest.fixture
def no_hold_at_first(app: Flask, rolled_back: Any) -> None:
    """The cast has a hold on each board, for the pages that show one."""
    with app.app_context():
        db.session.execute(anywhere(update(Hold).values(lifted_at=NOW)))
        db.session.commit()


def assert_every_table_has_a_rule(rules: Sequence[RetentionRule]) -> None:
    tables = sorted(mapper.local_table.name for mapper in Model.registry.mappers)
    assert tables == sorted(rule.table for rule in rules), "say in the capability's retention.py how long rows are kept"


def test_every_table_has_one_rule() -> None:
    assert_every_table_has_a_rule(GATHERED.retention)


def test_a_table_without_a_rule_is_found_out() -> None:
    with pytest.raises(AssertionError, match=r"retention\.py"):
        assert_every_table_has_a_rule([rule for rule in GATHERED.retention if rule.table != "notes"])


def test_what_ends_says_when_and_what_stays_says_so() -> None:
    for rule in GATHERED.retention:
        assert (rule.days is None) == (rule.is_over is None) == (rule.happens == STAYS), rule.table
        assert rule.what
        assert rule.until


def test_the_privacy_page_is_made_from_the_register(visit: Any) -> None:
    page = text_of(visit("").get("/privacy/how-long"))
    for rule in GATHERED.retention:
        assert rule.what in page
        assert rule.until in page


def emails(board_id: UUID) -> int:
    return db.session.scalar(select(func.count(Email.id)).where(Email.board_id == board_id, Email.asked_at <= NOW)) or 0


def test_old_emails_go_a_week_after_that_was_announced(app: Flask, cast: Cast, work: Any, at: Any) -> None:
    board = cast.northfirth
    before = emails(board.id)
    assert before
    at(MONDAY)
    tick()
    [facts] = announcements(cast)
    assert facts["day"] == "Monday 15 March 2027"
    points = "Points you wanted to raise at a meeting, encrypted: 2"
    assert facts["what"] == [points, f"Emails the portal sent you, and whether they arrived: {before}"]
    at(MONDAY + timedelta(days=6, hours=15))
    tick()
    assert emails(board.id) == before
    at(MONDAY + timedelta(days=7))
    tick()
    db.session.expire_all()
    assert emails(board.id) == 0
    done = db.session.scalars(select(Removal).where(Removal.board_id == board.id, Removal.table == "emails")).one()
    assert (done.rows, done.removed) == (before, before)
    assert done.done_at


def announcements(cast: Cast) -> list[dict[str, Any]]:
    admin = cast.northfirth.people["admin"]
    statement = select(Email.facts).where(Email.template == "removals-planned", Email.person_id == admin)
    return list(db.session.scalars(statement.order_by(Email.asked_at)))


def test_a_whole_year_of_mondays_announces_nothing_twice(app: Flask, cast: Cast, work: Any, at: Any) -> None:
    for week in range(3):
        at(MONDAY + timedelta(weeks=week))
        tick()
        tick()
    each = (Removal.table, Removal.board_id, Removal.goes_on)
    counted = select(Removal.table, Removal.board_id, func.count()).group_by(*each).order_by(*each)
    planned = db.session.execute(anywhere(counted)).all()
    assert planned
    assert {count for *_, count in planned} == {1}


def test_a_hold_on_the_board_keeps_everything_of_it(app: Flask, cast: Cast, work: Any, at: Any) -> None:
    board, other = cast.boards
    before = emails(board.id)
    with work():
        actions.place_hold(board.id, None, "Complaint 12", board.people["admin"])
    for moment in (MONDAY, MONDAY + timedelta(days=7)):
        at(moment)
        tick()
    assert emails(board.id) == before
    assert emails(other.id) == 0


def test_a_hold_on_a_person_keeps_what_is_about_them_and_no_more(app: Flask, cast: Cast, work: Any, at: Any) -> None:
    board = cast.northfirth
    rep = board.people["rep"]
    with work():
        actions.place_hold(board.id, rep, "Complaint 12", board.people["admin"])
    for moment in (MONDAY, MONDAY + timedelta(days=7)):
        at(moment)
        tick()
    of_then = select(Email.person_id).where(Email.board_id == board.id, Email.asked_at <= NOW)
    assert set(db.session.scalars(of_then.order_by(Email.id))) == {rep}


def test_a_hold_placed_after_the_announcement_still_keeps(app: Flask, cast: Cast, work: Any, at: Any) -> None:
    board = cast.northfirth
    before = emails(board.id)
    at(MONDAY)
    tick()
    with work():
        hold = actions.place_hold(board.id, None, "Complaint 12", board.people["admin"])
    at(MONDAY + timedelta(days=7))
    tick()
    assert emails(board.id) == before
    with work():
        actions.lift_hold(db.session.get_one(Hold, hold.id))
    for week in (2, 3):
        at(MONDAY + timedelta(weeks=week))
        tick()
    assert emails(board.id) == 0


def leave_a_note(person_id: UUID, things: dict[str, Any], board_id: UUID) -> None:
    of = {"board_id": board_id, "group_id": things["group_id"], "meeting_id": things["meeting_id"]}
    note = Note(**of, paper_id=things["paper_id"], person_id=person_id, changed_at=NOW)
    note.text = "mine"
    db.session.add(note)


def leave_a_check_in(person_id: UUID, things: dict[str, Any], board_id: UUID) -> None:
    """Who came, what care they needed, and a depute they nominated."""
    of = {"board_id": board_id, "group_id": things["group_id"]}
    one = CheckIn(**of, meeting_id=things["meeting_id"], person_id=person_id, attended="came")
    one.help_words = "lifting"
    nomination = Nomination(**of, on_behalf_of_id=person_id, name="Dora", email="d@x.test", nominated_at=NOW)
    nomination.why = "because"
    db.session.add_all([one, nomination])


def test_an_account_without_a_role_ends_after_two_years(app: Flask, cast: Cast, work: Any, at: Any) -> None:
    former, rep = cast.person("former"), cast.northfirth.people["rep"]
    with work():
        leave_a_check_in(former, cast.northfirth.things, cast.northfirth.id)
        leave_a_note(former, cast.northfirth.things, cast.northfirth.id)
    at(LATER)
    tick()
    of_kind = select(Email.person_id).where(Email.template == "account-goes-soon").order_by(Email.id)
    told = db.session.scalars(anywhere(of_kind)).all()
    assert former in told
    assert rep not in told
    assert db.session.get_one(Person, former).name == "Fred Former"
    at(LATER + timedelta(days=7))
    tick()
    db.session.expire_all()
    gone = db.session.get_one(Person, former)
    assert gone.name == "Someone who has left"
    assert gone.email == f"{former.hex}@gone.invalid"
    assert (gone.password_hash, gone.sealed_totp) == (None, None)
    assert gone.disabled_at
    assert not db.session.scalars(select(Note).where(Note.person_id == former)).all()
    assert not db.session.scalars(select(Nomination).where(Nomination.on_behalf_of_id == former)).all()
    check_in = db.session.scalars(select(CheckIn).where(CheckIn.person_id == former)).one()
    assert (check_in.attended, check_in.sealed_help_words) == ("came", "")
    assert db.session.get_one(Person, rep).name == "CANARYNORTH Rep"


def test_somebody_who_comes_back_in_the_last_week_stays(app: Flask, cast: Cast, work: Any, at: Any) -> None:
    former, board = cast.person("former"), cast.northfirth
    at(LATER)
    tick()
    with work():
        db.session.add(StaffRole(person_id=former, board_id=board.id, role="clerk", from_on=date(2028, 3, 21)))
    at(LATER + timedelta(days=7))
    tick()
    assert db.session.get_one(Person, former).name == "Fred Former"


def test_a_hold_on_a_board_keeps_the_accounts_of_its_people(app: Flask, cast: Cast, work: Any, at: Any) -> None:
    former, board = cast.person("former"), cast.northfirth
    with work():
        actions.place_hold(board.id, None, "Court", board.people["admin"])
    for moment in (LATER, LATER + timedelta(days=7)):
        at(moment)
        tick()
    assert db.session.get_one(Person, former).name == "Fred Former"
    assert db.session.get_one(Person, cast.person("nobody")).name == "Someone who has left"


def test_an_ended_role_goes_after_six_years_and_who_sat_where_stays(app: Flask, cast: Cast, work: Any, at: Any) -> None:
    keys: dict[Any, Any] = {}
    with work():
        for model in (StaffRole, Appointment):
            some = select(model).where(model.board_id == cast.northfirth.id).order_by(model.id).limit(1)
            one = db.session.scalars(some).one()
            db.session.execute(update(model).where(model.id == one.id).values(from_on=NOW.date(), until_on=NOW.date()))
            keys[model] = one.id
    monday = datetime(2032, 3, 8, 8, 0, tzinfo=UTC)
    for week, there in ((-52, True), (0, True), (1, False)):
        at(monday + timedelta(weeks=week))
        tick()  # what was announced before goes first,
        tick()  # and then the next is announced
        db.session.expire_all()
        assert bool(db.session.get(StaffRole, keys[StaffRole])) is there, f"week {week}"
        assert db.session.get(Appointment, keys[Appointment])


def test_addresses_leave_the_trail_and_its_chain_stays_whole(app: Flask, cast: Cast, work: Any, at: Any) -> None:
    from portal.accounts.invitations import invite
    from portal.audit.verify import check_chain

    kept = (AuditLine.board_id == cast.northfirth.id, AuditLine.sealed_personal.is_not(None))
    personal = select(AuditLine).where(*kept).order_by(AuditLine.id)
    before = len(db.session.scalars(personal).all())
    with work():
        invite("una@new.test", "Una New", cast.northfirth.id)
    assert len(db.session.scalars(personal).all()) == before + 1
    for moment in (LATER, LATER + timedelta(days=7)):
        at(moment)
        tick()
    assert db.session.scalars(personal).all() == []
    words, is_whole = check_chain("northfirth", cast.northfirth.id)
    assert is_whole, words


def test_ended_machinery_goes_each_day_without_a_word(app: Flask, cast: Cast, work: Any, at: Any) -> None:
    from portal.infra.work import Work

    done = select(func.count(Work.id)).where(Work.done_at.is_not(None))
    assert db.session.scalar(done)
    at(NOW + timedelta(days=29))
    do_what_is_due()
    assert db.session.scalar(done)
    at(NOW + timedelta(days=31))
    do_what_is_due()
    assert db.session.scalar(done) == 0
    assert announcements(cast) == []


def test_an_administrator_places_and_lifts_a_hold(visit: Any, cast: Cast) -> None:
    admin = visit("northfirth.admin")
    rep = str(cast.northfirth.people["rep"])
    wrong = admin.post("/boards/northfirth/holds/new", {"person": "", "reason": ""})
    assert "Choose from the list" in text_of(wrong)
    assert "Say why, in a few words" in text_of(wrong)
    foreign = admin.post("/boards/northfirth/holds/new", {"person": str(cast.southmoor.people["rep"]), "reason": "x"})
    assert "Choose from the list" in text_of(foreign)
    assert admin.post("/boards/northfirth/holds/new", {"person": rep, "reason": "Complaint 12"}).status_code == 302
    page = admin.get("/boards/northfirth/keeping")
    assert "Everything about CANARYNORTH Rep Complaint 12" in text_of(page)
    lift = page.text.split('action="/boards/northfirth/holds/')[1].split('"')[0]
    assert visit("southmoor.admin").post(f"/boards/southmoor/holds/{lift}").status_code == 404
    assert admin.post(f"/boards/northfirth/holds/{lift}").status_code == 302
    assert "There are no legal holds." in text_of(admin.get("/boards/northfirth/keeping"))
    assert "Placed a legal hold: CANARYNORTH Rep" in text_of(admin.get("/boards/northfirth/audit"))


def test_an_administrator_sees_what_goes_next(visit: Any, app: Flask, at: Any, cast: Cast) -> None:
    at(MONDAY)
    with app.app_context():
        tick()
    page = text_of(visit("northfirth.admin").get("/boards/northfirth/keeping"))
    assert "Emails the portal sent you, and whether they arrived" in page
    assert "In this list, “you” means the person a record is about." in page
    assert "on Monday 15 March 2027" in page
