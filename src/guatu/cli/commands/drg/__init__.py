"""guatu drg ...: a file of this folder is a command of the group."""

import sys

import click

from guatu.cli.groups import CommandFolder
from guatu.cli.messages import Say


def build(say: Say) -> click.Command:
    return CommandFolder(sys.modules[__name__], "drg", say, needs=["pyarrow"])
