"""Files that prove or explain training: checked when they come, handed out as downloads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Response, current_app, flash

from portal.infra.forms import Form, chosen
from portal.infra.web import downloads
from portal.papers import uploads as papers_uploads

if TYPE_CHECKING:
    from portal.training.models import Course, TrainingRecord


def checked(form: Form, field: str) -> list[papers_uploads.AcceptedFile] | None:
    """The file of a field, checked, or nothing; None when it is refused, as the form says."""
    address = current_app.config["PORTAL"].clamav_address
    found = [papers_uploads.check(file.filename or "", file.read(), address) for file in chosen(form[field])[:1]]
    if found and found[0].reason:
        form.refuse(field, found[0].reason)
        form[field].data = []  # it is not offered again
        return None
    return found


def taken(form: Form, field: str) -> list[tuple[str, str, bytes]] | None:
    """The file of a form that is right: name, kind and content. What is saved under another name is said.

    None when it is not sent, or something is wrong: all of it is said at once.
    """
    is_right = form.validate_on_submit()
    sent = checked(form, field) if form.is_submitted() else None
    if not is_right or sent is None:
        return None
    for one in sent:
        if words := one.said_as(one.name):
            flash(words)
    return [(one.name, one.kind, one.content) for one in sent]


def download(one: Course | TrainingRecord, content: bytes) -> Response:
    return downloads.as_file(content, one.kind, one.file_name)
