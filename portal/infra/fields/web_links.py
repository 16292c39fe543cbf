"""Links to other sites that people type, and others press."""

from __future__ import annotations

from urllib.parse import urlsplit

from wtforms import Field
from wtforms.validators import ValidationError


def looks_like_a_link(_form: object, field: Field) -> None:
    """What stands before an @ in a link looks like the site that it leads to, and is not."""
    if not field.data:
        return
    if not field.data.startswith(("https://", "http://")):
        raise ValidationError("Enter a link that starts with https://")
    try:
        parts = urlsplit(field.data)
    except ValueError:
        raise ValidationError("Enter a link as a browser shows it") from None
    if not parts.hostname or "@" in parts.netloc:
        raise ValidationError("Enter a link without a user name: nothing and no @ before the name of the site")


def looks_like_a_safe_link(form: object, field: Field) -> None:
    """The same, to a site that is reached encrypted and by a name."""
    if field.data and not (field.data.startswith("https://") and "." in field.data):
        raise ValidationError("Enter a link that starts with https://")
    looks_like_a_link(form, field)
