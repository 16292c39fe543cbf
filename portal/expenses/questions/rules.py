"""When a claim with a question may be sent again, and what was done about a question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

UNANSWERED = "Answer the question before you send your claim again"
UNANSWERED_ABOUT = "Answer the question, or change the expense it is about, before you send your claim again"
UNANSWERED_ABOUT_SEVERAL = "Answer the question, or change each expense it is about, before you send your claim again"
WITHDRAWN = "The claim was withdrawn"
REMOVED = "removed"
DONE = "done"  # beside the lines that were asked about: what was done about them
PARTS_OF_LINE = 8  # of a line as it was; questions from before they said what they are about have one fewer
Lines = Mapping[str, Sequence[object]]  # everything a rep can change of each line; its receipts and its name come last
RECEIPTS, NAME = -2, -1


def asked_about(kept: Mapping[str, list[object]]) -> dict[str, list[object]]:
    """The lines asked about among what is kept with a question, as they were then; none for one about the claim."""
    return {key: was for key, was in kept.items() if key != DONE and len(was) == PARTS_OF_LINE}


def problem_with_answer(about: Lines, now: Lines, answer: str) -> str:
    """Why a claim that was asked about cannot be sent yet, as a sentence; '' when it can.

    `about` is each line asked about, as it was then. Only what was done to these lines answers the question: each of
    them was changed or removed, or has a receipt more. A question about the whole claim is answered in words alone.
    """
    if answer or (about and all(_done(was, now.get(key)) for key, was in about.items())):
        return ""
    if not about:
        return UNANSWERED
    return UNANSWERED_ABOUT if len(about) == 1 else UNANSWERED_ABOUT_SEVERAL


def what_was_done(about: Lines, now: Lines) -> list[str]:
    """What happened to each line asked about, as a sentence without its full stop: of these only that did."""
    return [f"{was[NAME]}: {done}" for key, was in about.items() if (done := _done(was, now.get(key)))]


def done_beside(key: str, about: Lines, done: Sequence[object]) -> list[object]:
    """Of what was done, what is said beside one line: not what another line says beside itself. Without one: all.

    A line that was removed is not there to say it.
    """
    others = tuple(f"{was[NAME]}: " for other, was in about.items() if key and other != key)
    return [one for one in done if not str(one).startswith(others) or str(one).endswith(f": {REMOVED}")]


def _done(was: Sequence[object], line: Sequence[object] | None) -> str:
    if line is None:
        return REMOVED
    said = ["changed"] if was[:RECEIPTS] != line[:RECEIPTS] else []
    return " and ".join([*said, "a receipt was added"] if _has_new_receipt(was, line) else said)


def _has_new_receipt(was: Sequence[object], line: Sequence[object]) -> bool:
    before, after = was[RECEIPTS], line[RECEIPTS]
    return isinstance(before, list) and isinstance(after, list) and not set(after) <= set(before)
