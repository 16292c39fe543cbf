"""What can have happened to an account."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from portal.core.events import Event, personal


@dataclass(frozen=True, kw_only=True)
class AccountEvent(Event):
    """Something about one person's account."""

    person_id: UUID


@dataclass(frozen=True, kw_only=True)
class LinkEvent(AccountEvent):
    """Something that has a link mailed; its email goes only while that link works."""

    link_id: UUID


@dataclass(frozen=True, kw_only=True)
class PersonInvited(LinkEvent):
    email: str = personal()


class InvitationAccepted(AccountEvent):
    pass


class SignedIn(AccountEvent):
    pass


class SignInFailed(AccountEvent):
    pass


class SignedOut(AccountEvent):
    pass


class SignedOutEverywhere(AccountEvent):
    pass


class ResetAsked(LinkEvent):
    pass


class SignInLinkAsked(LinkEvent):
    pass


class PasswordChanged(AccountEvent):
    pass


@dataclass(frozen=True, kw_only=True)
class EmailChangeAsked(LinkEvent):
    new_email: str = personal()


@dataclass(frozen=True, kw_only=True)
class EmailChanged(AccountEvent):
    link_id: UUID
    old_email: str = personal()
    new_email: str = personal()


class PreferencesChanged(AccountEvent):
    pass


class CalendarAddressChanged(AccountEvent):
    pass


class FactorSetUp(AccountEvent):
    pass


class FactorCleared(AccountEvent):
    pass


class AccountDisabled(AccountEvent):
    pass


class AccountEnabled(AccountEvent):
    pass


class AccountErased(AccountEvent):
    """The name and address were taken out; what the person did on boards stays, without them."""


class DataDownloaded(AccountEvent):
    """Somebody took away everything held about them."""


class RecoveryCodeUsed(AccountEvent):
    pass
