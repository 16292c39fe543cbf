"""The operator's commands: flask portal …"""

from __future__ import annotations

from datetime import UTC, date, time
from pathlib import Path
from uuid import UUID

import click
from flask import current_app
from flask.cli import AppGroup

from portal import show
from portal.access.roles import WAITS_FOR_ANOTHER
from portal.accounts.invitations import invite
from portal.accounts.queries import active_person_by_email
from portal.accounts.second_factor import clear
from portal.audit import queries as audit_queries
from portal.audit.chain import ACCOUNTS, Head, read_head
from portal.audit.verify import check_chain
from portal.boards import queries as board_queries
from portal.boards.offers.actions import invite_to
from portal.boards.people import actions as people_actions
from portal.boards.people.importing import import_authorities
from portal.boards.people.queries import waiting_role_of
from portal.core import calendar
from portal.core.addresses import NotAnAddress, email_address
from portal.core.clock import LONDON
from portal.core.days import NotADay, day_of_line
from portal.core.names import problem_with_name
from portal.core.text import count_words
from portal.deployment import examine
from portal.expenses.claims import originals
from portal.expenses.claims.receipts import make_again
from portal.infra import keys
from portal.infra.sealed import CannotOpen
from portal.infra.storage import verify
from portal.infra.unit_of_work import unit_of_work
from portal.scheduler import run


class NeedsNoSettings(click.Command):
    """A command that also runs where the settings are refused; see portal/starting.py for the others."""


portal = AppGroup("portal", help="The Carer Rep Portal.")
boards = AppGroup("boards", help="Boards.")
portal.add_command(boards)


@boards.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def import_boards(file: Path) -> None:
    """Load integration authorities from a CSV file. Running it again adds nothing twice."""
    with unit_of_work():
        created, known = import_authorities(file)
    click.echo(f"{created} boards added, {known} there already.")


@portal.command("check-deployment", cls=NeedsNoSettings)
def check_deployment() -> None:
    """Refuse settings that are not fit for people's data, and say what to do about each."""
    found = examine()
    for problem in found:
        click.echo(f"- {problem}")
    if found:
        raise click.ClickException("Not ready. Correct these and run it again.")
    click.echo("Ready: the settings are fit for production.")


@portal.group("audit", cls=AppGroup)
def audit() -> None:
    """The audit trail."""


@audit.command("verify")
@click.option("--board", help="The board's key, or 'accounts'. Without it, every trail.")
@click.option("--head", multiple=True, help="A head from the daily email, 'number:mark'; may be given several times.")
def verify_audit(board: str | None, head: tuple[str, ...]) -> None:
    """Say whether every line of the trail is as it was written, in its place, and none is missing."""
    if head and not board:
        raise click.ClickException("Say with --board whose head this is.")
    results = [check_chain(name, chain_id, heads) for name, chain_id, heads in _chains(board, head)]
    for words, _ in results:
        click.echo(words)
    if not all(is_whole for _, is_whole in results):
        raise click.ClickException("The trail is not whole. Keep a copy of the database, and say so to the board.")


def _day(_context: click.Context, _option: click.Parameter, typed: str | None) -> date | None:
    try:
        return day_of_line(typed) if typed else None
    except NotADay as problem:
        raise click.BadParameter(f"the day {problem}") from None


@audit.command("accounts")
@click.option("--since", callback=_day, help="A day, like 2026-11-01.")
@click.option("--person", type=click.UUID, help="Lines by or about one person, by id.")
@click.option("--most", default=1000, show_default=True, help="How many of the newest lines.")
def read_accounts(since: date | None, person: UUID | None, most: int) -> None:
    """What happened to accounts: line, when (London), whose doing, what, and ids. No names and no addresses."""
    first = calendar.moment(since, time(0)) if since else None
    lines = audit_queries.accounts_chain(first, person, most + 1)
    for line in lines[-most:]:
        facts = " ".join(f"{name}={value}" for name, value in sorted(line.facts.items()) if value is not None)
        when = f"{line.happened_at.astimezone(LONDON):%Y-%m-%d %H:%M:%S}"
        click.echo(f"{line.number or 'not sealed yet'}\t{when}\t{line.actor_id or 'the portal'}\t{line.event}\t{facts}")
    if len(lines) > most:
        click.echo(f"There are older lines than these {most}. Say --most or --since.", err=True)


def _chains(board: str | None, head: tuple[str, ...]) -> list[tuple[str, UUID, list[Head]]]:
    named = {"accounts": ACCOUNTS, **{one.key: one.id for one in board_queries.boards()}}
    if board and board not in named:
        raise click.ClickException(f"There is no board with the key {board}.")
    try:
        known = [read_head(one) for one in head]
    except ValueError as error:
        raise click.ClickException("A head looks like '12:' and 64 letters and digits.") from error
    return [(name, chain_id, known) for name, chain_id in named.items() if board in (None, name)]


