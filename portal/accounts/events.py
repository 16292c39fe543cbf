"""What can have happened to an account."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from portal.core.events import Event, personal


@dataclass(frozen=True, kw_only=True)
class AccountEvent(Event, abstract=True):
    """Something about one person's account."""

    person_id: UUID


@dataclass(frozen=True, kw_only=True)
class LinkEvent(AccountEvent, abstract=True):
    """Something that has a link mailed; its email goes only while that link works."""

    link_id: UUID


@dataclass(frozen=True, kw_only=True)
class PersonInvited(LinkEvent, sentence="Invited someone"):
    email: str = personal()


class InvitedAgain(PersonInvited, sentence="Sent an invitation again"):
    pass


@dataclass(frozen=True, kw_only=True)
class OfInvitation(AccountEvent, abstract=True):
    """What became of an invitation; its line stands in the trail of the board that sent it."""

    named_as: ClassVar[Mapping[str, str]] = {"invited_by_id": "invited by {}"}

    invited_by_id: UUID | None = None


class InvitationFailed(OfInvitation, sentence="An invitation could not be delivered"):
    pass


class InvitationWithdrawn(
    AccountEvent, sentence="Withdrew an invitation", nobody=True, formerly=("BoardWithdrewInvitation",)
):
    """Whoever got it is not told: it may have gone to a stranger."""


class InvitationDeclined(OfInvitation, sentence="Declined an invitation"):
    pass


class InvitationAccepted(OfInvitation, sentence="Accepted an invitation", nobody=True):
    pass


class SignedIn(AccountEvent, sentence="Signed in", nobody=True):
    pass


class SignInFailed(AccountEvent, sentence="A wrong password was tried", nobody=True):
    pass


class CodeFailed(AccountEvent, sentence="A wrong code was entered for two-step sign-in", nobody=True):
    pass


class CodesFailed(AccountEvent, sentence="Five wrong codes in a row were entered for two-step sign-in"):
    """Whoever did so knows the password. The owner is told, and each further code has to wait longer."""


class PasswordsFailed(AccountEvent, sentence="Ten wrong passwords in a row were entered"):
    """The owner is told, at most once a day; whoever tries learns nothing of it."""


class SignedOut(AccountEvent, sentence="Signed out", nobody=True):
    pass


class SignedOutEverywhere(AccountEvent, sentence="Signed out in every browser", nobody=True):
    pass


class OtherSessionEnded(AccountEvent, sentence="Signed out of another browser", nobody=True):
    pass


class ResetAsked(LinkEvent, sentence="Asked for a link to choose a new password"):
    pass


class SignInLinkAsked(LinkEvent, sentence="Asked for a link to sign in with"):
    pass


class PasswordChanged(AccountEvent, sentence="Changed a password"):
    pass


@dataclass(frozen=True, kw_only=True)
class EmailChangeAsked(LinkEvent, sentence="Asked to change an email address"):
    new_email: str = personal()


@dataclass(frozen=True, kw_only=True)
class EmailChanged(AccountEvent, sentence="Changed an email address"):
    link_id: UUID
    undo_link_id: UUID
    old_email: str = personal()
    new_email: str = personal()


@dataclass(frozen=True, kw_only=True)
class EmailPutBack(AccountEvent, sentence="Took their old email address back, as they had not changed it"):
    old_email: str = personal()
    given_up: str = personal()


class PreferencesChanged(AccountEvent, sentence="Changed which emails they get", nobody=True):
    pass


class KnownAsChanged(AccountEvent, sentence="Changed what they like to be called", nobody=True):
    pass


class WorkPhoneChanged(AccountEvent, sentence="Changed a work phone number", nobody=True):
    """The number is in no line of the trail."""


class CalendarAddressChanged(AccountEvent, sentence="Changed the address of a calendar", nobody=True):
    pass


class FactorSetUp(AccountEvent, sentence="Set up two-step sign-in"):
    pass


class FactorCleared(AccountEvent, sentence="Reset two-step sign-in"):
    pass


@dataclass(frozen=True, kw_only=True)
class PasskeyEvent(AccountEvent, abstract=True):
    """Something about a passkey, which is known by the browser it was made with."""

    made_with: str = personal()


class PasskeyAdded(PasskeyEvent, sentence="Added a passkey"):
    pass


class PasskeyRemoved(PasskeyEvent, sentence="Removed a passkey"):
    pass


class AccountDisabled(AccountEvent, sentence="Closed an account"):
    pass


class AccountEnabled(AccountEvent, sentence="Reopened an account"):
    pass


class AccountErased(AccountEvent, sentence="An account ended: name and address were removed", nobody=True):
    """The name and address were taken out; what the person did on boards stays, without them."""


class DataDownloaded(AccountEvent, sentence="Downloaded everything held about them", nobody=True):
    """Somebody took away everything held about them."""


class RecoveryCodeUsed(AccountEvent, sentence="Signed in with a recovery code"):
    pass
