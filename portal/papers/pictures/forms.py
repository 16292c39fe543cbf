"""What a reader looks for in a paper: sent as a form, as addresses are kept where nobody should read what was typed."""

from __future__ import annotations

from portal.infra import forms


class FindForm(forms.Form):
    words = forms.line("Find words in this paper", "Enter the words to find", most=100, called="The words to find")
