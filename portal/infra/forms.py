"""Form fields in the design system's look, with plain messages and limits on everything typed."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from flask_wtf import FlaskForm
from flask_wtf.file import MultipleFileField
from govuk_frontend_wtf.wtforms_widgets import (
    GovCheckboxesInput,
    GovCheckboxInput,
    GovFileInput,
    GovPasswordInput,
    GovRadioInput,
    GovSelect,
    GovTextInput,
)
from werkzeug.datastructures import FileStorage
from wtforms import (
    BooleanField,
    Field,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Optional, StopValidation, ValidationError

from portal.core.text import clean_line, half_width
from portal.infra.fields.checks import AtMost, holds_no_address, looks_like_an_email
from portal.infra.fields.long_box import LongBox
from portal.infra.fields.version_field import Saved, VersionField
from portal.infra.web.interrupted_form import not_taken

Choices = Sequence[tuple[str, str]]


Check = Callable[["Form", Field], None]  # raises ValidationError with what to do


class Form(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types
    """The base of every form; the CSRF token lives as long as the session."""

    sent_with = ""  # the words of the button that sends it, where an error has to name it
    not_saved: Sequence[str] = ()  # boxes that are no part of what is kept, but say what to do with it
    meanwhile: Sequence[Saved] | None = None  # set when somebody else saved a change while the page was open

    def refuse(self, field: str, message: str) -> None:
        """Put a message on a field after validation, for what only an action can know."""
        self[field].errors = [*self[field].errors, message]
        not_taken()

    def validate(self, extra_validators: object = None) -> bool:
        if super().validate(extra_validators):
            return True
        not_taken()
        return False


def _paragraphs(value: str | None) -> str:
    kept = (c if c.isprintable() or c == "\n" else " " for c in (value or "").replace("\r\n", "\n"))
    return "".join(kept).strip()


def required_checks(message: str) -> list[Check]:
    return [InputRequired(message), _not_blank(message)] if message else []


def _not_blank(message: str) -> Callable[[Form, Field], None]:
    def check(_form: Form, field: Field) -> None:
        if not field.data:
            raise StopValidation(message)

    return check


def asks(label: str, must: str, enter: str, called: str = "") -> str:
    """What an error asks for, as a sentence: 'Miles must be …', but 'How many minutes? Enter …'.

    `called` names what a label only asks for: 'What you paid must be …'.
    """
    if called:
        return f"{called} {must}"
    if not label or label.endswith("?"):
        return f"{label} {enter}".strip()
    return f"{label}: {enter[0].lower()}{enter[1:]}" if re.search("[,…]", label) else f"{label} {must}"


def _at_most(label: str, most: int, called: str = "") -> AtMost:
    long = f"{most:,} characters or fewer"
    return AtMost(max=most, message=asks(label, f"must be {long}", f"Use {long}", called))


SENTENCE = 300  # what may be as long as this is more than a name: nobody sees it all in a box of one line


def line(
    label: str,
    required: str = "",
    most: int = 200,
    hint: str = "",
    checks: Sequence[Check] = (),
    own: str = "",
    called: str = "",
    is_sentence: bool = False,
) -> StringField:
    """One line of text. `required` is the message when it is left empty; without it the field is optional.

    `own` is what browsers call it when people type it about themselves ('email', 'one-time-code'), and `called` what
    errors call it where its label is a question. `is_sentence`: a sentence is expected, so its box shows more than one
    line, as that of everything long does.
    """
    validators = [*required_checks(required), _at_most(label, most, called), *checks]
    widget = LongBox(most, rows=2) if is_sentence or most >= SENTENCE else GovTextInput()
    return StringField(label, validators, [clean_line], description=hint, widget=widget, render_kw=_autocomplete(own))


def name(label: str, required: str, hint: str = "", own: str = "") -> StringField:
    """What somebody, or something, is called: emails and public pages say it, so it holds no address."""
    return line(label, required, hint=hint, own=own, checks=(holds_no_address,))


def _autocomplete(own: str) -> dict[str, str]:
    return {"autocomplete": own} if own else {}


def paragraphs(
    label: str, required: str = "", most: int = 5000, hint: str = "", kind: type[TextAreaField] = TextAreaField
) -> TextAreaField:
    validators = [*required_checks(required), _at_most(label, most)]
    return kind(label, validators, [_paragraphs], description=hint, widget=LongBox(most, rows=5))


class _AttributesOnce:
    """Before a widget: what the design system's own macro writes is given to it, and not written a second time."""

    OF_THE_MACRO = ("autocomplete", "autocapitalize", "spellcheck")

    def map_gov_params(self, field: Field, **kwargs: Any) -> dict[str, Any]:  # the widget says what
        params = dict(super().map_gov_params(field, **kwargs))  # type: ignore[misc]  # the widget's
        for name in set(self.OF_THE_MACRO) & params["attributes"].keys():
            params[name] = params["attributes"].pop(name)
        return params


