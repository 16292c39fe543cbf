"""report of email addresses that no mail reaches: lists of people brought some in until now"""

from collections.abc import Iterator

import sqlalchemy as sa
from alembic import context, op

from portal.core.addresses import is_kept_right

revision = '0018'
down_revision = "0017"
branch_labels = None
depends_on = None

COLUMNS = (  # where an address stands, and what the rows are called
    ('people', 'email', 'person'),
    ('mailed_links', 'new_email', 'link to a new address'),
    ('nominations', 'email', 'nomination of a depute'),
    ('profile_messages', 'email', 'message to a rep'),
    ('emails', 'to_address', 'email'),
)


def wrong_addresses(connection: sa.Connection) -> Iterator[tuple[str, str, list[str]]]:
    """(table, what its rows are, ids) where the portal's one rule for addresses refuses what is stored."""
    for name, column, called in COLUMNS:
        table = sa.Table(name, sa.MetaData(), autoload_with=connection)
        rows = connection.execute(sa.select(table.c.id, table.c[column]).order_by(table.c.id))
        ids = [_shown(key) for key, address in rows if address and not is_kept_right(address)]
        if ids:
            yield name, called, ids


def _shown(key):
    """The id as pages and the other database write it; SQLite gives it without hyphens."""
    text = str(key).replace('-', '')
    return '-'.join((text[:8], text[8:12], text[12:16], text[16:20], text[20:])) if len(text) == 32 else text


def upgrade() -> None:
    found = list(wrong_addresses(op.get_bind()))
    if not found:
        return
    say = context.config.print_stdout
    say('No email reaches some addresses that are stored, and nobody can sign in with them. Nothing was changed.')
    say('The page of people of a board marks whose they are: end what they have there, and invite them with the right')
    say('address. Emails and links to such an address go to nobody.')
    for table, called, ids in found:
        say('- %s: %s; %s', table, called, ', '.join(ids))


def downgrade() -> None:
    """Nothing was changed."""
