"""What is so of a proposed appointment."""

from __future__ import annotations

PROPOSED, CONFIRMED, DECLINED, WITHDRAWN = "proposed", "confirmed", "declined", "withdrawn"
STATUSES = (PROPOSED, CONFIRMED, DECLINED, WITHDRAWN)
KEPT_DAYS = 30  # once it is answered or withdrawn: an appointment has a record of its own
STATES = {  # in words, and the kind of the tag
    PROPOSED: ("With the administrators", "soon"),
    CONFIRMED: ("Confirmed", "done"),
    DECLINED: ("Declined", "late"),
    WITHDRAWN: ("Withdrawn", ""),
}
ANSWERED = {  # what an administrator reads who comes too late
    CONFIRMED: "This appointment has been confirmed already.",
    DECLINED: "This proposal has been declined already.",
    WITHDRAWN: "The officer has withdrawn this proposal. Nothing has changed.",
}
