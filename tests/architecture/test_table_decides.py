"""Nothing but the table decides who may do what: whoever names a role elsewhere says here what for."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from config import ROOT
from portal.access import roles

PORTAL = ROOT / "portal"
HELD = ("holds", "roles", "boards_with", "boards_with_any")  # of a viewer: what the table is asked about
SITS = ("groups", "meetings")  # likewise, when they are those of somebody who asks
ASKERS = ("viewer()", "person", "me", "viewer", "sight.person")
NAMES = {name for name in vars(roles) if name.isupper()} - {"ANYONE", "ROLES"}
THE_TABLE_ITSELF = ("access/",)
THE_DEMONSTRATION = ("demonstration/",)  # makes people up, and gives them roles

ASKS_WHAT_SOMEBODY_HOLDS = {
    "boards/contacts/shown.py": "who is named as their officer, of those whom contacts:read shows",
    "corrections/todo.py": "whose work it is to confirm: a coordinator has a page of it",
    "help/views.py": "whose help is shown first, and who is named beside it",
    "home/views.py": "the words for the roles of whoever looks",
    "navigation.py": "which menus there are to choose from: each offers what the table opens",
    "meetings/queries.py": "which of the meetings they may read are of their own groups, to show those first",
    "meetings/views.py": "for whom somebody stands in at a meeting they may read, to say it",
    "identity.py": "of whom a second factor is required",
    "infra/kept.py": "puts the boards where somebody holds a role into a statement: two todo.py say whose work it is",
    "training/records/views.py": "for whom a course is meant: nobody is refused another",
    "training/todo.py": "whose step of an induction it is: who is asked to do it",
    "replacement_care/requests/stood_down.py": "why a depute's own care was cancelled, in words",
}
NAMES_A_ROLE = {
    "boards/contacts/rules.py": "whose work phone there is to show, and the words for roles",
    "boards/contacts/shown.py": "who is named as their officer",
    "boards/ended.py": "the words for a role that ended",
    "papers/withdrawing/could_open.py": "what deputes could open, by the table, who is told that it is withdrawn",
    "replacement_care/requests/stood_down.py": "why a depute's own care was cancelled, in words",
    "corrections/todo.py": "whose work it is to confirm",
    **{f"{name}/emails.py": "who is told" for name in ("appointing", "boards", "corrections", "expenses", "training")},
    "set_up/actions.py": "the role of a first administrator",
    "set_up/queries.py": "which roles of a board somebody was given",
    "set_up/rules.py": "which roles of a board nobody was given, in words",
    **{
        f"{name}/capability.py": "who is told of a correction, and who signs emails"
        for name in ("check_in", "expenses", "papers", "training")
    },
    **{
        f"{name}/capability.py": "who signs emails"
        for name in (
            "deputes",
            "meetings",
            "mentoring",
            "rep_pages",
            "replacement_care",
            "role_descriptions",
            "role_profiles",
            "support_meetings",
        )
    },
    "notifications/signatures.py": "who signs emails, and the words for roles",
    "check_in/undoing/queries.py": "who knows of an answer, by name",
    "check_in/views.py": "who is named as recording attendance",
    "deputes/queries.py": "whether somebody is still a depute, for a place that they had",
    "boards/offers/views.py": "the words for roles",
    "boards/telling/emails.py": "who is told of which roles, and the words for them",
    "boards/access/views.py": "who is told that an approver is suspended",
    "boards/access/queries.py": "whose term as a rep is over",
    "boards/people/actions.py": "a role that is of no board",
    "boards/people/arrived.py": "the words for roles",
    "boards/models.py": "which roles nobody gives to themselves",
    "cli.py": "likewise",
    "boards/people/importing.py": "the words for roles",
    "mentoring/matching/views.py": "the words for the role of whoever was added",
    "boards/people/forms.py": "the roles that can be given, and their words",
    "boards/people/import_rules.py": "the roles that a list can name, and their words",
    "audit_trail/reading.py": "the words for roles",
    "boards/people/invited.py": "a seat makes a rep, and the words for roles, of an invitation",
    "boards/told.py": "who hears of a role that is given, by name",
    "boards/people/queries.py": "a seat makes a rep, for the words of an invitation",
    "boards/views.py": "the roles whose part of the table can be looked at",
    "boards/people/template.py": "the roles that a list can name, and their words",
    "boards/people/views.py": "the words for roles",
    "boards/asking.py": "a seat makes a rep",
    "rep_pages/notes/views.py": "who is named as reading what is noted about a rep",
    "boards/queries.py": "which deputes there are to choose from",
    "boards/todo.py": "which roles of a board nobody has",
    "check_in/posting.py": "whether there is a clerk to be emailed about printed papers",
    "deputes/actions.py": "a depute who agreed is given the role",
    "expenses/policies/publishing.py": "whether another could publish a policy, and who",
    "expenses/payments/eyes.py": "whether another approver of the board could pay instead",
    "expenses/decisions/queries.py": "who is named as able to record attendance",
    "help/pictures.py": "whose pages the pictures show",
    "help/rules.py": "who asks an engagement officer, and who an administrator",
    "help/views.py": "the words for roles, and who is named beside the help of staff",
    "home/views.py": "the words for roles",
    "sections.py": "which entries the menu of a role has",
    "infra/todo.py": "whose boards are told apart: nobody’s",
    "infra/kept.py": "puts whose work is of all boards into a statement",
    "identity.py": "whose seat has ended, and who stands in",
    "mentoring/matching/actions.py": "a mentor who joins is given the role, and it ends when they leave",
    "mentoring/pairs/queries.py": "who is told",
    "role_profiles/stepping_down/queries.py": "who is told",
    "papers/reading/beside_papers.py": "who is named as able to correct a date",
    "papers/restricting/queries.py": "the words for roles",
    "reactions.py": "what follows when a role of a kind ends",
    "replacement_care/requests/queries.py": "who is told",
    "training/records/views.py": "for whom a course is meant",
    "training/sessions/queries.py": "who may be added to those who were there",
    "training/todo.py": "who is asked to do a step",
}


def modules() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(PORTAL.rglob("*.py")):
        name = str(path.relative_to(PORTAL))
        if not name.startswith((*THE_TABLE_ITSELF, *THE_DEMONSTRATION)):
            yield name, ast.parse(path.read_text())


def asks_what_somebody_holds(tree: ast.AST) -> bool:
    """Whether a module looks at the roles of whoever asks, or at where they sit or stand in."""
    looked_at = [(node.attr, ast.unparse(node.value)) for node in ast.walk(tree) if isinstance(node, ast.Attribute)]
    return any((what in HELD and whose != "queries") or (what in SITS and whose in ASKERS) for what, whose in looked_at)


def names_a_role(tree: ast.AST) -> bool:
    imported = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    return any(one.name in NAMES for node in imported if node.module == "portal.access.roles" for one in node.names)


def test_whoever_asks_what_somebody_holds_decides_nothing_by_it() -> None:
    found = {name for name, tree in modules() if asks_what_somebody_holds(tree)}
    assert found == ASKS_WHAT_SOMEBODY_HOLDS.keys(), (
        "Make it a permission in portal/access/permissions.py, or say here what it is for if it decides about no access"
    )


def test_whoever_names_a_role_decides_nothing_by_it() -> None:
    found = {name for name, tree in modules() if names_a_role(tree)}
    assert found == NAMES_A_ROLE.keys(), (
        "Make it a permission in portal/access/permissions.py, or say here what it is for if it decides about no access"
    )


def test_no_template_asks_for_a_role() -> None:
    """They ask `may(permission, thing)`; of whoever looks they know the name, and which boards show them anything."""
    asked = {
        f"{path.relative_to(ROOT)}: viewer.{what}"
        for path in (ROOT / "templates").rglob("*.*")
        for what in re.findall(r"\bviewer\.(\w+)", path.read_text())
        if what not in ("id", "name", "email", "boards", "kept_out")
    }
    assert not asked


@pytest.mark.parametrize(
    "source",
    [
        "def show(board): return board.id in viewer().boards_with(OFFICER)",
        "def show(): return 'x' if me.holds('clerk') else 'y'",
        "def listed(person): return [one for one in found() if one.group_id in person.groups]",
        "def show(): return any(role == 'admin' for role, _ in viewer().roles)",
    ],
)
def test_a_condition_on_roles_is_found(source: str) -> None:
    assert asks_what_somebody_holds(ast.parse(source))
