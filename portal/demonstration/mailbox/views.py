"""The pages of the demonstration's mailbox."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from flask import abort, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.core.text import count_words, day_words
from portal.demonstration.blueprint import bp
from portal.demonstration.mailbox import letters
from portal.demonstration.mailbox.letters import Letter
from portal.demonstration.tour import cast
from portal.infra.guard import public
from portal.infra.web.security_headers import content_policy

ON_A_PAGE = 40
FILTERS = ("person", "day", "kind")
OF_HTML = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; frame-ancestors 'self'"


@dataclass(frozen=True)
class Choice:
    """One filter of the mailbox: what can be chosen, and what is."""

    name: str
    label: str
    choices: list[tuple[str, str]]
    chosen: str


@bp.get("/demonstration/mailbox")
@public
def mailbox() -> ResponseReturnValue:
    every = letters.letters()
    asked = {name: request.args[name] for name in FILTERS if request.args.get(name)}
    shown = [one for one in every if all(_value(one, name) == value for name, value in asked.items())]
    pages = max(1, -(-len(shown) // ON_A_PAGE))
    page = min(max(1, request.args.get("page", 1, int)), pages)
    return render_template(
        "demonstration/mailbox.html",
        letters=_by_day(shown, (page - 1) * ON_A_PAGE),
        names=cast.names(),
        found=count_words(len(shown), "email"),
        is_filtered=bool(asked),
        starts=_starts({one.head.to for one in every}),
        filters=_filters(every, asked),
        page=page,
        pages=pages,
        newer=_address(asked, page - 1) if page > 1 else "",
        older=_address(asked, page + 1) if page < pages else "",
    )


def _starts(having: Collection[str]) -> list[tuple[str, str]]:
    """Of those with whom the front page begins, the name and the emails of each who has any."""
    found = [one for one in cast.to_begin_with() if one.address in having]
    return [(one.name, url_for("demonstration.mailbox", person=one.address)) for one in found]


def _address(asked: dict[str, str], page: int) -> str:
    return f"{url_for('demonstration.mailbox')}?{urlencode({**asked, 'page': page})}"


def _value(letter: Letter, name: str) -> str:
    """What a filter compares."""
    return {"person": letter.head.to, "day": letter.head.day.isoformat(), "kind": letter.kind}[name]


def _by_day(shown: list[Letter], first: int) -> list[tuple[date, list[tuple[int, Letter]]]]:
    """The letters of one page with their numbers in the list, under the days on which they were sent."""
    days: dict[date, list[tuple[int, Letter]]] = {}
    for number, one in enumerate(shown[first : first + ON_A_PAGE], first + 1):
        days.setdefault(one.head.day, []).append((number, one))
    return list(days.items())


def _filters(every: list[Letter], asked: dict[str, str]) -> list[Choice]:
    names = cast.names()
    people = {
        one.head.to: f"{names[one.head.to]}, {one.head.to}" if one.head.to in names else one.head.to for one in every
    }
    days = {one.head.day.isoformat(): day_words(one.head.day) for one in every}
    kinds = {one.kind: one.kind_words for one in every}
    return [
        Choice("person", "To", _choices("Everyone", sorted(people.items(), key=_by_words)), asked.get("person", "")),
        Choice("day", "Day", _choices("Any day", list(days.items())), asked.get("day", "")),
        Choice("kind", "About", _choices("Anything", sorted(kinds.items(), key=_by_words)), asked.get("kind", "")),
    ]


def _by_words(choice: tuple[str, str]) -> str:
    return choice[1]


def _choices(every: str, choices: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [("", every), *choices]


@bp.get("/demonstration/mailbox/<name>")
@public
def letter(name: str) -> ResponseReturnValue:
    found = _letter(name)
    page = render_template(
        "demonstration/letter.html",
        letter=found,
        to_name=cast.names().get(found.head.to, ""),
        inside=letters.inside(found),
        is_html=request.args.get("form") == "html",
    )
    response = make_response(page)
    response.headers["Content-Security-Policy"] = f"{content_policy()}; frame-src 'self'"  # for its HTML form
    return response


@bp.get("/demonstration/mailbox/<name>/html")
@public
def letter_html(name: str) -> ResponseReturnValue:
    """The HTML form as it was sent, framed by the page above. Its links open in the whole window."""
    html = letters.inside(_letter(name)).html.replace("<head>", '<head><base target="_top">', 1)
    response = make_response(html)
    response.headers["Content-Security-Policy"] = OF_HTML
    return response


def _letter(name: str) -> Letter:
    return letters.find(name) or abort(404)
