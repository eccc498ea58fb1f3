"""The server's own command, in the county's data folder."""

import click

from guatu.cli.messages import Say


def data_option(say: Say) -> click.Option:
    return click.Option(["--data"], default="", metavar="DIR", help=say("serve.data"))


def manage(say: Say, data: str, *arguments: str) -> int:
    from guatu.cli import web_server

    return web_server.in_county(say, data, "settings", *arguments)
