"""A form that shows what is stored, to be changed: a page left open undoes nothing that it did not touch."""

from __future__ import annotations

from portal.infra.forms import Form, version
from portal.infra.web.interrupted_form import not_taken


class MergingForm(Form):
    """Made from what is stored, and shown with its `version`, it needs nothing else of its page.

    What others saved meanwhile is taken into the boxes that were left as they were. Where somebody typed something else
    than what was saved meanwhile nothing is saved, and the page says both.
    """

    version = version()

    def validate(self, extra_validators: object = None) -> bool:
        if "version" in self and self.version.merge():
            not_taken()
            return False
        return super().validate(extra_validators)

    def is_new(self) -> None:
        """Of something that is not stored yet there is nothing to undo."""
        del self.version
