"""The receipts that come with a form, each checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import current_app

from portal.core.text import clean_file_name
from portal.infra.forms import Form, chosen
from portal.papers import uploads as papers_uploads

if TYPE_CHECKING:
    from wtforms import Field


def checked_files(form: Form) -> list[papers_uploads.AcceptedFile] | None:
    """The receipts that were sent, each checked; None when one is refused, which the form then says."""
    files, problems = check_box(form.receipts) if "receipts" in form else ([], [])
    for problem in problems:
        form.refuse("receipts", problem)
    return None if problems else files


def check_box(box: Field) -> tuple[list[papers_uploads.AcceptedFile], list[str]]:
    """The files that came in a box, each checked, and what is wrong with those that are refused.

    Those that are refused are not offered again; the others are.
    """
    sent, problems = chosen(box), []
    if len(sent) > papers_uploads.MOST_FILES:
        return [], [f"Choose at most {papers_uploads.MOST_FILES} files at once"]
    address = current_app.config["PORTAL"].clamav_address
    checked = [papers_uploads.check(file.filename or "", file.read(), address) for file in sent]
    for one, file in zip(checked, sent, strict=True):
        if one.reason:
            about = f"{clean_file_name(file.filename or '')}: " if len(sent) > 1 else ""
            problems.append(f"{about}{one.reason}")
            box.data = [kept for kept in box.data if kept is not file]
    return checked, problems
