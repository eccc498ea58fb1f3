"""guatu settings set: another value from a day on."""

from functools import partial
from pathlib import Path

import click

from guatu.cli.commands.settings._server import data_option, manage
from guatu.cli.messages import Say
from guatu.cli.shell import Command

MESSAGES = {
    "settings.set.short": ("修改一项设置", "Change a setting"),
    "settings.set.help": (
        "修改一项设置，自某一天起执行，以前的不变。规则类的先列出最近一期会改变什么，加 --yes 才保存。",
        "Change a setting from a day on; what was before stays. Of a rule it first says what would change in the last"
        " period, and saves with --yes.",
    ),
    "settings.set.file": ("从文件读取新的值。", "Read the value from a file."),
    "settings.set.default": ("恢复默认。", "Its default again."),
    "settings.set.from": ("从哪一天起执行，默认今天。", "The day from which it holds. Default: today."),
    "settings.set.source": ("依据的文件。", "The document that it rests on."),
    "settings.set.user": (
        "以这个账号的身份修改；不写则记为命令行。",
        "Change it as this user. Without it the audit line names nobody.",
    ),
    "settings.set.yes": ("看过会改变什么，确认保存。", "Save after seeing what would change."),
}


def build(say: Say) -> click.Command:
    params: list[click.Parameter] = [
        data_option(say),
        click.Argument(["name"], metavar="NAME"),
        click.Argument(["value"], metavar="VALUE", required=False),
        click.Option(["--file"], default="", metavar="FILE", help=say("settings.set.file")),
        click.Option(["--default"], is_flag=True, help=say("settings.set.default")),
        click.Option(["--from", "day"], default="", metavar="DATE", help=say("settings.set.from")),
        click.Option(["--source"], default="", metavar="TEXT", help=say("settings.set.source")),
        click.Option(["--user"], default="", metavar="NAME", help=say("settings.set.user")),
        click.Option(["--yes"], is_flag=True, help=say("settings.set.yes")),
    ]
    return Command("set", say, partial(run, say), params, key="settings.set")


def run(say: Say, data: str, name: str, value: str | None, file: str, default: bool, yes: bool, **more: str) -> int:
    flags = [flag for flag, is_set in (("--default", default), ("--yes", yes)) if is_set]
    options = [f"--from={more['day']}", f"--source={more['source']}", f"--user={more['user']}"]
    if file:
        options.append(f"--file={Path(file).resolve()}")
    # Behind `--` a value may begin with a dash.
    return manage(say, data, *flags, *options, "--", "set", name, *([] if value is None else [value]))