@portal.command("rotate-keys")
def rotate_keys() -> None:
    """Seal everything again under the first of FIELD_KEYS, while the portal runs. Safe to stop and run again.

    Then it looks at everything that is sealed, and lists what none of the keys opens. That stays as it is.
    """
    total = 0
    for done in keys.rotate():
        total += done
        click.echo(f"{total} values sealed again.")
    click.echo(f"Everything that the keys open is sealed under “{keys.sealing_key()}”. Looking at all of it:")
    left = 0
    for one in keys.unopened():
        click.echo(f"- {one}")
        left += 1
    said = count_words(left, "value opens with none of the keys", "values open with none of the keys")
    click.echo(f"{said}. See docs/keys.md." if left else "Every value opens.")


@portal.group("files", cls=AppGroup)
def stored_files() -> None:
    """The files of papers, receipts, certificates and the like."""


@stored_files.command("verify")
def verify_files() -> None:
    """Read every file and compare it with what was stored. Files that no row names any more are removed."""
    found = verify.verify_all()
    for key, what in sorted(found.damaged.items()):
        click.echo(f"{what}: {key}")
    click.echo(f"{found.looked_at} files read, {len(found.damaged)} missing or altered.")
    click.echo(f"{len(found.without_row)} files without a row removed, {found.new_on_list} new on the list.")
    if not found.is_whole:
        raise click.ClickException("Bring these files back from a backup, and run this again.")


@portal.command("make-receipts-again")
def make_receipts_again() -> None:
    """Make the copies of receipts again from what was sent, where it is still kept. Safe to stop and run again."""
    ids, made = originals.every_id(), 0
    for original_id in ids:
        try:
            with unit_of_work():
                made += make_again(original_id)
        except CannotOpen as error:
            click.echo(f"- {error} cannot be opened, and stays as it is.")
    click.echo(f"{made} of {len(ids)} copies of receipts are new.")


@portal.command("clear-second-factor")
@click.argument("email")
def clear_second_factor(email: str) -> None:
    """For somebody who lost phone and paper, after you made sure who is asking. They are told by email."""
    found = active_person_by_email(email)
    if found is None:
        raise click.ClickException(f"Nobody has the address {email}.")
    with unit_of_work():
        clear(found)
    click.echo("Cleared. They set up a new one when they next sign in.")


IS_INVITED = "{name} is invited. The email goes when the scheduler runs."
HAS_ACCOUNT = "{name} has an account with this address already, and has the role now. No invitation is sent."


@portal.command("invite")
@click.argument("email")
@click.argument("name")
@click.option("--board", help="The board's key, for a first administrator.")
def invite_first(email: str, name: str, board: str | None) -> None:
    """Invite a board's first administrator, or, without --board, a national coordinator."""
    found = board_queries.board_by_key(board) if board else None
    if board and found is None:
        raise click.ClickException(f"There is no board with the key {board}.")
    try:
        address = email_address(email)
    except NotAnAddress as problem:
        raise click.ClickException(f"{problem}.") from None
    if no_name := problem_with_name(name):
        raise click.ClickException(f"{no_name}.")
    with unit_of_work():
        person = invite_to(found.id, address, name) if found else invite(address, name, None)
        people_actions.give_role(found, person, "admin" if found else "coordinator")
        said = HAS_ACCOUNT if person.joined_at else IS_INVITED
        click.echo(said.format(name=person.name))


@portal.command("let-role-begin")
@click.argument("email")
@click.argument("role", type=click.Choice(WAITS_FOR_ANOTHER))
@click.option("--board", required=True, help="The board's key.")
@click.option("--refuse", is_flag=True, help="It never begins.")
def let_role_begin(email: str, role: str, board: str, refuse: bool) -> None:
    """Let a role begin that an administrator gave themselves, after you made sure with their board that it is right."""
    found = board_queries.board_by_key(board)
    held = waiting_role_of(found.id, email, role) if found else None
    if held is None:
        raise click.ClickException("No such role is waiting to be confirmed on this board.")
    with unit_of_work():
        (people_actions.refuse if refuse else people_actions.let_begin)(held, None)
    click.echo("It is refused, and never begins." if refuse else "It has begun. They are told by email.")


@portal.group("scheduler", cls=AppGroup, invoke_without_command=True)
@click.pass_context
def scheduler(context: click.Context) -> None:
    """Run the clock, the mail and the work queue in this process, until it is told to stop."""
    if context.invoked_subcommand is None:
        run.run(current_app._get_current_object())  # type: ignore[attr-defined]  # the app behind the proxy


@scheduler.command("due")
@click.option("--on", callback=_day, required=True, help="A London day, like 2026-12-01.")
def due(on: date) -> None:
    """Print what would go on a day, without doing it."""
    evening = calendar.moment(on, time(23, 59)).astimezone(UTC)
    lines = [one.words for one in run.due_now(evening)]
    click.echo("\n".join(lines) if lines else "Nothing is due on that day.")


@portal.command("show")
@click.argument("table", type=click.Choice(sorted(show.TABLES)))
def show_table(table: str) -> None:
    """Print what all parts of the portal bring along: its addresses, permissions, menu, emails and the like."""
    click.echo(show.as_text(table, current_app._get_current_object()), nl=False)  # type: ignore[attr-defined]  # likewise
