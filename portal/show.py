"""What all capabilities bring along, as tables to read: `flask portal show menu`, and reviewed lists in the tests."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from flask import Flask

from portal.access.permissions import TABLE
from portal.capability import gathered
from portal.core.events import every_event
from portal.core.text import count_words
from portal.infra.guard import guard_of, loader_of
from portal.infra.notification import AnyNotification
from portal.infra.sight import AnyLoader
from portal.navigation import menu_of
from portal.sections import MENUS

Rows = Iterable[Sequence[str]]
STEP = 20  # columns grow by so much, so that a longer word does not change every line


def routes(app: Flask) -> Rows:
    """Address | methods | what opens it | what shows the thing in the address: without it, 404 in place of 403."""
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: (rule.rule, rule.endpoint)):
        methods = ",".join(sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}))
        yield rule.rule, methods, guard_of(app, rule.endpoint), _sight(loader_of(app, rule.endpoint))


def _sight(load: AnyLoader | None) -> str:
    """The permission; and whether a thing may be somebody's alone, or need more than others of its kind."""
    if load is None:
        return ""
    return load.sight + (", if theirs" if load.whose else "") + (", and what it needs" if load.needs else "")


def permissions(_app: Flask) -> Rows:
    """Permission | role | how far it reaches."""
    return ((name, role, cell) for name, row in TABLE.items() for role, cell in row.items() if cell != "-")


def menu(_app: Flask) -> Rows:
    """Role | section | words | page."""
    for role in MENUS:
        for section, entries in menu_of(role).items():
            yield from ((role, section.label, one.label, one.endpoint) for one in entries)


def due(_app: Flask) -> Rows:
    """Capability | when | what finds it or does it."""
    for one in gathered().capabilities:
        yield from ((one.name, "by the day", name) for name in one.due)
        yield from ((one.name, "each minute", name) for name in one.chores)
        yield from ((one.name, "when asked", kind) for kind in one.work)
        yield from ((one.name, "when asked, at once", kind) for kind in one.work_for_who_waits)


def retention(_app: Flask) -> Rows:
    """Table | until when its rows are kept | what happens then | whether people hear of it before."""
    for rule in gathered().retention:
        yield rule.table, rule.until, rule.happens, "announced" if rule.told else ""


def emails(_app: Flask) -> Rows:
    """Event | who hears | in which email | when | how long it is worth sending. At the end, of what nobody hears."""
    for one in gathered().emails:
        worth = f"for {count_words(one.worth_days, 'day')}"
        yield one.event.__name__, one.who.__name__.replace("_", " "), one.email, _when(one), worth
    yield from ((kind.__name__, "nobody", "", "", "") for kind in every_event() if kind.nobody)


def _when(one: AnyNotification) -> str:
    """At once or with others; to all of them, to whoever wants news, or even to those whose account is closed."""
    usual = "gathered in the morning" if one.gathered else "at once or in the daily email"
    first = "before others" if one.cannot_wait else ""
    parts = ("at once" if one.at_once else usual, first, "" if one.always else "if news is wanted")
    return ", ".join(filter(None, (*parts, "even if the account is closed" if one.to_closed_accounts else "")))


def todo(_app: Flask) -> Rows:
    """Capability | what waits | for whom | where it is said | the page where it is done."""
    for one in gathered().capabilities:
        for kind in one.todo:
            if kind.first_page:
                yield one.name, kind.name, kind.whom.value, "first page", kind.first_page.endpoint
            if kind.desk:
                yield one.name, kind.name, kind.whom.value, "desk", kind.desk.endpoint
            if kind.in_table:
                yield one.name, kind.name, kind.whom.value, "table of reps", ""


TABLES: Mapping[str, Callable[[Flask], Rows]] = {
    "routes": routes,
    "permissions": permissions,
    "menu": menu,
    "emails": emails,
    "todo": todo,
    "due": due,
    "retention": retention,
}


def as_text(name: str, app: Flask) -> str:
    """One of the tables with its columns below one another. Needs the app's context."""
    rows = [tuple(row) for row in TABLES[name](app)]
    widths = [-(-max(map(len, column)) // STEP) * STEP for column in zip(*rows, strict=True)]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows)
    return "\n".join(lines) + "\n"
