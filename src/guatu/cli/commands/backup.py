"""guatu backup: the county in one file, while the server runs."""

from functools import partial

import click

from guatu.cli.messages import Say
from guatu.cli.shell import Command


def build(say: Say) -> click.Command:
    params = [
        click.Option(["--data"], default="", metavar="DIR", help=say("serve.data")),
        click.Option(["--to"], default="", metavar="FILE|DIR", help=say("backup.to")),
        click.Option(["--keep"], type=click.IntRange(0), default=0, metavar="N", help=say("backup.keep")),
        click.Option(["--passphrase-file"], default="", metavar="FILE", help=say("backup.passphrase")),
    ]
    return Command("backup", say, partial(run, say), params)


def run(say: Say, data: str, to: str, keep: int, passphrase_file: str) -> int:
    from guatu.cli import web_server

    arguments = ["--to", to, "--keep", str(keep), "--passphrase-file", passphrase_file]
    return web_server.in_county(say, data, "backup", *arguments)
