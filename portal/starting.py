"""How the portal starts for a web server and for the command line: refused settings end in words, not a traceback."""

from __future__ import annotations

import copy
import os

import click
from flask import Flask
from flask.cli import FlaskGroup
from flask_migrate.cli import db as migrations

import config as settings
from portal import cli
from portal.app import create_app
from portal.demonstration import serve
from portal.deployment import end_with
from portal.infra import keys

OWNER_ALONE = 0o077  # whatever this process writes, nobody else on the machine reads


def start() -> Flask:
    """The portal. Where its settings are refused, the process ends here with what to do about them.

    The command line also comes here to look up a command or to list them. It then gets an app that has the commands
    and nothing else, so that help and the demonstration need no settings.
    """
    os.umask(OWNER_ALONE)
    try:
        app = create_app()
        if not keys.refuse_without_key(app):
            keys.try_keys_later(app)
    except settings.SettingsRefused as refusal:
        if not _is_command_line_looking():
            end_with(refusal)
        return commands_alone(refusal)
    if app.config["PORTAL"].is_demonstration:
        serve.say_what_is_not_used(os.environ)
    return app


def _is_command_line_looking() -> bool:
    """Whether flask has not got further than its own first word, and so runs no command yet."""
    context = click.get_current_context(silent=True)
    return context is not None and context.parent is None and isinstance(context.command, FlaskGroup)


def commands_alone(refusal: settings.SettingsRefused) -> Flask:
    """An app with the commands and their help, and no pages: all but a few say why they do not run."""
    app = Flask("portal")
    for command in (cli.portal, migrations):
        app.cli.add_command(_refusing(command, refusal))
    return app


def _refusing(command: click.Command, refusal: settings.SettingsRefused) -> click.Command:
    """The same command with the same help, which says why it does not run. Some run all the same."""
    if isinstance(command, cli.NeedsNoSettings):
        return command

    @click.pass_context
    def refuse(context: click.Context, /, **_: object) -> None:
        if context.invoked_subcommand is None:
            raise click.ClickException(str(refusal))

    same = copy.copy(command)
    same.callback = refuse
    if isinstance(same, click.Group):
        same.commands = {name: _refusing(one, refusal) for name, one in same.commands.items()}
    return same


@cli.portal.command("demo", cls=cli.NeedsNoSettings)
@click.option("--port", type=click.IntRange(1, settings.LARGEST_PORT), envvar="PORT", default=5000, show_default=True)
@click.option("--fresh", is_flag=True, help="Make it again first, whatever was done in it.")
def demo(port: int, fresh: bool) -> None:
    """Fill the demonstration if it is empty or old, then serve it to this machine alone, with its scheduler."""
    word = os.environ.get("PORTAL_ENV", settings.DEMONSTRATION)
    if word != settings.DEMONSTRATION:
        raise click.ClickException("PORTAL_ENV is set for something else: unset it to start the demonstration.")
    if "PORTAL_ENV" not in os.environ:  # otherwise it was said when the app was made
        serve.say_what_is_not_used(os.environ)
    with create_app(settings.demonstration(port)).app_context():
        serve.prepare_and_serve(port, fresh)


@cli.portal.command("give-up-key", cls=cli.NeedsNoSettings)
@click.argument("name")
def give_up_key(name: str) -> None:
    """Let the portal start though a key of FIELD_KEYS is lost for good. What it sealed stays, and cannot be read."""
    try:
        app = create_app()
    except settings.SettingsRefused as refusal:
        raise click.ClickException(str(refusal)) from None
    with app.app_context():
        if not keys.give_up(name):
            raise click.ClickException(f"The key “{name}” is not missing: nothing is changed.")
    click.echo(f"The portal starts without the key “{name}”. If you find it, put it back into FIELD_KEYS.")
