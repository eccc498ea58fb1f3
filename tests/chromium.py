"""Where the browser of the tests is."""

import os
import shutil

# The headless shell comes first: it draws no windows of its own, which take half of the time.
_NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")


def chromium_path() -> str | None:
    """GUATU_CHROMIUM, else the system's."""
    return os.environ.get("GUATU_CHROMIUM") or next(filter(None, map(shutil.which, _NAMES)), None)
