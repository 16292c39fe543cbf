"""The morning of the day on which the demonstration is started happens as the earlier ones did, once it is over."""

from __future__ import annotations

from datetime import datetime, time
from pathlib import Path

import pytest
from sqlalchemy import select

from portal.core import clock
from portal.core.calendar import moment
from portal.demonstration.mailbox import letters
from portal.infra.database import db
from portal.notifications.models import Email
from tests.cast import anywhere
from tests.demonstration.small_files import small_files
from tests.demonstration.told import told

pytestmark = pytest.mark.slow
NINE = time(9)
OF_THE_CLOCK = {"trail-head", "removals-planned", "become-mentor", "term-ending", "daily"}


def at(hour: time) -> datetime:
    return moment(clock.london_day(clock.of_this_machine()), hour)


def sent_today(folder: Path, now: datetime) -> dict[str, set[time]]:
    """By kind of email, at which times of the day of the start it was written and, as the mailbox says, sent."""
    found: dict[str, set[time]] = {}
    with (
        small_files(),
        told(folder, ["roles"], ["northfirth"], mornings=True, now=lambda: now) as app,
        app.app_context(),
    ):
        rows = db.session.execute(anywhere(select(Email.template, Email.asked_at, Email.message_id).order_by(Email.id)))
        sent = {one.head.name: one.head.sent_at for one in letters.letters()}
        for template, asked_at, message_id in rows:
            moments = [asked_at, sent.get(message_id.strip("<>").split("@")[0], asked_at)]
            if clock.london_day(asked_at) == clock.london_day(now):
                found.setdefault(template, set()).update(one.astimezone(clock.LONDON).time() for one in moments)
    return found


def test_what_was_due_by_nine_has_gone_out_by_nine(tmp_path: Path) -> None:
    times = sent_today(tmp_path, at(time(15, 20)))
    assert times["trail-head"] == {NINE}
    assert [template for template, of in times.items() if template in OF_THE_CLOCK and max(of) > NINE] == []


def test_a_morning_that_is_not_over_is_left_to_whoever_starts_it(tmp_path: Path) -> None:
    times = sent_today(tmp_path, at(time(8, 30)))
    assert "trail-head" not in times
