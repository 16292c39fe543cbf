"""Every migration goes up and down with data in it, and the models say what the migrations built."""

from __future__ import annotations

from pathlib import Path

import flask_migrate
import sqlalchemy as sa

from config import ROOT, Config
from portal.app import create_app
from portal.infra.database import db
from tests import cast as cast_module
from tests.conftest import postgres_url

MIGRATIONS = str(ROOT / "migrations")


def rows(engine: sa.Engine) -> dict[str, int]:
    with engine.connect() as connection:
        names = sa.inspect(engine).get_table_names()
        return {name: connection.scalar(sa.text(f'SELECT count(*) FROM "{name}"')) or 0 for name in names}  # noqa: S608 - names from the database itself


def test_the_newest_migration_goes_down_and_up_with_data(tmp_path: Path, database_url: str) -> None:
    url = f"sqlite:///{tmp_path / 'm.db'}" if database_url.startswith("sqlite") else postgres_url()
    app = create_app(Config(environment="test", database_url=url, files_url="memory:///", base_url="http://localhost"))
    with app.app_context():
        flask_migrate.upgrade(directory=MIGRATIONS)
        cast_module.fill()
        db.session.rollback()
        before = rows(db.engine)
        assert before["papers"] == 4
        flask_migrate.check(directory=MIGRATIONS)
        flask_migrate.downgrade(directory=MIGRATIONS)
        flask_migrate.upgrade(directory=MIGRATIONS)
        after = rows(db.engine)
    assert after.keys() == before.keys()
