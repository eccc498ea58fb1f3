"""python -m guatu.web COMMAND: Django's own commands with guatu's settings."""

import os
import sys

from django.core.management import execute_from_command_line

from guatu.adapters.processes import die_with_who_started_me
from guatu.web.serving.private import make_private, mend

if __name__ == "__main__":
    die_with_who_started_me()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guatu.web.project.settings")
    make_private()
    # Only now: the settings write the county's key.
    from guatu.web.project.settings import DATA

    mend(DATA)
    execute_from_command_line(["guatu.web", *sys.argv[1:]])
