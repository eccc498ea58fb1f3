"""Runs pytest on each of the awkward days and says how each went: `python -m tests.torture [--day DAY]... -- ARGUMENTS`.

Each day has a run of its own, for the clock moves before anything is imported. Non-zero when any day fails.
"""

from __future__ import annotations

import argparse
import datetime
import os
import re
import subprocess
import sys
import time

from tests.days import DAYS

_FAULT = re.compile(r"^(?:FAILED|ERROR) .*", re.MULTILINE)


def main(given: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--day", action="append", type=datetime.date.fromisoformat)
    parser.add_argument("arguments", nargs="*", help="given to pytest as they are")
    asked = parser.parse_args(given)
    faults = {day: _faults(day, asked.arguments) for day in asked.day or DAYS.values()}
    for day, found in faults.items():
        print(f"{day} {day:%a} {'FAILED' if found else 'passed'}", *found, sep="\n    ")
    return int(any(faults.values()))


def _faults(day: datetime.date, arguments: list[str]) -> list[str]:
    """What failed on a day, one line each; the whole of the run is printed when it did."""
    began = time.monotonic()
    command = [sys.executable, "-m", "pytest", "-q", "--tb=short", *arguments]
    environment = {**os.environ, "GUATU_TODAY": day.isoformat()}
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=False)
    counts = done.stdout.strip().rsplit("\n", 1)[-1].strip("= ")
    said = f"{day}: {counts}, {time.monotonic() - began:.0f} s in all"
    print(f"{done.stdout}\n{said}" if done.returncode else said, flush=True)
    return (_FAULT.findall(done.stdout) or [f"pytest ended with {done.returncode}"]) if done.returncode else []


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
