"""Each database sorts names as the portal does."""

from __future__ import annotations

import itertools
from typing import Any

from sqlalchemy import literal, select, union_all

from portal.core.names import LETTERS, name_key
from portal.infra.database import db
from portal.infra.name_order import by_name

NAMES = [
    *("Áine", "aine", "Zoë", "zofia", "A\u0301ine b", "O'Neil", "O’Nolan", "oneill", "Smith-Jones", "smith a", "Šárka"),
    *("Éilidh", "eilidh", "Ǆ", "ﬁona", "Anna B", "Anna-C", "Çelik", "Ñuñez", ""),
    *(f"{before}{letter}b" for letter, before in itertools.product(LETTERS, ("", "a"))),
]


def test_a_database_sorts_names_as_people_do(work: Any) -> None:
    rows = union_all(*(select(literal(name).label("name")) for name in NAMES)).subquery()
    found = list(db.session.scalars(select(rows.c.name).order_by(by_name(rows.c.name), rows.c.name)))
    assert [name_key(name) for name in found] == sorted(map(name_key, NAMES))
