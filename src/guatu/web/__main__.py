"""python -m guatu.web COMMAND: Django's own commands with guatu's settings."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guatu.web.project.settings")
    execute_from_command_line(["guatu.web", *sys.argv[1:]])
