"""The house keeps its order: one clock, emails for events, tables of one's own, no circles, no trace of a machine."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import inspect

from portal.capabilities import CAPABILITIES, GATHERED
from portal.core.events import every_event
from portal.infra.database import Model, OfBoard
from portal.reactions import REACTIONS

ROOT = Path(__file__).parents[2]
PORTAL = ROOT / "portal"


def sources() -> Iterator[tuple[Path, ast.Module]]:
    for path in sorted(PORTAL.rglob("*.py")):
        yield path.relative_to(PORTAL), ast.parse(path.read_text())


def test_every_capability_is_in_the_list() -> None:
    declared = {path.parent.name for path in PORTAL.glob("*/capability.py")} - {"demonstration"}
    assert declared == {one.name for one in CAPABILITIES}, "put it into portal/capabilities.py, lowest layer first"


def test_nobody_asks_the_time_but_the_clock() -> None:
    asked = []
    for path, tree in sources():
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and node.attr in ("now", "today", "utcnow"):
                owner = ast.unparse(node.value)
                if owner.split(".")[-1] in ("datetime", "date", "time", "func"):
                    asked.append(f"{path}:{node.lineno} {owner}.{node.attr}")
    assert [one for one in asked if not one.startswith("core/clock.py")] == [], "use portal.core.clock"


def test_every_event_is_mailed_or_says_that_nobody_hears_of_it() -> None:
    silent = {kind.__name__ for kind in every_event() if not kind.nobody} - {
        kind.__name__ for kind in GATHERED.emails_about
    }
    assert not silent, "put these into the emails.py of their capability, or say nobody=True where they are defined"


def test_every_email_has_its_text_beside_the_pages_of_its_capability() -> None:
    emails = ROOT / "templates" / "emails"
    assert {path.name for path in emails.iterdir()} == {
        "layout.txt",
        "layout.html",
        "to_address.txt",
        "meeting.txt",
        "session.txt",
    }
    for name, capability in GATHERED.sender_of.items():
        for part in ("subject.txt", "body.txt"):
            assert (ROOT / "templates" / capability / "emails" / name / part).exists(), f"write the {part} of {name}"
    folders = {(path.parents[1].name, path.name) for path in (ROOT / "templates").glob("*/emails/*")}
    assert folders == {(capability, name) for name, capability in GATHERED.sender_of.items()}, "an email nobody sends"


def test_whom_emails_go_to_is_said_once_in_a_capability() -> None:
    found: dict[tuple[str, str], list[str]] = {}
    for path in sorted((ROOT / "portal").rglob("emails.py")):
        capability = path.relative_to(ROOT / "portal").parts[0]
        for one in ast.parse(path.read_text()).body:
            if isinstance(one, ast.FunctionDef) and (one.returns and "Recipient" in ast.unparse(one.returns)):
                found.setdefault((capability, one.name), []).append(str(path.relative_to(ROOT)))
    assert not {name: where for name, where in found.items() if len(where) > 1}


def test_the_rows_of_emails_fit_their_events() -> None:
    """As mypy says of a table without a type of its own; one with a type would let anything pass."""
    for path, tree in sources():
        for node in ast.walk(tree):
            named = isinstance(node, ast.AnnAssign) and ast.unparse(node.target) == "EMAILS"
            assert not named, f"{path}: leave the type of EMAILS to mypy, which then compares each row with its event"


def silent_actions(source: str) -> set[str]:
    """The public functions of a module of actions that record no event, themselves or by what they call in it."""
    functions = {one.name: one for one in ast.parse(source).body if isinstance(one, ast.FunctionDef)}
    speaks = {name for name, one in functions.items() if "record(" in ast.unparse(one)}
    while True:
        called = rf"\b({'|'.join(speaks) or 'record'})\("
        more = {name for name, one in functions.items() if re.search(called, ast.unparse(one))} - speaks
        if not more:
            break
        speaks |= more
    excused = {
        name for name, one in functions.items() if any("records_nothing" in ast.unparse(d) for d in one.decorator_list)
    }
    return {name for name in functions if not name.startswith("_")} - speaks - excused


def _called(decorator: ast.expr) -> str:
    return ast.unparse(decorator).partition("(")[0]


@pytest.mark.parametrize("path", sorted(p.relative_to(PORTAL) for p in PORTAL.rglob("actions.py")), ids=str)
def test_an_action_records_what_it_changes(path: Path) -> None:
    silent = silent_actions((PORTAL / path).read_text())
    assert not silent, f"record an event in {silent}, or say why not with @records_nothing"


def test_an_action_that_records_nothing_is_found_out() -> None:
    assert silent_actions("def change(x):\n    x.y = 1\n") == {"change"}
    assert silent_actions("def change(x):\n    _do(x)\ndef _do(x):\n    record(Changed())\n") == set()


def test_no_capability_writes_another_ones_tables() -> None:
    own = {
        mapper.class_.__name__: mapper.class_.__module__.split(".")[1]
        for mapper in Model.registry.mappers
        if mapper.class_.__module__.startswith("portal.")
    }
    trespasses = []
    for path, tree in sources():
        home = path.parts[0]
        if home == "demonstration":
            continue
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call):
                continue
            name = ast.unparse(node.func)
            written = name if name in own else ""
            if name in ("update", "delete", "insert") and node.args:
                written = ast.unparse(node.args[0])
            if written in own and own[written] != home:
                trespasses.append(f"{path}:{node.lineno} {written} belongs to {own[written]}")
    allowed = {"identity.py"}  # marks a session as seen, for the whole portal
    assert [t for t in trespasses if t.split(":")[0] not in allowed] == []


LOOKED_AT_AGAIN = ("MeetingNotHeld", "MinutesPublished", "PapersPublished", "PaperWithdrawn")


def test_reactions_do_not_go_round_in_circles() -> None:
    """What a reaction records sets off no reaction that leads back."""
    listens = {one.event.__name__ for one in REACTIONS}
    records = {
        "DeputeStandsIn": {"CheckInAsked"},
        "DeputeCannotCome": {"CareCancelled"},
        "DeputeStandsDown": {"CareCancelled"},
        "StandInUndone": {"CareCancelled"},
        "NominationWithdrawn": set(),
        "ApologiesUndone": set(),
        "RoleEnded": {"DeputeStandsDown", "MentorLeft"},
        "AppointmentEnded": set(),
        "InvitationAccepted": {"DailyEmailDue"},
        "OfferAccepted": {"DailyEmailDue"},
        "AccountDisabled": {"MentorLeft"},
        "AccountErased": {"CareCancelled", "PairEnded", "PlaceGivenUp", "PlaceFree"},
        "PlaceBooked": {"CareAsked"},
        "PlaceFree": {"CareAsked"},
        "PlaceGivenUp": {"CareCancelled"},
        "SessionChanged": {"CareAsked", "CareAskedAgain"},
        "SessionCancelled": {"CareCancelled"},
        "AttendanceConfirmed": set[str](),
        "ClaimBegun": set[str](),
        "MeetingCancelled": {"CareCancelled", "SupportMeetingCalledOff"},
        "MeetingMoved": {"CareToAgree", "CareAskedAgain"},
        "MeetingAdjourned": {"CareAsked", "CareToAgree"},
        "SittingCancelled": {"CareCancelled"},
        "CareEnded": {"ClaimChanged", "ClaimBegun"},
        **{key: set[str]() for key in LOOKED_AT_AGAIN},
    }
    assert set(records) == listens, "say here which events the new reaction records"
    for kind, then in records.items():  # one leads to another, and never back to itself
        seen, reached = set[str](), then
        while reached - seen:
            seen |= reached
            reached = set[str]().union(*(records.get(name, set()) for name in reached))
        assert kind not in seen, kind


def test_every_table_of_a_board_carries_its_board() -> None:
    free = {
        "boards",
        "people",
        "sessions",
        "mailed_links",
        "known_browsers",
        "passkeys",
        "recovery_codes",
        "factor_pauses",
        "role_models",
        "interrupted_forms",
        "held_files",
        "hits",
        "counts",
        "occasions",
        "work",
        "stored_files",
        "downloads_begun",
        "key_canary",
    }
    free |= {"audit_lines", "chain_heads", "emails", "removals", "staff_roles", "courses"}  # of a board, or of none
    for mapper in Model.registry.mappers:
        table = mapper.local_table.name
        if table not in free:
            assert issubclass(mapper.class_, OfBoard), f"{table} needs a board_id"
            assert not inspect(mapper.class_).columns["board_id"].nullable


def test_functions_and_files_stay_small() -> None:
    sizes = sorted(
        node.end_lineno - node.lineno + 1
        for _, tree in sources()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.end_lineno
    )
    assert sizes[len(sizes) // 2] <= 8
    assert sizes[int(len(sizes) * 0.9)] <= 20
    assert [str(path) for path, _ in sources() if len((PORTAL / path).read_text().splitlines()) > 300] == []


@pytest.mark.parametrize("path", sorted(p.relative_to(PORTAL) for p in PORTAL.rglob("*.py")), ids=str)
def test_each_module_says_what_it_is_for(path: Path) -> None:
    assert ast.get_docstring(ast.parse((PORTAL / path).read_text()))


MOST_OF_ANY_KIND = 84


def lines_of_any_kind() -> list[tuple[str, str]]:
    """Each line of code that names Any, but its imports, and the line itself."""
    found = []
    for path, tree in sources():
        lines = (PORTAL / path).read_text().splitlines()
        named = (node.lineno for node in ast.walk(tree) if isinstance(node, ast.Name) and node.id == "Any")
        found += [(f"{path}:{number}", lines[number - 1]) for number in sorted(set(named))]
    return found


def test_what_is_of_any_kind_says_why() -> None:
    """Any is for what is truly any; a type in its place lets mypy find mistakes."""
    found = lines_of_any_kind()
    assert [place for place, line in found if "#" not in line] == [], "give it a type, or say beside it why it has none"
    assert 0 < len(found) <= MOST_OF_ANY_KIND


def test_no_registry_address_in_the_locks() -> None:
    for path in [ROOT / "package-lock.json", *(ROOT / "requirements").iterdir()]:
        assert not re.search(r"https?://[^\s\"]*(registry|pypi|npmjs\.org/[^\"]*\.tgz)", path.read_text()), path
