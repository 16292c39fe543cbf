"""Every route × method × the whole cast × two boards answers as the table says; other boards stay unseen."""

from __future__ import annotations

import re
from functools import cache
from itertools import product
from typing import Any
from uuid import UUID

import lxml.html
import pytest
from flask import Flask
from sqlalchemy import Connection, select
from werkzeug.exceptions import MethodNotAllowed

from portal.accounts.models import Person
from portal.boards.models import Board, Group
from portal.boards.seats import actions as seats_actions
from portal.infra.database import db
from portal.infra.guard import guard_of
from portal.infra.unit_of_work import unit_of_work
from portal.infra.web.links import token_for
from portal.meetings import queries as meetings
from portal.notifications.models import Email
from portal.notifications.render import words_of
from portal.papers.reading import queries as reading_queries
from portal.replacement_care.requests import queries as requests_queries
from portal.scheduler.run import do_what_is_due, tick
from tests import cast as cast_module
from tests.architecture.headings import other_headings
from tests.architecture.matrix import ALLOWED, Matrix, cases, mirrored, path_of, viewer_of, watched_writes, words_in
from tests.cast import TODAY, Cast, anywhere
from tests.reading import hard_to_read, prose_of, read_all


@pytest.fixture
def matrix(app: Flask, cast: Cast, visit: Any, rolled_back: Connection) -> Matrix:
    return Matrix(app, cast, visit, rolled_back, things_found(app.config["PORTAL"].database_url))


@cache
def things_found(_database_url: str) -> dict[tuple[str, str], object]:
    """What the addresses of one portal are about, as whoever of the cast finds it: looked up once for everybody."""
    return {}


FEW_PAGES = ("depute", "mentor", "approver")  # who sees little of a board
LIKE_OTHERS = ("northfirth.mentor", "both", "nobody", "former", "disabled")  # who may what others may, or nothing
ROLES = ("rep", "depute", "mentor", "officer", "clerk", "approver", "admin")


def names() -> list[Any]:
    """The whole cast. Southmoor mirrors Northfirth, and some are like others: these are asked in make test-all."""
    everyone = ["", *(f"northfirth.{role}" for role in ROLES), "coordinator", "both", "disabled", "nobody", "former"]
    later = [*LIKE_OTHERS, *(f"southmoor.{role}" for role in ROLES)]
    return [name for name in everyone if name not in later] + [pytest.param(n, marks=pytest.mark.long) for n in later]


@pytest.mark.slow
@pytest.mark.parametrize("name", names())
def test_each_route_answers_as_the_table_says(matrix: Matrix, name: str) -> None:
    always, _ = mirrored(cases(matrix.app, matrix.cast))
    faults = list(matrix.faults(name, matrix.expectations(name, always)))
    faults += hard_to_read(matrix.prose)
    with matrix.app.app_context():
        faults += other_headings(name.split(".")[-1], matrix.headings)
    assert not faults, "\n".join(faults)


@pytest.mark.long
@pytest.mark.parametrize("name", names())
def test_what_is_sent_to_the_other_board_is_answered_likewise(matrix: Matrix, name: str) -> None:
    _, later = mirrored(cases(matrix.app, matrix.cast))
    faults = list(matrix.faults(name, matrix.expectations(name, later)))
    assert not faults, "\n".join(faults)


@pytest.mark.long
def test_asking_for_the_headers_alone_answers_likewise(matrix: Matrix) -> None:
    """HEAD is a GET without its body to Flask, so one person says enough."""
    name = "northfirth.officer"
    faults = list(matrix.faults(name, matrix.expectations(name, cases(matrix.app, matrix.cast, methods=["HEAD"]))))
    assert not faults, "\n".join(faults)


@pytest.mark.long
@pytest.mark.postgresql
@pytest.mark.parametrize("name", [*(f"northfirth.{role}" for role in ROLES), "coordinator"])
def test_what_a_person_may_do_works_on_this_database(matrix: Matrix, name: str) -> None:
    """A refusal asks a database nothing that an answer does not ask, so of the table the answers are enough."""
    wanted = matrix.expectations(name, cases(matrix.app, matrix.cast))
    answers = {case: codes for case, codes in wanted.items() if codes == ALLOWED and case.board == "northfirth"}
    faults = list(matrix.faults(name, answers))
    assert not faults, "\n".join(faults)


@pytest.mark.slow
def test_methods_that_a_route_does_not_have_are_refused(app: Flask, cast: Cast, visit: Any) -> None:
    clerk, routes = visit("northfirth.clerk"), app.url_map.bind("localhost")
    paths = [path_of(rule, cast.northfirth) for rule in sorted({case.rule for case in cases(app, cast)})]
    for path, method in product(paths, ("PUT", "PATCH", "DELETE")):
        with pytest.raises(MethodNotAllowed):
            routes.match(path, method)
    assert {clerk.client.open(paths[0], method=method).status_code for method in ("PUT", "PATCH", "DELETE")} == {405}


