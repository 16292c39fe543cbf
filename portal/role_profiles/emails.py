"""A rep hears by email that somebody wrote to them."""

from __future__ import annotations

from portal.boards.emails import of_board
from portal.infra.notification import Notification, the_person
from portal.role_profiles.events import MessageForRep

EMAILS = (Notification(MessageForRep, the_person, "message-for-rep", of_board, always=True),)
