"""What a browser sends for a passkey: its answer, which nobody types."""

from __future__ import annotations

from wtforms import HiddenField

from portal.infra import forms


class PasskeyForm(forms.Form):
    credential = HiddenField()
