"""The three loops: work is tried again, one fault stops nothing else, and commands say what would happen."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Connection, delete, select

from portal.accounts import actions
from portal.capabilities import GATHERED
from portal.infra import work as work_queue
from portal.infra.database import db
from portal.infra.work import Work
from portal.scheduler import run
from tests.architecture.matrix import watched_writes
from tests.cast import NOW


def test_work_that_fails_is_tried_again_later_and_given_up_in_the_end(
    app: Flask, work: Any, at: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried = []

    def fails(**_: str) -> None:
        tried.append(1)
        raise RuntimeError

    monkeypatch.setitem(app.extensions, "capabilities", replace(GATHERED, work={**GATHERED.work, "fails": fails}))
    with work():
        work_queue.ask_for("fails")
    now = NOW
    for _ in range(20):
        at(now)
        run.work_once()
        now += timedelta(hours=2)
    assert len(tried) == work_queue.MOST_TRIES
    assert db.session.scalars(select(Work.gave_up).where(Work.kind == "fails")).one()


def test_a_piece_of_work_under_lease_is_left_alone(work: Any) -> None:
    with work():
        work_queue.ask_for("check-upload", version_id="00000000-0000-0000-0000-000000000001")
    with work():
        assert work_queue.next_piece()
    with work():
        assert work_queue.next_piece() is None


def test_links_that_somebody_asks_for_do_not_wait_behind_other_work(work: Any, at: Any) -> None:
    """Sign-in, reset and check-in links: the kinds that have a loop of their own, and what that loop leaves alone."""
    assert GATHERED.waited_for == {"mail-link", "send-check-in-links"}
    with work():
        db.session.execute(delete(Work))
        work_queue.ask_for("check-upload", version_id="00000000-0000-0000-0000-000000000001")
    at(NOW + timedelta(seconds=1))
    with work():
        actions.ask_for_link("sign-in", "rep@northfirth.test")
    assert run.links_once()
    assert not run.links_once()
    left = db.session.scalars(select(Work.kind).where(Work.done_at.is_(None))).all()
    assert left == ["check-upload"]


def test_what_took_long_in_vain_lets_the_others_go_first(
    app: Flask, work: Any, at: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Or the one file that a scanner cannot get through would be the first again, each time."""
    seen: list[str] = []

    def waits(name: str) -> str:
        seen.append(name)
        time.sleep(0.05 if name == "first" else 0)
        return work_queue.LATER

    monkeypatch.setitem(app.extensions, "capabilities", replace(GATHERED, work={**GATHERED.work, "waits": waits}))
    with work():
        db.session.execute(delete(Work))
        for second, name in enumerate(("first", "next")):
            at(NOW + timedelta(seconds=second))
            work_queue.ask_for("waits", name=name)
    while run.work_once():
        pass
    at(NOW + timedelta(seconds=1, milliseconds=20) + work_queue.WAIT)
    while run.work_once():
        pass
    assert seen == ["first", "next", "next"]


def test_one_kind_of_occasion_that_fails_stops_no_other(
    app: Flask, work: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    seen = []

    def broken(_now: Any) -> Any:
        raise RuntimeError("secret words")

    def fine(_now: Any) -> Any:
        seen.append(1)
        return iter(())

    monkeypatch.setitem(app.extensions, "capabilities", replace(GATHERED, due={"broken": broken, "fine": fine}))
    run.do_what_is_due()
    assert seen
    logged = capsys.readouterr().err
    assert "RuntimeError at test_run.py" in logged
    assert "secret words" not in logged


def test_the_command_prints_what_is_due(app: Flask, rolled_back: Any) -> None:
    runner = app.test_cli_runner()
    quiet = runner.invoke(args=["portal", "scheduler", "due", "--on", "2025-01-01"])
    assert quiet.output.splitlines() == [
        "Announce what will be removed in a week",
        "Clear away ended sessions, old tries and done work",
        "Look if files are as they were stored",
    ]
    busy = runner.invoke(args=["portal", "scheduler", "due", "--on", "2026-03-11"])
    assert "Meeting soon: Northfirth, CANARYNORTH Main Group, 2026-03-13" in busy.output
    assert runner.invoke(args=["portal", "scheduler", "due", "--on", "11 March 26"]).output == busy.output
    refused = runner.invoke(args=["portal", "scheduler", "due", "--on", "11 March"])
    assert refused.exit_code
    assert "the day must include a year" in refused.output


def test_the_first_administrator_is_invited_by_command(app: Flask, rolled_back: Any) -> None:
    runner = app.test_cli_runner()
    done = runner.invoke(args=["portal", "invite", "first@new.test", "Ada First", "--board", "northfirth"])
    assert "Ada First is invited" in done.output
    wrong = runner.invoke(args=["portal", "invite", "mailto:first@new.test", "Ada First", "--board", "northfirth"])
    assert "Remove “mailto:” from the start of the email address" in wrong.output
    missing = runner.invoke(args=["portal", "invite", "first@new.test", "Ada First", "--board", "nowhere"])
    assert "There is no board with the key nowhere" in missing.output


def test_looking_for_what_is_due_changes_no_row(app: Flask, rolled_back: Connection, at: Any) -> None:
    """So that whoever writes meanwhile does not wait."""
    tomorrow = NOW + timedelta(days=1)
    at(tomorrow)
    with app.app_context(), watched_writes(app) as written:
        assert len(list(run.due_now(tomorrow))) > 5
        assert written == []
        assert run.do_what_is_due() > 0
        assert written
