"""report of days in the year 2000: a date typed without its year became one until now"""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from alembic import context, op

revision = '0015'
down_revision = '0014'
branch_labels = None
depends_on = None


def days_of_2000(connection: sa.Connection) -> Iterator[tuple[str, str, list[str]]]:
    """(table, column, one id for each row) for every column of days that holds one of the year 2000."""
    metadata = sa.MetaData()
    metadata.reflect(connection)
    for name, table in sorted(metadata.tables.items()):
        for column in table.columns:
            if isinstance(column.type, sa.Date):
                key = list(table.primary_key.columns)
                of_2000 = column.between(date(2000, 1, 1), date(2000, 12, 31))
                rows = connection.execute(sa.select(*(key or [column])).where(of_2000).order_by(*key)).all()
                if rows:
                    yield name, column.name, [' and '.join(map(_without_words, row)) for row in rows]


def _without_words(value: Any) -> str:
    """An id as it is shown; anything else might tell of somebody."""
    if isinstance(value, (int, UUID)):
        return str(value)
    try:
        return str(UUID(value))  # SQLite keeps them as text
    except (ValueError, TypeError, AttributeError):
        return 'a row without an id'


def upgrade() -> None:
    found = list(days_of_2000(op.get_bind()))
    if not found:
        return
    say = context.config.print_stdout
    say('Some days lie in the year 2000. A date typed without its year became one of these until now.')
    say('Nothing was changed. Ask whoever entered each of them which day was meant:')
    for table, column, ids in found:
        say('- %s.%s: %s, %s', table, column, f'{len(ids)} row{"s" if len(ids) > 1 else ""}', '; '.join(ids))


def downgrade() -> None:
    """Nothing was changed."""
