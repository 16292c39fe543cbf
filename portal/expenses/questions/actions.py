"""Asking about a claim, and answering as it is sent again. What happened is recorded by whoever asks and sends."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID

from portal.core import clock
from portal.expenses.claims import queries as claims_queries
from portal.expenses.models import Claim, ClaimQuestion
from portal.expenses.questions import queries
from portal.expenses.questions.rules import DONE
from portal.infra.database import db
from portal.infra.unit_of_work import records_nothing


@records_nothing("handing the claim back is recorded")
def ask(claim: Claim, question: str, line_ids: Collection[UUID]) -> None:
    """A question about a claim, or about some of its lines."""
    asked = ClaimQuestion(board_id=claim.board_id, claim_id=claim.id, person_id=claim.person_id)
    asked.question, asked.asked_at = question, clock.now()
    asked.line_id = next(iter(line_ids)) if len(line_ids) == 1 else None
    then = queries.lines_now(claims_queries.lines(claim.id), claims_queries.receipts(claim.id))
    asked.lines_then = {key: was for key, was in then.items() if UUID(key) in line_ids}
    db.session.add(asked)
    db.session.flush()


@records_nothing("nobody but its person sees it before the claim is sent")
def keep_answer(claim: Claim, answer: str | None) -> None:
    """What somebody has begun to answer, while they change something else first. None: nothing was said about it."""
    asked = queries.open_question(claim)
    if asked is not None and answer is not None and asked.answer != answer:
        asked.answer = answer


@records_nothing("that the claim was sent, or taken back, is recorded")
def close(claim: Claim, answer: str, done: Sequence[str]) -> None:
    """The claim is sent again with an answer, or taken back: the question waits no more. `done` is what happened to
    what it was about, as sentences."""
    asked = queries.open_question(claim)
    if asked is not None:
        asked.answer, asked.closed_at = answer, clock.now()
        asked.lines_then = {**asked.lines_then, DONE: list(done)}
