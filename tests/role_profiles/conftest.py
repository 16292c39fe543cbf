"""What the tests of reps' own pages need."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import update

from portal.capabilities import GATHERED
from portal.core import clock
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.retention.actions import delete_due
from portal.retention.models import Hold
from tests.cast import NOW, anywhere


@pytest.fixture
def remove_old(app: Flask, rolled_back: Any) -> Callable[[str], None]:
    """remove_old('profile_messages') removes the rows of a table whose time is over, no hold being in force."""

    def remove_old(table: str) -> None:
        rule = GATHERED.rule_of[table]
        with app.app_context(), unit_of_work():
            db.session.execute(anywhere(update(Hold).values(lifted_at=NOW)))
            delete_due(rule, clock.now() - timedelta(days=rule.days or 0))

    return remove_old
