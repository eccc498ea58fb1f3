"""guatu manage: the upkeep of the county server, by Django's own commands."""

from functools import partial

import click

from guatu.cli.messages import Say
from guatu.cli.shell import Command


def build(say: Say) -> click.Command:
    params = [
        click.Option(["--data"], default="", metavar="DIR", help=say("serve.data")),
        click.Argument(["arguments"], nargs=-1, type=click.UNPROCESSED, metavar="COMMAND..."),
    ]
    command = Command("manage", say, partial(run, say), params)
    # What follows the name of the command is its own affair.
    command.context_settings = {"ignore_unknown_options": True, "allow_interspersed_args": False}
    return command


def run(say: Say, data: str, arguments: tuple[str, ...]) -> int:
    from guatu.cli import web_server

    web_server.check_installed(say)
    return web_server.manage(arguments or ("help",), web_server.environment(data))
