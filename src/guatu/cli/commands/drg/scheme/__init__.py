"""guatu drg scheme ...: a file of this folder is a command of the group."""

import sys

import click

from guatu.cli.groups import CommandFolder
from guatu.cli.messages import Say

MESSAGES = {
    "drg.scheme.short": ("分组方案：检查、查看、比较", "Grouping schemes: check, show, compare"),
    "drg.scheme.help": ("分组方案：检查、查看、比较。", "Grouping schemes: check them, look into them, compare them."),
}


def build(say: Say) -> click.Command:
    return CommandFolder(sys.modules[__name__], "drg.scheme", say)
