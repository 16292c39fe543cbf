"""How Alembic runs here: with the app's own engine and metadata."""

from __future__ import annotations

from alembic import context

from portal.infra.database import Model, UtcMoment, db


def plain_moments(kind: str, thing: object, _context: object) -> str | bool:
    """Migrations write plain column types, so that they keep running when our own types change."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(thing, UtcMoment) else False


def run_migrations() -> None:
    """Run every migration in one transaction on the app's engine."""
    with db.engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=Model.metadata,
            render_as_batch=True,
            compare_type=True,
            render_item=plain_moments,
            transaction_per_migration=False,
        )
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()


if context.is_offline_mode():
    raise SystemExit("Migrations run with a database, not as a script.")
run_migrations()
