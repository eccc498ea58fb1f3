"""guatu doctor: what the county's server lacks."""

from functools import partial

import click

from guatu.cli.messages import Say
from guatu.cli.shell import Command


def build(say: Say) -> click.Command:
    params = [click.Option(["--data"], default="", metavar="DIR", help=say("serve.data"))]
    return Command("doctor", say, partial(run, say), params)


def run(say: Say, data: str) -> int:
    # Imported when it is called: `guatu --help` is spared what a server needs.
    from guatu.cli import web_server

    # The server's own command answers: what is missing stands in the database, which this program never opens.
    return web_server.in_county(say, data, "doctor")
