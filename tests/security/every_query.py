"""Every query of the portal, called by reflection: its arguments are made from its type hints and the cast."""

from __future__ import annotations

import importlib
import inspect
import sys
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from pathlib import Path
from types import ModuleType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints
from uuid import UUID, uuid4

from flask import Flask
from sqlalchemy import ColumnElement, ScalarSelect, Select, event, select
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import ORMExecuteState, Session

from config import ROOT
from portal.access.decide import Reach
from portal.access.roles import Viewer
from portal.capabilities import GATHERED
from portal.infra.database import Model, db
from portal.infra.sight import Loader
from portal.retention.rule import RetentionRule
from tests.architecture.matrix import viewer_of
from tests.cast import NOW, TODAY, BoardCast, Cast, anywhere

PORTAL = ROOT / "portal"
MODULES = ("queries.py", "figures.py")
PLAIN: Mapping[Any, Any] = {
    date: TODAY,
    datetime: NOW,
    int: 1,
    bool: False,
    Reach: Reach(),
    RetentionRule: GATHERED.retention[0],
}
LISTS = (Iterable, Sequence, Collection, list, set, frozenset)
MAPPINGS = (Mapping, dict)
PARTS = (Select, ScalarSelect, ColumnElement)
Query = Callable[..., Any]


class CannotBeMade(TypeError):
    """There is nothing of this kind in the cast."""


def modules() -> Iterator[ModuleType]:
    for path in sorted(PORTAL.rglob("*.py")):
        if path.name in MODULES:
            yield importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))


def name_of(query: Query) -> str:
    """Where a query is written: "boards/queries.py:group"."""
    return f"{query.__module__.removeprefix('portal.').replace('.', '/')}.py:{query.__name__}"


def queries() -> Iterator[Query]:
    """The public functions and loaders of every module of queries and figures."""
    for module in modules():
        for name, one in vars(module).items():
            is_query = inspect.isfunction(one) or isinstance(one, Loader)
            if is_query and one.__module__ == module.__name__ and not name.startswith("_"):
                yield one


def is_part(query: Query) -> bool:
    """Whether it makes a part of a statement, which others run."""
    made = get_type_hints(query).get("return")
    return get_origin(made) in PARTS or made in PARTS


@dataclass
class Arguments:
    """Makes what queries ask for, about one board of the cast and for one person."""

    board: BoardCast
    viewer: Viewer

    def of(self, query: Query) -> dict[str, Any]:
        """Raises CannotBeMade when the cast holds nothing of a kind."""
        find = query.find if isinstance(query, Loader) else query
        hints, needed = get_type_hints(find), list(inspect.signature(find).parameters.values())
        needed = needed[1:] if isinstance(query, Loader) else needed  # the first is who looks
        wanted = (one for one in needed if one.default is one.empty and one.kind is not one.VAR_POSITIONAL)
        return {one.name: self.made(hints[one.name], one.name) for one in wanted}

    def made(self, kind: Any, name: str) -> Any:
        if kind in PLAIN:
            return PLAIN[kind]
        if kind is Viewer:
            return self.viewer
        if kind is UUID:
            return self.id_called(name)
        if kind is str:
            return str(self.board.things.get(name, uuid4()))
        if get_origin(kind) in (Union, UnionType):
            return self.made(next(one for one in get_args(kind) if one is not type(None)), name)
        if get_origin(kind) in LISTS:
            return [self.made(get_args(kind)[0], name)]
        if get_origin(kind) is tuple:
            return tuple(self.made(one, name) for one in get_args(kind) if one is not Ellipsis)
        if get_origin(kind) in MAPPINGS:
            key, value = get_args(kind)
            return {self.made(key, name): self.made(value, name)}
        if is_dataclass(kind):
            return self.of_fields(kind)
        return self.row(kind)

    def of_fields(self, kind: Any) -> Any:
        hints = get_type_hints(kind)
        return kind(**{one.name: self.made(hints[one.name], one.name) for one in fields(kind) if one.init})

    def id_called(self, name: str) -> UUID:
        singular = name.removesuffix("s") if name != "ids" else name
        about = {"board_id": self.board.id, "person_id": self.viewer.id, **self.board.things}
        found = about.get(singular)
        return found if isinstance(found, UUID) else uuid4()

    def row(self, kind: Any) -> Any:
        """A row of the board, or anything of the kind."""
        if not (inspect.isclass(kind) and issubclass(kind, Model)):
            raise CannotBeMade(str(kind))
        of_board = select(kind).where(kind.board_id == self.board.id) if hasattr(kind, "board_id") else select(kind)
        found = db.session.scalars(anywhere(of_board.order_by(*kind.__table__.primary_key).limit(1))).first()
        return found or kind(id=uuid4())


def ask_everything(app: Flask, cast: Cast) -> dict[str, list[Select[Any]]]:
    """Call each query for people of every role: what it selected, by the function that selects.

    What spans boards on purpose is not among it; tests/security/test_scope.py lists that.
    """
    seen: dict[str, list[Select[Any]]] = defaultdict(list)

    def see(state: ORMExecuteState) -> None:
        is_own = state.is_select and not (state.is_relationship_load or state.is_column_load)
        if is_own and (where := asked_by()):
            limited = not state.execution_options.get("across_boards")
            seen[where] += parts_of(state.statement) if limited else []

    event.listen(Session, "do_orm_execute", see)
    try:
        _call_everything(app, cast)
    finally:
        event.remove(Session, "do_orm_execute", see)
    return seen


def parts_of(statement: Any) -> list[Select[Any]]:
    """A SELECT, or each of a UNION."""
    return (
        [part for one in statement.selects for part in parts_of(one)] if hasattr(statement, "selects") else [statement]
    )


def _call_everything(app: Flask, cast: Cast) -> None:
    names = [*(f"northfirth.{role}" for role in cast.northfirth.people), "coordinator", "former"]
    viewers = [viewer for name in names if (viewer := viewer_of(app, cast, name))]
    for query in queries():
        for viewer in viewers if asks_who(query) else viewers[:1]:
            call(query, Arguments(cast.northfirth, viewer))


def asks_who(query: Query) -> bool:
    return isinstance(query, Loader) or Viewer in get_type_hints(query).values()


def call(query: Query, arguments: Arguments) -> None:
    """What it makes of odd arguments is not asked here, and only what it selects is looked at."""
    with suppress(CannotBeMade, NoResultFound, LookupError, ValueError, AttributeError, TypeError):
        named = arguments.of(query)
        found = query(arguments.viewer, **named) if isinstance(query, Loader) else query(**named)
        if inspect.isgenerator(found):
            list(found)
    db.session.rollback()


def asked_by() -> str:
    """Which function of queries or figures asks right now."""
    frame: Any = sys._getframe()
    while frame and not Path(frame.f_code.co_filename).name.endswith(MODULES):
        frame = frame.f_back
    return f"{Path(frame.f_code.co_filename).relative_to(PORTAL)}:{frame.f_code.co_name}" if frame else ""