class _EmailInput(_AttributesOnce, GovTextInput):  # type: ignore[misc]  # ships no types
    """A box with the keyboard for addresses, that begins with no capital and corrects nothing."""

    input_type = "email"

    def map_gov_params(self, field: Field, **kwargs: Any) -> dict[str, Any]:  # likewise
        return {**super().map_gov_params(field, **kwargs), "autocapitalize": "none", "spellcheck": False}


class _PasswordInput(_AttributesOnce, GovPasswordInput):  # type: ignore[misc]  # ships no types
    """The password box with one autocomplete."""


def password(label: str, required: str, hint: str = "", own: str = "current-password") -> PasswordField:
    validators = [InputRequired(required), _at_most(label, 200)]
    return PasswordField(label, validators, description=hint, widget=_PasswordInput(), render_kw=_autocomplete(own))


def email(label: str = "Email address", hint: str = "", own: str = "", is_optional: bool = False) -> StringField:
    validators = [Optional()] if is_optional else required_checks("Enter an email address")
    validators = [*validators, looks_like_an_email]
    return StringField(
        label, validators, [clean_line], description=hint, widget=_EmailInput(), render_kw=_autocomplete(own)
    )


def radios(label: str, choices: Choices, required: str, hint: str = "", default: str | None = None) -> RadioField:
    return RadioField(
        label,
        [_one_of(required)],
        choices=list(choices),
        description=hint,
        default=default,
        widget=GovRadioInput(),
        validate_choice=False,
    )


def select(
    label: str, required: str = "", choices: Choices = (), hint: str = "", *, may_be_empty: bool = False
) -> SelectField:
    """A list to choose from; the choices may be set later, on the form.

    The empty choice is refused, as it stands for "Choose", unless it `may_be_empty`: an answer of its own. Without
    `required`, whatever is not in the list counts as nothing chosen.
    """
    return SelectField(
        label,
        [_one_of(required, may_be_empty=may_be_empty)],
        choices=list(choices),
        description=hint,
        widget=GovSelect(),
        validate_choice=False,
    )


def _one_of(message: str, *, may_be_empty: bool = True) -> Callable[[Form, Field], None]:
    def check(_form: Form, field: Field) -> None:
        if field.data in {value for value, *_ in field.choices if value or may_be_empty or not message}:
            return
        if message:
            raise ValidationError(message)
        field.data = ""

    return check


def checkboxes(label: str, choices: Choices = (), hint: str = "", required: str = "") -> SelectMultipleField:
    """Boxes to tick. `required` is the message when none is; without it, none may be."""

    def known(_form: Form, field: Field) -> None:
        if set(field.data or ()) - {value for value, *_ in field.choices}:
            is_question = label.endswith("?")
            raise ValidationError(f"{label} Choose from the list" if is_question else f"{label}: choose from the list")

    checks, options = [*required_checks(required), known], {"choices": list(choices), "validate_choice": False}
    return SelectMultipleField(label, checks, description=hint, widget=GovCheckboxesInput(), **options)


def tick(label: str, hint: str = "") -> BooleanField:
    return BooleanField(label, description=hint, widget=GovCheckboxInput())


def version() -> VersionField:
    return VersionField()  # type: ignore[call-arg]  # WTForms says of which form


class ManyFilesInput(GovFileInput):  # type: ignore[misc]  # ships no types
    """The file widget, with `multiple` where it takes several, and once: the original writes it as an attribute too."""

    def __init__(self, multiple: bool = True) -> None:
        super().__init__(multiple=multiple)

    def map_gov_params(self, field: Field, **kwargs: Any) -> dict[str, Any]:  # the widget says what
        params = dict(super().map_gov_params(field, **kwargs))
        params["multiple"] = self.multiple
        params["attributes"].pop("multiple", None)
        return params


def files(label: str, hint: str = "", accept: str = ".pdf", multiple: bool = True) -> MultipleFileField:
    return MultipleFileField(label, description=hint, widget=ManyFilesInput(multiple), render_kw={"accept": accept})


def chosen(field: Field) -> list[FileStorage]:
    """The files that somebody really chose: browsers send one without a name when they chose none."""
    return [file for file in field.data or [] if getattr(file, "filename", "")]


def whole_number(
    label: str, least: int, most: int, hint: str = "", optional: bool = False, called: str = ""
) -> StringField:
    """A whole number typed as digits; read it with int(). An optional one may be left empty.

    `called` is how a sentence about it begins, where the label makes none: 'The target for papers'.
    """

    def is_whole_number(_form: Form, field: Field) -> None:
        typed = field.data or ""
        if optional and not typed:
            return
        if not re.fullmatch(r"[0-9]{1,6}", typed) or not least <= int(typed) <= most:
            number = f"a whole number from {least:,} to {most:,}"
            raise ValidationError(asks(label, f"must be {number}", f"Enter {number}", called))

    return StringField(label, [is_whole_number], [_figures], description=hint, widget=GovTextInput())


def _figures(value: object) -> str:
    return half_width(clean_line(str(value) if value is not None else ""))


class ButtonForm(Form):
    """A page with buttons and nothing to type."""


class VersionForm(Form):
    """The same, of something that may have changed since: the version is that of what the page shows."""

    version = version()
