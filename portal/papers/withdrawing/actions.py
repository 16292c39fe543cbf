"""Withdrawing, putting back what was withdrawn by mistake, destroying what held personal data, asking for downloads."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from uuid import UUID

from sqlalchemy import delete, select, update

from portal.access.roles import Viewer
from portal.core import clock
from portal.infra.database import db
from portal.infra.scope import CrossBoardReason, across_boards
from portal.infra.storage import files
from portal.infra.unit_of_work import record, records_nothing
from portal.meetings import actions as meetings
from portal.meetings import queries as meeting_queries
from portal.meetings.rules import has_opened
from portal.papers.detailing import actions as details
from portal.papers.events import DownloadsAsked, PaperWithdrawn, WithdrawnFileDestroyed
from portal.papers.models import DownloadsRequest, PageText, Paper, PaperVersion, Withdrawal, WithdrawnFile
from portal.papers.packs import actions as packs
from portal.papers.withdrawing import copies, queries, rules
from portal.papers.withdrawing.could_open import could_open
from portal.papers.withdrawing.rules import is_for_personal_data


class NothingToWithdraw(ValueError):
    """What was chosen is withdrawn already, or is not published."""


def withdraw(
    paper: Paper, meeting_version: int, what: str, reason: str, words: str = "", title: str = ""
) -> Withdrawal:
    """Withdraw a whole paper (`rules.WHOLE`) or one version by its number.

    Raises EditConflict when somebody else changed the meeting or its papers, and NothingToWithdraw.
    """
    meeting = meeting_queries.meeting_by_id(paper.meeting_id)
    meetings.touch(meeting, meeting_version)
    going = rules.going(queries.versions(paper.id), what, reason)
    if not going:
        raise NothingToWithdraw
    made, was = _note(paper, going, reason, words), paper.title
    if is_for_personal_data(reason):
        _remove_what_was_made(paper, going, made, title)
    _close(paper, going, made)
    packs.build_again(meeting)
    record(_event(paper, going, made, is_renamed=paper.title != was))
    return made


def withdraw_copies(others: Sequence[PaperVersion]) -> None:
    """The same file on other meetings, as it held personal data: each is a withdrawal of its own, told to its readers.

    What is withdrawn already by then, as an older version of another copy, is left out.
    """
    for one in others:
        meeting = meeting_queries.meeting_by_id(one.meeting_id)
        with suppress(NothingToWithdraw):
            withdraw(queries.paper_by_id(one.paper_id), meeting.version, str(one.number), rules.PERSONAL)


def _note(paper: Paper, going: Sequence[PaperVersion], reason: str, words: str) -> Withdrawal:
    """Of personal data nothing is said beside the reason: the words stay on record, and could repeat the data."""
    is_personal = is_for_personal_data(reason)
    made = Withdrawal(**_ids(paper), paper_id=paper.id, reason=reason, words="" if is_personal else words)
    made.withdrawn_at, made.could_open = clock.now(), len(could_open(paper, going))
    db.session.add(made)
    db.session.flush()
    return made


def _ids(thing: Paper | Withdrawal) -> dict[str, UUID]:
    return {"board_id": thing.board_id, "group_id": thing.group_id, "meeting_id": thing.meeting_id}


def _event(paper: Paper, going: Sequence[PaperVersion], made: Withdrawal, is_renamed: bool) -> PaperWithdrawn:
    return PaperWithdrawn(
        board_id=paper.board_id,
        meeting_id=paper.meeting_id,
        paper_id=paper.id,
        withdrawal_id=made.id,
        versions=tuple(sorted(one.number for one in going if one.is_published)),
        is_whole=paper.withdrawn_at is not None,
        reason=made.reason,
        words=made.words,
        is_renamed=is_renamed,
    )


def _close(paper: Paper, going: Sequence[PaperVersion], made: Withdrawal) -> None:
    """From now on no reader opens these files; a paper of which none is left open is withdrawn."""
    ids = [one.id for one in going]
    db.session.execute(update(PaperVersion).where(PaperVersion.id.in_(ids)).values(withdrawal_id=made.id))
    left = queries.versions(paper.id)
    if not any(one.is_published and not one.withdrawn_for for one in left):
        _note_withdrawn(paper)
        _set_free(paper, [one for one in left if not one.is_published and not one.withdrawn_for])


def _note_withdrawn(paper: Paper) -> None:
    """What notice it had is what it was on this day, wherever the meeting is moved later."""
    meeting = meeting_queries.meeting_by_id(paper.meeting_id)
    if paper.withdrawn_at is None and not has_opened(meeting, clock.now()):
        paper.measured_to = meeting.opened_on
    paper.withdrawn_at = clock.now()


def _set_free(paper: Paper, waiting: Sequence[PaperVersion]) -> None:
    """What was uploaded as the next version of a withdrawn paper comes in its place, as a paper of its own.

    So it is measured by its own day. Of several only the newest stays where it was sorted.
    """
    for version in waiting:
        own = Paper(**_ids(paper), title=paper.title, kind=paper.kind, stage=paper.stage, created_at=clock.now())
        own.item_id, own.in_place_of_id = paper.item_id, paper.id
        db.session.add(own)
        db.session.flush()
        is_newest = version is waiting[0]
        values = {"paper_id": own.id, "number": 1, "is_sorted": version.is_sorted and is_newest}
        db.session.execute(update(PaperVersion).where(PaperVersion.id == version.id).values(**values))


def _remove_what_was_made(paper: Paper, going: Sequence[PaperVersion], made: Withdrawal, title: str) -> None:
    """Everything made from files that held personal data goes in the same transaction as they do."""
    ids = [one.id for one in going]
    _take_quotes_out(paper, queries.texts(paper.board_id, ids))
    db.session.execute(delete(PageText).where(PageText.board_id == paper.board_id, PageText.version_id.in_(ids)))
    day = rules.goes_on(clock.today(), queries.days_until_destroyed(paper.board_id))
    for version in going:
        _lock_away(version, WithdrawnFile(**_ids(paper), withdrawal_id=made.id, version_id=version.id, goes_on=day))
    _refuse_copies(paper, [mark for one in going for mark in (one.sha256, one.source_sha256) if mark])
    paper.recommendations = ""
    details.forget_details(paper)
    if title and title != paper.title:
        was, paper.title = paper.title, title
        details.reword_everywhere(paper, was)


def _refuse_copies(paper: Paper, marks: Sequence[str]) -> None:
    """The same file once more, not published yet, anywhere on the board: it is refused, and not kept."""
    going = {one.id for one in queries.versions(paper.id)}
    for version in copies.waiting_copies(paper.board_id, marks):
        if version.id not in going:
            refuse_again(version)


@records_nothing("the withdrawal, or the check of the file, is recorded")
def refuse_again(version: PaperVersion) -> None:
    """Say of a file why it is refused: it is one that was withdrawn as it held personal data."""
    if version.stored_as:
        files.delete_later(version.stored_as)
    version.stored_as, version.status, version.reason = "", "refused", rules.REFUSED_AGAIN
    version.title_inside, version.taken_out, version.hidden_layers = "", [], []
    texts = (PageText.board_id == version.board_id, PageText.version_id == version.id)
    db.session.execute(delete(PageText).where(*texts))


def _lock_away(version: PaperVersion, kept: WithdrawnFile) -> None:
    """No row that a page reads says any more where the file is, what it was called, or what was in it."""
    if version.stored_as:
        kept.stored_as = version.stored_as
        db.session.add(kept)
    version.stored_as, version.file_name = "", rules.FILE_NAME
    version.title_inside, version.taken_out, version.hidden_layers = "", [], []


def _take_quotes_out(paper: Paper, texts: Sequence[str]) -> None:
    """Readers' notes stay, and what they quote goes. Nobody sees a note for it."""
    for note in queries.notes(paper.id):
        bare = rules.without_quotes(note.text, texts)
        if bare != note.text:
            note.text = bare


