"""How long the page of a large meeting and of a long paper take, against a bare page on the same machine."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask, render_template_string
from sqlalchemy import create_engine, select, text

from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.meetings.actions import add_item
from portal.meetings.queries import meeting_by_id
from portal.papers.models import PageText, Paper, PaperVersion
from tests.cast import NOW, TODAY, anywhere
from tests.papers.test_pages import queries_on

PAGES, MOST_QUERIES = 300, 9
# Times a bare page, of CPU: half as much again as on a quiet machine (4.3, 6.7; 4.2 to 5.6). 15 papers and a short one
# are to cost 3. Half of a meeting's page is its template, a third of it lines of papers; a third are its queries.
# Of a paper's page the words of 300 pages are a sixth, and the box for a note another.
MEETINGS, LONG_PAPER = ((15, 6.5), (40, 10)), 8.5
BARE = "<!DOCTYPE html>{% for row in rows %}<p class='govuk-body'>{{ row.words }} {{ loop.index }}</p>{% endfor %}"

pytestmark = [pytest.mark.same_anywhere, pytest.mark.long]


def cpu_of(ask: Callable[[], Any], times: int = 12) -> float:
    """The least of several, after one that warms up: what else the machine does makes it longer, never shorter."""
    took = []
    for _ in range(times):
        began = time.process_time()
        ask()
        took.append(time.process_time() - began)
    return min(took[1:])


@pytest.fixture
def bare_page() -> Callable[[], Any]:
    """A page of 16 kB that asks a database twice."""
    app, engine = Flask("bare"), create_engine("sqlite://")
    rows = text(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 250)"
        " SELECT 'words' AS words FROM n ORDER BY i"
    )

    @app.get("/")
    def page() -> str:
        with engine.connect() as connection:
            connection.execute(text("SELECT 1")).all()
            return render_template_string(BARE, rows=connection.execute(rows).all())

    client = app.test_client()
    return lambda: client.get("/")


def fill(app: Flask, things: dict[str, Any], items: int) -> None:
    """As many items with a paper each, of which the last has many pages."""
    with app.app_context(), unit_of_work():
        meeting = meeting_by_id(things["coming_id"])
        of = {"board_id": meeting.board_id, "group_id": meeting.group_id, "meeting_id": meeting.id}
        for number in range(items):
            item = add_item(meeting, title=f"Item about carers {number}", purpose="decision")
            item.published_at = NOW
            paper = Paper(id=uuid4(), **of, item_id=item.id, title=f"Paper {number}", created_at=NOW)
            paper.first_published_on = TODAY - timedelta(days=1)
            version = PaperVersion(paper_id=paper.id, **of, file_name="x.pdf", stored_as="x", size=9, status="ready")
            version.pages, version.published_at, version.uploaded_at, version.is_sorted = PAGES, NOW, NOW, True
            db.session.add(paper)
            db.session.flush()
            db.session.add(version)
        db.session.flush()
        words = "Replacement care for unpaid carers, and what it costs. " * 40
        for page in range(1, PAGES + 1):
            db.session.add(PageText(board_id=meeting.board_id, version_id=version.id, page=page, text=words))


@pytest.mark.parametrize(("items", "most_of_meeting"), MEETINGS)
def test_a_large_meeting_and_a_long_paper_keep_to_their_time_and_queries(
    app: Flask, visit: Any, things: dict[str, Any], bare_page: Callable[[], Any], items: int, most_of_meeting: float
) -> None:
    fill(app, things, items)
    with app.app_context():
        statement = select(Paper.id).where(Paper.meeting_id == things["coming_id"], Paper.title == f"Paper {items - 1}")
        long_paper = db.session.scalars(anywhere(statement)).one()
    floor = cpu_of(bare_page)
    for who in ("rep", "clerk"):
        visitor = visit(f"northfirth.{who}")
        meeting = (f"/meetings/{things['coming_id']}", most_of_meeting)
        for path, most in (meeting, (f"/papers/{long_paper}", LONG_PAPER)):
            took = cpu_of(partial(visitor.client.get, path))
            assert took <= most * floor, f"{who} {path}: {took / floor:.1f} times a bare page"
            assert queries_on(app, visitor, path) <= MOST_QUERIES