@pytest.mark.parametrize("name", ["", "northfirth.rep", "northfirth.clerk", "coordinator"])
def test_reading_a_public_page_changes_no_row(app: Flask, cast: Cast, visit: Any, name: str) -> None:
    visitor, prose = visit(name), {}
    for rule in app.url_map.iter_rules():
        if guard_of(app, rule.endpoint) == "public" and "GET" in (rule.methods or ()) and rule.endpoint != "static":
            with watched_writes(app) as written:
                response = visitor.get(path_of(rule.rule, cast.northfirth))
            assert not written, f"{rule.rule} wrote {written[0][:80]}"
            if response.status_code == 200 and response.mimetype == "text/html":
                prose[rule.endpoint] = read_all(prose_of(lxml.html.fromstring(response.text)))
    assert not list(hard_to_read(prose))


def test_a_foreign_thing_looks_like_one_that_does_not_exist(visit: Any, cast: Cast) -> None:
    visitor = visit("northfirth.clerk")
    theirs = visitor.get(f"/meetings/{cast.southmoor.things['meeting_id']}")
    nothing = visitor.get(f"/meetings/{UUID(int=7)}")
    assert theirs.status_code == nothing.status_code == 404
    assert masked(theirs.text) == masked(nothing.text)


SIGNED_IN_AGAIN = "/account/sessions"  # whoever looks twice is signed in twice


def masked(text: str) -> str:
    return re.sub(
        r'(nonce="|csrf_token" value="|name="once" type="hidden" value="|DTSTAMP:|/calendar/|data-options=")[^"\r\n]+',
        r"\1",
        text,
    )


@pytest.mark.same_anywhere
@pytest.mark.parametrize("name", names())
def test_list_and_door_agree(app: Flask, cast: Cast, name: str, rolled_back: Connection) -> None:
    """What a list shows is what the door opens, for every person and every meeting and paper."""
    viewer = viewer_of(app, cast, name)
    if viewer is None:
        return
    with app.app_context():
        for board in cast.boards:
            listed = {meeting.id for meeting in meetings.meetings_of_board(viewer, board.id)}
            every = {board.things["meeting_id"], board.things["coming_id"]}
            assert listed == {one for one in every if meetings.meeting(viewer, one)}
            shown = {one.paper.id for one in reading_queries.papers_shown(viewer, board.things["meeting_id"])}
            both = {board.things["paper_id"], board.things["secret_paper_id"]}
            assert shown == {one for one in both if reading_queries.paper(viewer, one)}


@pytest.mark.same_anywhere
@pytest.mark.parametrize(
    "name", ["officer", *(pytest.param(n, marks=pytest.mark.long) for n in ("rep", "clerk", "admin", *FEW_PAGES))]
)
def test_what_happens_on_another_board_changes_nothing_one_sees(matrix: Matrix, name: str) -> None:
    """Counts, next steps, feeds, exports and figures too: every page is the same, to the letter."""
    before = everything_seen(matrix, f"northfirth.{name}")
    assert len(before) >= 10
    make_busy(matrix)
    after = everything_seen(matrix, f"northfirth.{name}")
    assert [path for path in before if before[path] != after[path]] in ([], [SIGNED_IN_AGAIN])


def everything_seen(matrix: Matrix, name: str) -> dict[str, str]:
    """Each page, file and feed that a person of Northfirth can get, its one-time words masked."""
    visitor, seen = matrix.visit(name), {}
    paths = {path_of(c.rule, matrix.cast.northfirth) for c in cases(matrix.app, matrix.cast) if c.method == "GET"}
    with matrix.app.app_context():
        feed = token_for("calendar", matrix.cast.person(name), "1")
    skipped = ("/account/data", "/account/second-factor", "/boards/northfirth/audit")  # these tell of the visit itself
    marking = {path for path in paths if path.endswith("/text")}  # that words of care were read is said on other pages
    for path in [*sorted(marking), *sorted(paths - marking), "/", f"/calendar/{feed}.ics"]:
        if not path.startswith(skipped):
            response = visitor.client.get(path)
            if response.status_code == 200:
                seen[path] = masked(words_in(response))
                if path.endswith(".xlsx"):  # it holds the second in which it was made, so its length differs
                    seen[path] = re.sub(r"Content-Length: \d+", "", seen[path])
    return {path: re.sub(r"X-Request-Id: \w+|'nonce-[^']+'|[Ss]ession=[^\n]+", "", text) for path, text in seen.items()}


