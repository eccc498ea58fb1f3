"""guatu backup: the county in one file, while the server runs."""

from functools import partial

import click

from guatu.cli.exits import Exit, Stop
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

    web_server.check_installed(say)
    environment = {**web_server.environment(data), "GUATU_LANG": say.language}
    folder = web_server.data_folder(environment)
    # The settings make a folder and a secret where there are none: a mistyped folder would become an empty county.
    if not (folder / "secret").exists() and not (folder.is_dir() and environment.get("GUATU_SECRET")):
        raise Stop(Exit.INPUT, say("backup.no-county", name=folder))
    arguments = ["--to", to, "--keep", str(keep), "--passphrase-file", passphrase_file]
    return web_server.manage(("backup", *arguments), environment)
