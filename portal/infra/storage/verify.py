"""Whether every file is where a row says it is, is what was written, and has a row: all of them, or some each night."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from sqlalchemy import select, update

from portal.core import clock
from portal.infra import work
from portal.infra.alarms import alarm
from portal.infra.database import db
from portal.infra.storage import files, named
from portal.infra.storage.stored import ALTERED, MISSING, StoredFile
from portal.infra.unit_of_work import unit_of_work

VERIFY = "verify-files"
NIGHTS = 14  # in which every file is read once
FEWEST = 200  # a night
AT_ONCE, MOST_BYTES = 50, 64 * 1024 * 1024  # of one piece of work, so that uploads do not wait for it
A_NIGHT = timedelta(hours=12)
A_LONG_TIME_AGO = datetime(1970, 1, 1, tzinfo=UTC)
A_TRANSACTION_ENDS = timedelta(days=1)  # a file that is written before its row has one by then


@dataclass
class Report:
    """What was found: the keys of files, and which column names them."""

    looked_at: int = 0
    damaged: dict[str, str] = field(default_factory=dict)  # by key: 'missing', 'altered'
    without_row: list[str] = field(default_factory=list)  # removed
    new_on_list: int = 0  # of before there was a list: as they are now is how they are to stay

    @property
    def is_whole(self) -> bool:
        return not self.damaged


def verify_all() -> Report:
    """Compare the store with the rows, both ways, and every file with what was written. Nobody waits for it."""
    report = Report()
    with unit_of_work():
        every = named.every_key()
    _remove_without_row(every, report)
    _look_at(every, report)
    return report


def _remove_without_row(every: Collection[str], report: Report) -> None:
    """What a crash or a failed transaction left behind goes, a day later. What waits to go is left to its moment."""
    old = clock.now() - A_TRANSACTION_ENDS
    stored = [key for key, written_at in files.every_stored() if written_at <= old]
    with unit_of_work():
        waiting = work.arguments_of((files.REMOVE, named.LOST))
        known = {one["key"] for one in waiting}.union(every)
        for key in stored:
            if key not in known and not named.is_named(key):
                files.remove(key)
                report.without_row.append(key)


def _look_at(keys: Iterable[str], report: Report) -> None:
    """Read each whole, with no transaction open meanwhile."""
    for key in keys:
        try:
            mark, size = files.mark_of(key)
            found = _note(key, mark, size, report)
        except files.Missing:
            found = _note_missing(key)
        report.looked_at += 1
        if found:
            report.damaged[key] = found


def _note(key: str, mark: str, size: int, report: Report) -> str:
    with unit_of_work():
        row = db.session.get(StoredFile, key, with_for_update=True)
        if row is None and not named.is_named(key):
            return ""  # it lost its row meanwhile
        if row is None:
            report.new_on_list += 1
            row = StoredFile(key=key, sha256=mark, size=size, kept_at=clock.now(), found="")
            db.session.add(row)
        row.checked_at, row.found = clock.now(), ALTERED if row.sha256 != mark else ""
        return row.found


def _note_missing(key: str) -> str:
    with unit_of_work():
        if not named.is_named(key):
            return ""
        db.session.execute(
            update(StoredFile).where(StoredFile.key == key).values(checked_at=clock.now(), found=MISSING)
        )
        return MISSING


def begin_night() -> None:
    """Ask for tonight's slice: first both ways, then the files that nobody has read for longest."""
    work.ask_for(VERIFY, left="all")


def verify_some(left: str) -> None:
    """A piece of a night's work; it asks for the next. The operator is told of what is missing or altered."""
    report = Report()
    every = named.every_key()
    longest_ago = _longest_ago(every)
    db.session.commit()
    if left == "all":
        _remove_without_row(every, report)
        left = str(max(FEWEST, len(every) // NIGHTS + 1))
    taken = _for_one_piece(longest_ago, int(left))
    _look_at(taken, report)
    if report.without_row:
        alarm("stored files without a row were removed", len(report.without_row))
    if report.damaged:
        alarm("stored files are missing or altered", len(report.damaged))
    if len(taken) < min(int(left), len(longest_ago)):
        work.ask_for(VERIFY, left=str(int(left) - len(taken)))


def _longest_ago(every: Iterable[str]) -> list[tuple[str, int]]:
    """Files and their sizes, those first that were never read and then those that were read longest ago."""
    rows = select(StoredFile.key, StoredFile.checked_at, StoredFile.size).order_by(StoredFile.key)
    known = {key: (checked_at, size) for key, checked_at, size in db.session.execute(rows)}
    now = clock.now()
    found = [(known.get(key, (None, 0)), key) for key in every]
    due = [(at or A_LONG_TIME_AGO, key, size) for (at, size), key in found if not at or not _is_of_tonight(at, now)]
    return [(key, size) for _, key, size in sorted(due)]


def _is_of_tonight(moment: datetime, now: datetime) -> bool:
    """Not what a clock wrote that was ahead."""
    return now - A_NIGHT < moment <= now


def _for_one_piece(longest_ago: Iterable[tuple[str, int]], most: int) -> list[str]:
    taken: list[str] = []
    total = 0
    for key, size in longest_ago:
        if len(taken) >= min(most, AT_ONCE) or (taken and total + size > MOST_BYTES):
            break
        taken.append(key)
        total += size
    return taken
