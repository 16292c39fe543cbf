"""People, their sessions, the links mailed to them, and the browsers they have used."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from portal.accounts.naming.rules import LONGEST_KNOWN_AS
from portal.accounts.sessions.rules import UNKNOWN
from portal.core.addresses import email_address, is_kept_right
from portal.core.clock import london_day
from portal.core.names import first_name
from portal.core.phones import LONGEST as LONGEST_PHONE
from portal.infra.database import Identified, Model
from portal.infra.sealed import SealedData

IS_NO_OFFER = text("offered_to_id IS NULL")  # an address is one account's, and offers to it have the same


class Person(Identified, Model):
    """Somebody with an account, on any number of boards; or an offer of one board to somebody who has one.

    To the board that made it an offer is a person who was invited, and nothing tells it from one. The account with this
    address is `offered_to_id`. Once its owner has accepted, what hung on the offer is theirs, and this row keeps only
    the name under which the board's trail speaks of whom it invited.
    """

    __tablename__ = "people"
    __table_args__ = (
        Index("uq_people_email", "email", unique=True, sqlite_where=IS_NO_OFFER, postgresql_where=IS_NO_OFFER),
        CheckConstraint(
            "offered_to_id IS NULL OR (joined_at IS NULL AND password_hash IS NULL AND sealed_totp IS NULL)",
            name="offers_join_nothing",
        ),
        CheckConstraint("offered_to_id IS NULL OR offered_to_id <> id", name="offered_to_another"),
    )

    email: Mapped[str] = mapped_column(String(254))
    name: Mapped[str] = mapped_column(String(200))
    known_as: Mapped[str] = mapped_column(String(LONGEST_KNOWN_AS), default="")  # what they like to be called
    work_phone: Mapped[str] = mapped_column(
        String(LONGEST_PHONE), default=""
    )  # of staff, for the people of their board
    password_hash: Mapped[str | None] = mapped_column(String(200))
    invited_at: Mapped[datetime]
    joined_at: Mapped[datetime | None]
    invitation_withdrawn_at: Mapped[datetime | None]  # until they are invited again, nobody can join with it
    invitation_declined_at: Mapped[datetime | None]  # by whoever was invited; it is withdrawn by this as well
    disabled_at: Mapped[datetime | None]
    erased_at: Mapped[datetime | None]  # when name and address were taken out; of an offer, when it was accepted
    offered_to_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"), index=True)
    emails_wanted: Mapped[str] = mapped_column(String(20), default="usual")
    minutes_per_page: Mapped[int] = mapped_column(default=2)
    feed_generation: Mapped[int] = mapped_column(default=1)
    sealed_totp: Mapped[str | None] = mapped_column(String(300))
    totp_last_step: Mapped[int | None]
    totp = SealedData()

    @validates("email")
    def _address(self, _column: str, email: str) -> str:
        """Whatever way an address comes in, it is one that mail reaches. Raises NotAnAddress."""
        return email if is_kept_right(email) else email_address(email)

    @property
    def called(self) -> str:
        """How they are greeted: as they said, or else by their first name."""
        return self.known_as or first_name(self.name)

    @property
    def out_on(self) -> date | None:
        """The day they declined their invitation, or it was withdrawn; None for whoever joined or still can."""
        out_at = None if self.joined_at else self.invitation_withdrawn_at
        return london_day(out_at) if out_at else None

    @property
    def has_factor(self) -> bool:
        return self.sealed_totp is not None


class RecoveryCode(Identified, Model):
    """One of the codes on paper that stand in for the authenticator, each once."""

    __tablename__ = "recovery_codes"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"), index=True)
    key: Mapped[str] = mapped_column(String(200))
    used_at: Mapped[datetime | None]


class SignedInSession(Model):
    """One browser that is signed in; its key is the hash of the word in the cookie.

    An ended one opens nothing. It stays for two hours, so that what was typed in it goes to its person and nobody else.
    """

    __tablename__ = "sessions"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"), index=True)
    began_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    proved_at: Mapped[datetime]  # when the password was last typed in this session
    factor_at: Mapped[datetime | None]  # when the second factor was passed
    browser: Mapped[str] = mapped_column(String(60), default=UNKNOWN)  # as its owner knows it by
    ended_at: Mapped[datetime | None]  # by signing out, a new password, a changed role
    person: Mapped[Person] = relationship(lazy="joined", innerjoin=True)


class MailedLink(Identified, Model):
    """A link mailed for one purpose: used once, in time, dead when password, address or second factor changes.

    An invitation also says for which board it is, who sent it, and whether its email could not be delivered.
    """

    __tablename__ = "mailed_links"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"), index=True)
    purpose: Mapped[str] = mapped_column(String(20))
    created_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    taken_at: Mapped[datetime | None]  # when the mail server took a link to sign in
    asked_in: Mapped[str | None] = mapped_column(String(64), index=True)  # what stands for the browser's word
    fingerprint: Mapped[str] = mapped_column(String(16))
    new_email: Mapped[str | None] = mapped_column(String(254))
    old_email: Mapped[str | None] = mapped_column(String(254))
    for_board_id: Mapped[UUID | None]
    invited_by_id: Mapped[UUID | None]
    failed_at: Mapped[datetime | None]
    person: Mapped[Person] = relationship(lazy="joined", innerjoin=True)


class KnownBrowser(Identified, Model):
    """A browser in which this person has signed in before; it has a budget of guesses of its own."""

    __tablename__ = "known_browsers"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"), index=True)
    key: Mapped[str] = mapped_column(String(64), unique=True)
    seen_at: Mapped[datetime]
    factor_at: Mapped[datetime | None]  # when the second factor was last passed in it


class Passkey(Identified, Model):
    """A key that a phone or computer keeps for somebody, opened with a finger, a face or its PIN: both steps in one."""

    __tablename__ = "passkeys"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"), index=True)
    credential_id: Mapped[str] = mapped_column(String(1400), unique=True)  # 1,023 bytes at most, in base64url
    public_key: Mapped[bytes]
    sign_count: Mapped[int] = mapped_column(BigInteger)
    name: Mapped[str] = mapped_column(String(60))  # the browser it was made with, as its owner knows it
    added_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    person: Mapped[Person] = relationship(lazy="joined", innerjoin=True)


class FactorPause(Identified, Model):
    """How many codes in a row were wrong for somebody's second factor, and when the next may be tried.

    `way`: in one browser that has passed it before, after a mailed link, or anywhere else.
    """

    __tablename__ = "factor_pauses"
    __table_args__ = (UniqueConstraint("person_id", "way"),)

    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    way: Mapped[str] = mapped_column(String(64))
    wrong: Mapped[int]
    last_at: Mapped[datetime]
    next_at: Mapped[datetime]
