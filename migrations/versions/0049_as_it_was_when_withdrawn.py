"""the day of a meeting when a paper was withdrawn, the mark of what a PDF was made from, and its hidden layers

Of papers that are withdrawn already the day is that before the first move of the meeting since then, by the trail. Of
files that were converted before, the source is gone, and nothing is known of it; nor were hidden layers looked for.
"""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from alembic import op

revision = "0049"
down_revision = "0048"
branch_labels = None
depends_on = None

MOVES = ("MeetingMoved", "MeetingAdjourned")


def upgrade() -> None:
    with op.batch_alter_table("papers", schema=None) as batch_op:
        batch_op.add_column(sa.Column("measured_to", sa.Date(), nullable=True))
    with op.batch_alter_table("paper_versions", schema=None) as batch_op:
        batch_op.add_column(sa.Column("source_sha256", sa.String(length=64), server_default="", nullable=False))
    with op.batch_alter_table("paper_versions", schema=None) as batch_op:
        batch_op.alter_column("source_sha256", server_default=None)
    with op.batch_alter_table("paper_versions", schema=None) as batch_op:
        batch_op.add_column(sa.Column("hidden_layers", sa.JSON(), server_default="[]", nullable=False))
    with op.batch_alter_table("paper_versions", schema=None) as batch_op:
        batch_op.alter_column("hidden_layers", server_default=None)
    _say_of_those_withdrawn_before()


def _say_of_those_withdrawn_before() -> None:
    moment = sa.DateTime(timezone=True)
    ids = (sa.column("id", sa.Uuid()), sa.column("meeting_id", sa.Uuid()))
    papers = sa.table("papers", *ids, sa.column("withdrawn_at", moment), sa.column("measured_to", sa.Date()))
    meetings = sa.table("meetings", sa.column("id", sa.Uuid()), sa.column("opened_on", sa.Date()))
    connection = op.get_bind()
    statement = sa.select(papers.c.id, papers.c.meeting_id, papers.c.withdrawn_at, meetings.c.opened_on)
    statement = statement.join(meetings, meetings.c.id == papers.c.meeting_id).where(papers.c.withdrawn_at.is_not(None))
    found = connection.execute(statement.order_by(papers.c.id)).all()
    moves = _moves(connection) if found else []
    for paper_id, meeting_id, withdrawn_at, opened_on in found:
        gone_at = _aware(withdrawn_at)
        since = [was for at, moved, was in moves if moved == meeting_id.hex and at >= gone_at]
        if opened_on > _day(gone_at):
            values = {"measured_to": since[0] if since else opened_on}
            connection.execute(sa.update(papers).where(papers.c.id == paper_id).values(**values))


def _moves(connection: sa.Connection) -> list[tuple[datetime, str, date]]:
    """When which meeting was moved, and its day before; the earliest first."""
    columns = (sa.column("happened_at", sa.DateTime(timezone=True)), sa.column("facts", sa.JSON()))
    lines = sa.table("audit_lines", sa.column("event"), *columns)
    statement = sa.select(*columns).select_from(lines).where(lines.c.event.in_(MOVES)).order_by(lines.c.happened_at)
    return [
        (_aware(at), str(facts["meeting_id"]).replace("-", ""), _day(datetime.fromisoformat(facts["was_at"])))
        for at, facts in connection.execute(statement)
        if facts.get("meeting_id") and facts.get("was_at")
    ]


def _aware(at: datetime) -> datetime:
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _day(at: datetime) -> date:
    return _aware(at).astimezone(ZoneInfo("Europe/London")).date()


def downgrade() -> None:
    with op.batch_alter_table("paper_versions", schema=None) as batch_op:
        batch_op.drop_column("hidden_layers")
        batch_op.drop_column("source_sha256")
    with op.batch_alter_table("papers", schema=None) as batch_op:
        batch_op.drop_column("measured_to")
