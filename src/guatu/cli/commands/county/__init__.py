"""guatu county ...: the first hour of a county by one workbook."""

import sys

import click

from guatu.cli.groups import CommandFolder
from guatu.cli.messages import Say


def build(say: Say) -> click.Command:
    return CommandFolder(sys.modules[__name__], "county", say)
