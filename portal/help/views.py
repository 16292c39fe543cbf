"""Help, for everybody: who to ask, the page of each role, and how accessible the portal is."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from portal.access.roles import ADMIN, ROLE_NAMES
from portal.boards.contacts.rules import Contact
from portal.boards.contacts.shown import staff_of, your_officers
from portal.help.blueprint import bp
from portal.help.limits import LIMITS
from portal.help.pictures import of_role
from portal.help.rules import ACCESSIBILITY_REVIEWED, ACCESSIBILITY_WRITTEN, ADDRESSES, SUPPORTED, own_first
from portal.help.ways import places_for
from portal.infra.guard import public, whoever_looks


@bp.get("/help")
@public
def index() -> ResponseReturnValue:
    reader = whoever_looks()
    own, others = own_first(reader.held if reader else ())
    return render_template("help/index.html", own=own, others=others, names=ROLE_NAMES, limits=LIMITS)


@public
def help_of_role(role: str) -> ResponseReturnValue:
    reader = whoever_looks()
    return render_template(
        f"help/{role}.html",
        is_own=reader is not None and reader.holds(role),
        called=f"{ROLE_NAMES[role]}s",
        is_supported=role in SUPPORTED,
        people=_who_to_ask(role),
        place=places_for(role),
        pictures=of_role(role),
        limits=LIMITS,
    )


for _role, _address in ADDRESSES.items():  # one address for each, as one would say it
    bp.add_url_rule(_address, "of_role", help_of_role, defaults={"role": _role})


@bp.get("/accessibility")
@public
def accessibility() -> ResponseReturnValue:
    return render_template("help/accessibility.html", written=ACCESSIBILITY_WRITTEN, reviewed=ACCESSIBILITY_REVIEWED)


def _who_to_ask(role: str) -> list[Contact]:
    """Whom a reader asks about this role: nobody, where they have neither it nor one like it."""
    reader = whoever_looks()
    if reader is None or role in SUPPORTED:
        return your_officers()
    every = [one for board in sorted(reader.boards_with(role)) for one in staff_of(board, [ADMIN], but=[reader.id])]
    return list({one.id: one for one in every}.values())
