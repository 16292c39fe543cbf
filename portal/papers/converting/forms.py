"""What a clerk says of a file that was converted."""

from __future__ import annotations

from portal.infra import forms


class LookedAtForm(forms.Form):
    pass
