"""What is so of setting up a board: which steps there are, which of them are done, and what each waits for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from uuid import UUID

from portal.access.roles import APPROVER, CLERK, OFFICER, ROLE_NAMES
from portal.boards import data_protection
from portal.core.text import together, with_article

DONE, TO_DO, LATER = "Done", "To do", "Later"


@dataclass(frozen=True)
class Facts:
    """What a board has of everything that it needs. Nothing here names anybody."""

    board_id: UUID
    board: str  # its key
    board_name: str
    contact: bool
    controller: bool
    controller_address: bool
    data_protection_email: bool
    health_condition: bool
    group_id: UUID | None  # the first of its open groups
    has_groups: bool  # several
    seat_id: UUID | None  # the first of its open seats
    has_seats: bool  # several
    officer: bool
    clerk: bool
    approver: bool
    role: bool
    expenses: bool
    care: bool
    induction: bool
    meeting: bool
    rep: bool
    administrator_invited: bool
    is_begun: bool  # somebody works for it here, or has sat there

    @property
    def settings_missing(self) -> list[str]:
        """What of its settings a board has not said, in words: of data protection in two, where much is missing."""
        said = {name: "said" * bool(getattr(self, name)) for name in data_protection.NEEDED}
        missing = data_protection.missing(said)
        return ["who people can ask"] * (not self.contact) + (["data protection details"] if missing[2:] else missing)

    @property
    def roles_missing(self) -> list[str]:
        """The roles that nobody was ever given."""
        held = {OFFICER: self.officer, CLERK: self.clerk, APPROVER: self.approver}
        return [with_article(ROLE_NAMES[role]) for role, is_held in held.items() if not is_held]


@dataclass(frozen=True)
class Step:
    """One line of the list: what it is, whether it is done, and the page where it is done."""

    title: str
    detail: str
    state: str
    endpoint: str
    more: Mapping[str, object] = field(default_factory=dict)  # the gaps in its address besides the board


@dataclass(frozen=True)
class Progress:
    """The steps of one board."""

    steps: Sequence[Step]

    @property
    def done(self) -> int:
        return sum(one.state == DONE for one in self.steps)

    @property
    def is_done(self) -> bool:
        return self.done == len(self.steps)

    @property
    def next(self) -> Step | None:
        """The first that can be done now."""
        return next((one for one in self.steps if one.state == TO_DO), None)

    @property
    def words(self) -> str:
        """'4 of 10 done'."""
        return f"{self.done} of {len(self.steps)} done"


def progress(facts: Facts) -> Progress:
    """The steps of a board in the order in which they are best done."""
    return Progress((*_of_board(facts), *_of_people(facts), *_of_support(facts), *_of_beginning(facts)))


def _step(title: str, detail: str, is_done: bool, endpoint: str, first: str = "", **more: object) -> Step:
    """`first` is what must be there before it can be done; '' where nothing is missing."""
    if is_done:
        return Step(title, "", DONE, endpoint, more)
    return Step(title, first or detail, LATER if first else TO_DO, endpoint, more)


def _of_board(facts: Facts) -> list[Step]:
    missing, group = facts.settings_missing, facts.group_id
    one_group = {"group_id": group} if group and not facts.has_groups and not facts.seat_id else {}
    no_group = "" if group else "Add a group first"
    return [
        _step("Settings and contacts", f"Missing: {together(missing)}", not missing, "boards.settings"),
        _step("Groups", "Bodies of your board that meet", bool(group), "boards.show" if group else "boards.new_group"),
        _step(
            "Seats for carer reps",
            "A place on a group for a carer rep",
            bool(facts.seat_id),
            "boards.new_seat" if one_group else "boards.show",
            no_group,
            **one_group,
        ),
    ]


def _of_people(facts: Facts) -> list[Step]:
    missing = facts.roles_missing
    return [
        _step(
            "Officer, clerk and expense approver",
            f"Invite {together(missing)}",
            not missing,
            "boards.invite" if missing else "boards.people",
        )
    ]


def _of_support(facts: Facts) -> list[Step]:
    no_group = "" if facts.group_id else "Add a group first"
    return [
        _step(
            "Role description",
            "What carer reps do, and what your board gives them",
            facts.role,
            "role_descriptions.index",
            no_group,
        ),
        _step("Expenses policy", "Without one, no expense is covered", facts.expenses, "expenses.policy"),
        _step(
            "Replacement care policy",
            "How reps get care while they’re at a meeting",
            facts.care,
            "replacement_care.policy",
        ),
        _step("Induction plan", "The first steps of each new rep, and who helps", facts.induction, "training.plan"),
    ]


def _of_beginning(facts: Facts) -> list[Step]:
    before = [*["add a group"] * (not facts.group_id), *["invite a clerk"] * (not facts.clerk)]
    no_meeting = f"First {together(before)}" if before else ""
    one_seat = {"seat_id": facts.seat_id} if facts.seat_id and not facts.has_seats and not facts.rep else {}
    return [
        _step("First meeting", "Your clerk adds it", facts.meeting, "meetings.index", no_meeting),
        _step(
            "First carer rep",
            "Appoint someone to a seat. We’ll invite them by email",
            facts.rep,
            "boards.appoint" if one_seat else "boards.show",
            "" if facts.seat_id else "Add a seat first",
            **one_seat,
        ),
    ]


def may_start(facts: Facts) -> bool:
    """Whether a coordinator may name the first administrator: not once anybody works for the board or has sat there."""
    return not facts.is_begun


# Where steps are done, and the pages in between: each leads back to the list.
PAGES_OF_STEPS = (
    *("boards.show", "boards.settings", "boards.*group", "boards.*seat", "boards.appoint", "boards.people"),
    *("boards.invite", "boards.import_people", "boards.confirm_import"),
    *("role_descriptions.index", "role_descriptions.show", "role_descriptions.write", "role_descriptions.publish"),
    *("expenses.policy", "expenses.*_policy", "expenses.change_terms"),
    *("replacement_care.policy", "replacement_care.write_policy", "training.plan", "meetings.index"),
)


def leads_back(endpoint: str) -> bool:
    """Whether an administrator comes to this page from the list, and so wants to go back to it."""
    return any(fnmatchcase(endpoint, pattern) for pattern in PAGES_OF_STEPS)
