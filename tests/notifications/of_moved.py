"""What emails say of a meeting that moved and of requests, beside the facts of every other."""

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
