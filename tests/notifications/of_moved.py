"""What emails say of a meeting that moved and of requests, beside the facts of every other."""

from uuid import UUID

OF_MOVED = {
    "was_place": "Library",
    "undo_days": 7,
    "answers": {},
    "answer_was": "Tuesday 3 March",
    "sits_again": False,
    "has_request": False,
    "what_changed": "day has",
    "asker": "rep",
}

OF_HELD = {  # of emails that may go a day later, of care that is over, and of notes
    "send_by": "Friday 13 March",
    "was_there": False,
    "until_on": "2026-09-05",
    "board_id": UUID(int=18).hex,
    "step_id": UUID(int=19).hex,
    "care_for": "Strategic Planning Group",
    "care_day": "Tuesday 10 March",
    "officer": "Ann Fraser",
    "support_note_id": UUID(int=22).hex,
}
