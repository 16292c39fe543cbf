"""Notes about supporting reps in the demonstration: for the reps to read, by the officer, before today."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from portal.core import clock
from portal.demonstration.world.towns import towns
from portal.infra.database import db
from portal.rep_pages.models import SupportNote
from tests.cast import anywhere
from tests.demonstration.told import told


@pytest.mark.long
def test_the_first_rep_has_a_note_by_their_officer(tmp_path: Path) -> None:
    with told(tmp_path, ["noted"], ["northfirth"]) as made:
        clock.use(None)
        with made.app_context():
            [northfirth] = towns()
            about = select(SupportNote).where(SupportNote.person_id == northfirth.people["rep"])
            notes = db.session.scalars(anywhere(about)).all()
            assert [one.written_by_id for one in notes] == [northfirth.people["officer"]]
            assert all(one.written_at < clock.now() for one in notes)
