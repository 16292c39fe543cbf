"""What a coordinator types to start a board."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portal.infra import forms
from portal.infra.merging_form import MergingForm

if TYPE_CHECKING:
    from portal.boards.models import Board


class StartForm(MergingForm):
    name = forms.name("Name of the board", "Enter the name of the board")
    contact = forms.line(
        "Who can people ask?",
        "Enter who people can ask, with a phone number or email address",
        hint="A name and a phone number or email address that members may see",
        is_sentence=True,
    )
    admin_name = forms.name("First administrator’s name", "Enter the name of the first administrator")
    email = forms.email("First administrator’s email address", "We’ll email them an invitation")


def start_form(board: Board) -> StartForm:
    return StartForm(name=board.name, contact=board.contact, version=board.version)
