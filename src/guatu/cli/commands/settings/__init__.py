"""guatu settings ...: what the county has set, and the change of it."""

import sys

import click

from guatu.cli.groups import CommandFolder
from guatu.cli.messages import Say


def build(say: Say) -> click.Command:
    return CommandFolder(sys.modules[__name__], "settings", say)
