"""Whoever gets an email can open what it leads to."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from flask import Flask, url_for
from sqlalchemy import select

from portal.accounts.models import Person
from portal.capabilities import GATHERED
from portal.check_in.models import CheckIn
from portal.expenses.models import Claim
from portal.infra.database import db
from portal.infra.guard import guard_of
from portal.infra.notification import Reader
from portal.infra.unit_of_work import unit_of_work
from portal.notifications.models import Email
from portal.notifications.render import words_of
from portal.training.models import TrainingRecord
from tests.cast import NOW, Cast, anywhere
from tests.notifications.happened import NEWS, event_of


def links_of(text: str) -> list[str]:
    return re.findall(r"http://localhost(/\S*)", text)


def is_of_somebody(app: Flask, path: str) -> bool:
    """Whether a link opens for whoever is signed in, and not for whoever holds it."""
    endpoint, _ = app.url_map.bind("localhost").match(urlsplit(path).path)
    return not guard_of(app, str(endpoint)).startswith("link ")


def is_shut(status: int, path: str) -> bool:
    """What the events of this test are about is not always the reader's own thing: then it is not found."""
    return status == 403 or (status >= 400 and not re.search(r"/[0-9a-f-]{36}", path))


def test_every_link_opens_for_everybody_who_gets_it(app: Flask, cast: Cast, visit: Any) -> None:
    board = cast.northfirth
    names = {key: f"northfirth.{role}" for role, key in board.people.items()}
    names |= {cast.person("coordinator"): "coordinator", cast.person("both"): "both"}
    found: set[tuple[str, str, str]] = set()
    with app.app_context(), unit_of_work():
        for row in GATHERED.emails:
            with db.session.begin_nested() as point:
                happened = event_of(row.event, board)
                facts = row.facts(happened)
                for to in row.who(happened) if row.to_address is None and facts is not None else ():
                    more = row.for_each(happened, facts, Reader(to.person_id, 2)) if row.for_each else {}
                    every = json.loads(json.dumps({**facts, **more}))
                    person = db.session.get_one(Person, to.person_id)
                    words = words_of(Email(template=row.email, facts=every, asked_at=NOW, person=person))
                    found |= {(row.email, names[to.person_id], path) for path in links_of(words.text)}
                point.rollback()
    readers = {name: visit(name) for name in names.values()}
    made_up = {str(NEWS), NEWS.hex}
    shut = sorted(
        f"{email}: {name} gets {status} at {path}"
        for email, name, path in found
        if is_of_somebody(app, path)
        and not any(one in path for one in made_up)
        and is_shut(status := readers[name].client.get(path).status_code, path)
    )
    assert not shut, "\n".join(["", *shut])


def test_whoever_hears_of_a_corrected_row_can_open_its_page(app: Flask, cast: Cast, visit: Any) -> None:
    """By the roles that each kind tells, whatever row of the cast was corrected."""
    shut = []
    for kind in (one for one in GATHERED.correctable.values() if not one.is_of_board):
        with app.app_context():
            rows = {"attendance": CheckIn, "training-record": TrainingRecord, "payment-day": Claim}
            model = rows[kind.kind]
            of_board = select(model).where(model.board_id == cast.northfirth.id).order_by(model.id)
            of_board = of_board.where(Claim.run_id.is_not(None)) if model is Claim else of_board
            row = db.session.scalars(anywhere(of_board)).first()
            assert row
            endpoint, gaps = kind.page(row.id)
        with app.test_request_context():
            path = url_for(endpoint, **{k: UUID(v) if k.endswith("_id") else v for k, v in gaps.items()})
        found = {role: visit(f"northfirth.{role}").client.get(path).status_code for role in kind.told}
        shut += [f"{kind.kind}: {role} gets {status} at {path}" for role, status in found.items() if status >= 400]
    assert not shut, "\n".join(["", *shut])
