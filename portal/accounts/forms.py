"""What people type to sign in and to look after their account."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Self

from wtforms import Field, HiddenField, PasswordField
from wtforms.validators import ValidationError

from portal.accounts.naming.forms import known_as, offered
from portal.accounts.rules import AT_ONCE, DAILY, ONLY_NEEDED, USUAL, own_words, password_problem
from portal.infra import forms

if TYPE_CHECKING:
    from portal.accounts.models import Person


class SignInForm(forms.Form):
    email = forms.email(own="email")
    password = forms.password("Password", "Enter your password")


class EmailForm(forms.Form):
    email = forms.email(own="email")


def new_password() -> PasswordField:
    return forms.password(
        "New password",
        "Enter a new password",
        hint="At least 12 characters. Three words you can remember work well.",
        own="new-password",
    )


class NewPasswordForm(forms.Form):
    """For whoever came by a link: the link shows who they are."""

    own_words: Sequence[str] = ()
    password = new_password()

    def of(self, person: Person) -> Self:
        """The form of this person, whose name and address are no password."""
        self.own_words = own_words(person.name, person.email)
        return self

    def validate_password(self, field: Field) -> None:
        if problem := password_problem(field.data or "", self.own_words):
            raise ValidationError(problem)


class JoinForm(NewPasswordForm):
    """The page of an invitation: a password, and how to greet whoever joins."""

    known_as = known_as()


class ChangePasswordForm(NewPasswordForm):
    """The new one is taken with the one that holds now, also right after signing in."""

    present_password = forms.password("Your current password", "Enter your current password")
    password = new_password()  # once more, as the order of fields is that in which they are made


class ProveForm(forms.Form):
    present_password = forms.password("Your password", "Enter your password")


class CodeForm(forms.Form):
    code = forms.line(
        "Code",
        "Enter the code",
        40,
        hint="Six digits from your authenticator app, or one of your recovery codes",
        own="one-time-code",
    )


class EmailedCodeForm(forms.Form):
    code = forms.line("Code", "Enter the code", 40, hint="Six digits from the email", own="one-time-code")


class SetUpFactorForm(forms.Form):
    offered = HiddenField()
    code = forms.line("Code", "Enter the six digits", 40, hint="The six digits the app shows now", own="one-time-code")


class NewEmailForm(forms.Form):
    present = ""
    email = forms.email("New email address", own="email")
    present_password = forms.password("Your password", "Enter your password")

    def validate_email(self, field: Field) -> None:
        if (field.data or "").lower() == self.present:
            raise ValidationError("You already use this address. Enter a different one")


class PreferencesForm(forms.Form):
    emails_wanted = forms.radios(
        "When should we email you?",
        (
            (USUAL, "At once, with training and mentoring in one email a day"),
            (AT_ONCE, "At once, each time something happens"),
            (DAILY, "One email a day, at 7am"),
            (ONLY_NEEDED, "Only when I need to do something"),
        ),
        "Choose when we should email you",
        hint="Sign-in links, and news that a meeting has moved or been cancelled, are always sent at once.",
    )
    minutes_per_page = forms.whole_number(
        "Minutes you take to read a page", 1, 20, hint="We use this to work out reading times. Most people take 2."
    )

    def pace(self, person: Person) -> int:
        """Whoever reads no papers is not asked, and keeps what they have."""
        return int(self.minutes_per_page.data) if "minutes_per_page" in self else person.minutes_per_page


def join_form(person: Person) -> JoinForm:
    """Whoever joins sees how they are greeted, and can change it."""
    return JoinForm(known_as=offered(person)).of(person)


def new_email_form(person: Person) -> NewEmailForm:
    form = NewEmailForm()
    form.present = person.email
    return form


def preferences_form(person: Person, *, reads: bool) -> PreferencesForm:
    form = PreferencesForm(emails_wanted=person.emails_wanted, minutes_per_page=str(person.minutes_per_page))
    if not reads:
        del form.minutes_per_page
    return form