def put_back(withdrawal: Withdrawal, meeting_version: int) -> None:
    """Undo a mistake. Raises EditConflict, and NothingToWithdraw where it may not be put back, or not any more."""
    meeting = meeting_queries.meeting_by_id(withdrawal.meeting_id)
    meetings.touch(meeting, meeting_version)
    if queries.why_not_put_back(withdrawal):
        raise NothingToWithdraw
    event = queries.put_back_event(withdrawal)
    for version in queries.versions_of(withdrawal.id):
        version.withdrawal_id = None
    withdrawal.put_back_at = clock.now()
    paper = queries.paper_by_id(withdrawal.paper_id)
    paper.withdrawn_at = paper.measured_to = None
    db.session.flush()
    packs.build_again(meeting)
    record(event)


def ask_for_downloads(withdrawal: Withdrawal, person: Viewer, reason: str) -> DownloadsRequest:
    """Ask who downloaded what was withdrawn. The reason is a line of the trail, and whoever is on the list is told."""
    request = DownloadsRequest(**_ids(withdrawal), withdrawal_id=withdrawal.id, asked_by_id=person.id)
    request.reason, request.asked_at = reason, clock.now()
    db.session.add(request)
    record(
        DownloadsAsked(
            id=request.id,
            board_id=withdrawal.board_id,
            meeting_id=withdrawal.meeting_id,
            paper_id=withdrawal.paper_id,
            withdrawal_id=withdrawal.id,
            request_id=request.id,
            reason=reason,
        )
    )
    return request


def note_destroyed(ids: Sequence[UUID]) -> None:
    """Their time is over: the files of these rows go with them, which stands in the trail."""
    statement = select(WithdrawnFile).where(WithdrawnFile.id.in_(ids)).order_by(WithdrawnFile.id)
    for one in db.session.scalars(across_boards(statement, CrossBoardReason.CLOCK)):
        record(WithdrawnFileDestroyed(board_id=one.board_id, meeting_id=one.meeting_id, version_id=one.version_id))
