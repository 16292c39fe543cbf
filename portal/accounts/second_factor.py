"""The second factor: six-digit codes of an authenticator, each used once, and ten recovery codes on paper."""

from __future__ import annotations

import hashlib
import secrets

import pyotp
import segno
from sqlalchemy import delete, or_, select, update

from portal.accounts import pauses
from portal.accounts.actions import end_every_session
from portal.accounts.events import CodeFailed, CodesFailed, FactorCleared, FactorSetUp, RecoveryCodeUsed
from portal.accounts.models import Passkey, Person, RecoveryCode, SignedInSession
from portal.accounts.passwords import hashed, is_right
from portal.accounts.pauses import TooManyCodes
from portal.accounts.rules import CODES_TRIED, FREE_CODES, RECOVERY_CODES
from portal.audit.actions import write_line_apart
from portal.core import clock
from portal.infra.database import db, rows_changed
from portal.infra.sealed import CannotOpen, seal, unseal
from portal.infra.unit_of_work import record
from portal.infra.web.limits import has_room, room_again_at

STEP_SECONDS = 30
STEPS_AHEAD = 4  # more than clocks of phones and machines differ
HALF_BYTES = 3  # of a recovery code
ISSUER = "Carer Rep Portal"


def offer(person: Person) -> tuple[str, str, str]:
    """A new secret: sealed for the form, readable in groups of four, and as a QR picture (SVG)."""
    return _shown(person, pyotp.random_base32())


def offered_again(person: Person, sealed: str) -> tuple[str, str, str]:
    """The same secret once more, after a code that was wrong; a new one when the form is not ours."""
    try:
        return _shown(person, unseal(f"offer.{person.id}", sealed))
    except CannotOpen:
        return offer(person)


def _shown(person: Person, secret: str) -> tuple[str, str, str]:
    address = pyotp.TOTP(secret).provisioning_uri(name=person.email, issuer_name=ISSUER)
    picture = segno.make(address).svg_inline(scale=5, border=4, omitsize=True, svgclass="portal-qr")
    readable = " ".join(secret[n : n + 4] for n in range(0, len(secret), 4))
    return seal(f"offer.{person.id}", secret), readable, str(picture)


def set_up(person: Person, session: SignedInSession, sealed: str, code: str, browser: str = "") -> list[str] | None:
    """Keep the offered secret if the code shows that the authenticator has it; returns ten recovery codes."""
    _count_try(person)
    try:
        secret = unseal(f"offer.{person.id}", sealed)
    except CannotOpen:
        return None
    step = _step_of(secret, code)
    if step is None:
        return None
    person.totp, person.totp_last_step = secret, step
    session.factor_at = clock.now()
    pauses.know_for_codes(person, browser)
    end_every_session(person.id, but=session.key)  # they were begun without it
    record(FactorSetUp(person_id=person.id))
    return _new_recovery_codes(person)


def _new_recovery_codes(person: Person) -> list[str]:
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person.id))
    codes = [f"{secrets.token_hex(HALF_BYTES)}-{secrets.token_hex(HALF_BYTES)}" for _ in range(RECOVERY_CODES)]
    for code in codes:
        db.session.add(RecoveryCode(person_id=person.id, key=hashed(_plain(code))))
    return codes


def _plain(code: str) -> str:
    return "".join(c for c in code.lower() if c.isalnum())


def pass_with(person: Person, session: SignedInSession, code: str, browser: str = "") -> bool:
    """Complete a sign-in with an authenticator's code or a recovery code; each works once, of two at once one does.

    Raises TooManyCodes. Each that is wrong is on record, and the owner hears of the fifth in a row.
    """
    way = pauses.way_of(person, session, browser)
    wrong = pauses.count_code(person.id, way)
    if _use_code(person, code) or _use_recovery_code(person, code):
        session.factor_at = clock.now()
        pauses.passed(person, way, browser)
        return True
    write_line_apart(CodeFailed(person_id=person.id))
    if wrong == FREE_CODES:
        record(CodesFailed(person_id=person.id))
    return False


def _count_try(person: Person) -> None:
    if not has_room(CODES_TRIED, "factor", str(person.id)):
        raise TooManyCodes(room_again_at(CODES_TRIED, "factor", str(person.id)))


def can_check_codes(person: Person) -> bool:
    """False while none of the operator's keys opens the secret of their authenticator: recovery codes still work."""
    try:
        return bool(person.totp)
    except CannotOpen:
        return False


def _use_code(person: Person, code: str) -> bool:
    step = _step_of(person.totp, code) if person.has_factor and can_check_codes(person) else None
    if step is None:
        return False
    last = Person.totp_last_step
    fresh = or_(last.is_(None), last < step, last > step + STEPS_AHEAD)  # that far ahead a clock was wrong
    return rows_changed(update(Person).where(Person.id == person.id, fresh).values(totp_last_step=step)) == 1


def _use_recovery_code(person: Person, code: str) -> bool:
    plain = _plain(code)
    if len(plain) != 2 * HALF_BYTES * 2:
        return False
    unused = (RecoveryCode.person_id == person.id, RecoveryCode.used_at.is_(None))
    for row in db.session.scalars(select(RecoveryCode).where(*unused).order_by(RecoveryCode.id)).all():
        if _is_it(row.key, plain):
            used = update(RecoveryCode).where(RecoveryCode.id == row.id, RecoveryCode.used_at.is_(None))
            if rows_changed(used.values(used_at=clock.now())) == 1:
                record(RecoveryCodeUsed(person_id=person.id))
                return True
    return False


def _is_it(kept: str, plain: str) -> bool:
    """Whether this is the code; those made before December 2026 are kept under a hash that has no salt."""
    if len(kept) == len(hashlib.sha256().hexdigest()):
        return secrets.compare_digest(kept, hashlib.sha256(plain.encode()).hexdigest())
    return is_right(kept, plain)


def _step_of(secret: str, code: str) -> int | None:
    """The 30-second step whose code this is: the present one, the one before or the one after."""
    typed = "".join(code.split())
    now = int(clock.now().timestamp()) // STEP_SECONDS
    totp = pyotp.TOTP(secret)
    for step in (now, now - 1, now + 1):
        if secrets.compare_digest(totp.generate_otp(step).encode(), typed.encode()):
            return step
    return None


def clear(person: Person) -> None:
    """Take the factor away, for somebody who lost phone and paper; they are told, and signed out."""
    person.sealed_totp = None
    person.totp_last_step = None
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person.id))
    db.session.execute(delete(Passkey).where(Passkey.person_id == person.id))  # a lost phone may keep one
    end_every_session(person.id)
    record(FactorCleared(person_id=person.id))
