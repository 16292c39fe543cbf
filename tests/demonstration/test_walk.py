"""Each of the cast signs in, and every page that they can reach adds up and withholds nothing that it need not."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import select

from portal.audit.models import AuditLine
from portal.core import clock
from portal.demonstration import accounts
from portal.demonstration.mailbox import letters
from portal.notifications.models import Email
from tests.cast import anywhere
from tests.demonstration.plausible import every, out_of_order
from tests.demonstration.walk import pages, problems, signed_in

pytestmark = pytest.mark.slow
WITH_A_CODE = "admin2@northfirth.example"
ROLES = ("rep", "depute", "mentor", "officer", "clerk", "approver", "admin")
IN_EACH_RUN = [
    *(accounts.address(role, "northfirth") for role in ROLES),
    *(accounts.address(role, "southmoor") for role in ("rep", "officer")),
    accounts.COORDINATOR[0],
]
ENDS_WAITING = ("ClaimQueried", "ClaimWithdrawn", "ClaimDecided")  # for a decision of the approvers
FEW = "Why reps left"  # fewer than five of one board leave for any reason
OF_FIGURES = f"//main//td[not(ancestor::table/caption[contains(., '{FEW}')])]|//main//dd"
BESIDE_OTHERS = "/support-figures"  # by the rule, shares of people by board need ten reps; a board has five to seven
SHOWS_ALL = ("northfirth", "southmoor", "strathvarn", "dunreith")  # enough people for every figure
SEEN: dict[Flask, set[str]] = {}  # what is the same for everybody, by demonstration


def faults(app: Flask, address: str) -> Iterator[str]:
    """What is wrong on the pages of one of the cast, each with its address."""
    board = address.partition("@")[2].removesuffix(".example")
    board = "" if board == "carers" else board
    for path, tree, text in pages(signed_in(app, address), SEEN.setdefault(app, set()), board):
        yield from (f"{path}: {one}" for one in problems(tree, text))
        if path.partition("?")[0] == BESIDE_OTHERS:
            continue
        if board in SHOWS_ALL or any(path.startswith(f"/boards/{one}/") for one in SHOWS_ALL):
            cells = [" ".join(cell.text_content().split()) for cell in tree.xpath(OF_FIGURES)]
            yield from (f"{path}: a figure is withheld" for cell in cells if cell.startswith("withheld"))
            if found := re.search(r"To protect privacy, we do not show (?!numbers from 1)[^.]*", text):
                yield f"{path}: {found[0]}"


@pytest.mark.parametrize("address", IN_EACH_RUN)
def test_what_each_role_sees_of_two_boards(demonstration: Flask, address: str) -> None:
    clock.use(None)
    assert list(faults(demonstration, address)) == []


@pytest.mark.long
@pytest.mark.same_anywhere
@pytest.mark.parametrize("address", [one for one in accounts.addresses() if one != WITH_A_CODE])
def test_what_everyone_sees_of_six_boards(six_boards: Flask, address: str) -> None:
    clock.use(None)
    assert list(faults(six_boards, address)) == []


def _emails_in_order(app: Flask) -> None:
    clock.use(None)
    with app.app_context():
        emails = db_emails()
        assert len(emails) > 100
        for one in emails:
            assert not out_of_order(one.asked_at, one.sent_at, clock.now()), one.key
            if one.person and one.person.joined_at:
                assert not out_of_order(one.person.invited_at, one.asked_at), one.key
        sent = {one.message_id.strip("<>").split("@")[0]: one.sent_at for one in emails if one.sent_at}
        _claims_were_there(emails)
        found = letters.letters()
        assert [one.head.sent_at for one in found] == sorted((one.head.sent_at for one in found), reverse=True)
        for one in found:
            if one.head.name in sent:
                assert abs((one.head.sent_at - sent[one.head.name]).total_seconds()) < 90, one.head.subject


def _claims_were_there(emails: list[Email]) -> None:
    """An email about claims that wait counts those that the trail has as sent and no more by then, and all of them."""
    said = [one for one in emails if one.template == "claims-to-decide"]
    assert said
    lines = sorted(every(AuditLine), key=lambda line: line.happened_at)
    moves = [line for line in lines if line.event in {"ClaimSent", *ENDS_WAITING}]
    for one in said:
        last = {
            line.facts["claim_id"]: line.event
            for line in moves
            if line.board_id == one.board_id and line.happened_at <= one.asked_at
        }
        waiting = [claim for claim, event in last.items() if event == "ClaimSent"]
        assert int(one.facts["count"].split()[0]) == len(waiting), one.key


def db_emails() -> list[Email]:
    from portal.infra.database import db

    return list(db.session.scalars(anywhere(select(Email).order_by(Email.id))))


def test_emails_have_their_days_in_order(demonstration: Flask) -> None:
    _emails_in_order(demonstration)


@pytest.mark.long
@pytest.mark.same_anywhere
def test_emails_of_six_boards_have_their_days_in_order(six_boards: Flask) -> None:
    _emails_in_order(six_boards)