def make_busy(matrix: Matrix) -> None:
    """Much happens on Southmoor: a group, a seat and its rep, a meeting with papers and minutes, emails."""
    with matrix.app.app_context():
        with unit_of_work():
            board = db.session.get_one(Board, matrix.cast.southmoor.id)
            group = db.session.scalars(select(Group).where(Group.board_id == board.id)).first()
            seat = seats_actions.create_seat(group, "One more", TODAY)
            rep = db.session.get_one(Person, matrix.cast.southmoor.people["depute"])
            seats_actions.appoint(seat, rep, "unpaid_carer", TODAY, TODAY)
            meeting = cast_module._call(group, TODAY)
        cast_module.publish(meeting, {"1 Budget.pdf": 1}, words="CANARYSOUTH")
        tick()


@pytest.mark.same_anywhere
@pytest.mark.parametrize("name", ["northfirth.rep", "northfirth.officer", "southmoor.clerk", "both", "former"])
def test_emails_tell_nobody_of_a_board_that_is_not_theirs(app: Flask, cast: Cast, rolled_back: Any, name: str) -> None:
    with app.app_context():
        do_what_is_due()
        viewer = viewer_of(app, cast, name)
        assert viewer
        foreign = [board.canary for board in cast.boards if board.id not in viewer.boards_with_any()]
        to_them = select(Email).where(Email.person_id == viewer.id).order_by(Email.id)
        for email in db.session.scalars(anywhere(to_them)):
            words = words_of(email)
            assert not [canary for canary in foreign if canary in f"{words.subject}{words.text}{words.html}"]


def test_who_reads_restricted_papers_by_hand(visit: Any, cast: Cast) -> None:
    """From the requirements, not from the table: administrators read papers, but not restricted ones."""
    path = f"/papers/{cast.northfirth.things['secret_paper_id']}"
    answers = {name: visit(f"northfirth.{name}").get(path).status_code for name in cast.northfirth.people}
    assert answers == {
        "rep": 200,
        "depute": 200,
        "mentor": 404,
        "officer": 200,
        "clerk": 200,
        "admin": 404,
        "approver": 404,
    }


def test_who_sees_who_is_coming_by_hand(visit: Any, cast: Cast) -> None:
    """From the requirements: reps of the group, officers and clerks; not the depute, nor administrators."""
    path = f"/meetings/{cast.northfirth.things['meeting_id']}"
    pages = {name: visit(f"northfirth.{name}").get(path) for name in cast.northfirth.people}
    sees = {name for name, page in pages.items() if "(CANARYNORTH Depute is down to go instead)" in page.text}
    assert sees == {"rep", "officer", "clerk"}


def test_who_reads_of_care_by_hand(visit: Any, cast: Cast) -> None:
    """From the requirements: the clerk sees that cover is needed, and only the officer who arranges it reads more."""
    path = f"/meetings/{cast.northfirth.things['meeting_id']}"
    typed = {"coming": "in_person", "care": "different", "care_words": "CAREWORDS", "travel": "none", "printed": "no"}
    typed["help_words"] = ""
    assert visit("northfirth.rep").post(f"{path}/check-in", typed).status_code == 302
    pages = {name: visit(f"northfirth.{name}").get(f"{path}/coming") for name in cast.northfirth.people}
    assert {name for name, page in pages.items() if "Cover is needed" in page.text} == {"officer", "clerk"}
    assert {name for name, page in pages.items() if "CAREWORDS" in page.text} == set()
    with visit("").app.app_context():
        one = requests_queries.for_meeting(cast.northfirth.people["rep"], cast.northfirth.things["meeting_id"])
        assert one
    text, version = f"/care/{one.id}/text", {"version": str(one.version)}
    answers = {name: visit(f"northfirth.{name}").client.get(text).status_code for name in cast.northfirth.people}
    assert set(answers.values()) == {404}, "nobody arranges it yet"
    visit("northfirth.officer").post(f"/care/{one.id}/take", version)
    pages = {name: visit(f"northfirth.{name}").client.get(text) for name in cast.northfirth.people}
    assert {name for name, page in pages.items() if "CAREWORDS" in page.text} == {"officer"}


def test_who_publishes_by_hand(cast: Cast, visit: Any) -> None:
    """From the requirements: the clerk prepares and publishes, and nobody else does."""
    path = f"/meetings/{cast.northfirth.things['meeting_id']}/publish"
    answers = {name: visit(f"northfirth.{name}").get(path).status_code for name in cast.northfirth.people}
    assert answers == {
        "clerk": 200,
        "rep": 403,
        "depute": 403,
        "mentor": 404,
        "officer": 403,
        "admin": 403,
        "approver": 404,
    }


def test_who_reads_the_audit_trail_by_hand(cast: Cast, visit: Any) -> None:
    """From the requirements: the administrator of the board, and nobody else."""
    answers = {
        name: visit(f"northfirth.{name}").get("/boards/northfirth/audit").status_code for name in cast.northfirth.people
    }
    assert answers == {
        "admin": 200,
        "rep": 403,
        "depute": 403,
        "mentor": 403,
        "officer": 403,
        "clerk": 403,
        "approver": 403,
    }
