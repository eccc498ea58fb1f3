"""The server's own command, in the county's data folder."""

import click

from guatu.cli.exits import Exit, Stop
from guatu.cli.messages import Say


def data_option(say: Say) -> click.Option:
    return click.Option(["--data"], default="", metavar="DIR", help=say("serve.data"))


def manage(say: Say, data: str, *arguments: str) -> int:
    from guatu.cli import web_server

    web_server.check_installed(say)
    environment = {**web_server.environment(data), "GUATU_LANG": say.language}
    folder = web_server.data_folder(environment)
    # The settings make a folder and a secret where there are none: a mistyped folder would become an empty county.
    if not (folder / "secret").exists() and not (folder.is_dir() and environment.get("GUATU_SECRET")):
        raise Stop(Exit.INPUT, say("backup.no-county", name=folder))
    return web_server.manage(("settings", *arguments), environment)
