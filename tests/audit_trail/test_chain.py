"""The chain: whatever is done to the lines behind the portal's back is found, and its place is named."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import delete, select, update

from portal.accounts.events import EmailChanged, SignedIn
from portal.audit import queries
from portal.audit.actions import chain_lines, write_line
from portal.audit.chain import ACCOUNTS, FIRST_MARK, Head, first_fault, hash_of_personal, mark_of, read_head
from portal.audit.models import AuditLine, ChainHead
from portal.audit.verify import check_chain
from portal.capabilities import GATHERED
from portal.infra.database import db
from portal.retention.actions import delete_due
from portal.scheduler.run import do_chores
from tests.cast import NOW, Cast, anywhere

BOARD = UUID(int=9)


def line(number: int, before: str, **more: Any) -> SimpleNamespace:
    words = f"person {number}"
    facts = {"chain_id": BOARD, "id": uuid4(), "board_id": BOARD, "happened_at": NOW, "actor_id": None}
    facts |= {"event": "SignedIn", "facts": {"person_id": "x"}, "personal_salt": "s", "sealed_personal": "yes"}
    facts |= {"personal": words, "personal_hash": hash_of_personal("s", words), "number": number, **more}
    made = SimpleNamespace(**facts)
    made.mark = mark_of(before, number, made)
    return made


def chain_of(length: int) -> list[SimpleNamespace]:
    lines: list[SimpleNamespace] = []
    for number in range(1, length + 1):
        lines.append(line(number, lines[-1].mark if lines else FIRST_MARK))
    return lines


def head_of(lines: list[SimpleNamespace]) -> Head:
    return Head(lines[-1].number, lines[-1].mark)


def test_an_untouched_chain_is_whole() -> None:
    lines = chain_of(5)
    assert first_fault(lines, head_of(lines), [Head(3, lines[2].mark)]) == ""
    assert first_fault([], Head()) == ""


def _edit(lines: list[Any]) -> None:
    lines[2].facts = {"person_id": "y"}


def _edit_moment(lines: list[Any]) -> None:
    lines[2].happened_at += timedelta(seconds=1)


def _edit_actor(lines: list[Any]) -> None:
    lines[2].actor_id = UUID(int=3)


def _delete(lines: list[Any]) -> None:
    del lines[2]


def _delete_and_renumber(lines: list[Any]) -> None:
    del lines[2]
    for one in lines[2:]:
        one.number -= 1


def _insert(lines: list[Any]) -> None:
    lines.insert(2, line(3, lines[1].mark))


def _insert_and_renumber(lines: list[Any]) -> None:
    lines.insert(2, line(3, lines[1].mark))
    for one in lines[3:]:
        one.number += 1


def _reorder(lines: list[Any]) -> None:
    lines[1], lines[2] = lines[2], lines[1]
    lines[1].number, lines[2].number = 2, 3


def _cut_the_tail(lines: list[Any]) -> None:
    del lines[3:]


def _add_after_the_head(lines: list[Any]) -> None:
    lines.append(line(6, lines[-1].mark))


def _change_the_personal_part(lines: list[Any]) -> None:
    lines[2].personal = "somebody else"


TAMPERING: dict[Callable[[list[Any]], None], str] = {
    _edit: "Line 3 was changed, put in or moved",
    _edit_moment: "Line 3 was changed, put in or moved",
    _edit_actor: "Line 3 was changed, put in or moved",
    _delete: "Line 3 is missing",
    _delete_and_renumber: "Line 3 was changed, put in or moved",
    _insert: "Line 4 is missing",
    _insert_and_renumber: "Line 4 was changed, put in or moved",
    _reorder: "Line 2 was changed, put in or moved",
    _cut_the_tail: "The end is cut: the trail stops at line 3",
    _add_after_the_head: "Lines after 5 were put in",
    _change_the_personal_part: "The personal part of line 3 was changed",
}


@pytest.mark.parametrize("tamper", TAMPERING, ids=lambda one: one.__name__.strip("_"))
def test_tampering_is_found(tamper: Callable[[list[Any]], None]) -> None:
    lines = chain_of(5)
    head = head_of(lines)
    tamper(lines)
    assert first_fault(lines, head) == TAMPERING[tamper]


def test_a_chain_made_again_from_a_changed_line_is_found_by_a_mailed_head() -> None:
    """Whoever can write the database can make every mark again, and the head; not the email of yesterday."""
    lines = chain_of(5)
    mailed = Head(4, lines[3].mark)
    lines[1].event = "Nothing"
    before = lines[0].mark
    for one in lines[1:]:
        one.mark = before = mark_of(before, one.number, one)
    assert first_fault(lines, head_of(lines)) == ""
    assert first_fault(lines, head_of(lines), [mailed]) == "Line 4 is not the one that was mailed out"


def test_a_tail_cut_together_with_its_head_is_found_by_a_mailed_head() -> None:
    lines = chain_of(5)
    mailed = head_of(lines)
    del lines[2:]
    assert first_fault(lines, head_of(lines)) == ""
    assert first_fault(lines, head_of(lines), [mailed]) == "The end is cut: the trail stops at line 2"


def test_a_head_survives_being_written_in_an_email() -> None:
    head = Head(12, "a" * 64)
    assert read_head(f" {head} ") == head
    with pytest.raises(ValueError, match="12:short"):
        read_head("12:short")


def test_what_happened_is_chained_within_a_minute(app: Flask, cast: Cast, work: Any) -> None:
    with work():
        do_chores()
        before = queries.heads()[ACCOUNTS]
        write_line(SignedIn(person_id=UUID(int=1)))
        write_line(SignedIn(person_id=UUID(int=2)))
    assert do_chores() == 2
    assert do_chores() == 0
    assert queries.heads()[ACCOUNTS].number == before.number + 2
    for board in cast.boards:
        words, is_whole = check_chain(board.key, board.id)
        assert is_whole, words
        assert queries.heads()[board.id].number > 10


def test_edits_in_the_database_are_found_by_the_command(app: Flask, cast: Cast, work: Any) -> None:
    board = cast.northfirth
    with work():
        do_chores()
    runner = app.test_cli_runner()
    done = runner.invoke(args=["portal", "audit", "verify"])
    assert done.exit_code == 0, done.output
    assert "northfirth: whole" in done.output
    mailed = str(queries.heads()[board.id])
    with work():
        old = select(AuditLine.id).where(AuditLine.board_id == board.id, AuditLine.number == 5)
        db.session.execute(anywhere(delete(AuditLine).where(AuditLine.id.in_(old))))
    done = runner.invoke(args=["portal", "audit", "verify"])
    assert done.exit_code == 1
    assert "northfirth: Line 5 is missing" in done.output
    assert "southmoor: whole" in done.output
    with work():
        last = update(ChainHead).where(ChainHead.chain_id == board.id)
        db.session.execute(last.values(number=4, mark=_mark(board.id, 4)))
        db.session.execute(delete(AuditLine).where(AuditLine.chain_id == board.id, AuditLine.number > 4))
    assert runner.invoke(args=["portal", "audit", "verify", "--board", "northfirth"]).exit_code == 0
    done = runner.invoke(args=["portal", "audit", "verify", "--board", "northfirth", "--head", mailed])
    assert done.exit_code == 1
    assert "northfirth: The end is cut" in done.output


def _mark(chain_id: UUID, number: int) -> str:
    line = select(AuditLine.mark).where(AuditLine.chain_id == chain_id, AuditLine.number == number)
    return db.session.scalars(line).one()


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (["--board", "atlantis"], "There is no board with the key atlantis"),
        (["--head", "1:x"], "Say with --board whose head this is"),
        (["--board", "northfirth", "--head", "1:x"], "A head looks like '12:'"),
    ],
)
def test_the_command_says_what_it_needs(app: Flask, work: Any, asked: list[str], words: str) -> None:
    done = app.test_cli_runner().invoke(args=["portal", "audit", "verify", *asked])
    assert done.exit_code == 1
    assert words in done.output


def test_personal_words_can_be_erased_and_the_chain_stays_whole(app: Flask, cast: Cast, work: Any) -> None:
    with work():
        ids = {"person_id": UUID(int=1), "link_id": UUID(int=2), "undo_link_id": UUID(int=3)}
        write_line(EmailChanged(**ids, old_email="a@b.test", new_email="c@d.test"))
    with work():
        do_chores()
    personal = select(AuditLine).where(AuditLine.sealed_personal.is_not(None)).order_by(AuditLine.id)
    kept = db.session.scalars(anywhere(personal)).all()
    changed = next(one for one in kept if one.event == "EmailChanged")
    assert "a@b.test" in changed.personal
    assert "a@b.test" not in f"{changed.facts} {changed.sealed_personal}"
    with work():
        assert delete_due(GATHERED.rule_of["audit_lines"], NOW + timedelta(days=1)) >= 1
    db.session.expire_all()
    assert changed.sealed_personal is None
    assert changed.personal_salt == ""
    assert check_chain("accounts", ACCOUNTS)[1]


def test_chaining_goes_on_in_parts(app: Flask, cast: Cast, work: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portal.audit.actions.CHAINED_AT_ONCE", 3)
    with work():
        assert chain_lines() <= 9
    assert do_chores() > 0
    assert check_chain("northfirth", cast.northfirth.id)[1]
