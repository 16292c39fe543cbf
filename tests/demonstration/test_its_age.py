"""The demonstration belongs to the day on which it was made: a start within a week goes on from it."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click
import pytest

from portal.boards.actions import create_board
from portal.boards.queries import boards
from portal.core import clock
from portal.demonstration import history, progress, serve
from portal.demonstration.in_use import in_use
from portal.infra import occasions
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from tests.databases import SQLITE, empty
from tests.demonstration.filled import place_of, portal_in

pytestmark = pytest.mark.slow


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """One that was filled to its end, with a board that no other has."""
    folder = tmp_path / "demonstration"
    folder.mkdir()
    place_of(empty(SQLITE, folder)).rename(folder / "portal.db")
    with portal_in(folder).app_context():
        clock.use(None)
        with unit_of_work():
            create_board("elsewhere", "Elsewhere IJB", "Elsewhere")
            occasions.fire_once(history.WHOLE)
        db.session.rollback()
        db.engine.dispose()
    (folder / "mailbox").mkdir(exist_ok=True)
    (folder / "mailbox" / "old.eml").write_text("")
    (folder / "clock").write_text("86400")
    return folder


def made(folder: Path, days_ago: int) -> None:
    day = (datetime.now(UTC) - timedelta(days=days_ago)).astimezone(clock.LONDON).date()
    (folder / "made-on").write_text(day.isoformat())


def started(folder: Path, monkeypatch: pytest.MonkeyPatch, fresh: bool = False) -> bool:
    """Whether it was made again, and nothing of the old one was left then."""
    filled: list[int] = []
    monkeypatch.setattr(history, "fill", lambda: filled.append(len(boards())))
    with portal_in(folder).app_context():
        serve.prepare(folder, fresh)
        with sqlite3.connect(folder / "portal.db", timeout=1) as others:
            others.execute("BEGIN IMMEDIATE")  # the web server can write
        left = [one.key for one in boards()]
    assert filled in ([], [0])
    is_new = bool(filled)
    assert left == ([] if is_new else ["elsewhere"])
    assert (folder / "mailbox" / "old.eml").exists() is not is_new
    assert (folder / "clock").exists() is not is_new
    return is_new


@pytest.mark.parametrize(("days_ago", "is_made_again"), [(3, False), (7, False), (8, True)])
def test_one_that_is_older_than_a_week_is_made_again(
    kept: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], days_ago: int, is_made_again: bool
) -> None:
    made(kept, days_ago)
    assert started(kept, monkeypatch) is is_made_again
    said = f"The demonstration was made {days_ago} days ago. Making it again"
    assert (said in capsys.readouterr().out) is is_made_again
    assert not started(kept, monkeypatch) if not is_made_again else serve.age_of(kept) == 0


def test_one_that_was_moved_is_as_old_as_it_is(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its own clock says that it is thirty days later."""
    made(kept, 3)
    (kept / "clock").write_text(str(30 * 86400))
    assert not started(kept, monkeypatch)


def test_one_that_does_not_say_its_day_is_made_again(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert started(kept, monkeypatch)


def test_it_is_made_again_for_whoever_asks(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made(kept, 0)
    assert started(kept, monkeypatch, fresh=True)


def test_two_do_not_have_it_at_once(tmp_path: Path) -> None:
    folder = tmp_path / "instance" / "demonstration"
    with in_use(folder), pytest.raises(click.ClickException, match="running already"), in_use(folder):
        pass
    with in_use(folder):
        assert not folder.exists()


def test_it_says_how_far_it_has_come(capsys: pytest.CaptureFixture[str]) -> None:
    progress.at("Nobody reads this")
    with progress.shown():
        progress.at("Northfirth: people")
        progress.at("Northfirth: meetings", 3, 5)
    said = capsys.readouterr().err
    assert "0 seconds: Northfirth: people\n" in said
    assert "0 seconds: Northfirth: meetings, 3 of 5\n" in said
    assert "Nobody" not in said
