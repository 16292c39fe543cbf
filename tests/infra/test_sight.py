"""What one may not see is not there, whatever a statement forgot: the loader asks about each thing it found."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from flask import Flask

from portal.access.roles import Viewer
from portal.expenses.claims import queries as claims
from portal.expenses.models import Claim
from portal.infra.database import db
from portal.infra.guard import loader_of
from portal.infra.sight import Loader, Sight
from portal.papers.reading import queries as papers
from tests.architecture.matrix import is_in_sight, viewer_of
from tests.cast import BoardCast, Cast

Door = tuple[str, frozenset[str], Loader[..., Any]]


def doors(app: Flask) -> Iterator[Door]:
    """Each way to find one thing, with an address that goes it: rule, placeholders, loader."""
    by_loader = {}
    for rule in app.url_map.iter_rules():
        if load := loader_of(app, rule.endpoint):
            by_loader[load.find, load.sight] = rule.rule, frozenset(rule.arguments), load
    yield from by_loader.values()


def found_by_anybody(cast: Cast, people: list[Viewer], board: BoardCast, door: Door) -> Any:
    rule, arguments, load = door
    named = {name: board.in_address(rule)[name] for name in arguments}
    each = (load.find(Sight(person, load.sight), **named) for person in people)
    return next((thing for thing in each if thing is not None), None)


def test_a_loader_that_forgets_its_limits_shows_nobody_what_they_may_not_see(app: Flask, cast: Cast) -> None:
    """Every loader is given a statement that finds the thing for whoever asks."""
    people = [viewer for name in cast.everyone() if (viewer := viewer_of(app, cast, name))]
    refused = 0
    with app.app_context():
        for door in doors(app):
            rule, _placeholders, load = door
            for board in cast.boards:
                thing = found_by_anybody(cast, people, board, door)
                careless = Loader(lambda _sight, thing=thing, **_named: thing, load.sight, load.whose, load.needs)
                for person in people if thing else ():
                    seen = careless(person) is not None
                    assert seen == is_in_sight(person, load, thing), f"{rule} for {person.email}"
                    refused += not seen
    assert refused > 500


def test_a_draft_written_for_a_rep_is_its_writers_alone(app: Flask, cast: Cast, visit: Any) -> None:
    """From the requirements: another officer of the board reads it as little as anybody else."""
    path = f"/claims-for-reps/{cast.southmoor.things['draft_id']}"
    names = ("southmoor.officer", "both", "southmoor.depute")  # both is an officer of Southmoor too
    assert {name: visit(name).client.get(path).status_code for name in names} == {
        "southmoor.officer": 200,
        "both": 404,
        "southmoor.depute": 404,
    }


def test_a_restricted_paper_is_not_shown_by_a_loader_that_forgets_that_it_is(app: Flask, cast: Cast) -> None:
    """From the requirements: administrators read papers, but not restricted ones."""
    officer, admin = (viewer_of(app, cast, f"northfirth.{name}") for name in ("officer", "admin"))
    assert officer
    assert admin
    with app.app_context():
        secret = papers.paper(officer, cast.northfirth.things["secret_paper_id"])
        careless: Any = Loader(lambda _sight: secret, papers.paper.sight, papers.paper.whose, papers.paper.needs)
        assert careless(officer) is secret
        assert careless(admin) is None


def test_a_claim_that_is_not_sent_is_its_persons_alone(app: Flask, cast: Cast) -> None:
    approver = viewer_of(app, cast, "northfirth.approver")
    assert approver
    with app.app_context():
        draft = db.session.get_one(Claim, cast.northfirth.things["draft_id"])
        careless: Any = Loader(lambda _sight: draft, claims.claim.sight, claims.claim.whose)
        assert careless(approver) is None
        assert claims.claim(approver, cast.northfirth.things["claim_id"]), "another was sent"


def test_one_door_may_ask_for_another_sight(app: Flask, cast: Cast) -> None:
    """A session is seen by those who may book it, and at the door where it is arranged, by those who arrange it."""
    sights = {endpoint: loader_of(app, endpoint) for endpoint in ("training.session", "training.arranged")}
    assert [load and load.sight for load in sights.values()] == ["sessions:book", "sessions:arrange"]


def test_what_is_not_there_is_out_of_sight(app: Flask, cast: Cast) -> None:
    viewer = viewer_of(app, cast, "northfirth.clerk")
    assert viewer
    with app.app_context():
        for rule, arguments, load in doors(app):
            missing = {name: UUID(int=9) if name.endswith("_id") else "nothing" for name in arguments}
            assert load(viewer, **missing) is None, rule
