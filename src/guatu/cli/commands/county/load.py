"""guatu county load: what a filled-in workbook comes to, and its entry."""

from functools import partial
from pathlib import Path

import click

from guatu.cli.messages import Say
from guatu.cli.shell import Command

MESSAGES = {
    "county.load.short": ("读入填好的工作簿", "Take a workbook in"),
    "county.load.help": (
        "读入填好的工作簿：先说明各表新增、变更什么，哪一格不对；加 --yes 才录入。有一格不对就什么也不录入，除非加"
        " --only-good。同一工作簿录入两次，第二次什么也不变。\n\n"
        "新开的账号录入后列出一次初始密码。返回码：有不对的格为 1，文件读不了为 2。",
        "Take a workbook in: first it says what each sheet adds and changes, and which cell is wrong; with --yes it is"
        " written. One wrong cell keeps all of it out, but for --only-good. The same workbook taken in twice changes"
        " nothing.\n\n"
        "New accounts are listed once with their first passwords. The exit code is 1 where a cell is wrong, 2 where the"
        " file cannot be read.",
    ),
    "county.load.yes": ("看过以后确认录入。", "Write it after looking at it."),
    "county.load.only-good": ("只录入正确的行。", "Write the good rows alone."),
    "county.load.user": (
        "以这个账号的身份录入；不写则记为命令行。",
        "Write it as this user. Without it the audit line names nobody.",
    ),
}


def build(say: Say) -> click.Command:
    params = [
        click.Option(["--data"], default="", metavar="DIR", help=say("serve.data")),
        click.Argument(["file"], metavar="FILE"),
        click.Option(["--yes"], is_flag=True, help=say("county.load.yes")),
        click.Option(["--only-good"], is_flag=True, help=say("county.load.only-good")),
        click.Option(["--user"], default="", metavar="NAME", help=say("county.load.user")),
    ]
    return Command("load", say, partial(run, say), params, key="county.load")


def run(say: Say, data: str, file: str, yes: bool, only_good: bool, user: str) -> int:
    # Imported when it is called: `guatu --help` is spared what a server needs.
    from guatu.cli import web_server

    flags = [flag for flag, is_set in (("--yes", yes), ("--only-good", only_good)) if is_set]
    return web_server.in_county(say, data, "county", *flags, f"--user={user}", "load", "--", str(Path(file).resolve()))
