"""Moves the clock of every Python process that a test run starts: the server before a browser, a worker, a command.

`tests/conftest.py` puts this folder on PYTHONPATH, and an interpreter that finds a `sitecustomize` there imports it
before anything else. The county server cannot come by it: the folder is no part of the package, and the product reads
no variable of it.
"""

import os
import sys
import time
from importlib.util import find_spec

# How many nanoseconds the tests' clock is ahead of the machine's; tests/conftest.py sets it for itself and its children.
SHIFT = "GUATU_TESTS_CLOCK_SHIFT"


def move() -> None:
    """From now on this process lives at the tests' time, which goes on ticking. Monotonic clocks are left alone."""
    # The library loads pytest for a fixture of its own, which no child has a use for.
    unwanted = "pytest" not in sys.modules
    if unwanted:
        sys.modules["pytest"] = None  # type: ignore[assignment]
    try:
        import time_machine
    finally:
        if unwanted:
            del sys.modules["pytest"]
    time_machine.travel((time.time_ns() + int(os.environ[SHIFT])) / 1e9).start()
    time.time()  # it begins to tick when it is asked first


# An interpreter that is not the tests' own (an office program brings one) has no such library and is left alone.
if __name__ == "sitecustomize" and SHIFT in os.environ and find_spec("time_machine"):
    move()
