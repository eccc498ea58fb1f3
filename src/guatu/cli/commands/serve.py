"""guatu serve: the county server."""

from functools import partial

import click

from guatu.cli.exits import Exit, Stop
from guatu.cli.messages import Say
from guatu.cli.shell import Command

_HOST, _PORT, _WORKERS = "127.0.0.1", 8000, 2


def build(say: Say) -> click.Command:
    params = [
        click.Option(["--host"], default=_HOST, metavar="HOST", help=say("serve.host", default=_HOST)),
        click.Option(
            ["--port"],
            type=click.IntRange(1, 65535),
            default=_PORT,
            metavar="N",
            help=say("serve.port-help", default=_PORT),
        ),
        click.Option(
            ["--workers"],
            type=click.IntRange(1, 64),
            default=_WORKERS,
            metavar="N",
            help=say("serve.workers", default=_WORKERS),
        ),
        click.Option(["--data"], default="", metavar="DIR", help=say("serve.data")),
    ]
    return Command("serve", say, partial(run, say), params)


def run(say: Say, host: str, port: int, workers: int, data: str) -> int:
    from guatu.cli import holding, web_server

    web_server.check_installed(say)
    web_server.check_free(host, port, say)
    environment = web_server.environment(data, web_server.names_of(host))
    if web_server.manage(("migrate", "--verbosity", "0"), environment):
        raise Stop(Exit.FAULT, say("serve.no-database"))
    with holding.held(web_server.data_folder(environment)):
        return web_server.Server(say, environment).run(host, port, workers)
