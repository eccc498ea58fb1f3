"""guatu settings get: what one setting holds."""

from functools import partial

import click

from guatu.cli.commands.settings._server import data_option, manage
from guatu.cli.messages import Say
from guatu.cli.shell import Command

MESSAGES = {
    "settings.get.short": ("显示一项设置", "Show one setting"),
    "settings.get.help": (
        "显示一项设置现在的值；表格类的是 JSON，可改好后用 set --file 写回。",
        "Show what a setting holds; of one that is a table, as JSON, which set --file takes back.",
    ),
}


def build(say: Say) -> click.Command:
    params: list[click.Parameter] = [data_option(say), click.Argument(["name"], metavar="NAME")]
    return Command("get", say, partial(run, say), params, key="settings.get")


def run(say: Say, data: str, name: str) -> int:
    return manage(say, data, "get", name)
