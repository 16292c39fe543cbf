"""How long reading takes, what a list of papers may show, which file of a paper is meant, and what it is called."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypeVar

from portal.core.text import LONGEST_FILE_NAME, clean_file_name, together
from portal.papers.withdrawing.rules import File

AnyFile = TypeVar("AnyFile", bound=File)

SHOW = (
    ("", "Everything"),
    ("decision", "Papers for decision"),
    ("carers", "Papers that affect carers"),
    ("late", "Late papers"),
    ("unread", "Not read yet"),
)


def reading_minutes(pages: int, minutes_per_page: int) -> int:
    return pages * minutes_per_page


def shown_file(files: Sequence[AnyFile]) -> AnyFile | None:
    """Of files, the newest first: the newest that is published and open, or else the newest that a clerk prepares."""
    open_ones = [one for one in files if not one.withdrawn_for]
    return next((one for one in open_ones if one.is_published), open_ones[0] if open_ones else None)


def asked_for(files: Sequence[AnyFile], number: int | None) -> AnyFile | None:
    """A file by its number, open or not; without a number the one that is shown, or the newest of those withdrawn."""
    if number:
        return next((one for one in files if one.number == number), None)
    return shown_file(files) or (files[0] if files else None)


def download_name(number: str, title: str, told_apart: str = "") -> str:
    """'7 Care homes.pdf': what readers save a paper as, which a clerk's own name for the file may not be fit for.

    `told_apart` is what no long title cuts off: 'version 2'.
    """
    said = re.sub(r'[\\/<>:"|?*;]+', " ", f"{number} {title}")
    ending = f" ({told_apart}).pdf" if told_apart else ".pdf"
    bare = re.sub(r"(\.pdf){1,9}$", "", said.strip(), flags=re.IGNORECASE)[: LONGEST_FILE_NAME - len(ending)]
    return clean_file_name(f"{bare.strip(' .') or 'Paper'}{ending}")


def what_tells_apart(number: int, is_corrected: bool) -> str:
    """What a version, and a paper in place of a withdrawn one of the same title, is told apart by: 'version 2'."""
    words = ["replacement"] * is_corrected + [f"version {number}"] * (number > 1)
    return ", ".join(words)


def number_read(files: Sequence[AnyFile], typed: str) -> int | None:
    """Which version somebody says that they have read: a number, 'yes' for the one that is shown, else none."""
    if typed == "yes":
        shown = shown_file(files)
        return shown.number if shown else None
    return next((one.number for one in files if one.is_published and str(one.number) == typed), None)


NOBODY_YET = "Whoever stands in for you at this meeting can read it, with whatever you add"


def note_readers(is_handed_over: bool, deputes: Sequence[str]) -> str:
    """Who can read a note, for its writer: what a depute was given includes whatever is added later."""
    if not is_handed_over:
        return "Only you can read it"
    return f"You and {together(deputes)} can read it, with whatever you add" if deputes else NOBODY_YET
