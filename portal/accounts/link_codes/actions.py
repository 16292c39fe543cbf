"""Asking for a link with a code beside it, and using the code."""

from __future__ import annotations

import secrets

from flask import current_app, session

from portal.accounts import actions, limits, queries, rules
from portal.accounts.link_codes.rules import is_code_of
from portal.accounts.models import Person
from portal.infra.unit_of_work import records_nothing
from portal.infra.web.counts import give_back

WORD, ADDRESS = "asked_in", "asked_for"  # in the cookie: a word that only this browser has, and a hash of the address


@records_nothing("the link is recorded when it is made")
def ask(email: str, browser: str) -> None:
    """Ask for a link to sign in; its email has a code that works in this browser. Raises TooManyLinks."""
    word, address = session.get(WORD) or secrets.token_urlsafe(16), queries.key_of(email.lower())
    actions.ask_for_link(rules.SIGN_IN, email, browser, asked_in=_page(word, address))
    session[WORD], session[ADDRESS] = word, address


def _page(word: str, address: str) -> str:
    """What stands for the page that waits: one browser and one address, so that no code is counted as another's."""
    return queries.key_of(f"{word} {address}")


@records_nothing("signing in is recorded")
def person_with(code: str, browser: str) -> Person | None:
    """Who asked in this browser and got this code; the link beside it is used up with it.

    Whether there is an account or not, as many codes can be tried. Raises TooManyCodesOfEmail, and AlreadyTaken when
    the link was used at the same moment.
    """
    asked_in = _page(session[WORD], session[ADDRESS])
    links = queries.links_asked_for_in(asked_in)
    counted = limits.count_code_of_email(asked_in, session[ADDRESS], links[0].person if links else None, browser)
    keys = current_app.config["PORTAL"].secret_keys
    for link in links:
        if is_code_of(keys, link.id, code):
            give_back(*counted)
            return actions.use_sign_in_link(link)
    return None
