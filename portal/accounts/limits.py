"""Limits of signing in, by account, by client and by the password that is tried.

Whoever asks from a browser in which the person has signed in before has budgets of their own there: however many
strangers try, and from wherever, they use up nothing of it.
"""

from __future__ import annotations

from uuid import UUID

from portal.accounts import queries, rules
from portal.accounts.models import Person
from portal.core.budgets import Budget
from portal.infra.unit_of_work import acting
from portal.infra.web.client import client
from portal.infra.web.counts import Of, TooOften, give_back, keyed, take, take_with_the_request
from portal.infra.web.limits import has_room, room_again_at

STRANGERS = "strangers"
BUCKET = 5  # hexadecimal digits: a million boxes, into which far more passwords fall than anybody could tell apart


class TooManyGuesses(TooOften):
    """More guesses in a while than may reach the password check: at one account, by one client or of one password."""


class TooManyLinks(TooOften):
    """More links than anybody needs were asked for, to one address or by one client."""


def budget_of_browser(person: Person | None, browser: str) -> str:
    """Whose budget a browser uses for an account: its own, when the person has signed in there before."""
    known = bool(person and browser and queries.known_browser(person.id, browser))
    return queries.key_of(browser) if known else STRANGERS


class TooManyInvitations(TooOften):
    """More invitations on one day than a board, or one person, sends."""


def of_client(budget: Budget) -> list[Of]:
    """The budget of whoever is asking; none where that is not known."""
    address = client()
    return [Of(budget, (address,))] if address else []


def count_guess(email: str, password: str, browser: str) -> list[Of]:
    """Count a guess before any hash is touched; what is to be given back if it is right. Raises TooManyGuesses."""
    whose = budget_of_browser(queries.active_person_by_email(email), browser)
    counted = [*of_client(rules.GUESSES_OF_CLIENT), _of_password(password)] if whose == STRANGERS else []
    try:
        take(*counted)
    except TooOften as error:
        raise TooManyGuesses(error.until) from error
    account = ("sign-in", queries.key_of(email.lower()), whose)
    if not has_room(rules.GUESSES, *account):
        give_back(*counted)  # nothing is tried
        raise TooManyGuesses(room_again_at(rules.GUESSES, *account))
    return counted


def _of_password(password: str) -> Of:
    """What counts how often a password was tried and was wrong, wherever. Only the number of a box says which it was:
    very many passwords fall into each, so that even whoever had the key could not find the one that was tried.
    """
    box = keyed("tried", rules.as_composed(password))[:BUCKET]
    return Of(rules.GUESSES_OF_PASSWORD, (box,))


def count_link(purpose: str, email: str, browser: str) -> None:
    """Count that a link is asked for, alike for every address, whether anybody has it or not. Raises TooManyLinks."""
    whose = budget_of_browser(queries.active_person_by_email(email) if browser else None, browser)
    to_one = Of(rules.LINKS_TO_ONE.get(purpose, rules.LINKS_TO_ADDRESS), (purpose, email.lower(), whose))
    try:
        take(to_one, *(of_client(rules.LINKS_OF_CLIENT) if whose == STRANGERS else ()))
    except TooOften as error:
        raise TooManyLinks(error.until) from error


class TooManyCodesOfEmail(TooOften):
    """More codes from emails were tried on one page, or for one address, than anybody mistypes."""


def count_code_of_email(page: str, address: str, person: Person | None, browser: str) -> list[Of]:
    """Count a code from an email as wrong before it is looked at; what is given back if it is right.

    `page` and `address` are hashes. Six digits can be guessed by whoever goes on trying: so the count of an address
    goes on over all pages that strangers open for it. Raises TooManyCodesOfEmail.
    """
    whose = budget_of_browser(person, browser)
    counted = [Of(rules.CODES_OF_PAGE, (page,)), Of(rules.CODES_OF_ADDRESS, (address, whose))]
    counted += of_client(rules.CODES_OF_CLIENT) if whose == STRANGERS else []
    try:
        take(*counted)
    except TooOften as error:
        raise TooManyCodesOfEmail(error.until) from error
    return counted


def count_invitation(board_id: UUID | None) -> None:
    """Count an invitation that somebody signed in sends, with all else that they do. Raises TooManyInvitations.

    What the portal sends by itself to whoever asks for it counts as a link; what the operator sends is not counted.
    """
    sender = acting.get()
    if sender is None:
        return
    of_board = [Of(rules.INVITATIONS_OF_BOARD, (board_id.hex,))] if board_id else []
    try:
        take_with_the_request(Of(rules.INVITATIONS_OF_SENDER, (sender.hex,)), *of_board)
    except TooOften as error:
        raise TooManyInvitations(error.until) from error
