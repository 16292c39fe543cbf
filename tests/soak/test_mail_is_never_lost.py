"""kill -9 at every step of sending, judged by a real SMTP server: nothing lost; doubled only in the one window.

CYCLES says how many kills (make test: 12; make test-soak: 700), ROWS how many emails two schedulers share. Each child
is forked, sends, and is killed at one named step or at a random moment; the next one finds what it left. Time is moved
on past the lease between two of them.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import threading
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from config import Config
from portal.app import create_app
from portal.core import clock
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.notifications import mailer, outbox
from portal.notifications.models import Email
from tests import databases
from tests.cast import NOW, person
from tests.notifications.post_office import PostOffice, open_post_office
from tests.soak.conftest import COUNTS

ROWS_FOR_TWO = int(os.environ.get("ROWS", "200"))
CYCLES = int(os.environ.get("CYCLES", "12"))
STEPS = ("before taking", "after taking", "words made", "server has it", "before marking", "after marking")
IN_THE_WINDOW = ("server has it", "before marking")
pytestmark = [pytest.mark.slow, pytest.mark.races]


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def die_at(step: str) -> None:
    """Let this process be killed at one step of sending, or at a random moment."""
    take, message_of, hand_over, marked = outbox.take_some, mailer.message_of, mailer._hand_over, outbox.mark_sent

    def take_and_die(most: int) -> Any:
        found = take(most)
        if step == "before taking" and found:
            die()
        return found

    def words_and_die(email: Email) -> Any:
        if step == "after taking":
            die()
        message = message_of(email)
        if step == "words made":
            die()
        return message

    def hand_over_and_die(host: Any, message: Any) -> None:
        hand_over(host, message)
        if step == "server has it":
            die()

    def mark_and_die(email: Email) -> None:
        if step == "before marking":
            die()
        marked(email)
        if step == "after marking":
            die()

    outbox.take_some, outbox.mark_sent = take_and_die, mark_and_die
    mailer.message_of, mailer._hand_over = words_and_die, hand_over_and_die
    if step == "random":
        threading.Thread(target=lambda: (time.sleep(random.uniform(0, 0.05)), die()), daemon=True).start()  # noqa: S311 - any moment will do


def child(config: Config, step: str, moment: Any, careless: str = "") -> None:
    """What one scheduler process does until it is killed: send what is due."""
    clock.use(lambda: moment)
    app = create_app(config)
    die_at(step)
    if careless:
        CARELESS[careless]()
    with app.app_context(), mailer.Postman() as postman:
        while postman.send_some():
            pass


def mark_before_sending() -> None:
    """Broken on purpose: an email counts as sent as soon as it is taken."""
    take = outbox.take_some

    def take_and_mark(most: int) -> Any:
        found = take(most)
        for email in found:
            outbox.mark_sent(email)
        return found

    outbox.take_some = take_and_mark


def take_without_a_lease() -> None:
    """Broken on purpose: whoever takes an email leaves it for others to take as well."""
    outbox.LEASE = timedelta(0)


CARELESS = {"mark before sending": mark_before_sending, "no lease": take_without_a_lease}


def fill(app: Flask, emails: int) -> None:
    with app.app_context(), unit_of_work():
        reader = person("reader@soak.test", "Rea Reader")
        for number in range(emails):
            row = outbox._row(
                key=f"soak:{number}",
                template="password-changed",
                board_id=None,
                meeting_id=None,
                person_id=reader.id,
                to_address=f"{number}@soak.test",
                facts={},
                now=NOW,
            )
            row.expires_at = NOW + timedelta(days=3650)
            db.session.add(row)


def judge(office: PostOffice, emails: int, kills_in_window: int) -> dict[str, int]:
    """Counts of what arrived: lost, doubled, and doubled under another Message-ID."""
    arrived = Counter(str(message["To"]) for message in office.taken)
    names: dict[str, set[str]] = {}
    for message in office.taken:
        names.setdefault(str(message["To"]), set()).add(str(message["Message-ID"]))
    return {
        "emails": emails,
        "lost": sum(1 for number in range(emails) if not arrived[f"{number}@soak.test"]),
        "doubled": sum(count - 1 for count in arrived.values()),
        "may be doubled": kills_in_window,
        "other Message-ID": sum(1 for ids in names.values() if len(ids) > 1),
    }


def test_kill_9_at_every_step_loses_no_email(tmp_path: Path, dialect: str) -> None:
    steps = [STEPS[n % len(STEPS)] if n % 7 < 5 else "random" for n in range(CYCLES)]
    with open_post_office() as office:
        config = _config(dialect, tmp_path, office)
        fill(create_app(config), CYCLES)
        fork, moment = multiprocessing.get_context("fork"), NOW
        for step in [*steps, "never"]:
            process = fork.Process(target=child, args=(config, step, moment))
            process.start()
            process.join(timeout=120)
            moment += outbox.LEASE + timedelta(seconds=1)
        process = fork.Process(target=child, args=(config, "never", moment))
        process.start()
        process.join(timeout=120)
        found = judge(office, CYCLES, sum(step in (*IN_THE_WINDOW, "random") for step in steps))
    COUNTS.append((f"kill -9, {CYCLES} cycles", found))
    assert found["lost"] == 0
    assert found["other Message-ID"] == 0
    assert found["doubled"] <= found["may be doubled"]


@pytest.mark.long
def test_marking_before_sending_would_be_noticed(tmp_path: Path) -> None:
    """The negative control of the first: one kill is enough to lose an email."""
    with open_post_office() as office:
        config = _config("sqlite", tmp_path, office)
        fill(create_app(config), 3)
        fork = multiprocessing.get_context("fork")
        for number, step in enumerate(("words made", "never")):
            moment = NOW + number * (outbox.LEASE + timedelta(seconds=1))
            process = fork.Process(target=child, args=(config, step, moment, "mark before sending"))
            process.start()
            process.join(timeout=120)
        assert judge(office, 3, 0)["lost"] == 3, "all that were taken at once"


@pytest.mark.long
def test_two_schedulers_without_a_lease_would_be_noticed(tmp_path: Path) -> None:
    """The negative control of the second."""
    with open_post_office() as office:
        config = _config("sqlite", tmp_path, office)
        fill(create_app(config), 60)
        _two_at_once(config, "no lease")
        assert judge(office, 60, 0)["doubled"] > 0


def _config(kind: str, folder: Path, office: PostOffice) -> Config:
    return databases.empty(kind, folder, smtp_host="127.0.0.1", smtp_port=office.port, smtp_starttls=False)


def _two_at_once(config: Config, careless: str = "") -> None:
    fork = multiprocessing.get_context("fork")
    both = [fork.Process(target=child, args=(config, "never", NOW, careless)) for _ in range(2)]
    for process in both:
        process.start()
    for process in both:
        process.join(timeout=1500)


def test_two_schedulers_by_mistake_double_nothing(tmp_path: Path, dialect: str) -> None:
    with open_post_office() as office:
        config = _config(dialect, tmp_path, office)
        fill(create_app(config), ROWS_FOR_TWO)
        _two_at_once(config)
        found = judge(office, ROWS_FOR_TWO, 0)
    COUNTS.append(("two schedulers at once", found))
    assert found["lost"] == found["doubled"] == 0
