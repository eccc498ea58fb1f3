"""guatu county workbook: the workbook with what the county has, to be filled in."""

from functools import partial
from pathlib import Path

import click

from guatu.cli.messages import Say
from guatu.cli.shell import Command

MESSAGES = {
    "county.workbook.short": ("写出工作簿", "Write the workbook"),
    "county.workbook.help": (
        "写出工作簿：县、乡镇街道、单位、人员各一张表，已有的内容在表里；还什么也没有时是空表。已有的文件不覆盖。",
        "Write the workbook: a sheet each for the county, its towns, units and people, with what is there already. A"
        " file that is there is not written over.",
    ),
}


def build(say: Say) -> click.Command:
    params = [
        click.Option(["--data"], default="", metavar="DIR", help=say("serve.data")),
        click.Argument(["file"], metavar="FILE"),
    ]
    return Command("workbook", say, partial(run, say), params, key="county.workbook")


def run(say: Say, data: str, file: str) -> int:
    # Imported when it is called: `guatu --help` is spared what a server needs.
    from guatu.cli import web_server

    return web_server.in_county(say, data, "county", "workbook", "--", str(Path(file).resolve()))
