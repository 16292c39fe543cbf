"""Finding requests for care on every board, for the clock."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import or_, select

from portal.core import clock
from portal.infra.database import db
from portal.infra.scope import CrossBoardReason, across_boards
from portal.replacement_care.models import CareRequest
from portal.replacement_care.policy.queries import policies
from portal.replacement_care.requests.queries import TEXTS, never_arranged
from portal.replacement_care.requests.rules import OPEN, TEXT_DAYS, UNARRANGED


def unarranged_until(last: date) -> Sequence[CareRequest]:
    """On every board, what is not arranged and whose day is not after `last`: for the clock."""
    statement = select(CareRequest).where(
        CareRequest.status.in_(UNARRANGED), CareRequest.on_day <= last, CareRequest.on_day >= clock.today()
    )
    statement = statement.order_by(CareRequest.board_id, CareRequest.on_day, CareRequest.id)
    return db.session.scalars(across_boards(statement, CrossBoardReason.CLOCK)).all()


def over_and_untold(today: date, since: date) -> Sequence[CareRequest]:
    """On every board, what was arranged and has not ended although its day is over: for the clock."""
    statement = select(CareRequest).where(
        CareRequest.status.in_(OPEN), ~never_arranged(), CareRequest.on_day < today, CareRequest.on_day >= since
    )
    return db.session.scalars(
        across_boards(statement.order_by(CareRequest.on_day, CareRequest.id), CrossBoardReason.CLOCK)
    ).all()


def with_old_texts(today: date) -> list[CareRequest]:
    """On every board, requests whose day is so long over that their words go: for the clock."""
    typed = or_(*(getattr(CareRequest, f"sealed_{name}") != "" for name in TEXTS))
    statement = select(CareRequest).where(typed, CareRequest.on_day < today)
    found = db.session.scalars(across_boards(statement.order_by(CareRequest.id), CrossBoardReason.CLOCK)).all()
    said = policies({one.board_id for one in found})
    days = {key: one.text_days for key, one in said.items()}
    return [one for one in found if one.on_day < today - timedelta(days=days.get(one.board_id, TEXT_DAYS))]
