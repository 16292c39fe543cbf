"""The signed-in person of a request, for Flask-Login: a session row found by the word in the cookie.

Whether the second factor is still to come is worked out at each request, from the roles of that day: a role that began
at midnight asks for it from then on, whenever the session began.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import Flask, current_app, g
from flask_login import UserMixin, current_user

from portal.access.roles import Viewer


@dataclass(frozen=True)
class People:
    """How the layers above find who somebody is."""

    find_viewer: Callable[[Any, Any, Any], Viewer]  # of an account, in a session, with roles
    must_have_factor: Callable[[User], bool]
    person_of_session: Callable[[str], UUID | None]  # also of a session that ended a little while ago
    feed_owner: Callable[[UUID, str], Viewer | None]  # of a calendar's address


def install(app: Flask, people: People) -> None:
    """Let an app know how people are found."""
    app.extensions["people"] = people


def people() -> People:
    """How this app finds people."""
    found: People = current_app.extensions["people"]
    return found


def is_known_to_be_signed_in() -> bool:
    """Whether this request has found out already that somebody is signed in; it is not found out for this alone."""
    return "_login_user" in g and bool(current_user.is_authenticated)


class User(UserMixin):  # type: ignore[misc]  # Flask-Login ships no types
    """Somebody with a live session. Loaded with its row, or made from the word alone at sign-in."""

    def __init__(self, secret: str, session: Any = None, roles: Any = None) -> None:  # of types that stand above
        self.secret = secret
        self.session = session
        self._roles = roles
        self._viewer: Viewer | None = None

    def get_id(self) -> str:
        return self.secret

    @property
    def is_authenticated(self) -> bool:
        """False until the second factor is passed, so that a half sign-in opens nothing anywhere."""
        return self.session is None or self.session.factor_at is not None or not self._needs_factor()

    def _needs_factor(self) -> bool:
        """Whoever has set a factor up is asked for it, whatever their roles; others, where it is required of them."""
        return bool(self.person.has_factor) or people().must_have_factor(self)

    @property
    def is_awaiting_second_factor(self) -> bool:
        """The password is right, the second factor is still to come."""
        return not self.is_authenticated

    @property
    def person(self) -> Any:  # a Person, which stands above
        return self.session.person

    def as_viewer(self) -> Viewer:
        """What the rules know of this person, found once a request; app.py says how it is found."""
        if self._viewer is None:
            self._viewer = people().find_viewer(self.person, self.session, self._roles)
        return self._viewer
