"""What officers and the coordinator type about courses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wtforms import Field
from wtforms.validators import ValidationError

from portal.core.values import Typed
from portal.infra import forms
from portal.infra.fields import file_fields
from portal.infra.fields.web_links import looks_like_a_safe_link
from portal.infra.merging_form import MergingForm
from portal.infra.pictures.clean import TAKEN
from portal.training.courses.rules import FOR_WHOM, HOW, can_be_opened

if TYPE_CHECKING:
    from portal.training.models import Course


class CourseForm(MergingForm):
    title = forms.line("Name", "Enter the name")
    why = forms.line("Why?", "Enter why it helps", 500)
    minutes = forms.whole_number("How many minutes does it take?", 1, 2400)
    how = forms.radios("How?", HOW, "Select how people take it")
    link = forms.line(
        "Link", most=500, hint="To read, watch or join. It starts with https://", checks=[looks_like_a_safe_link]
    )
    file = file_fields.held("Or a file", "A PDF or a picture", ",".join((".pdf", *TAKEN)), multiple=False)
    for_whom = forms.checkboxes("Who is it for?", FOR_WHOM, required="Tick at least one group it is for")
    is_required = forms.tick("It is required training")
    valid_months = forms.whole_number(
        "How many months is it valid for?", 1, 120, "Leave blank if it does not expire", optional=True
    )
    has_file = False  # whether the course that is changed has one already

    def validate_link(self, field: Field) -> None:
        has_file = self.has_file or bool(forms.chosen(self.file))
        if not can_be_opened(self.how.data or "", field.data or "", has_file=has_file):
            raise ValidationError("Add a link or a file, so that people can open the course")

    def typed(self) -> Typed:
        words = {name: self[name].data or "" for name in ("title", "why", "how", "link")}
        months = int(self.valid_months.data) if self.valid_months.data else None
        rest = {"for_whom": list(self.for_whom.data or ()), "is_required": bool(self.is_required.data)}
        return {**words, **rest, "minutes": int(self.minutes.data), "valid_months": months}


def new_course_form() -> CourseForm:
    form = CourseForm()
    form.is_new()
    return form


def change_form(course: Course) -> CourseForm:
    """For a course that is in the list; its file stays unless another is chosen."""
    form = CourseForm(obj=course)
    form.has_file = bool(course.stored_as)
    if form.has_file:
        form.file.description = f"It has {course.file_name} now. Choose a file only to replace it"
    return form
