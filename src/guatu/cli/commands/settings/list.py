"""guatu settings list: all settings with what they hold."""

from functools import partial

import click

from guatu.cli.commands.settings._server import data_option, manage
from guatu.cli.messages import Say
from guatu.cli.shell import Command

MESSAGES = {
    "settings.list.short": ("列出设置和现在的值", "List the settings with what they hold"),
    "settings.list.help": (
        "列出全部设置和现在的值；* 与默认不同，! 现有的值不能用。",
        "List all settings with what they hold; * differs from the default, ! does not fit.",
    ),
    "settings.list.changed": ("只列与默认不同的。", "Only those that differ from the default."),
}


def build(say: Say) -> click.Command:
    params: list[click.Parameter] = [
        data_option(say),
        click.Option(["--changed"], is_flag=True, help=say("settings.list.changed")),
    ]
    return Command("list", say, partial(run, say), params, key="settings.list")


def run(say: Say, data: str, changed: bool) -> int:
    return manage(say, data, "list", *(["--changed"] if changed else []))
